// What is said without comparing never says too little.
#include "engines/text/sketches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engines/text/invented_petitions.h"

namespace minhu::text {
namespace {

struct Drawn {
  std::vector<Matter> matters = {Matter()};

  explicit Drawn(Dice& dice) {
    TermReader reader;
    GroundCounter counter;
    std::vector<MatterTerms> all;
    for (const Invented& one : invented_petitions(dice, 40, 2, 4)) {
      all.emplace_back();
      EXPECT_TRUE(reader.read(one.title, one.detail, all.back()));
      counter.add(all.back());
    }
    const Ground ground = counter.ground();
    for (const MatterTerms& terms : all) matters.emplace_back(terms, ground);
  }
};

// Each name is in lists or not, as if it were drawn.
bool in_lists(std::uint32_t term, std::uint32_t share) {
  return term * 2654435761U >> 16U >= share;
}

float length_without_lists(const Matter& matter, std::uint32_t share) {
  double squares = 0;
  for (std::size_t i = 0; i < matter.terms().size(); ++i) {
    const double name = matter.names()[i];
    if (!in_lists(matter.terms()[i], share)) squares += name * name;
  }
  return static_cast<float>(std::sqrt(squares) / 255);
}

std::uint32_t products_in_lists(const Matter& a, const Matter& b, std::uint32_t share) {
  std::uint32_t products = 0;
  for (std::size_t i = 0; i < a.terms().size(); ++i) {
    const auto found = std::lower_bound(b.terms().begin(), b.terms().end(), a.terms()[i]);
    if (found == b.terms().end() || *found != a.terms()[i] || !in_lists(*found, share)) continue;
    const auto j = static_cast<std::size_t>(found - b.terms().begin());
    products += std::uint32_t{a.names()[i]} * b.names()[j];
  }
  return products;
}

TEST(Sketches, never_say_less_than_comparing_does) {
  Dice dice(seed_of_this_run());
  const Drawn drawn(dice);
  const std::vector<Matter>& matters = drawn.matters;
  for (const std::uint32_t share : {0U, 6000U, 40000U}) {  // of 65536 names without lists
    Sketches sketches(matters.size());
    for (std::size_t i = 0; i < matters.size(); ++i) {
      sketches.add(i, matters[i], length_without_lists(matters[i], share));
    }
    Sketches::One one;
    for (const Matter& matter : matters) {
      one.become(matter, length_without_lists(matter, share));
      for (std::size_t i = 0; i < matters.size(); ++i) {
        const std::uint32_t products = products_in_lists(matter, matters[i], share);
        ASSERT_GE(one.most_odds(sketches, i, products), odds(matter, matters[i])) << i;
      }
    }
  }
}

// They are of use only if most pairs that are not alike are told to be so. 2 of the logarithm of
// the odds below zero is about where pairs are no longer kept.
TEST(Sketches, tell_most_pairs_that_are_not_alike) {
  Dice dice(20261127);
  const Drawn drawn(dice);
  const std::vector<Matter>& matters = drawn.matters;
  Sketches sketches(matters.size());
  for (std::size_t i = 0; i < matters.size(); ++i) sketches.add(i, matters[i], 0);
  Sketches::One one;
  std::size_t not_alike = 0;
  std::size_t told = 0;
  for (const Matter& matter : matters) {
    one.become(matter, 0);
    for (std::size_t i = 0; i < matters.size(); ++i) {
      if (odds(matter, matters[i]) >= -2) continue;
      ++not_alike;
      const std::uint32_t products = products_in_lists(matter, matters[i], 0);
      told += one.most_odds(sketches, i, products) < -2 ? 1U : 0U;
    }
  }
  ASSERT_GT(not_alike, 1000U);
  EXPECT_GT(10 * told, 9 * not_alike);
}

}  // namespace
}  // namespace minhu::text
