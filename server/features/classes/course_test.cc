// The whole way of a class, and what each step refuses.
#include "features/classes/test_classes.h"
#include "features/classes/watching.h"

namespace minhu::classes {
namespace {

class TheCourse : public ClassesWorld {};

// A year of six cases a month, the treatment, then one a month.
TEST_F(TheCourse, GoesFromAProposalToASignedOffClassThatIsWatched) {
  std::vector<CaseId> some;
  for (int month = 0; month < 14; ++month) {
    auto ids = a_month(6);
    if (month == 13) some = ids;
  }
  const ClassId id = proposed(some).id;
  treat(id, "2");
  EXPECT_EQ(now_of(id).state, State::treating);
  EXPECT_EQ(now_of(id).members.size(), 6U);
  must_take(treater(), id, EventKind::measure_done,
            {{"measure", "1"}, {"done_on", format_date(to_date(now_))}, {"report", "换完了。"}});
  for (int month = 0; month < 6; ++month) a_month(month % 2);

  must_take(proposer(), id, EventKind::measured);
  const auto measured = measurement_of(now_of(id));
  ASSERT_TRUE(measured);
  EXPECT_EQ(measured->verdict, recurrence::Verdict::fewer) << measured->sentence.key;
  EXPECT_GE(measured->periods_below, periods_needed);
  EXPECT_LT(*measured->percent, -50);

  // Nobody has been asked since: that people said "solved" before the treatment proves nothing.
  EXPECT_EQ(told(judge(), id, EventKind::verified, {{"reason", "看了现场"}}),
            "classes.too_few_heard");
  EXPECT_EQ(asked(supporter_as_supervisor(), id, some.front()), "classes.not_allowed");
  for (const CaseId one : some) EXPECT_EQ(asked(judge(), id, one), "done");
  EXPECT_EQ(told(treater(), id, EventKind::verified, {{"reason", "看了现场"}}),
            "classes.not_allowed");
  must_take(judge(), id, EventKind::verified, {{"reason", "抽查三个村，都换了。"}});
  must_take(treater(), id, EventKind::institutionalised,
            {{"kind", "budget"},
             {"text", "每年更换经费列入预算。"},
             {"link", "https://example.invalid/2025/12"}});
  must_take(judge(), id, EventKind::closed, {{"reason", "同意销号。"}});
  EXPECT_EQ(now_of(id).state, State::closed);

  EXPECT_EQ(watch_round().begun, 1);
  EXPECT_EQ(now_of(id).state, State::watching);
  EXPECT_EQ(watch_round().begun, 0);
}

}  // namespace
}  // namespace minhu::classes
