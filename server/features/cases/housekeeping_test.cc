#include "features/cases/housekeeping.h"

#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class HousekeepingWorld : public World {
 protected:
  Housekeeping run() {
    system::ManualClock clock(now_);
    return keep_house({*database_, county_, keyring_, entropy_, clock});
  }
  CaseId called_back() {
    const CaseId id = received().case_id;
    answer(id);
    must(caller(), id, EventKind::callback_done, {{"reached", "yes"}, {"solved", "yes"}});
    return id;
  }
};

TEST_F(HousekeepingWorld, ClosesOnlyWhenTheSpeakersWindowIsOver) {
  const CaseId id = called_back();
  pass_days(20);
  EXPECT_EQ(run().closed, 0);
  EXPECT_EQ(file(id).state, State::called_back);
  pass_days(30);
  EXPECT_EQ(run().closed, 1);
  EXPECT_EQ(file(id).state, State::closed);
  EXPECT_EQ(run().closed, 0);
}

TEST_F(HousekeepingWorld, ConcludesWhatWasRechecked) {
  const CaseId id = called_back();
  must(speaker(), id, EventKind::review_requested, {{"words", "没有修好。"}});
  const UnitId reviewer = file(id).review_unit;
  must(as(Role::handler, reviewer), id, EventKind::review_answered, review_opinion());
  must(speaker(), id, EventKind::recheck_requested, {{"words", "请再查一次。"}});
  must(as(Role::handler, file(id).review_unit), id, EventKind::recheck_answered, review_opinion());
  EXPECT_EQ(run().concluded, 1);
  EXPECT_EQ(file(id).state, State::concluded);
  const auto rebuilt = rebuild(*database_, county_.region, OnDifference::report);
  EXPECT_TRUE(rebuilt.different.empty());
}

}  // namespace
}  // namespace minhu::cases
