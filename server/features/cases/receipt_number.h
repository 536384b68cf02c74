// The two things on a receipt: a number that names the case and a code that opens it
// (docs/adr/0004).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "features/cases/keyring.h"
#include "kernel/civil_time.h"
#include "kernel/result.h"
#include "kernel/sealed.h"

namespace minhu::cases {

// The client's own 128 bits: made by the browser or by the form it was given. Sent again, it means
// "the same request".
using ClientToken = std::array<std::uint8_t, 16>;

// 12 characters of an alphabet without 0, O, 1 and I: 55 bits and a check character. Shown as
// MH-XXXX-XXXX-XXXX. The 55 bits are the serial of the receipt under a keyed permutation: to
// everybody outside they are random (they tell neither when nor how many), while the table of
// receipts grows at its end, which costs half of what random keys cost (docs/benchmarks.md).
constexpr std::uint64_t most_serials = std::uint64_t{1} << 55U;
std::string make_number(const Keyring& keyring, std::uint64_t serial);
// The serial of the next receipt: one more than the last (-1: there is none), and never behind the
// clock, so that serials of several servers on one database seldom meet; where they do the insert
// fails and the request is made again.
std::uint64_t serial_after(std::int64_t last, Instant now);
// Of a number that parse_number gave.
std::uint64_t serial_of(const Keyring& keyring, std::string_view number);
std::string show_number(std::string_view number);
// Takes what people type: small letters, blanks, dashes, the MH in front, full-width letters. Fault
// cases.bad_number when it has another length or a character is wrong (the check character finds
// every single wrong character and every swap of neighbours).
Result<std::string> parse_number(std::string_view text);

// 24 digits, the last one a check digit (Luhn); shown in six groups of four. About 76 bits that
// nobody but the client's token and the installation's key together can produce.
Sealed<std::string> make_query_code(const Keyring& keyring, std::string_view number,
                                    std::int64_t version, const ClientToken& token);
std::string show_query_code(std::string_view code);
Result<Sealed<std::string>> parse_query_code(std::string_view text);  // Fault cases.bad_code

Digest hash_of_code(const Keyring& keyring, std::string_view number,
                    const Sealed<std::string>& code);
// `use` keeps the tokens of different requests apart ("receive", "rate", …).
Digest hash_of_token(const Keyring& keyring, std::string_view use, const ClientToken& token);
Result<ClientToken> parse_token(
    std::string_view text);  // 32 hex digits, or a UUID; Fault cases.bad_token

}  // namespace minhu::cases
