#include "features/cases/receipt_number.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace minhu::cases {

namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
static_assert(alphabet.size() == 32);
constexpr std::size_t number_length = 12;
constexpr std::size_t code_length = 24;

// A check over the field of 32 elements (x^5 + x^2 + 1): a weighted sum with different non-zero
// weights a^i finds every single error and every swap of two characters, which a plain sum does
// not.
constexpr std::uint32_t times_a(std::uint32_t value) {
  value <<= 1U;
  return (value & 32U) != 0 ? value ^ 0b100101U : value;
}

char check_character(std::string_view body) {
  std::uint32_t sum = 0;
  for (const char c : body) {
    sum = times_a(sum ^ static_cast<std::uint32_t>(alphabet.find(c)));
  }
  return alphabet[sum];
}

char luhn_digit(std::string_view digits) {
  int sum = 0;
  bool doubled = true;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
    const int value = (*digit - '0') * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// A Feistel network over 28 + 27 bits: a permutation whatever its round function is. Each round
// changes one half by a keyed hash of the other, so the same round undoes itself.
constexpr unsigned right_bits = 27;
constexpr std::uint64_t right_mask = (std::uint64_t{1} << right_bits) - 1;
constexpr std::uint64_t left_mask = (std::uint64_t{1} << 28U) - 1;
constexpr std::uint8_t rounds = 8;

struct Halves {
  std::uint64_t left;
  std::uint64_t right;
};

void mix(const Key& key, std::uint8_t round, Halves& halves) {
  const bool change_left = round % 2 == 0;
  std::array<std::uint8_t, 9> input{round};
  const std::uint64_t other = change_left ? halves.right : halves.left;
  for (std::size_t i = 0; i < 8; ++i) input[i + 1] = static_cast<std::uint8_t>(other >> (8 * i));
  const std::uint64_t hash = short_keyed_hash(key, input);
  if (change_left) {
    halves.left ^= hash & left_mask;
  } else {
    halves.right ^= hash & right_mask;
  }
}

// ASCII of what people type: blanks and dashes of every width go, full-width forms become narrow.
std::optional<std::string> narrow(std::string_view text) {
  if (text.size() > 200 || !is_valid_utf8(text)) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const auto byte = static_cast<std::uint8_t>(rest.front());
    if (byte < 0x80) {
      if (rest.front() != ' ' && rest.front() != '-' && rest.front() != '\t') out += rest.front();
      i += 1;
      continue;
    }
    bool separator = false;
    for (const std::string_view blank : {"\u3000", "\u00A0", "－", "—", "–", "‐", "·"}) {
      if (rest.starts_with(blank)) {
        i += blank.size();
        separator = true;
        break;
      }
    }
    if (separator) continue;
    // U+FF01…U+FF5E are the full-width forms of U+0021…U+007E.
    if (byte == 0xEF && rest.size() >= 3) {
      const auto second = static_cast<std::uint8_t>(rest[1]);
      const auto third = static_cast<std::uint8_t>(rest[2]);
      const unsigned point = 0xF000U | ((second & 0x3FU) << 6U) | (third & 0x3FU);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        out += static_cast<char>(point - 0xFF01 + 0x21);
        i += 3;
        continue;
      }
    }
    return std::nullopt;
  }
  return out;
}

std::string in_groups_of_four(std::string_view text, char separator) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += separator;
    out += text[i];
  }
  return out;
}

}  // namespace

std::string make_number(const Keyring& keyring, std::uint64_t serial) {
  MINHU_ASSERT(serial < most_serials);
  Halves halves{serial >> right_bits, serial & right_mask};
  for (std::uint8_t round = 0; round < rounds; ++round) mix(keyring.number, round, halves);
  std::uint64_t bits = halves.left << right_bits | halves.right;
  std::string number;
  for (std::size_t i = 0; i + 1 < number_length; ++i, bits >>= 5U) number += alphabet[bits & 31U];
  return number + check_character(number);
}

