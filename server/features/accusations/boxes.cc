#include "features/accusations/boxes.h"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernel/assert.h"

namespace minhu::accusations {

namespace {

constexpr std::size_t smallest_block = 4096;
constexpr std::size_t length_bytes = 8;

tl::unexpected<Fault> does_not_open() {
  return fail(FaultCode::invalid_input, "kernel.cannot_open");
}

std::size_t padded_size(std::size_t size) {
  const std::size_t sixteenth = std::bit_ceil(size) / 16;
  const std::size_t block = std::max(smallest_block, sixteenth);
  return (size + block - 1) / block * block;
}

}  // namespace

Secret::Secret(BytesView bytes) {
  MINHU_ASSERT(bytes.size() == bytes_.size());
  std::memcpy(bytes_.data(), bytes.data(), bytes_.size());
}

Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

Secret::~Secret() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

Secret Secret::random(Entropy& entropy) {
  Secret secret;
  entropy.fill(secret.bytes_);
  return secret;
}

void wipe(Bytes& bytes) noexcept {
  sodium_memzero(bytes.data(), bytes.size());
  bytes.clear();
}

void wipe(std::string& text) noexcept {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

KeyPair key_pair_from(const Secret& seed) {
  static_assert(crypto_box_SEEDBYTES == sizeof(Key) && crypto_box_SECRETKEYBYTES == sizeof(Key) &&
                crypto_box_PUBLICKEYBYTES == sizeof(Key));
  KeyPair pair;
  crypto_box_seed_keypair(pair.public_key.data(), pair.private_key.bytes().data(),
                          seed.bytes().data());
  return pair;
}

Bytes seal_to(const Key& public_key, BytesView plain) {
  Bytes box(crypto_box_SEALBYTES + plain.size());
  const int made = crypto_box_seal(box.data(), plain.data(), plain.size(), public_key.data());
  MINHU_ASSERT(made == 0);  // only a public key of small order fails, and ours are all made here
  return box;
}

Result<Secret> open_box(const KeyPair& pair, BytesView box) {
  Secret secret;
  if (box.size() != crypto_box_SEALBYTES + secret.bytes().size() ||
      crypto_box_seal_open(secret.bytes().data(), box.data(), box.size(), pair.public_key.data(),
                           pair.private_key.bytes().data()) != 0) {
    return does_not_open();
  }
  return secret;
}

Result<Bytes> open_late(const KeyPair& pair, BytesView box) {
  if (box.size() < crypto_box_SEALBYTES) return does_not_open();
  Bytes plain(box.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(plain.data(), box.data(), box.size(), pair.public_key.data(),
                           pair.private_key.bytes().data()) != 0) {
    return does_not_open();
  }
  return plain;
}

Bytes padded(BytesView plain) {
  Bytes out(padded_size(length_bytes + plain.size()));
  std::uint64_t size = plain.size();
  for (std::size_t i = 0; i < length_bytes; ++i, size >>= 8U) {
    out[i] = static_cast<std::uint8_t>(size & 0xffU);
  }
  std::copy(plain.begin(), plain.end(), out.begin() + length_bytes);
  return out;
}

Result<Bytes> unpadded(Bytes bytes) {
  std::uint64_t size = 0;
  if (bytes.size() < length_bytes) return does_not_open();
  for (std::size_t i = length_bytes; i-- > 0;) size = (size << 8U) | bytes[i];
  if (size > bytes.size() - length_bytes) {
    return does_not_open();
  }
  bytes.erase(bytes.begin(), bytes.begin() + length_bytes);
  bytes.resize(size);
  return bytes;
}

}  // namespace minhu::accusations
