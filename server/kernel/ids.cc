#include "kernel/ids.h"

namespace minhu {

namespace {

constexpr std::size_t text_length = 36;
constexpr std::string_view digits = "0123456789abcdef";

constexpr bool is_dash(std::size_t at) {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

// -1 for what is no hexadecimal digit.
constexpr int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// Facts of events are tried as ids by the dozen for each answer: nothing is allocated here.
bool read_uuid(std::string_view text, Uuid& uuid) {
  if (text.size() != text_length) return false;
  std::size_t byte = 0;
  for (std::size_t at = 0; at < text_length;) {
    if (is_dash(at)) {
      if (text[at] != '-') return false;
      ++at;
      continue;
    }
    const int high = value_of(text[at]);
    const int low = value_of(text[at + 1]);
    if (high < 0 || low < 0) return false;
    uuid[byte++] = static_cast<std::uint8_t>(high << 4 | low);
    at += 2;
  }
  return true;
}

}  // namespace

std::string format_uuid(const Uuid& uuid) {
  std::string text(text_length, '-');
  std::size_t at = 0;
  for (const std::uint8_t byte : uuid) {
    if (is_dash(at)) ++at;
    text[at++] = digits[byte >> 4U];
    text[at++] = digits[byte & 0xFU];
  }
  return text;
}

Result<Uuid> parse_uuid(std::string_view text) {
  Uuid uuid{};
  if (!read_uuid(text, uuid)) return fail(FaultCode::invalid_input, "kernel.not_an_id");
  return uuid;
}

Uuid make_uuid_v7(Instant now, const std::array<std::uint8_t, 10>& random) noexcept {
  Uuid uuid{};
  const auto ms = static_cast<std::uint64_t>(now.unix_ms);
  for (std::size_t i = 0; i < 6; ++i) uuid[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  std::memcpy(uuid.data() + 6, random.data(), random.size());
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0FU) | 0x70U);
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3FU) | 0x80U);
  return uuid;
}

}  // namespace minhu
