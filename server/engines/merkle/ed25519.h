// Ed25519 (RFC 8032), as libsodium does it: signatures in another than their one encoding, and keys
// of small order, are refused.
#pragma once

#include <array>
#include <cstdint>

#include "kernel/bytes.h"

namespace minhu::merkle {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

bool is_signed_by(const PublicKey& key, BytesView message, BytesView signature) noexcept;

// A private key. Wiped when it goes; cannot be copied, printed or compared.
class Ed25519Key {
 public:
  explicit Ed25519Key(const std::array<std::uint8_t, 32>& seed);
  ~Ed25519Key();
  Ed25519Key(Ed25519Key&& other) noexcept;
  Ed25519Key(const Ed25519Key&) = delete;
  Ed25519Key& operator=(const Ed25519Key&) = delete;
  Ed25519Key& operator=(Ed25519Key&&) = delete;

  const PublicKey& public_key() const noexcept { return public_key_; }
  Signature sign(BytesView message) const;

 private:
  PublicKey public_key_{};
  std::array<std::uint8_t, 64> secret_{};
};

}  // namespace minhu::merkle
