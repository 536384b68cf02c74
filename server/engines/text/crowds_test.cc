// Letters that differ in a few words: what they cost, and that they are grouped as a set.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "engines/text/groups.h"
#include "engines/text/invented_storm.h"

namespace minhu::text {
namespace {

MatterTerms terms_of(const Invented& petition) {
  MatterTerms terms;
  EXPECT_TRUE(TermReader().read(petition.title, petition.detail, terms));
  return terms;
}

// A county that knew nothing of the letters when it was settled what is common there, and letters.
struct Storm {
  std::vector<MatterTerms> terms;  // of the county, then of the letters
  std::size_t first_letter = 0;
  Ground ground;

  Storm(Dice& dice, std::size_t letters, std::size_t letter_words, bool counted = false,
        int issues = 60) {
    GroundCounter counter;
    for (const Invented& petition : invented_petitions(dice, issues, 2, 5)) {
      terms.push_back(terms_of(petition));
      counter.add(terms.back());
    }
    first_letter = terms.size();
    for (const Invented& one : invented_storm(dice, letters, letter_words)) {
      terms.push_back(terms_of(one));
      if (counted) counter.add(terms.back());
    }
    ground = counter.ground();
  }

  std::vector<CaseKey> keys() const {
    std::vector<CaseKey> keys(terms.size());
    std::iota(keys.begin(), keys.end(), 0U);
    return keys;
  }
  Groups grouped(const std::vector<CaseKey>& keys) const {
    Groups groups(ground);
    for (const CaseKey key : keys) groups.add(key, terms[key]);
    groups.settle();
    return groups;
  }
};

void shuffle(Dice& dice, std::vector<CaseKey>& keys) {
  for (std::size_t i = keys.size() - 1; i > 0; --i) std::swap(keys[i], keys[dice.next() % (i + 1)]);
}

TEST(Crowds, a_letter_with_a_few_words_changed_costs_a_few_comparisons_a_letter) {
  for (const std::size_t letter_words : {std::size_t{60}, letter().size()}) {
    Dice dice(20261126);  // counts are of this storm
    const Storm storm(dice, 700, letter_words);
    Groups groups(storm.ground);
    for (CaseKey key = 0; key < storm.first_letter; ++key) groups.add(key, storm.terms[key]);
    groups.settle();
    const std::uint64_t before = groups.compared();
    for (CaseKey key = storm.first_letter; key < storm.terms.size(); ++key) {
      groups.add(key, storm.terms[key]);
    }
    groups.settle();
    // Each with each they would be a quarter of a million.
    EXPECT_LE(groups.compared() - before, 700U * 5);
    EXPECT_GE(groups.members(*groups.group_of(storm.first_letter)).size(), 700U);
  }
}

// The words of the letter are common then, and the few that differ are what stands out.
TEST(Crowds, letters_that_were_counted_cost_little_more) {
  std::vector<std::uint64_t> compared;
  for (const std::size_t letters : {100U, 200U}) {
    Dice dice(20261126);
    const Storm storm(dice, letters, letter().size(), true, 150);
    std::vector<CaseKey> of_county = storm.keys();
    of_county.resize(storm.first_letter);
    const std::uint64_t county = storm.grouped(of_county).compared();
    compared.push_back(storm.grouped(storm.keys()).compared() - county);
  }
  EXPECT_LE(compared[0], 100U * 20);
  EXPECT_LE(compared[1], 200U * 20);
}

TEST(Crowds, letters_that_come_one_after_the_other_cost_no_more_than_a_few_comparisons_each) {
  Dice dice(20261126);
  const Storm storm(dice, 150, letter().size());
  Groups groups(storm.ground);
  for (const CaseKey key : storm.keys()) {
    groups.add(key, storm.terms[key]);
    groups.settle();
  }
  EXPECT_LE(groups.compared(), storm.grouped(storm.keys()).compared() + 150U * 40);
}

TEST(Crowds, neither_order_nor_steps_change_anything) {
  Dice dice(seed_of_this_run());
  for (const bool counted : {false, true}) {
    const Storm storm(dice, 150, counted ? 60 : letter().size(), counted);
    std::vector<CaseKey> keys = storm.keys();
    const auto expected = storm.grouped(keys).all();
    for (const std::uint64_t step : {1U, 7U, 1000U}) {
      shuffle(dice, keys);
      Groups groups(storm.ground);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        groups.add(keys[i], storm.terms[keys[i]]);
        if (i % step == 0) groups.settle();
      }
      groups.settle();
      EXPECT_EQ(groups.all(), expected) << step;
    }
  }
}

TEST(Crowds, what_was_removed_leaves_nothing_be_it_the_one_that_spoke_for_all) {
  Dice dice(seed_of_this_run());
  const Storm storm(dice, 120, 100);
  std::vector<CaseKey> keys = storm.keys();
  shuffle(dice, keys);
  Groups groups = storm.grouped(keys);
  // Down to fewer than a crowd, and to none.
  while (!keys.empty()) {
    for (std::size_t i = 0; i < 60 && !keys.empty(); ++i) {
      groups.remove(keys.back());
      keys.pop_back();
      if (i % 9 == 0) groups.settle();
    }
    groups.settle();
    EXPECT_EQ(groups.all(), storm.grouped(keys).all()) << keys.size();
  }
}

TEST(Crowds, whoever_stops_it_loses_nothing) {
  Dice dice(seed_of_this_run());
  const Storm storm(dice, 300, 60);
  Groups groups(storm.ground);
  int asked = 0;
  for (const CaseKey key : storm.keys()) {
    groups.add(key, storm.terms[key]);
    if (key % 20 == 0) groups.settle([&] { return ++asked % 3 == 0; });
  }
  EXPECT_TRUE(groups.settle());
  EXPECT_EQ(groups.all(), storm.grouped(storm.keys()).all());
}

TEST(Crowds, what_people_decided_about_one_of_many_holds_for_it_alone) {
  Dice dice(20261126);
  const Storm storm(dice, 200, letter().size());
  Groups groups = storm.grouped(storm.keys());
  const CaseKey first = storm.first_letter;
  ASSERT_TRUE(groups.decide(first + 3, first + 90, Decision::different));
  ASSERT_TRUE(groups.decide(first + 5, 0, Decision::one_issue));
  groups.settle();
  EXPECT_NE(groups.group_of(first + 3), groups.group_of(first + 90));
  EXPECT_EQ(groups.group_of(first + 5), groups.group_of(0));
  EXPECT_EQ(groups.group_of(first + 7), groups.group_of(first + 150));
  groups.forget(first + 3);
  groups.forget(first + 5);
  groups.settle();
  EXPECT_EQ(groups.all(), storm.grouped(storm.keys()).all());
}

TEST(Crowds, tells_whose_group_is_another_one) {
  Dice dice(20261126);
  const Storm storm(dice, 100, letter().size());
  Groups groups(storm.ground);
  std::map<CaseKey, CaseKey> told;
  for (const CaseKey key : storm.keys()) {
    groups.add(key, storm.terms[key]);
    if (key % 10 == 3) groups.remove(key / 2);
    if (key % 5 != 0) continue;
    groups.settle();
    for (const CaseKey changed : groups.take_changed()) {
      if (const auto group = groups.group_of(changed)) {
        told[changed] = *group;
      } else {
        told.erase(changed);
      }
    }
  }
  groups.settle();
  for (const CaseKey changed : groups.take_changed()) {
    if (const auto group = groups.group_of(changed)) told[changed] = *group;
  }
  const auto all = groups.all();
  EXPECT_EQ(told, (std::map<CaseKey, CaseKey>(all.begin(), all.end())));
  EXPECT_TRUE(groups.take_changed().empty());
  groups.add(9000, storm.terms.back());
  groups.settle();
  EXPECT_EQ(groups.take_changed(), std::vector<CaseKey>{9000});
}

}  // namespace
}  // namespace minhu::text