std::uint64_t serial_after(std::int64_t last, Instant now) {
  constexpr std::int64_t epoch_ms = 1'577'836'800'000;  // 2020-01-01
  constexpr unsigned serials_a_ms_bits = 14;
  const std::int64_t by_clock = std::max<std::int64_t>(now.unix_ms - epoch_ms, 0)
                                << serials_a_ms_bits;
  return static_cast<std::uint64_t>(std::max(last + 1, by_clock));
}

std::uint64_t serial_of(const Keyring& keyring, std::string_view number) {
  MINHU_ASSERT(number.size() == number_length);
  std::uint64_t bits = 0;
  for (std::size_t i = number_length - 1; i-- > 0;) {
    bits = bits << 5U | static_cast<std::uint64_t>(alphabet.find(number[i]));
  }
  Halves halves{bits >> right_bits, bits & right_mask};
  for (std::uint8_t round = rounds; round-- > 0;) mix(keyring.number, round, halves);
  return halves.left << right_bits | halves.right;
}

std::string show_number(std::string_view number) {
  return "MH-" + in_groups_of_four(number, '-');
}

Result<std::string> parse_number(std::string_view text) {
  const auto fault = fail(FaultCode::invalid_input, "cases.bad_number", "number");
  auto typed = narrow(text);
  if (!typed) return fault;
  std::transform(typed->begin(), typed->end(), typed->begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  std::string_view number = *typed;
  if (number.size() == number_length + 2 && number.starts_with("MH")) number.remove_prefix(2);
  if (number.size() != number_length ||
      number.find_first_not_of(alphabet) != std::string_view::npos ||
      check_character(number.substr(0, number_length - 1)) != number.back()) {
    return fault;
  }
  return std::string(number);
}

Sealed<std::string> make_query_code(const Keyring& keyring, std::string_view number,
                                    std::int64_t version, const ClientToken& token) {
  const std::string version_text = std::to_string(version);
  const Digest digest =
      keyed_hash(keyring.query_code, {as_bytes(number), as_bytes(version_text), token});
  // 23 decimal digits of the digest, read as one big number: the bias of the remainder is below
  // 2^-170.
  std::array<std::uint32_t, 8> words{};
  for (std::size_t i = 0; i < digest.size(); ++i) words[i / 4] = words[i / 4] << 8U | digest[i];
  std::string code;
  for (std::size_t i = 0; i + 1 < code_length; ++i) {
    std::uint64_t remainder = 0;
    for (auto& word : words) {
      const std::uint64_t value = remainder << 32U | word;
      word = static_cast<std::uint32_t>(value / 10);
      remainder = value % 10;
    }
    code += static_cast<char>('0' + remainder);
  }
  code += luhn_digit(code);
  return Sealed<std::string>(std::move(code));
}

std::string show_query_code(std::string_view code) {
  return in_groups_of_four(code, ' ');
}

Result<Sealed<std::string>> parse_query_code(std::string_view text) {
  const auto fault = fail(FaultCode::invalid_input, "cases.bad_code", "code");
  auto typed = narrow(text);
  if (!typed || typed->size() != code_length ||
      typed->find_first_not_of("0123456789") != std::string::npos ||
      luhn_digit(std::string_view(*typed).substr(0, code_length - 1)) != typed->back()) {
    return fault;
  }
  return Sealed<std::string>(std::move(*typed));
}

Digest hash_of_code(const Keyring& keyring, std::string_view number,
                    const Sealed<std::string>& code) {
  return keyed_hash(keyring.code_hash,
                    {as_bytes(number), as_bytes(code.reveal_because("only its hash is stored"))});
}

Digest hash_of_token(const Keyring& keyring, std::string_view use, const ClientToken& token) {
  return keyed_hash(keyring.token_hash, {as_bytes(use), token});
}

Result<ClientToken> parse_token(std::string_view text) {
  std::string hex(text);
  std::erase(hex, '-');
  const auto bytes = from_hex(hex);
  ClientToken token{};
  if (!bytes || bytes->size() != token.size()) {
    return fail(FaultCode::invalid_input, "cases.bad_token", "token");
  }
  std::memcpy(token.data(), bytes->data(), token.size());
  return token;
}

}  // namespace minhu::cases
