// What comes back is opened again by the program, and what rises is found.
#include "features/classes/watching.h"

#include "features/classes/candidates.h"
#include "features/classes/publishing.h"
#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class Watching : public ClassesWorld {
 protected:
  // Fourteen months of six, treated, seven months of nearly none, verified and signed off.
  ClassId solved() {
    std::vector<CaseId> some;
    for (int month = 0; month < 14; ++month) some = a_month(6);
    const ClassId id = proposed(some).id;
    treat(id, "2");
    for (int month = 0; month < 7; ++month) a_month(month % 2);
    must_take(proposer(), id, EventKind::measured);
    for (const CaseId one : some) EXPECT_EQ(asked(judge(), id, one), "done");
    must_take(judge(), id, EventKind::verified, {{"reason", "抽查三个村，都换了。"}});
    must_take(treater(), id, EventKind::institutionalised,
              {{"kind", "rule"}, {"text", "管护办法"}, {"link", "https://example.invalid/1"}});
    must_take(judge(), id, EventKind::closed, {{"reason", "同意销号。"}});
    return id;
  }
  std::vector<LedgerLine> in_the_ledger() {
    return database_->read([&](Reading& reading) { return ledger(reading, county_); });
  }
  Candidates found() {
    return database_->read([&](Reading& reading) { return *candidates(reading, county_, now_); });
  }
};

TEST_F(Watching, WhatStaysAwayIsLeftAlone) {
  const ClassId id = solved();
  for (int month = 0; month < 8; ++month) {
    a_month(month % 2);
    EXPECT_EQ(watch_round().relapsed, 0) << month;
  }
  EXPECT_EQ(now_of(id).state, State::watching);
}

TEST_F(Watching, WhatComesBackIsOpenedAgainByItselfAndTreatedAnew) {
  const ClassId id = solved();
  must_take(treater(), id, EventKind::summary_written,
            {{"title", "村口污水管老化"}, {"text", "旧管已经换完。"}});
  must_take(leader(), id, EventKind::summary_approved);
  ASSERT_EQ(in_the_ledger().size(), 1U);
  EXPECT_TRUE(measurement_of(now_of(id)));
  EXPECT_TRUE(in_the_ledger().front().before);
  EXPECT_EQ(watch_round().begun, 1);
  int months = 0;
  while (now_of(id).state == State::watching && months < 6) {
    a_month(6);
    watch_round();
    ++months;
  }
  EXPECT_LE(months, 3);
  const ClassFile file = now_of(id);
  EXPECT_EQ(file.state, State::relapsed);
  EXPECT_EQ(file.relapses, 1);
  EXPECT_FALSE(watched(file));
  // That it had become less is not said of what has come back.
  EXPECT_FALSE(measurement_of(file));
  ASSERT_EQ(in_the_ledger().size(), 1U);
  EXPECT_EQ(in_the_ledger().front().published.state, PublicState::came_back);
  EXPECT_FALSE(in_the_ledger().front().before);
  const auto events =
      database_->read([&](Reading& reading) { return load_events(reading, county_.region, id); });
  EXPECT_EQ(events.back().actor.role, Role::system);
  EXPECT_EQ(watch_round().relapsed, 0);
  // The head of the unit that leads takes it up again.
  must_take(treater(), id, EventKind::treatment_begun,
            {{"treated_on", format_date(to_date(now_))}});
  EXPECT_EQ(now_of(id).state, State::treating);
}

TEST_F(Watching, FindsWhatRisesAndIsNoClassYet) {
  for (int month = 0; month < 13; ++month) a_month(1, "minhu:0202");
  EXPECT_TRUE(found().found.empty());
  for (int i = 0; i < 12; ++i) reported("minhu:0202");
  now_.unix_ms += 1000;
  const auto rising = found();
  ASSERT_FALSE(rising.found.empty());
  const Definition definition = rising.found.front().definition;
  EXPECT_EQ(definition.category, "minhu:0202");
  EXPECT_GE(rising.found.front().counted, 12);
  EXPECT_LT(rising.found.front().expected, 4);

  // Said to be none, it is left alone for half a year.
  write([&](Transaction& t) {
    for (const Candidate& one : rising.found) {
      static std::uint8_t token = 0;
      ASSERT_TRUE(dismiss(t, proposer(), one.definition, "一次大雨，已退水。", {++token}));
    }
  });
  EXPECT_TRUE(found().found.empty());
  pass_days(1);
  NewClass made = pipes();
  made.definition.category = "minhu:02";
  ASSERT_TRUE(try_propose(proposer(), made));
  EXPECT_TRUE(found().found.empty());
}

}  // namespace
}  // namespace minhu::classes
