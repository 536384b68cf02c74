// The cryptography of a report under seal (libsodium): key pairs, boxes that only the holder of a
// private key opens, and padding, so that the size of what is stored says little. Secrets are wiped
// when they go. Inner header.
#pragma once

#include <array>
#include <cstdint>

#include "kernel/bytes.h"
#include "kernel/crypto.h"
#include "ports/entropy.h"

namespace minhu::accusations {

// 32 bytes that are overwritten when they are no longer needed.
class Secret {
 public:
  Secret() = default;
  explicit Secret(BytesView bytes);  // of 32 bytes
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  const Key& bytes() const noexcept { return bytes_; }
  Key& bytes() noexcept { return bytes_; }
  static Secret random(Entropy& entropy);

 private:
  Key bytes_{};
};

void wipe(Bytes& bytes) noexcept;
void wipe(std::string& text) noexcept;

// X25519.
struct KeyPair {
  Key public_key{};
  Secret private_key;
};
KeyPair key_pair_from(const Secret& seed);

// crypto_box_seal: nobody but the holder of the private key opens it, whoever made it included.
Bytes seal_to(const Key& public_key, BytesView plain);
Result<Secret> open_box(const KeyPair& pair, BytesView box);  // Fault kernel.cannot_open
Result<Bytes> open_late(const KeyPair& pair, BytesView box);  // the same, of any size

// Text fills up whole blocks of 4 KiB, files whole steps of a sixteenth of their size: what is
// stored tells the size of a letter to its block and of a file to about 6 %.
Bytes padded(BytesView plain);
Result<Bytes> unpadded(Bytes padded);  // Fault kernel.cannot_open

}  // namespace minhu::accusations
