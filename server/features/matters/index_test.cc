// The index by itself: whoever asks is answered while the groups are settled.
#include "features/matters/index.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engines/text/invented_storm.h"

namespace minhu::matters {
namespace {

cases::CaseId id_of(int number) {
  Uuid bytes{};
  bytes.back() = static_cast<std::uint8_t>(number);
  bytes[bytes.size() - 2] = 1;
  return cases::CaseId(bytes);
}

IndexEntry entry_of(const text::Invented& petition) {
  auto entry = Index::read(petition.title, petition.detail, "339901101", Instant{1'000});
  EXPECT_TRUE(entry);
  return std::move(*entry);
}

class IndexOfLetters : public testing::Test {
 protected:
  IndexOfLetters() {
    Dice dice(20261126);
    for (const text::Invented& petition : text::invented_petitions(dice, 30, 2, 3)) {
      put(petition);
    }
    index_.settle();
    first_letter_ = next_;
    for (const text::Invented& letter : text::invented_storm(dice, 60, 100)) put(letter);
  }

  void put(const text::Invented& petition) {
    index_.apply({id_of(next_++), entry_of(petition), {}, {}});
  }

  Index index_;
  int next_ = 1;
  int first_letter_ = 0;
  IndexEntry question_ = entry_of({"", "柳溪镇翠屿苑小区被水淹没", 0, 0});
};

// A lock that settle() held would never be had in here: its own thread asks.
TEST_F(IndexOfLetters, WhoeverAsksIsAnsweredWhileGroupsAreSettled) {
  int asked = 0;
  EXPECT_TRUE(index_.settle([&] {
    ++asked;
    EXPECT_FALSE(index_.nearest(question_, {}, 5).empty());
    EXPECT_EQ(index_.others_of_issue(id_of(first_letter_)), 0);  // as of before
    return false;
  }));
  EXPECT_GE(asked, 2);
  EXPECT_EQ(index_.others_of_issue(id_of(first_letter_)), 59);
  EXPECT_TRUE(index_.same_issue(id_of(first_letter_), id_of(first_letter_ + 30)));
}

TEST_F(IndexOfLetters, WhatLeavesIsInNoIssueFromThenOn) {
  ASSERT_TRUE(index_.settle());
  const std::size_t size = index_.size();
  index_.apply({id_of(first_letter_), std::nullopt, {}, {}});
  EXPECT_EQ(index_.size(), size - 1);
  EXPECT_EQ(index_.others_of_issue(id_of(first_letter_)), 0);
  EXPECT_EQ(index_.others_of_issue(id_of(first_letter_ + 1)), 58);
  EXPECT_FALSE(index_.same_issue(id_of(first_letter_), id_of(first_letter_ + 1)));
  ASSERT_TRUE(index_.settle());
  EXPECT_EQ(index_.others_of_issue(id_of(first_letter_ + 1)), 58);
  for (const auto& issue : index_.issues(2)) {
    EXPECT_EQ(std::count(issue.begin(), issue.end(), id_of(first_letter_)), 0);
  }
}

}  // namespace
}  // namespace minhu::matters
