#include "features/visits/figures.h"

#include "features/visits/test_visits.h"

namespace minhu::visits {
namespace {

class CountingVisits : public VisitsWorld {
 protected:
  Figures counted(const char* from = "2026-03-01", const char* to = "2026-04-01") {
    return database_->read([&](Reading& reading) {
      return figures(reading, as(Role::auditor), *parse_date(from), *parse_date(to),
                     unseen_months_by_default);
    });
  }
};

TEST_F(CountingVisits, ADayThatWasMovedIsNotHeldOnTheDayThatWasAnnounced) {
  const VisitId moved = published_visit();
  ASSERT_EQ(told(planner(), moved, EventKind::rescheduled,
                 {{"reason", "防汛"},
                  {"instead", "new_date"},
                  {"begins", "2026-03-20 09:00"},
                  {"ends", "2026-03-20 12:00"}},
                 three_channels()),
            "taken");
  const VisitId substituted = published_visit();
  ASSERT_EQ(
      told(planner(), substituted, EventKind::rescheduled, another_leader(), three_channels()),
      "taken");
  const VisitId forgotten = published_visit();  // nobody opens the doors
  open_doors(substituted);
  open_doors(moved);
  const Figures figures = counted();
  EXPECT_EQ(figures.announced, 4);  // 12 March three times, and 20 March
  EXPECT_EQ(figures.held, 1);
  EXPECT_EQ(figures.held_by_substitute, 1);
  EXPECT_EQ(figures.not_held, 2);
  EXPECT_EQ(figures.shortest_notice, 10);
  EXPECT_EQ(figures.median_notice, 10);
  EXPECT_EQ(now_of(forgotten).state, State::published);
  EXPECT_EQ(counted("2026-04-01", "2026-05-01").announced, 0);
}

TEST_F(CountingVisits, ANoticeIsOfTheDayThatStandsAndADayIsCountedOnce) {
  const VisitId id = published_visit();  // ten days before
  now_ = *parse_instant("2026-03-08 09:00");
  ASSERT_EQ(told(planner(), id, EventKind::rescheduled, another_leader(), three_channels()),
            "taken");
  EXPECT_EQ(counted().shortest_notice, 10);  // the day that everybody knows stands
  now_ = *parse_instant("2026-03-10 09:00");
  ASSERT_EQ(told(planner(), id, EventKind::rescheduled,
                 {{"reason", "防汛"},
                  {"instead", "new_date"},
                  {"begins", "2026-03-16 09:00"},
                  {"ends", "2026-03-16 12:00"}},
                 three_channels()),
            "taken");
  open_doors(id);
  const Figures figures = counted();
  EXPECT_EQ(figures.announced, 2);
  EXPECT_EQ(figures.not_held, 1);
  EXPECT_EQ(figures.held, 1);  // who comes had been announced for that day
  EXPECT_EQ(figures.held_by_substitute, 0);
  EXPECT_EQ(figures.shortest_notice, 6);
}

TEST_F(CountingVisits, FewerThanFiveAreNotCountedAloud) {
  const VisitId id = published_visit();
  open_doors(id);
  for (int i = 0; i < 4; ++i) {
    walked_in(id);
    heard(id);
  }
  EXPECT_FALSE(counted().heard);
  EXPECT_FALSE(counted().receipts_before_leaving);
  const Booked last = walked_in(id);
  EXPECT_EQ(called(id), std::to_string(last.number));
  recorded(id, last.number, false);
  EXPECT_EQ(counted().heard, 5);
  EXPECT_EQ(counted().receipts_before_leaving, (Share{4, 5}));
}

TEST_F(CountingVisits, ATownIsUnseenUntilSomebodyHasBeenThere) {
  ASSERT_EQ(counted().unseen.size(), 1U);
  EXPECT_FALSE(counted().unseen[0].last);
  const VisitId id = published_visit();
  EXPECT_EQ(counted().unseen.size(), 1U);  // an announcement is no visit
  open_doors(id);
  EXPECT_TRUE(counted().unseen.empty());
  now_ = *parse_instant("2027-03-13 09:00");
  ASSERT_EQ(counted().unseen.size(), 1U);
  EXPECT_EQ(counted().unseen[0].last, *parse_date("2026-03-12"));
}

}  // namespace
}  // namespace minhu::visits
