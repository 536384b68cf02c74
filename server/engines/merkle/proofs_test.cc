#include "engines/merkle/proofs.h"

#include <gtest/gtest.h>

#include "engines/merkle/compact_range.h"
#include "engines/merkle/test_log.h"
#include "kernel/test_dice.h"

namespace minhu::merkle {
namespace {

// The test vectors of Certificate Transparency (RFC 6962 trees of 1 to 8 leaves).
const char* const vector_entries[] = {"",
                                      "00",
                                      "10",
                                      "2021",
                                      "3031",
                                      "40414243",
                                      "5051525354555657",
                                      "606162636465666768696a6b6c6d6e6f"};
const char* const vector_roots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

struct VectorLog : LogFiles {
  TreeBuilder builder;

  explicit VectorLog(std::size_t size) {
    std::vector<Bytes> entries;
    for (std::size_t i = 0; i < size; ++i) entries.push_back(from_hex(vector_entries[i]).value());
    keep(builder.append(entries).value());
  }
};

std::vector<std::string> in_hex(const Proof& proof) {
  std::vector<std::string> lines;
  for (const Hash& hash : proof) lines.push_back(to_hex(hash));
  return lines;
}

TEST(Proofs, RootsAreThoseOfTheVectors) {
  EXPECT_EQ(to_hex(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(TreeBuilder().head(), empty_tree_head());
  for (std::size_t size = 1; size <= 8; ++size) {
    const VectorLog log(size);
    EXPECT_EQ(to_hex(log.builder.head().root), vector_roots[size - 1]) << size;
  }
}

TEST(Proofs, AreThoseOfTheVectors) {
  const VectorLog log(8);
  TileReader reader(log.builder.head(), log.fetch);
  EXPECT_EQ(
      in_hex(make_inclusion_proof(reader, 5, 8).value()),
      (std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                vector_roots[3]}));
  EXPECT_EQ(
      in_hex(make_consistency_proof(reader, 6, 8).value()),
      (std::vector<std::string>{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                vector_roots[3]}));
  EXPECT_EQ(in_hex(make_consistency_proof(reader, 4, 8).value()),
            (std::vector<std::string>{
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
}

constexpr std::uint64_t all_sizes_to = 300;  // beyond one tile

struct Forest : testing::Test {
  NaiveTree naive{all_sizes_to};
  TestLog log{all_sizes_to};
  TileReader reader{log.head(), log.fetch};
};

TEST_F(Forest, EveryRootIsThatOfTheDefinition) {
  CompactRange range;
  for (std::uint64_t size = 0; size <= all_sizes_to; ++size) {
    EXPECT_EQ(range.head(), naive.head(size));
    EXPECT_EQ(root_over(std::span(naive.leaves).first(size)), naive.root(size));
    EXPECT_EQ(root_at(reader, size).value(), naive.root(size)) << size;
    if (size < all_sizes_to) range.append(naive.leaves[size]);
  }
}

TEST_F(Forest, EveryInclusionProofIsTheDefinedOneAndHolds) {
  for (std::uint64_t size = 1; size <= all_sizes_to; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = make_inclusion_proof(reader, index, size).value();
      ASSERT_EQ(proof, naive.path(index, 0, size)) << index << " of " << size;
      ASSERT_TRUE(check_inclusion(naive.leaves[index], index, proof, naive.head(size)));
    }
  }
}

TEST_F(Forest, EveryConsistencyProofIsTheDefinedOneAndHolds) {
  for (std::uint64_t newer = 0; newer <= all_sizes_to; ++newer) {
    for (std::uint64_t older = 0; older <= newer; ++older) {
      const Proof proof = make_consistency_proof(reader, older, newer).value();
      if (older > 0) {
        ASSERT_EQ(proof, naive.subproof(older, 0, newer, true)) << older << " to " << newer;
      }
      ASSERT_TRUE(check_consistency(naive.head(older), proof, naive.head(newer)));
    }
  }
}

// Changes of a proof that must each be noticed.
std::vector<Proof> damaged(const Proof& proof) {
  std::vector<Proof> all;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    all.push_back(proof);
    all.back()[i][i % 32] ^= 0x01;
    all.push_back(proof);
    all.back().erase(all.back().begin() + static_cast<std::ptrdiff_t>(i));
    all.push_back(proof);
    all.back().insert(all.back().begin() + static_cast<std::ptrdiff_t>(i), proof[i]);
    if (i > 0 && proof[i] != proof[i - 1]) {
      all.push_back(proof);
      std::swap(all.back()[i], all.back()[i - 1]);
    }
  }
  all.push_back(proof);
  all.back().push_back(Hash{});
  return all;
}

TEST_F(Forest, NoDamagedInclusionProofHolds) {
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 9U, 64U, 100U, 255U, 256U, 257U, 300U}) {
    const TreeHead head = naive.head(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Hash& leaf = naive.leaves[index];
      const Proof proof = naive.path(index, 0, size);
      for (const Proof& wrong : damaged(proof)) {
        ASSERT_FALSE(check_inclusion(leaf, index, wrong, head)) << index << " of " << size;
      }
      ASSERT_FALSE(check_inclusion(naive.leaves[(index + 1) % 300], index, proof, head));
      if (size > 1) {
        ASSERT_FALSE(check_inclusion(leaf, (index + 1) % size, proof, head));
      }
      ASSERT_FALSE(check_inclusion(leaf, index, proof, {size, naive.root(size - 1)}));
      ASSERT_EQ(check_inclusion(leaf, index + size, proof, head).error().key,
                "merkle.index_beyond_tree");
    }
  }
}

TEST_F(Forest, NoDamagedConsistencyProofHolds) {
  for (const std::uint64_t newer : {1U, 2U, 3U, 7U, 8U, 9U, 64U, 100U, 257U}) {
    for (std::uint64_t older = 1; older <= newer; ++older) {
      const Proof proof = naive.subproof(older, 0, newer, true);
      for (const Proof& wrong : damaged(proof)) {
        ASSERT_FALSE(check_consistency(naive.head(older), wrong, naive.head(newer)))
            << older << " to " << newer;
      }
      const TreeHead other_old{older, naive.root(older - 1)};
      const TreeHead other_new{newer, naive.root(newer - 1)};
      ASSERT_FALSE(check_consistency(other_old, proof, naive.head(newer)));
      ASSERT_FALSE(check_consistency(naive.head(older), proof, other_new));
    }
  }
}

TEST(Proofs, ATreeDoesNotShrink) {
  const NaiveTree naive(5);
  EXPECT_EQ(check_consistency(naive.head(5), {}, naive.head(4)).error().key,
            "merkle.older_is_larger");
  EXPECT_FALSE(check_consistency({0, Hash{}}, {}, naive.head(4)));
  EXPECT_FALSE(check_consistency(empty_tree_head(), {Hash{}}, naive.head(4)));
}

TEST(Proofs, HoldInTreesOfManyTiles) {
  constexpr std::uint64_t size = 70'000;
  const NaiveTree naive(size);
  const TestLog log(size);
  TileReader reader(log.head(), log.fetch);
  Dice dice(seed_of_this_run());
  for (int i = 0; i < 300; ++i) {
    const auto newer = static_cast<std::uint64_t>(dice.between(1, size));
    const auto older =
        static_cast<std::uint64_t>(dice.between(1, static_cast<std::int64_t>(newer)));
    const TreeHead head{newer, root_at(reader, newer).value()};
    const Proof inclusion = make_inclusion_proof(reader, older - 1, newer).value();
    const Proof consistency = make_consistency_proof(reader, older, newer).value();
    ASSERT_TRUE(check_inclusion(naive.leaves[older - 1], older - 1, inclusion, head));
    ASSERT_TRUE(check_consistency({older, root_at(reader, older).value()}, consistency, head));
  }
  ASSERT_EQ(log.head().root, naive.root(size));
}

}  // namespace
}  // namespace minhu::merkle
