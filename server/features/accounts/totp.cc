#include "features/accounts/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "kernel/assert.h"
#include "kernel/crypto.h"

namespace minhu::accounts {

namespace {

constexpr std::int64_t step_ms = 30'000;

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

}  // namespace

std::int64_t totp_step(Instant now) {
  return now.unix_ms / step_ms;
}

std::string totp_code(BytesView secret, std::int64_t step) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[counter.size() - 1 - i] =
        static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  const auto* made = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                          counter.data(), counter.size(), mac.data(), &size);
  MINHU_ASSERT(made != nullptr && size == 20);
  const std::size_t at = mac[19] & 15U;
  const std::uint32_t number = ((mac[at] & 0x7FU) << 24U) | (std::uint32_t{mac[at + 1]} << 16U) |
                               (std::uint32_t{mac[at + 2]} << 8U) | mac[at + 3];
  std::string digits = std::to_string(number % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matching_step(BytesView secret, std::string_view code, Instant now,
                                          std::int64_t last_used) {
  std::string digits;
  for (const char c : code) {
    if (c != ' ') digits += c;
  }
  std::optional<std::int64_t> found;
  const std::int64_t middle = totp_step(now);
  for (const std::int64_t step : {middle, middle - 1, middle + 1}) {
    const std::string right = totp_code(secret, step);
    if (equal_in_constant_time(as_bytes(right), as_bytes(digits)) && step > last_used && !found) {
      found = step;
    }
  }
  return found;
}

std::string to_base32(BytesView bytes) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t waiting = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    waiting = (waiting << 8U) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += letters[(waiting >> static_cast<unsigned>(bits)) & 31U];
    }
    waiting &= 0xFFU;
  }
  if (bits > 0) out += letters[(waiting << static_cast<unsigned>(5 - bits)) & 31U];
  return out;
}

std::string otpauth_uri(BytesView secret, std::string_view issuer, std::string_view login) {
  const std::string house = percent_encoded(issuer);
  return "otpauth://totp/" + house + ":" + percent_encoded(login) + "?secret=" + to_base32(secret) +
         "&issuer=" + house + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace minhu::accounts
