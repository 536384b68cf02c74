#include "engines/merkle/hash.h"

#include <sodium.h>

#include <bit>

namespace minhu::merkle {

namespace {

constexpr std::uint8_t leaf_mark = 0x00;
constexpr std::uint8_t node_mark = 0x01;

}  // namespace

Hash leaf_hash(BytesView entry) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, &leaf_mark, 1);
  crypto_hash_sha256_update(&state, entry.data(), entry.size());
  Hash hash{};
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

Hash node_hash(const Hash& left, const Hash& right) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, &node_mark, 1);
  crypto_hash_sha256_update(&state, left.data(), left.size());
  crypto_hash_sha256_update(&state, right.data(), right.size());
  Hash hash{};
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

Hash empty_root() {
  return sha256({});
}

TreeHead empty_tree_head() {
  return {0, empty_root()};
}

Hash root_over(std::span<const Hash> hashes) {
  if (hashes.empty()) return empty_root();
  if (hashes.size() == 1) return hashes.front();
  const std::size_t left = std::bit_floor(hashes.size() - 1);
  return node_hash(root_over(hashes.first(left)), root_over(hashes.subspan(left)));
}

}  // namespace minhu::merkle
