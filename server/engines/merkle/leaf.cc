#include "engines/merkle/leaf.h"

#include <algorithm>
#include <string_view>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view magic = "MHL1";
constexpr std::size_t time_at = 4;
constexpr std::size_t tag_at = 12;
constexpr std::size_t commitment_at = 28;
constexpr std::size_t zeros_at = 60;

Hash derived(const Key& case_key, std::string_view purpose, std::uint32_t number) {
  Bytes message = to_bytes(purpose);
  for (unsigned shift = 32; shift > 0;) {
    shift -= 8;
    message.push_back(static_cast<std::uint8_t>(number >> shift & 0xFFU));
  }
  return hmac_sha256(case_key, message);
}

}  // namespace

LeafBytes encode_leaf(const Leaf& leaf) {
  LeafBytes bytes{};
  const auto time = as_u64be(leaf.seconds);
  std::copy(magic.begin(), magic.end(), bytes.begin());
  std::copy(time.begin(), time.end(), bytes.begin() + time_at);
  std::copy(leaf.tag.begin(), leaf.tag.end(), bytes.begin() + tag_at);
  std::copy(leaf.commitment.begin(), leaf.commitment.end(), bytes.begin() + commitment_at);
  return bytes;
}

Result<Leaf> parse_leaf(BytesView bytes) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.leaf_broken", "entry");
  if (bytes.size() != leaf_size || !std::equal(magic.begin(), magic.end(), bytes.begin())) {
    return broken;
  }
  for (const std::uint8_t byte : bytes.subspan(zeros_at)) {
    if (byte != 0) return broken;
  }
  Leaf leaf;
  leaf.seconds = from_u64be(bytes.subspan<time_at, 8>());
  if (leaf.seconds > largest_size) return broken;
  std::copy_n(bytes.begin() + tag_at, leaf.tag.size(), leaf.tag.begin());
  std::copy_n(bytes.begin() + commitment_at, leaf.commitment.size(), leaf.commitment.begin());
  return leaf;
}

Key salt_of(const Key& case_key, std::uint32_t number) {
  return derived(case_key, "minhu/salt/v1", number);
}

Tag tag_of(const Key& case_key, std::uint32_t number) {
  const Hash whole = derived(case_key, "minhu/tag/v1", number);
  Tag tag{};
  std::copy_n(whole.begin(), tag.size(), tag.begin());
  return tag;
}

Hash commitment_of(const Key& salt, BytesView payload) {
  return hmac_sha256(salt, payload);
}

Leaf leaf_of(const Key& case_key, std::uint32_t number, std::uint64_t seconds, BytesView payload) {
  return {seconds, tag_of(case_key, number), commitment_of(salt_of(case_key, number), payload)};
}

Leaf cover_leaf(std::uint64_t seconds, const std::array<std::uint8_t, 48>& random) {
  Leaf leaf{seconds, {}, {}};
  std::copy_n(random.begin(), leaf.tag.size(), leaf.tag.begin());
  std::copy_n(random.begin() + leaf.tag.size(), leaf.commitment.size(), leaf.commitment.begin());
  return leaf;
}

}  // namespace minhu::merkle
