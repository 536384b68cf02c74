#include "kernel/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "kernel/assert.h"

namespace minhu {

void start_crypto() {
  MINHU_ASSERT(sodium_init() >= 0);
}

namespace {

// SHA-256 of OpenSSL: it uses the instructions that processors have for it, and a leaf of the
// record costs a fifth. One context for each thread, begun anew for each hash: to find the
// algorithm takes longer than to hash a leaf.
class Sha256 {
 public:
  Sha256() { MINHU_ASSERT(EVP_DigestInit_ex2(context(), algorithm(), nullptr) == 1); }

  void update(BytesView data) {
    MINHU_ASSERT(EVP_DigestUpdate(context(), data.data(), data.size()) == 1);
  }
  Digest finish() {
    Digest out{};
    unsigned size = 0;
    MINHU_ASSERT(EVP_DigestFinal_ex(context(), out.data(), &size) == 1 && size == out.size());
    return out;
  }

 private:
  struct Free {
    void operator()(EVP_MD* made) const noexcept { EVP_MD_free(made); }
    void operator()(EVP_MD_CTX* made) const noexcept { EVP_MD_CTX_free(made); }
  };
  static const EVP_MD* algorithm() {
    static const std::unique_ptr<EVP_MD, Free> fetched(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return fetched.get();
  }
  static EVP_MD_CTX* context() {
    static thread_local const std::unique_ptr<EVP_MD_CTX, Free> own(EVP_MD_CTX_new());
    return own.get();
  }
};

// HMAC (RFC 2104) over what `feed` gives to the inner hash.
template <class Feed>
Digest hmac(BytesView key, Feed&& feed) {
  constexpr std::size_t block = 64;
  constexpr std::uint8_t inner = 0x36;
  constexpr std::uint8_t outer = 0x5C;
  std::array<std::uint8_t, block> pad{};
  if (key.size() > block) {
    const Digest shorter = sha256(key);
    std::copy(shorter.begin(), shorter.end(), pad.begin());
  } else {
    std::copy(key.begin(), key.end(), pad.begin());
  }
  for (std::uint8_t& byte : pad) byte ^= inner;
  Digest hash{};
  {
    Sha256 first;
    first.update(pad);
    feed(first);
    hash = first.finish();
  }
  for (std::uint8_t& byte : pad) byte ^= inner ^ outer;
  Sha256 second;
  second.update(pad);
  second.update(hash);
  sodium_memzero(pad.data(), pad.size());
  return second.finish();
}

}  // namespace

Digest sha256(BytesView data) {
  Sha256 hash;
  hash.update(data);
  return hash.finish();
}

Digest keyed_hash(const Key& key, std::initializer_list<BytesView> parts) {
  return hmac(key, [&](Sha256& hash) {
    for (const BytesView part : parts) {
      const auto size = static_cast<std::uint32_t>(part.size());
      const std::array<std::uint8_t, 4> length{
          static_cast<std::uint8_t>(size >> 24), static_cast<std::uint8_t>(size >> 16),
          static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
      hash.update(length);
      hash.update(part);
    }
  });
}

Digest hmac_sha256(BytesView key, BytesView data) {
  return hmac(key, [&](Sha256& hash) { hash.update(data); });
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
  const auto fault = [] { return fail(FaultCode::gone, "kernel.cannot_open"); };
  if (sealed.size() < seal_overhead) return fault();
  Bytes out(sealed.size() - seal_overhead);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data() + 24,
                                                 sealed.size() - 24, context.data(), context.size(),
                                                 sealed.data(), key.data()) != 0) {
    return fault();
  }
  return out;
}

}  // namespace minhu
