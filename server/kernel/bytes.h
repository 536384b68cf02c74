// Bytes and their printable forms.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace minhu {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

BytesView as_bytes(std::string_view text) noexcept;
Bytes to_bytes(std::string_view text);
std::string to_text(BytesView bytes);

std::string to_hex(BytesView bytes);                  // lower case
Result<Bytes> from_hex(std::string_view text);        // Fault kernel.not_hex
std::string to_base64(BytesView bytes);               // RFC 4648 §4, padded
Result<Bytes> from_base64(std::string_view text);     // Fault kernel.not_base64
std::string to_base64url(BytesView bytes);            // RFC 4648 §5, unpadded
Result<Bytes> from_base64url(std::string_view text);  // Fault kernel.not_base64

}  // namespace minhu
