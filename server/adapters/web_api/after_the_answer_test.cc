// What comes after the answer, over HTTP: the call, the question of 28 days, review and recheck
// with its hearing, and what a supervisor sees.
#include "adapters/web_api/test_api.h"
#include "features/rechecks/rechecks.h"

namespace minhu::web_api {
namespace {

namespace bj = boost::json;

class AfterTheAnswer : public ApiWorld {
 protected:
  Held say_with_phone() {
    return hold(
        post("/api/v1/cases",
             R"({"text":"路灯不亮","contact":{"name":"甲","phone":"13800000000","way":"sms"},
                         "may_be_called":true})"));
  }
  bj::array lines_of(const std::string& path, const std::string& login,
                     std::vector<std::pair<std::string, std::string>> query = {}) {
    return json_of(get(path, {}, login, std::move(query))).at("lines").as_array();
  }
  void ask_who_is_due() {
    clock_.set(now_);
    rechecks::run_once(installation_);
  }
  std::string state_of(const Held& held) {
    return text_of(get(held.office(), {}, "dispatcher"), "state");
  }
};

TEST_F(AfterTheAnswer, ThreeCallsAtThreeTimesOfDayThenUnreachableAndTheListSaysWhatIsMissing) {
  const Held held = say_with_phone();
  answer_case(held, housing_, "handler");
  const bj::object unreachable{{"reached", "unreachable"}};
  const auto line = [&] { return lines_of("/api/v1/callbacks", "caller").at(0).as_object(); };
  EXPECT_EQ(line().at("missing").as_array().size(), 3U);
  now_ = *parse_instant("2025-09-27 09:00");
  must_step(held, "caller", "callback_attempted");
  now_ = *parse_instant("2025-09-27 11:00");
  must_step(held, "caller", "callback_attempted");
  now_ = *parse_instant("2025-09-27 20:00");
  must_step(held, "caller", "callback_attempted");
  EXPECT_EQ(line().at("attempts").as_int64(), 3);
  EXPECT_EQ(line().at("missing"), bj::array{"afternoon"}) << "three calls, but two times of day";
  EXPECT_FALSE(line().at("unreachable_allowed").as_bool());
  EXPECT_EQ(told(step(held, "caller", "callback_done", unreachable)),
            "409 cases.try_again_at_another_time");
  now_ = *parse_instant("2025-09-28 15:00");
  must_step(held, "caller", "callback_attempted");
  EXPECT_TRUE(line().at("unreachable_allowed").as_bool());
  EXPECT_EQ(told(step(held, "caller", "callback_done",
                      {{"reached", "unreachable"}, {"satisfaction", "satisfied"}})),
            "400 cases.unreachable_said_nothing solved");
  must_step(held, "caller", "callback_done", unreachable);
  const auto shown = json_of(get(held.office(), {}, "dispatcher"));
  EXPECT_TRUE(shown.at("solved").is_null());
  EXPECT_TRUE(shown.at("satisfaction").is_null());
}

TEST_F(AfterTheAnswer, ACallerOfTheUnitThatHandledItSeesNothingAndMayDoNothing) {
  const Held held = say_with_phone();
  answer_case(held, housing_, "handler");
  EXPECT_TRUE(lines_of("/api/v1/callbacks", "own_caller").empty());
  EXPECT_TRUE(lines_of("/api/v1/callbacks", "own_caller", {{"case", held.id}}).empty());
  EXPECT_EQ(get(held.office(), {}, "own_caller").status, 404);
  EXPECT_EQ(
      step(held, "own_caller", "callback_done", {{"reached", "yes"}, {"solved", "yes"}}).status,
      404);
  EXPECT_EQ(post(held.office("/phone"), R"({"reason":"回访"})", {}, "own_caller").status, 403);
  EXPECT_EQ(step(held, "handler", "callback_done", {{"reached", "yes"}, {"solved", "yes"}}).status,
            403);
}

TEST_F(AfterTheAnswer, TheLineOfOneCaseIsFoundHoweverManyStandBeforeIt) {
  std::vector<Held> all;
  for (int i = 0; i < 3; ++i) {
    all.push_back(say_with_phone());
    answer_case(all.back(), housing_, "handler");
  }
  const auto listed = lines_of("/api/v1/callbacks", "caller", {{"limit", "200"}});
  ASSERT_EQ(listed.size(), 3U);
  for (const auto& line : listed) {
    const std::string id(line.at("id").as_string());
    const auto page =
        json_of(get("/api/v1/callbacks", {}, "caller", {{"case", id}, {"limit", "1"}}));
    EXPECT_EQ(page.at("lines").as_array(), bj::array{line}) << "as in the list";
    EXPECT_TRUE(page.at("next_cursor").is_null());
  }
  const auto of = [&](const std::string& id, const std::string& part) {
    return lines_of("/api/v1/callbacks", "caller", {{"case", id}, {"part", part}}).size();
  };
  EXPECT_EQ(of(all[0].id, "ask_again"), 0U) << "it stands in another part";
  must_step(all[0], "caller", "callback_done", {{"reached", "yes"}, {"solved", "yes"}});
  EXPECT_EQ(of(all[0].id, "call_back"), 0U);
  EXPECT_EQ(of("0190aaaa-0000-7000-8000-000000000000", "call_back"), 0U);
  EXPECT_EQ(told(get("/api/v1/callbacks", {}, "caller", {{"case", "x"}})),
            "400 api.unknown_case case");
}

TEST_F(AfterTheAnswer, WhoSaysNoOnThePhoneIsHandledAgainByTheCallersWord) {
  const Held held = say_with_phone();
  answer_case(held, housing_, "handler");
  must_step(held, "caller", "callback_done",
            {{"reached", "yes"}, {"solved", "no"}, {"satisfaction", "dissatisfied"}});
  must_step(held, "caller", "reopened", {{"reason", "灯还是不亮"}});
  EXPECT_EQ(state_of(held), "accepted");
  must_step(held, "handler", "answered", written_opinion("supported"));
  must_step(held, "caller", "callback_done", {{"reached", "yes"}, {"solved", "yes"}});
  EXPECT_EQ(state_of(held), "called_back");
}

TEST_F(AfterTheAnswer, TheQuestionOfTwentyEightDaysIsOnTheListAndItsNumberMayBeOpened) {
  const Held held = say_with_phone();
  answer_case(held, housing_, "handler");
  must_step(held, "caller", "callback_done", {{"reached", "yes"}, {"solved", "yes"}});
  const auto phone = [&] {
    return post(held.office("/phone"), R"({"reason":"问还好着吗"})", {}, "caller").status;
  };
  EXPECT_EQ(phone(), 403) << "nobody has a question now";
  pass_days(28);
  ask_who_is_due();
  const auto lines = lines_of("/api/v1/callbacks", "caller", {{"part", "ask_again"}});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].at("day").as_int64(), 28);
  EXPECT_EQ(phone(), 200);
  must_step(held, "caller", "still_solved_called",
            {{"reached", "yes"}, {"solved", "no"}, {"asks_rehandling", "yes"}});
  EXPECT_TRUE(lines_of("/api/v1/callbacks", "caller", {{"part", "ask_again"}}).empty());
  EXPECT_EQ(lines_of("/api/v1/queue", "dispatcher", {{"part", "reopen"}}).size(), 1U);
  clock_.set(now_);
  rechecks::run_once(installation_);
  const auto counts = json_of(get("/api/v1/supervision/rechecks", {}, "leader"));
  ASSERT_EQ(counts.at("units").as_array().size(), 1U);
  EXPECT_EQ(counts.at("units").at(0).at("no").as_int64(), 1);
}

