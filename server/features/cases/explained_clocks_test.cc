#include <gtest/gtest.h>

#include "features/cases/clocks.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Explained : public Journey {
 protected:
  std::string explained(CaseId id, std::string_view rule) {
    const CaseFile now = file(id);
    for (auto clock = now.clocks.rbegin(); clock != now.clocks.rend(); ++clock) {
      if (clock->rule == rule) {
        return explain_clock(county_, *clock, deadlines::Language::chinese);
      }
    }
    return "no such clock";
  }
};

TEST_F(Explained, AnExtensionIsToldWithItsDaysAndWhoGaveThem) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::accepted);
  EXPECT_EQ(explained(id, "answer-60").find("延长"), std::string::npos);
  must(head(), id, EventKind::extended, {{"days", "20"}, {"reason", "等材料"}});
  must(head(), id, EventKind::extended, {{"days", "10"}, {"reason", "等材料"}});
  EXPECT_EQ(explained(id, "answer-60"),
            "办结并书面答复您：从2025年9月26日起算60天，当天不算，经承办单位负责人批准延长30天，"
            "到2025年12月25日止。依据：信访工作条例第三十四条。");
}

TEST_F(Explained, APauseIsToldWhileItLastsAndAfterwards) {
  now_ = *parse_instant("2025-09-22 10:00");
  Words words = some_words(1);
  words.track = Track::hotline;
  const CaseId id = receive_words(as(Role::anyone), words)->case_id;
  must(as(Role::dispatcher, county_.hotline_body), id, EventKind::dispatched, to(housing_));
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::accepted);
  must(head(), id, EventKind::parked, {{"public_plan", "等材料"}, {"review_on", "2025-09-25"}});
  EXPECT_NE(explained(id, "hotline-answer-5").find("（从2025年9月22日起暂停"), std::string::npos);
  pass_days(3);
  must(handler(), id, EventKind::unparked);
  // The weekend is worked for the holiday: the 28th counts, the 27th does not.
  EXPECT_EQ(explained(id, "hotline-answer-5"),
            "答复您：从2025年9月22日起算5个工作日，当天不算，其间暂停3个工作日不算，"
            "中间9天休息日不算，到2025年10月9日止。依据：济南市12345市民服务热线条例第二十四条。");
}

TEST_F(Explained, AnAssignmentHasATermOfItsOwnThatItsReportEnds) {
  const CaseId id = received().case_id;
  Fields fields = to(housing_);
  fields["report_days"] = "20";
  must(dispatcher(), id, EventKind::assigned, fields);
  EXPECT_EQ(explained(id, "report"),
            "承办单位报告办理结果：从2025年9月26日起算20天，当天不算，到2025年10月16日止。"
            "依据：信访工作条例第二十二条第（三）项；天数由交办时确定。");
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::feedback_given, {{"report", "已更换管道"}});
  const CaseFile after = file(id);
  for (const RunningClock& clock : after.clocks) {
    if (clock.rule == "report") {
      EXPECT_EQ(clock.met_at, now_);
    }
  }
}

TEST_F(Explained, AHearingOfARecheckIsNotCounted) {
  const CaseId id = received().case_id;
  answer(id);
  must(speaker(), id, EventKind::review_requested, {{"words", "不服"}});
  must(as(Role::handler, file(id).review_unit), id, EventKind::review_answered, review_opinion());
  must(speaker(), id, EventKind::recheck_requested, {{"words", "不服"}});
  const auto rechecker = [&] { return as(Role::handler, file(id).review_unit); };
  const Instant due = next_due(file(id))->due;
  must(rechecker(), id, EventKind::hearing_opened, {{"reason", "案情复杂"}});
  EXPECT_EQ(refused(rechecker(), id, EventKind::hearing_opened, {{"reason", "再听"}}),
            "cases.hearing_is_open");
  EXPECT_EQ(refused(rechecker(), id, EventKind::recheck_answered, review_opinion()),
            "cases.hearing_is_open");
  pass_days(12);
  must(rechecker(), id, EventKind::hearing_held, {{"report", "双方到场"}});
  EXPECT_EQ(next_due(file(id))->due.unix_ms - due.unix_ms, std::int64_t{12} * 24 * 3'600'000);
  EXPECT_NE(explained(id, "recheck-30").find("其间暂停12天不算"), std::string::npos);
  EXPECT_EQ(refused(rechecker(), id, EventKind::hearing_held, {{"report", "双方到场"}}),
            "cases.no_hearing_is_open");
  must(rechecker(), id, EventKind::recheck_answered, review_opinion());
}

}  // namespace
}  // namespace minhu::cases
