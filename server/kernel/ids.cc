#include "kernel/ids.h"

namespace minhu {

std::string format_uuid(const Uuid& uuid) {
  const std::string hex = to_hex(uuid);
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
         hex.substr(16, 4) + '-' + hex.substr(20);
}

Result<Uuid> parse_uuid(std::string_view text) {
  const auto fault = fail(FaultCode::invalid_input, "kernel.not_an_id");
  if (text.size() != 36) return fault;
  std::string hex;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (text[i] == '-')) return fault;
    if (!dash) hex.push_back(text[i]);
  }
  const auto bytes = from_hex(hex);
  if (!bytes) return fault;
  Uuid uuid{};
  std::memcpy(uuid.data(), bytes->data(), uuid.size());
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
