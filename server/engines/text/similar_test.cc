#include "engines/text/similar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "engines/text/invented_petitions.h"
#include "kernel/crypto.h"

namespace minhu::text {
namespace {

struct Filled {
  std::vector<Invented> petitions;
  std::vector<MatterTerms> terms;
  SimilarIndex index;

  explicit Filled(int issues = 60, std::uint64_t seed = seed_of_this_run()) {
    start_crypto();
    Dice dice(seed);
    petitions = invented_petitions(dice, issues, 2, 5);
    GroundCounter counter;
    for (const Invented& petition : petitions) {
      EXPECT_TRUE(TermReader().read(petition.title, petition.detail, terms.emplace_back()));
      counter.add(terms.back());
    }
    index = SimilarIndex(counter.ground());
    for (std::uint64_t key = 0; key < terms.size(); ++key) index.add(key, terms[key]);
  }
};

std::vector<std::pair<std::uint64_t, float>> keys_of(const std::vector<Near>& near) {
  std::vector<std::pair<std::uint64_t, float>> keys;
  for (const Near& one : near) keys.emplace_back(one.key, one.score);
  return keys;
}

TEST(SimilarIndex, the_fast_way_finds_what_looking_at_every_case_finds) {
  Filled filled;
  for (std::size_t i = 0; i < filled.terms.size(); ++i) {
    const MatterTerms& query = filled.terms[i];
    EXPECT_EQ(keys_of(filled.index.nearest(query, 10)),
              keys_of(filled.index.nearest_by_all(query, 10)));
  }
}

TEST(SimilarIndex, the_nearest_is_of_the_same_place_or_the_same_issue) {
  Filled filled;
  std::size_t right = 0;
  for (std::uint64_t key = 0; key < filled.terms.size(); ++key) {
    const std::vector<Near> near = filled.index.nearest(key, 1);
    ASSERT_EQ(near.size(), 1U);
    EXPECT_NE(near[0].key, key);
    right += filled.petitions[near[0].key].place == filled.petitions[key].place ? 1U : 0U;
  }
  EXPECT_GE(static_cast<double>(right), 0.9 * static_cast<double>(filled.terms.size()));
}

TEST(SimilarIndex, what_was_removed_is_as_if_it_had_never_been) {
  Filled filled;
  SimilarIndex without(filled.index.ground());
  for (std::uint64_t key = 0; key < filled.terms.size(); ++key) {
    if (key % 3 != 0) without.add(key, filled.terms[key]);
  }
  filled.index.reject(0, 1);
  for (std::uint64_t key = 0; key < filled.terms.size(); key += 3) filled.index.remove(key);
  EXPECT_EQ(filled.index.to_bytes(), without.to_bytes());
  for (const MatterTerms& query : filled.terms) {
    EXPECT_EQ(keys_of(filled.index.nearest(query, 10)), keys_of(without.nearest(query, 10)));
  }
}

// Cases that come, come again with other words and go, in whatever order; pairs that were rejected.
TEST(SimilarIndex, whatever_came_and_went_it_answers_as_one_that_was_filled_at_once) {
  Filled filled(40, 47);
  const std::size_t all = filled.terms.size();
  Dice dice(48);
  SimilarIndex index(filled.index.ground());
  std::map<std::uint64_t, std::size_t> there;  // which words a key has now
  for (std::size_t round = 0; round < 6 * all; ++round) {
    const std::uint64_t key = dice.next() % (all / 2) << 33U;
    if (dice.next() % 3 == 0) {
      index.remove(key);
      there.erase(key);
    } else {
      there[key] = static_cast<std::size_t>(dice.next() % all);
      index.add(key, filled.terms[there[key]]);
    }
  }
  SimilarIndex at_once(filled.index.ground());
  for (auto at = there.rbegin(); at != there.rend(); ++at) {
    at_once.add(at->first, filled.terms[at->second]);
  }
  EXPECT_EQ(index.size(), there.size());
  EXPECT_EQ(index.to_bytes(), at_once.to_bytes());
  for (const MatterTerms& query : filled.terms) {
    const auto found = keys_of(index.nearest(query, 10));
    EXPECT_EQ(found, keys_of(index.nearest_by_all(query, 10)));
    EXPECT_EQ(found, keys_of(at_once.nearest(query, 10)));
  }
  // For a case: as by all, but for itself and those that were rejected for it.
  for (int i = 0; i < 300; ++i) {
    const auto a = std::next(there.begin(), dice.between(0, std::ssize(there) - 1))->first;
    const auto near = index.nearest(a, 3);
    if (!near.empty()) index.reject(a, dice.one_of(near).key);
  }
  for (const auto& [key, words] : there) {
    std::vector<std::pair<std::uint64_t, float>> expected;
    for (const Near& near : index.nearest_by_all(filled.terms[words], there.size())) {
      if (near.key != key && !index.is_rejected(key, near.key) && expected.size() < 10) {
        expected.emplace_back(near.key, near.score);
      }
    }
    EXPECT_EQ(keys_of(index.nearest(key, 10)), expected);
  }
}

TEST(SimilarIndex, of_thousands_of_copies_those_with_the_least_keys_are_shown) {
  Filled filled(5, 49);
  SimilarIndex index(filled.index.ground());
  constexpr std::uint64_t copies = 3'000;
  for (std::uint64_t key = copies; key > 0; --key) index.add(key, filled.terms[0]);
  const std::vector<Near> near = index.nearest(std::uint64_t{5}, 10);
  ASSERT_EQ(near.size(), 10U);
  for (std::uint64_t i = 0; i < near.size(); ++i) {
    EXPECT_EQ(near[i].key, i < 4 ? i + 1 : i + 2);  // all but itself
    EXPECT_TRUE(near[i].copy);
  }
}

TEST(SimilarIndex, a_rejected_pair_is_not_shown_again) {
  Filled filled;
  const std::uint64_t nearest = filled.index.nearest(std::uint64_t{4}, 1).at(0).key;
  filled.index.reject(nearest, 4);
  for (const Near& near : filled.index.nearest(std::uint64_t{4}, 50)) {
    EXPECT_NE(near.key, nearest);
  }
  // Also when the case is corrected and comes again.
  filled.index.add(4, filled.terms[4]);
  EXPECT_TRUE(filled.index.is_rejected(4, nearest));
}

TEST(SimilarIndex, a_copy_under_another_name_is_called_a_copy) {
  Filled filled;
  MatterTerms copy;
  ASSERT_TRUE(
      TermReader().read(filled.petitions[3].title, filled.petitions[3].detail + "李女士", copy));
  const std::vector<Near> near = filled.index.nearest(copy, 1);
  ASSERT_EQ(near.size(), 1U);
  EXPECT_TRUE(near[0].copy);
  EXPECT_GT(near[0].odds, 0);
}

TEST(SimilarIndex, comes_back_from_its_bytes_and_a_damaged_one_is_refused) {
  Filled filled(10);
  filled.index.reject(2, 3);
  const Bytes note = to_bytes("ids");
  const Bytes bytes = filled.index.to_bytes(note);
  auto opened = SimilarIndex::from_bytes(bytes);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->note, note);
  EXPECT_EQ(opened->index.to_bytes(note), bytes);
  EXPECT_TRUE(opened->index.is_rejected(3, 2));
  for (const MatterTerms& query : filled.terms) {
    EXPECT_EQ(keys_of(opened->index.nearest(query, 5)), keys_of(filled.index.nearest(query, 5)));
  }
  Dice dice(seed_of_this_run());
  for (int round = 0; round < 200; ++round) {
    Bytes damaged = bytes;
    damaged[dice.next() % damaged.size()] ^= static_cast<std::uint8_t>(1U << (dice.next() % 8));
    EXPECT_EQ(SimilarIndex::from_bytes(damaged).error().key, "text.bad_index");
    damaged = bytes;
    damaged.resize(dice.next() % damaged.size());
    EXPECT_FALSE(SimilarIndex::from_bytes(damaged));
  }
}

TEST(SimilarIndex, a_question_without_a_word_has_no_answer) {
  Filled filled(5);
  MatterTerms nothing;
  ASSERT_TRUE(TermReader().read("", "。。。", nothing));
  EXPECT_TRUE(filled.index.nearest(nothing, 10).empty());
  EXPECT_TRUE(filled.index.nearest(std::uint64_t{99999}, 10).empty());
}

}  // namespace
}  // namespace minhu::text
