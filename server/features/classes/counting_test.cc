// What is counted of a class, month by month.
#include "features/classes/counting.h"

#include "features/cases/retaliation.h"
#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class Counting : public ClassesWorld {
 protected:
  std::vector<Arrival> arrivals(const ClassFile& file) {
    return database_->read([&](Reading& reading) {
      return arrivals_of(reading, county_, matching_, file, Instant{0}, Instant{now_.unix_ms + 1});
    });
  }
};

// It goes to the level above and is nobody's to know of, whatever it is sorted as.
TEST_F(Counting, AReportOfRetaliationIsInNoCount) {
  county_.upper_body = unit("discipline", "县纪委", {}, places_and_units::UnitLevel::county);
  const CaseId about = reported();
  const auto words = cases::prepare(speaker(), words_at("339901101"));
  ASSERT_TRUE(words);
  const auto receipt = database_->write(
      [&](Transaction& t) { return cases::report_retaliation(t, speaker(), about, **words); });
  ASSERT_TRUE(receipt) << receipt.error().key;
  must(as(Role::dispatcher, county_.upper_body), receipt->case_id, CaseKind::triaged,
       {{"category", "minhu:0201"}});
  EXPECT_EQ(arrivals(proposed()).size(), 1U);
  int received = 0;
  database_->read_job([&](Reading& reading) {
    each_received(reading, county_.region, Instant{0}, Instant{now_.unix_ms + 1},
                  [&](const Passing&) { ++received; });
  });
  EXPECT_EQ(received, 1);
}

// Else the months before, in which everything has been answered, would look as if nobody had been
// merged, and the months after as if a door had been narrowed.
TEST_F(Counting, WhatWasMergedCountsAsMergedAlsoWhenTheOtherCaseIsAnswered) {
  const auto merged_pair = [&] {
    const CaseId lead = reported();
    const CaseId member = reported();
    must(dispatcher(), member, CaseKind::merged, {{"into", lead.text()}});
    return lead;
  };
  recurrence::Effect effect;
  effect.periods_before = {month_of(county_, now_)};
  answer_now(merged_pair());
  pass_days(40);
  effect.periods_after = {month_of(county_, now_)};
  merged_pair();
  const ClassFile file = proposed();
  const auto doors = database_->read([&](Reading& reading) {
    return doors_in(
        reading, county_, file.definition,
        arrivals_of(reading, county_, matching_, file, Instant{0}, Instant{now_.unix_ms + 1}),
        effect);
  });
  EXPECT_EQ(doors.class_before.received, 2);
  EXPECT_EQ(doors.class_before.merged, 1);
  EXPECT_EQ(doors.class_after.received, 2);
  EXPECT_EQ(doors.class_after.merged, 1);
  EXPECT_EQ(doors.all_before.merged, 1);
}

}  // namespace
}  // namespace minhu::classes
