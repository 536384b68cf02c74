#include "kernel/crypto.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "kernel/assert.h"

namespace minhu {

void start_crypto() {
  MINHU_ASSERT(sodium_init() >= 0);
}

Digest sha256(BytesView data) {
  Digest out{};
  crypto_hash_sha256(out.data(), data.data(), data.size());
  return out;
}

Digest keyed_hash(const Key& key, std::initializer_list<BytesView> parts) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  for (const BytesView part : parts) {
    const auto size = static_cast<std::uint32_t>(part.size());
    const std::array<std::uint8_t, 4> length{
        static_cast<std::uint8_t>(size >> 24), static_cast<std::uint8_t>(size >> 16),
        static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
    crypto_auth_hmacsha256_update(&state, length.data(), length.size());
    crypto_auth_hmacsha256_update(&state, part.data(), part.size());
  }
  Digest out{};
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

Digest hmac_sha256(BytesView key, BytesView data) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, data.data(), data.size());
  Digest out{};
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

std::uint64_t short_keyed_hash(const Key& key, BytesView data) {
  static_assert(crypto_shorthash_KEYBYTES <= std::tuple_size_v<Key>);
  static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t));
  std::uint64_t hash = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), data.data(), data.size(), key.data());
  return hash;
}

void wipe(Key& key) noexcept {
  sodium_memzero(key.data(), key.size());
}

bool equal_in_constant_time(BytesView a, BytesView b) noexcept {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Bytes seal(const Key& key, BytesView plain, BytesView context,
           const std::array<std::uint8_t, 24>& nonce) {
  Bytes out(nonce.size() + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  std::copy(nonce.begin(), nonce.end(), out.begin());
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce.size(), nullptr, plain.data(),
                                             plain.size(), context.data(), context.size(), nullptr,
                                             nonce.data(), key.data());
  return out;
}

Result<Bytes> open_sealed(const Key& key, BytesView sealed, BytesView context) {
  const auto fault = fail(FaultCode::gone, "kernel.cannot_open");
  if (sealed.size() < seal_overhead) return fault;
  Bytes out(sealed.size() - seal_overhead);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data() + 24,
                                                 sealed.size() - 24, context.data(), context.size(),
                                                 sealed.data(), key.data()) != 0) {
    return fault;
  }
  return out;
}

}  // namespace minhu
