// The few cryptographic steps that the house uses, each with one way to call it (libsodium
// underneath).
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "kernel/bytes.h"

namespace minhu {

using Digest = std::array<std::uint8_t, 32>;
using Key = std::array<std::uint8_t, 32>;

// Once per process, before anything else here. Aborts when the machine cannot give random numbers.
void start_crypto();

Digest sha256(BytesView data);
// HMAC-SHA-256 over the parts, each preceded by its length (u32be) so that ("ab","c") and
// ("a","bc") differ.
Digest keyed_hash(const Key& key, std::initializer_list<BytesView> parts);
Digest hmac_sha256(BytesView key,
                   BytesView data);  // plain RFC 2104, for formats that others verify
// SipHash-2-4: a short keyed hash for where a long one would be waste; not for anything that must
// hold against somebody who knows many of its values and wants to forge one.
std::uint64_t short_keyed_hash(const Key& key, BytesView data);
// Overwrites a key that is no longer needed; the compiler does not leave it out.
void wipe(Key& key) noexcept;
bool equal_in_constant_time(BytesView a, BytesView b) noexcept;

// XChaCha20-Poly1305: nonce (24) + ciphertext + tag (16). `context` is bound to the ciphertext, not
// stored in it: a value moved to another row or column no longer opens.
constexpr std::size_t seal_overhead = 40;
Bytes seal(const Key& key, BytesView plain, BytesView context,
           const std::array<std::uint8_t, 24>& nonce);
Result<Bytes> open_sealed(const Key& key, BytesView sealed,
                          BytesView context);  // Fault kernel.cannot_open

}  // namespace minhu
