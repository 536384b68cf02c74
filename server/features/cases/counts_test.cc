// What everybody may see of the cases of a county, month by month.
#include "features/cases/counts.h"

#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Counts : public World {
 protected:
  // So many cases, alike but for their ids.
  void there_are(int number, CaseFile file) {
    write([&](Transaction& t) {
      for (int i = 0; i < number; ++i) {
        file.id = entropy_.id<CaseId>(now_);
        file.registered_at = file.changed_at = file.received_at;
        save_file(t, county_.region, std::nullopt, file);
      }
    });
  }
  CaseFile received_at(Instant instant) {
    CaseFile file;
    file.dispatching_unit = county_.petition_office;
    file.received_at = instant;
    return file;
  }
  CaseFile closed_at(Instant instant, State state, std::optional<Solved> solved = {}) {
    CaseFile file = received_at(long_ago());
    file.state = state;
    file.closed_at = instant;
    file.solved = solved;
    return file;
  }
  static Instant long_ago() { return *parse_instant("2020-01-01 08:00"); }
  std::vector<MonthCounts> counts(const char* now, int months) {
    return database_->read([&](Reading& reading) {
      return counts_by_month(reading, county_, *parse_instant(now), months);
    });
  }
};

TEST_F(Counts, AMonthBeginsAtMidnightOfTheCounty) {
  const Instant october = *parse_instant("2025-10-01 00:00");
  there_are(6, received_at({october.unix_ms - 1}));
  there_are(7, received_at(october));
  there_are(8, closed_at({october.unix_ms - 1}, State::closed));
  there_are(9, closed_at(october, State::concluded));
  const auto told = counts("2025-10-20 12:00", 2);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(format_date(told[0].month), "2025-10-01");
  EXPECT_EQ(told[0].received, 7);
  EXPECT_EQ(told[0].closed, 9);
  EXPECT_EQ(format_date(told[1].month), "2025-09-01");
  EXPECT_EQ(told[1].received, 6);
  EXPECT_EQ(told[1].closed, 8);
}

TEST_F(Counts, AYearGoesBackOverItsEndAndNoFurther) {
  there_are(5, received_at(*parse_instant("2025-02-28 23:59")));
  there_are(6, received_at(*parse_instant("2025-03-01 00:00")));
  there_are(7, received_at(*parse_instant("2026-02-28 23:59")));
  const auto told = counts("2026-02-01 00:00", 12);
  ASSERT_EQ(told.size(), 12U);
  EXPECT_EQ(told.front().received, 7);  // the month to its end, whatever the clock says
  EXPECT_EQ(format_date(told.back().month), "2025-03-01");
  EXPECT_EQ(told.back().received, 6);
}

TEST_F(Counts, WhatIsWithdrawnVoidedOrAnAccusationIsNotAmongThem) {
  const Instant then = *parse_instant("2025-09-10 10:00");
  there_are(6, closed_at(then, State::closed, Solved::yes));
  there_are(5, closed_at(then, State::closed, Solved::no));
  there_are(20, closed_at(then, State::withdrawn, Solved::yes));
  there_are(20, closed_at(then, State::voided));
  CaseFile accusation = closed_at(then, State::closed, Solved::yes);
  accusation.received_at = then;
  accusation.track = Track::accusation;
  there_are(20, accusation);
  const auto told = counts("2025-09-20 12:00", 1);
  EXPECT_EQ(told[0].received, std::nullopt);
  EXPECT_EQ(told[0].closed, 11);
  EXPECT_EQ(told[0].solved, 6);
}

TEST_F(Counts, FewAreNotTold) {
  there_are(4, received_at(now_));
  EXPECT_EQ(counts("2025-09-30 12:00", 1)[0].received, std::nullopt);
  there_are(1, received_at(now_));
  EXPECT_EQ(counts("2025-09-30 12:00", 1)[0].received, 5);
}

}  // namespace
}  // namespace minhu::cases