TEST_F(AfterTheAnswer, ReviewThenRecheckWithAHearingWhoseTimeIsNotCountedThenTheEnd) {
  const Held held = say();
  answer_case(held, town_, "town", "not_supported");
  ASSERT_EQ(own_step(held, "review_requested", {{"words", "不服"}}).status, 200);
  EXPECT_EQ(lines_of("/api/v1/queue", "handler", {{"part", "review"}}).size(), 1U);
  EXPECT_EQ(step(held, "handler", "hearing_opened", {{"reason", "x"}}).status, 409)
      << "a hearing belongs to the recheck, and to the handling";
  EXPECT_EQ(told(step(held, "handler", "review_answered", written_opinion("explained"))),
            "400 cases.field_missing changed");
  must_step(held, "handler", "review_answered", review_opinion());
  ASSERT_EQ(own_step(held, "recheck_requested", {{"words", "还是不服"}}).status, 200);

  const auto due = [&] {
    const auto shown = json_of(get(held.office(), {}, "rechecker"));
    for (const auto& clock : shown.at("clocks").as_array()) {
      if (clock.at("rule") == "recheck-30") return std::string(clock.at("due").as_string());
    }
    return std::string();
  };
  const std::string before = due();
  must_step(held, "rechecker", "hearing_opened", {{"reason", "争议大，当面听一听"}});
  EXPECT_EQ(told(step(held, "rechecker", "hearing_opened", {{"reason", "再开"}})),
            "409 cases.hearing_is_open");
  EXPECT_EQ(told(step(held, "rechecker", "recheck_answered", review_opinion())),
            "409 cases.hearing_is_open");
  pass_days(10);
  must_step(held, "rechecker", "hearing_held", {{"report", "双方都到了"}});
  EXPECT_GT(due(), before);
  must_step(held, "rechecker", "recheck_answered", review_opinion());
  EXPECT_EQ(state_of(held), "rechecked");
  database_->write_job([&](Transaction& t) -> Outcome {
    cases::Step step;
    step.kind = cases::EventKind::concluded;
    MINHU_TRY(const auto event,
              cases::take_step(t, as(Role::system), *cases::CaseId::parse(held.id), step));
    return {};
  });
  EXPECT_EQ(state_of(held), "concluded");
}

