// What a case tells of another: which one it was merged with, and whom a report of retaliation must
// not reach.
#include "features/cases/retaliation.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class OtherCases : public Journey {
 protected:
  OtherCases() {
    county_.upper_body = unit("discipline", "县纪委", {}, places_and_units::UnitLevel::county);
  }
  CaseId sorted(std::uint8_t token, Fields more = {}) {
    const CaseId id = received(token).case_id;
    more["category"] = "minhu:01";
    must(dispatcher(), id, EventKind::triaged, more);
    return id;
  }
  // The step of that kind as this actor reads it.
  Event step_seen(const Context& by, CaseId id, EventKind kind) {
    const auto view = database_->read([&](Reading& reading) { return view_case(reading, by, id); });
    EXPECT_TRUE(view);
    for (const TimelineEntry& entry : view->timeline) {
      if (entry.event.kind == kind) return entry.event;
    }
    ADD_FAILURE() << "no step " << name(kind);
    return {};
  }
  CaseFile retaliation(CaseId about) {
    Words words = some_words(77);
    words.text = "反映以后，他们停了我的工。";
    const auto prepared = prepare(speaker(), std::move(words));
    const auto receipt = database_->write(
        [&](Transaction& t) { return report_retaliation(t, speaker(), about, **prepared); });
    EXPECT_TRUE(receipt);
    return file(receipt->case_id);
  }
};

TEST_F(OtherCases, AnEarlierTermDoesNotTellOfTheCaseThatBroughtIt) {
  const CaseId member = sorted(1, {{"complained_of", housing_.text()}});
  pass_days(3);
  const CaseId lead = sorted(2);
  must(dispatcher(), member, EventKind::merged, {{"into", lead.text()}});
  const Event known = step_seen(dispatcher(), lead, EventKind::clock_recomputed);
  EXPECT_EQ(known.fact("merged"), member.text());
  EXPECT_EQ(known.fact("because"), "merged");
  const Event hidden = step_seen(as(Role::supervisor, housing_), lead, EventKind::clock_recomputed);
  EXPECT_EQ(hidden.fact("merged"), "") << "they are kept from it";
  EXPECT_EQ(hidden.fact("because"), "");
}

TEST_F(OtherCases, ARetaliationReportDoesNotTellWhichCaseItIsAboutToWhoMayNotKnowOfThat) {
  const CaseId first = sorted(1);
  const CaseFile report = retaliation(first);
  const Event above =
      step_seen(as(Role::dispatcher, county_.upper_body), report.id, EventKind::received);
  EXPECT_EQ(above.fact("retaliation_for"), "");
  const Event watching =
      step_seen(as(Role::supervisor, county_.upper_body), report.id, EventKind::received);
  EXPECT_EQ(watching.fact("retaliation_for"), first.text()) << "they read both";
}

TEST_F(OtherCases, ARetaliationReportDoesNotReachWhoAnsweredTheCaseWithAnother) {
  const CaseId lead = sorted(1);
  const CaseId member = sorted(2);
  must(dispatcher(), member, EventKind::merged, {{"into", lead.text()}});
  must(dispatcher(), lead, EventKind::transferred, to(housing_));
  must(handler(), lead, EventKind::signed_in);
  must(handler(), lead, EventKind::accepted);
  must(handler(), lead, EventKind::answered, opinion());
  const CaseFile report = retaliation(member);
  EXPECT_EQ(report.complained_of, std::vector{housing_}) << "they read and answered it";
  EXPECT_EQ(refused(as(Role::dispatcher, county_.upper_body), report.id, EventKind::transferred,
                    to(housing_)),
            "cases.unit_may_not_receive");
}

TEST_F(OtherCases, ARetaliationReportDoesNotReachWhoWasAskedAboutTheCase) {
  const CaseId id = sorted(1);
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(as(Role::supervisor), id, EventKind::recommended,
       {{"about", "improve"}, {"unit", water_.text()}, {"text", "改进"}});
  const CaseFile report = retaliation(id);
  std::vector both{housing_, water_};
  std::sort(both.begin(), both.end());
  EXPECT_EQ(report.complained_of, both);
}

}  // namespace
}  // namespace minhu::cases
