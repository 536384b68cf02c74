// What is remembered of cases: only as they are, and no more than there is room for.
#include "features/cases/line_memory.h"

#include <gtest/gtest.h>

#include "adapters/system/system.h"

namespace minhu::cases {
namespace {

constexpr RegionId here{1};
constexpr std::size_t plenty = std::size_t{1} << 20;

class Memory : public ::testing::Test {
 protected:
  CaseId new_id() { return entropy_.id<CaseId>(Instant{1}); }
  static KnownCase known(CaseId id, std::int64_t seq, Instant changed_at = {1000}) {
    CaseFile file;
    file.id = id;
    file.seq = seq;
    file.changed_at = changed_at;
    return {std::make_shared<const CaseFile>(std::move(file)), nullptr, nullptr};
  }
  static bool knows(LineMemory& memory, const KnownCase& of, RegionId region = here) {
    const CaseAsOf asked{of.file->id, of.file->seq, of.file->changed_at};
    const auto found = memory.find(region, {&asked, 1});
    EXPECT_EQ(found.size(), 1U);
    return found[0].file != nullptr;
  }
  static void keep(LineMemory& memory, const KnownCase& of) { memory.keep(here, {&of, 1}); }

  system::SeededEntropy entropy_{11};
};

TEST_F(Memory, ACaseIsKnownAtItsLastEventAlone) {
  LineMemory memory(plenty);
  const CaseId id = new_id();
  keep(memory, known(id, 3));
  EXPECT_TRUE(knows(memory, known(id, 3)));
  EXPECT_FALSE(knows(memory, known(id, 4)));
  EXPECT_FALSE(knows(memory, known(id, 3, {1001}))) << "another event in the place of a lost one";
  EXPECT_FALSE(knows(memory, known(id, 3), RegionId{2}));
  EXPECT_FALSE(knows(memory, known(new_id(), 3)));
  keep(memory, known(id, 4));
  EXPECT_TRUE(knows(memory, known(id, 4)));
  EXPECT_FALSE(knows(memory, known(id, 3)));
  EXPECT_EQ(memory.size(), 1U);
}

TEST_F(Memory, PartsThatWereReadAtTheSameEventComeTogether) {
  LineMemory memory(plenty);
  KnownCase with_headline = known(new_id(), 3);
  KnownCase with_doings = with_headline;
  with_headline.headline = std::make_shared<const Bytes>(Bytes{1, 2, 3});
  with_doings.doings = std::make_shared<const Doings>(2);
  keep(memory, with_headline);
  keep(memory, with_doings);
  const CaseAsOf asked{with_doings.file->id, 3, {1000}};
  const auto found = memory.find(here, {&asked, 1});
  ASSERT_TRUE(found[0].headline && found[0].doings);
  EXPECT_EQ(*found[0].headline, (Bytes{1, 2, 3}));
  EXPECT_EQ(found[0].doings->size(), 2U);
  // Of another event nothing is taken over.
  keep(memory, known(with_doings.file->id, 4));
  const CaseAsOf later{with_doings.file->id, 4, {1000}};
  EXPECT_FALSE(memory.find(here, {&later, 1})[0].headline);
}

TEST_F(Memory, NeverHoldsMoreThanItMayAndLosesWhatWasLookedAtLongestAgo) {
  LineMemory one(plenty);
  keep(one, known(new_id(), 1));
  const std::size_t of_one = one.bytes();
  EXPECT_GT(of_one, sizeof(CaseFile));

  LineMemory memory(3 * of_one);
  const KnownCase first = known(new_id(), 1);
  const KnownCase second = known(new_id(), 1);
  const KnownCase third = known(new_id(), 1);
  for (const KnownCase& each : {first, second, third}) keep(memory, each);
  EXPECT_EQ(memory.size(), 3U);
  EXPECT_TRUE(knows(memory, first));
  keep(memory, known(new_id(), 1));
  EXPECT_TRUE(knows(memory, first));
  EXPECT_FALSE(knows(memory, second));
  EXPECT_TRUE(knows(memory, third));
  for (int i = 0; i < 1000; ++i) {
    keep(memory, known(new_id(), 1));
    ASSERT_LE(memory.bytes(), 3 * of_one);
  }
  EXPECT_EQ(memory.size(), 3U);
}

TEST_F(Memory, WhatIsLargeCountsForMoreAndWhatIsTooLargeIsNotKept) {
  KnownCase large = known(new_id(), 1);
  large.headline = std::make_shared<const Bytes>(5000);
  LineMemory memory(5000);
  keep(memory, known(new_id(), 1));
  keep(memory, large);
  EXPECT_FALSE(knows(memory, large));
  EXPECT_LE(memory.bytes(), 5000U);
}

TEST_F(Memory, WhatIsForgottenIsGoneAndItsRoomIsFree) {
  LineMemory memory(plenty);
  const KnownCase stays = known(new_id(), 1);
  const KnownCase goes = known(new_id(), 1);
  keep(memory, stays);
  const std::size_t before = memory.bytes();
  keep(memory, goes);
  const CaseId ids[] = {goes.file->id, new_id()};
  memory.forget(here, ids);
  EXPECT_FALSE(knows(memory, goes));
  EXPECT_TRUE(knows(memory, stays));
  EXPECT_EQ(memory.bytes(), before);
}

TEST_F(Memory, WithoutAskingACaseIsKnownUntilSomebodySaysThatTheyChangeIt) {
  LineMemory memory(plenty);
  ChangeTable table(10);
  const CaseId id = new_id();
  const auto unchanged = [&](std::uint64_t number) {
    return memory.find_unchanged(here, {&id, 1}, SoleWritersView(table, number))[0].file;
  };
  const KnownCase at_three = known(id, 3);
  keep(memory, at_three);
  EXPECT_FALSE(unchanged(10)) << "nobody says in which view it was read";
  const SoleWritersView twelve(table, 12);
  memory.keep(here, {&at_three, 1}, &twelve);
  EXPECT_EQ(unchanged(12), at_three.file);
  EXPECT_EQ(unchanged(15), at_three.file) << "what else was committed did not change it";

  table.changes(id.bytes(), 16);  // and is not committed yet, or was taken back
  EXPECT_FALSE(unchanged(15));
  EXPECT_FALSE(unchanged(16));
  // Seen to be the same in a view that holds that commit: it was taken back.
  const CaseAsOf asked{id, 3, {1000}};
  const SoleWritersView sixteen(table, 16);
  EXPECT_TRUE(memory.find(here, {&asked, 1}, &sixteen)[0].file);
  EXPECT_EQ(unchanged(16), at_three.file);
  EXPECT_FALSE(unchanged(15)) << "a view that began before it may be without the commit";

  // Whoever read in an older view comes late and leaves it: it is not taken for new.
  table.changes(id.bytes(), 20);
  const KnownCase at_four = known(id, 4);
  const SoleWritersView twenty(table, 20);
  memory.keep(here, {&at_four, 1}, &twenty);
  EXPECT_EQ(unchanged(21), at_four.file);
  memory.keep(here, {&at_three, 1}, &sixteen);
  EXPECT_FALSE(unchanged(21));
}

TEST_F(Memory, CasesThatShareAPlaceAmongTheChangesAreTakenForChangedTogether) {
  LineMemory memory(plenty);
  ChangeTable table(10);
  const CaseId id = new_id();
  const KnownCase one = known(id, 3);
  const SoleWritersView twelve(table, 12);
  memory.keep(here, {&one, 1}, &twelve);
  CaseId other = new_id();
  table.changes(other.bytes(), 13);
  for (int i = 0; i < 10'000'000 && table.last_change(id.bytes()) != 13; ++i) {
    other = new_id();
    table.changes(other.bytes(), 13);
  }
  ASSERT_EQ(table.last_change(id.bytes()), 13U);
  const SoleWritersView thirteen(table, 13);
  EXPECT_FALSE(memory.find_unchanged(here, {&id, 1}, thirteen)[0].file);
}

TEST_F(Memory, WithoutRoomNothingIsKept) {
  LineMemory memory(0);
  keep(memory, known(new_id(), 1));
  EXPECT_EQ(memory.size(), 0U);
  EXPECT_EQ(memory.bytes(), 0U);
}

}  // namespace
}  // namespace minhu::cases
