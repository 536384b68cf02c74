// One-time passwords by time (RFC 6238: SHA-1, 30 seconds, six digits), as every authenticator app
// makes them. Pure: no clock, no storage.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/bytes.h"
#include "kernel/civil_time.h"

namespace minhu::accounts {

using TotpSecret = std::array<std::uint8_t, 20>;

std::int64_t totp_step(Instant now);
std::string totp_code(BytesView secret, std::int64_t step);  // six digits
// The step that the code belongs to: this one, the one before or the one after, and later than
// `last_used`, for a code is good once. Blanks within the code do not matter.
std::optional<std::int64_t> matching_step(BytesView secret, std::string_view code, Instant now,
                                          std::int64_t last_used);

std::string to_base32(BytesView bytes);  // RFC 4648 §6, unpadded
// otpauth://totp/… for the QR code that an app reads.
std::string otpauth_uri(BytesView secret, std::string_view issuer, std::string_view login);

}  // namespace minhu::accounts