TEST_F(AfterTheAnswer, ASupervisorFindsASilentHalfAndOrdersAndTheUnitAnswers) {
  const Held held = say();
  must_step(held, "dispatcher", "transferred", {{"unit", housing_.text()}, {"reason", "职责"}});
  must_step(held, "handler", "signed_in");
  must_step(held, "handler", "accepted");
  pass_days(31);
  const auto list = [&](const char* name) {
    return lines_of("/api/v1/supervision/cases", "supervisor", {{"list", name}});
  };
  ASSERT_EQ(list("silent_half").size(), 1U);
  EXPECT_EQ(lines_of("/api/v1/supervision/cases", "supervisor",
                     {{"list", "silent_half"}, {"unit", water_.text()}})
                .size(),
            0U);
  EXPECT_EQ(told(get("/api/v1/supervision/cases", {}, "supervisor",
                     {{"list", "overdue"}, {"unit", "x"}})),
            "400 api.unknown_unit unit");
  must_step(held, "supervisor", "reminded", {{"reason", "请说明进展"}});
  must_step(held, "supervisor", "supervised",
            {{"trigger", "late"}, {"unit", housing_.text()}, {"reason", "一半时间没有动静"}});
  must_step(held, "supervisor", "recommended",
            {{"about", "improve"}, {"unit", housing_.text()}, {"text", "建立周报"}});
  EXPECT_EQ(list("owed").size(), 2U) << "seven days and thirty";
  must_step(held, "handler", "supervision_answered", {{"report", "已进场"}});
  must_step(held, "handler", "recommendation_answered", {{"adopted", "yes"}, {"reason", "照办"}});
  EXPECT_TRUE(list("owed").empty());
  const auto load = json_of(get("/api/v1/supervision/workload", {}, "leader"));
  ASSERT_EQ(load.at("units").as_array().size(), 1U);
  EXPECT_EQ(load.at("units").at(0).at("open").as_int64(), 1);
  EXPECT_EQ(get(held.office(), {}, "leader").status, 403) << "a leader reads figures, no case";
}

TEST_F(AfterTheAnswer, PagesOfAListFollowEachOtherWithoutGapOrRepeat) {
  for (int i = 0; i < 5; ++i) {
    const Held held = say("第" + std::to_string(i) + "件事");
    must_step(held, "dispatcher", "transferred", {{"unit", housing_.text()}, {"reason", "职责"}});
    now_.unix_ms += 60'000;
  }
  pass_days(40);
  std::set<std::string> seen;
  std::string cursor;
  for (int page = 0; page < 3; ++page) {
    std::vector<std::pair<std::string, std::string>> query{{"list", "overdue"}, {"limit", "2"}};
    if (!cursor.empty()) query.emplace_back("cursor", cursor);
    const auto answer = get("/api/v1/supervision/cases", {}, "supervisor", query);
    const auto shown = json_of(answer);
    for (const auto& line : shown.at("lines").as_array()) {
      EXPECT_TRUE(seen.insert(std::string(line.at("id").as_string())).second);
    }
    cursor = text_of(answer, "next_cursor");
  }
  EXPECT_EQ(seen.size(), 5U);
  EXPECT_EQ(
      get("/api/v1/supervision/cases", {}, "supervisor", {{"list", "overdue"}, {"cursor", "AAAA"}})
          .status,
      400);
}

}  // namespace
}  // namespace minhu::web_api
