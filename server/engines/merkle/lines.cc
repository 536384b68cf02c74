#include "engines/merkle/lines.h"

#include <algorithm>
#include <charconv>

#include "kernel/utf8.h"

namespace minhu::merkle {

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > largest_size) {
    return std::nullopt;
  }
  return number;
}

std::optional<Hash> parse_hash(std::string_view text) {
  const auto bytes = from_base64(text);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::string format_hash(const Hash& hash) {
  return to_base64(hash);
}

std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> take_line_of(std::string_view word, std::string_view& text) {
  if (!text.starts_with(word) || text.size() == word.size() || text[word.size()] != ' ') {
    return std::nullopt;
  }
  std::string_view rest = text.substr(word.size() + 1);
  const auto line = take_line(rest);
  if (line) text = rest;
  return line;
}

std::optional<Proof> take_proof(std::string_view& text) {
  Proof proof;
  for (;;) {
    const auto line = take_line(text);
    if (!line) return std::nullopt;
    if (line->empty()) return proof;
    const auto hash = parse_hash(*line);
    if (!hash || proof.size() == longest_proof) return std::nullopt;
    proof.push_back(*hash);
  }
}

std::string format_proof(const Proof& proof) {
  std::string text;
  for (const Hash& hash : proof) text += format_hash(hash) + "\n";
  return text + "\n";
}

bool is_note_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return c != '\n' && static_cast<unsigned char>(c) < 0x20; }) &&
         is_valid_utf8(text);
}

std::array<std::uint8_t, 8> as_u64be(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = bytes.size(); i-- > 0; number >>= 8U) {
    bytes[i] = static_cast<std::uint8_t>(number & 0xFFU);
  }
  return bytes;
}

std::uint64_t from_u64be(std::span<const std::uint8_t, 8> bytes) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8U | byte;
  return number;
}

}  // namespace minhu::merkle
