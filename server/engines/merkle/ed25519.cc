#include "engines/merkle/ed25519.h"

#include <sodium.h>

namespace minhu::merkle {

static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_sign_BYTES == std::tuple_size_v<Signature>);

bool is_signed_by(const PublicKey& key, BytesView message, BytesView signature) noexcept {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     key.data()) == 0;
}

Ed25519Key::Ed25519Key(const std::array<std::uint8_t, 32>& seed) {
  crypto_sign_seed_keypair(public_key_.data(), secret_.data(), seed.data());
}

Ed25519Key::~Ed25519Key() {
  sodium_memzero(secret_.data(), secret_.size());
}

Ed25519Key::Ed25519Key(Ed25519Key&& other) noexcept
    : public_key_(other.public_key_), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

Signature Ed25519Key::sign(BytesView message) const {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
  return signature;
}

}  // namespace minhu::merkle
