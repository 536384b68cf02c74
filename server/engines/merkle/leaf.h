// What the public sees of one event of a case: 64 bytes, a time and two numbers that mean nothing
// to anybody who has not the key of the case.
//
//     "MHL1" (4) | seconds since 1970, 8 bytes | tag (16) | commitment (32) | zeros (4)
//
//     salt n       = HMAC-SHA-256(case key, "minhu/salt/v1" | n in 4 bytes)
//     tag n        = HMAC-SHA-256(case key, "minhu/tag/v1"  | n in 4 bytes), the first 16 bytes
//     commitment n = HMAC-SHA-256(salt n, payload n)
//
// Of every number the largest byte stands first.
//
// With the key, a person computes every leaf of their case anew, and looks for tags of events that
// nobody told them of. Without it, two leaves of one case have nothing in common; and the payload
// cannot be guessed and tried, for it is under a salt. One tag twice in a log means two versions of
// one step.
#pragma once

#include <array>

#include "engines/merkle/hash.h"
#include "kernel/result.h"

namespace minhu::merkle {

constexpr std::size_t leaf_size = 64;
using LeafBytes = std::array<std::uint8_t, leaf_size>;
using Tag = std::array<std::uint8_t, 16>;

struct Leaf {
  std::uint64_t seconds = 0;  // when it was written down
  Tag tag{};
  Hash commitment{};
  bool operator==(const Leaf&) const = default;
};

LeafBytes encode_leaf(const Leaf& leaf);
// Fault merkle.leaf_broken.
Result<Leaf> parse_leaf(BytesView bytes);

Key salt_of(const Key& case_key, std::uint32_t number);
Tag tag_of(const Key& case_key, std::uint32_t number);
Hash commitment_of(const Key& salt, BytesView payload);
// The leaf of the case's event `number`, counted from 0.
Leaf leaf_of(const Key& case_key, std::uint32_t number, std::uint64_t seconds, BytesView payload);

// A leaf of no case, so that the number of leaves tells nobody how many people spoke in a night.
Leaf cover_leaf(std::uint64_t seconds, const std::array<std::uint8_t, 48>& random);

}  // namespace minhu::merkle
