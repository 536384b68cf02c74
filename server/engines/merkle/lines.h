// What the text formats of C2SP have in common: lines that end in LF, decimal numbers and hashes
// with one spelling each. A second spelling of the same thing would be a second file with the same
// meaning, which nobody could tell from a changed one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engines/merkle/hash.h"

namespace minhu::merkle {

// Digits without a leading zero, at most 2^63 - 1.
std::optional<std::uint64_t> parse_decimal(std::string_view text);
// Base64 with padding, 32 bytes.
std::optional<Hash> parse_hash(std::string_view text);
std::string format_hash(const Hash& hash);

// Takes the next line, without its LF, off the front of `text`; nothing when no LF is left.
std::optional<std::string_view> take_line(std::string_view& text);
// The same behind `word` and one blank ("old 5"); nothing, and `text` untouched, when the line does
// not begin so.
std::optional<std::string_view> take_line_of(std::string_view word, std::string_view& text);

// Hashes, one a line, up to an empty line, which is taken, too. Nothing when a line is no hash,
// when there are more than `longest_proof`, or when the empty line is missing.
std::optional<Proof> take_proof(std::string_view& text);
std::string format_proof(const Proof& proof);  // the hashes and the empty line

// Valid UTF-8 without control characters below U+0020 other than LF.
bool is_note_text(std::string_view text);

// Eight bytes, the largest first.
std::array<std::uint8_t, 8> as_u64be(std::uint64_t number);
std::uint64_t from_u64be(std::span<const std::uint8_t, 8> bytes);

}  // namespace minhu::merkle
