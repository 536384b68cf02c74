// Every answer that the contract names for classes of matters, brought about over a real database.
#include "adapters/web_api/class_shown.h"
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;

class TheClasses : public AnswersOfOneTest<ApiWorld> {
 protected:
  static constexpr const char* all = "/api/v1/classes";
  static std::string one(const std::string& id, const std::string& rest = {}) {
    return std::string(all) + "/" + id + rest;
  }

  Held sorted(const char* place = "339901101") {
    const object words{{"text", "路灯坏了，晚上看不见路。"}, {"place", place}};
    const Held held = hold(post("/api/v1/cases", serialize(words)));
    must_step(held, "dispatcher", "triaged", {{"category", "minhu:01"}});
    return held;
  }
  static object lamps() {
    return {{"title", "村口路灯长期不亮"},
            {"statement", "几个村的路灯由谁来修说不清，坏了没有人管。"},
            {"category", "minhu:01"}};
  }
  std::string proposed(const std::vector<Held>& cases = {}) {
    object made = lamps();
    array ids;
    for (const Held& held : cases) ids.push_back(boost::json::value(held.id));
    made["cases"] = std::move(ids);
    const auto answer = post(all, serialize(made), {}, "dispatcher");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("line").at("id").as_string());
  }
  http::Response take(const std::string& id, const std::string& login, const std::string& kind,
                      const object& fields = {}) {
    return post(one(id, "/steps/" + kind), serialize(object{{"fields", fields}}), {}, login);
  }
  void must_take(const std::string& id, const std::string& login, const std::string& kind,
                 const object& fields = {}) {
    const auto answer = take(id, login, kind, fields);
    ASSERT_EQ(answer.status, 200) << kind << ": " << answer.body;
  }
  static object four_tests() {
    object fields;
    for (const char* test :
         {"widely_reported", "large_reach", "can_be_moved", "needs_the_county"}) {
      fields[test] = "2";
      fields[std::string(test) + "_evidence"] = "三个村都有人反映。";
    }
    return fields;
  }
  // The housing department leads; treated today.
  void treat(const std::string& id) {
    must_take(id, "dispatcher", "screened", four_tests());
    must_take(id, "leader", "selected",
              {{"lead_unit", housing_.text()},
               {"supporting_units", water_.text()},
               {"sponsor", "分管副县长"},
               {"theme", "2025-10"},
               {"baseline", "一年里反映的人都说没有解决。"}});
    must_take(id, "head", "cause_found",
              {{"cause", "duty_unclear"}, {"text", "路灯归谁修，没有写明。"}});
    must_take(id, "head", "measure_planned",
              {{"text", "写进职责清单"},
               {"unit", housing_.text()},
               {"due", "2025-12-31"},
               {"moves", "每月新来的件数"}});
    must_take(id, "head", "plan_published",
              {{"plan", "先明确职责，再统一修。"}, {"threshold", "1"}});
    must_take(id, "head", "treatment_begun", {{"treated_on", format_date(to_date(now_))}});
  }
};

TEST(SentencesOfClasses, CallADoorAsPeopleCallIt) {
  const auto sentences = all_sentences();
  const recurrence::Sentence closed{"recurrence.narrowed.door_closed", {{"door", "face_to_face"}}};
  EXPECT_EQ(say(sentences.of("zh-CN"), closed), "“来访”这条渠道关了。");
  EXPECT_EQ(say(sentences.of("en"), closed), "The door “At the counter” was closed.");
}

TEST_F(TheClasses, ListsProposesAndShowsClasses) {
  const Held first = sorted();
  pass_days(40);  // a whole month is known only after the first case
  const std::string id = proposed({first});

  // ---- the list
  const auto list = get(all, {}, "handler");
  EXPECT_EQ(json_of(list).at("classes").at(0).at("waits_for"), "dispatcher");
  EXPECT_EQ(json_of(list).at("classes").at(0).at("open_cases"), 1);
  EXPECT_TRUE(json_of(get(all, {}, "leader", {{"mine", "yes"}})).at("classes").as_array().empty());
  now_.unix_ms += 1000;
  proposed();
  const auto page = json_of(get(all, {}, "dispatcher",
                                {{"state", "open"},
                                 {"category", "minhu:01"},
                                 {"place", "339901101"},
                                 {"mine", "yes"},
                                 {"limit", "1"}}));
  ASSERT_EQ(page.at("classes").as_array().size(), 1U);
  const std::string cursor(page.at("next_cursor").as_string());
  const auto rest = json_of(get(all, {}, "dispatcher", {{"cursor", cursor}}));
  ASSERT_EQ(rest.at("classes").as_array().size(), 1U);
  EXPECT_EQ(rest.at("classes").at(0).at("id"), boost::json::value(id));
  EXPECT_TRUE(rest.at("next_cursor").is_null());
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"state", "lost"}, {"unit", "x"}, {"mine", "no"}}) {
    EXPECT_EQ(text_of(get(all, {}, "handler", {{name, value}}), "field"), name);
  }
  EXPECT_EQ(get(all).status, 401);
  EXPECT_EQ(get(all, {}, "system_admin").status, 403);

  // ---- proposing
  EXPECT_EQ(post(all, "{}", {}, "dispatcher").status, 400);
  EXPECT_EQ(post(all, serialize(lamps())).status, 401);
  EXPECT_EQ(post(all, serialize(lamps()), {}, "handler").status, 403);
  object linked = lamps();
  linked["cases"] = array{boost::json::value("x")};
  EXPECT_EQ(told(post(all, serialize(linked), {}, "dispatcher")), "404 cases.not_found");
  linked["cases"] = array{boost::json::value(first.id)};
  EXPECT_EQ(told(post(all, serialize(linked), {}, "dispatcher")), "409 classes.in_another_class");
  object of_a_person = lamps();
  of_a_person["statement"] = "张家反映，电话13812345678。";
  EXPECT_EQ(told(post(all, serialize(of_a_person), {}, "dispatcher")),
            "400 classes.personal_details statement");

  // ---- one class, and its steps
  EXPECT_EQ(get(one(id), {}, "auditor").status, 200);
  EXPECT_EQ(get(one(id)).status, 401);
  EXPECT_EQ(get(one(id), {}, "audit_admin").status, 403);
  EXPECT_EQ(told(get(one("x"), {}, "auditor")), "404 classes.no_such_class");
  EXPECT_EQ(json_of(get(one(id, "/steps"), {}, "dispatcher")).at("steps").as_array().size(), 4U);
  EXPECT_EQ(get(one(id, "/steps")).status, 401);
  EXPECT_EQ(get(one(id, "/steps"), {}, "audit_admin").status, 403);
  EXPECT_EQ(get(one(new_key(), "/steps"), {}, "handler").status, 404);
  EXPECT_EQ(told(take(id, "dispatcher", "screened")), "400 classes.field_missing widely_reported");
  EXPECT_EQ(take(id, "", "screened").status, 401);
  EXPECT_EQ(told(take(id, "leader", "screened", four_tests())), "403 classes.not_allowed");
  EXPECT_EQ(told(take(id, "leader", "sung")), "404 api.unknown_step");
  EXPECT_EQ(told(take(id, "leader", "selected")), "409 classes.step_not_open");
  treat(id);
  const auto detail = json_of(get(one(id), {{"accept-language", "en"}}, "leader"));
  EXPECT_EQ(detail.at("line").at("state"), "treating");
  EXPECT_EQ(detail.at("measures").at(0).at("moves"), "每月新来的件数");
  EXPECT_EQ(detail.at("cause").at("kind"), "duty_unclear");
  const auto steps = json_of(get(one(id, "/steps"), {{"accept-language", "en"}}, "supervisor"));
  EXPECT_EQ(steps.at("steps").at(0).at("kind"), "measured");

  // ---- the months
  pass_days(130);
  must_take(id, "dispatcher", "measured");
  EXPECT_TRUE(json_of(get(one(id), {}, "leader")).at("measurement").is_object());
  const auto refused = json_of(get(one(id, "/steps"), {}, "supervisor")).at("steps").as_array();
  const auto verified = std::find_if(refused.begin(), refused.end(), [](const auto& step) {
    return step.at("kind") == "verified";
  });
  ASSERT_NE(verified, refused.end());
  EXPECT_TRUE(verified->at("hindered").is_string());  // a case is open
  const auto series = json_of(get(one(id, "/series"), {}, "auditor"));
  EXPECT_FALSE(series.at("months").as_array().empty());
  EXPECT_TRUE(series.at("measurement").is_object());
  EXPECT_EQ(get(one(id, "/series")).status, 401);
  EXPECT_EQ(get(one(id, "/series"), {}, "audit_admin").status, 403);
  EXPECT_EQ(get(one("x", "/series"), {}, "auditor").status, 404);
}

TEST_F(TheClasses, LinksCasesAndAsksTheirSpeakers) {
  const Held first = sorted();
  const Held second = sorted();
  const std::string id = proposed({first});
  const std::string other = proposed();
  const auto linked = [&](const std::string& class_id, const Held& held,
                          const std::string& rest = {}) {
    return one(class_id, "/cases/" + held.id + rest);
  };
  const auto remove = [&](const std::string& path, const std::string& login) {
    return send({Method::delete_, path, {}, {}, {}, login, {}});
  };
  const auto put_nothing = [&](const std::string& path, const std::string& login) {
    return send({Method::put, path, {}, {}, {}, login, {}});
  };

  // ---- what may be of it
  const auto of_second = json_of(get(second.office("/class"), {}, "clerk"));
  EXPECT_TRUE(of_second.at("class").is_null());
  EXPECT_EQ(of_second.at("proposed").as_array().size(), 2U);
  EXPECT_EQ(get(second.office("/class")).status, 401);
  EXPECT_EQ(get(second.office("/class"), {}, "water").status, 404);
  EXPECT_EQ(put_nothing(linked(id, second), "clerk").status, 200);
  const auto lines = json_of(get("/api/v1/queue", {}, "dispatcher", {{"part", "dispatch"}}));
  EXPECT_EQ(lines.at("lines").at(0).at("class").at("cases"), 2);
  EXPECT_EQ(told(put_nothing(linked(other, second), "clerk")), "409 classes.in_another_class");
  EXPECT_EQ(put_nothing(linked(id, second), "").status, 401);
  EXPECT_EQ(put_nothing(linked(id, second), "leader").status, 403);
  EXPECT_EQ(put_nothing(linked(id, second), "water").status, 404);

  // ---- those in it
  const auto cases = json_of(get(one(id, "/cases"), {}, "clerk", {{"limit", "1"}}));
  EXPECT_EQ(cases.at("counts").at("all"), 2);
  const std::string cursor(cases.at("next_cursor").as_string());
  EXPECT_EQ(json_of(get(one(id, "/cases"), {}, "clerk", {{"cursor", cursor}}))
                .at("cases")
                .as_array()
                .size(),
            1U);
  // Whoever may not read them learns how many there are, and nothing else.
  const auto hidden = json_of(get(one(id, "/cases"), {}, "water"));
  EXPECT_EQ(hidden.at("hidden"), 2);
  EXPECT_TRUE(hidden.at("cases").as_array().empty());
  EXPECT_EQ(get(one(id, "/cases"), {}, "clerk", {{"cursor", "x"}}).status, 400);
  EXPECT_EQ(get(one(id, "/cases")).status, 401);
  EXPECT_EQ(get(one(id, "/cases"), {}, "audit_admin").status, 403);
  EXPECT_EQ(get(one("x", "/cases"), {}, "clerk").status, 404);

  // ---- taken out, and remembered
  EXPECT_EQ(remove(linked(id, second), "dispatcher").status, 200);
  EXPECT_EQ(told(remove(linked(id, second), "dispatcher")), "409 classes.not_in_the_class");
  EXPECT_EQ(remove(linked(id, second), "").status, 401);
  EXPECT_EQ(remove(linked(id, second), "leader").status, 403);
  EXPECT_EQ(remove(linked("x", second), "dispatcher").status, 404);
  const auto unrelated = json_of(put_nothing(linked(id, second, "/unrelated"), "dispatcher"));
  EXPECT_EQ(unrelated.at("proposed").as_array().size(), 1U);
  must_take(other, "dispatcher", "rejected", {{"because", "no_class"}, {"reason", "各是各的事。"}});
  EXPECT_EQ(told(put_nothing(linked(other, second, "/unrelated"), "dispatcher")),
            "409 classes.step_not_open");
  EXPECT_EQ(put_nothing(linked(id, second, "/unrelated"), "").status, 401);
  EXPECT_EQ(put_nothing(linked(id, second, "/unrelated"), "leader").status, 403);
  EXPECT_EQ(put_nothing(linked(id, second, "/unrelated"), "water").status, 404);

  // ---- asked for the class
  must_step(first, "dispatcher", "answered_on_spot",
            {{"public_answer", "已经派人修。"}, {"outcome", "supported"}});
  treat(id);
  const auto asked = [&](const Held& held, const std::string& login, const char* solved = "yes") {
    return post(linked(id, held, "/asked"), serialize(object{{"how", "visit"}, {"solved", solved}}),
                {}, login);
  };
  const auto heard = json_of(asked(first, "supervisor")).at("heard");
  EXPECT_EQ(heard.at("solved"), 1);
  EXPECT_EQ(told(asked(first, "caller", "maybe")), "400 classes.field_wrong solved");
  EXPECT_EQ(asked(first, "").status, 401);
  EXPECT_EQ(asked(first, "leader").status, 403);
  EXPECT_EQ(told(asked(first, "own_caller")), "403 classes.not_allowed");
  EXPECT_EQ(told(asked(second, "supervisor")), "409 classes.not_drawn");
  EXPECT_EQ(post(one(id, "/cases/x/asked"), "{}", {}, "supervisor").status, 404);
}

TEST_F(TheClasses, FindsCandidatesAndCountsLessons) {
  const std::string candidates = "/api/v1/class_candidates";
  // Half a year of one a month, then twelve at once.
  for (int month = 0; month < 6; ++month) {
    sorted();
    pass_days(30);
  }
  for (int i = 0; i < 12; ++i) sorted();
  now_.unix_ms += 1000;
  const auto listed = json_of(get(candidates, {}, "dispatcher")).at("candidates").as_array();
  ASSERT_FALSE(listed.empty());
  EXPECT_EQ(listed[0].at("counted"), 12);
  EXPECT_EQ(get(candidates).status, 401);
  EXPECT_EQ(get(candidates, {}, "audit_admin").status, 403);

  const std::string dismissed = candidates + "/dismissed";
  const auto dismiss = [&](const boost::json::value& places, const std::string& login) {
    return post(
        dismissed,
        serialize(
            object{{"category", "minhu:01"}, {"places", places}, {"reason", "停电一天，已恢复。"}}),
        {}, login);
  };
  EXPECT_EQ(dismiss(array{"339901101"}, "dispatcher").status, 201);
  EXPECT_EQ(dismiss(nullptr, "dispatcher").status, 201);
  EXPECT_EQ(told(dismiss("x", "dispatcher")), "400 api.wrong_type places");
  EXPECT_EQ(dismiss(nullptr, "").status, 401);
  EXPECT_EQ(dismiss(nullptr, "handler").status, 403);
  EXPECT_TRUE(json_of(get(candidates, {}, "dispatcher")).at("candidates").as_array().empty());

  // ---- from one to many
  const std::string lessons = "/api/v1/lessons";
  const Held held = sorted();
  must_step(held, "dispatcher", "transferred", {{"unit", housing_.text()}, {"reason", "职责"}});
  must_step(held, "handler", "signed_in");
  must_step(held, "handler", "accepted");
  object opinion = written_opinion("supported");
  opinion["others_like_it"] = "邻村也有三盏。";
  must_step(held, "handler", "answered", opinion);
  const auto counted = json_of(get(lessons, {}, "leader")).at("units").as_array();
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(counted[0].at("answers"), 1);
  EXPECT_EQ(counted[0].at("others_like_it"), 1);
  EXPECT_EQ(counted[0].at("changed_so_that"), 0);
  EXPECT_EQ(told(get(lessons, {}, "leader", {{"from", "2026"}})), "400 api.bad_month from");
  EXPECT_EQ(get(lessons).status, 401);
  EXPECT_EQ(get(lessons, {}, "handler").status, 403);
}

TEST_F(TheClasses, PublishesWhatWasApprovedAndLetsOthersJoin) {
  const std::string near = "/api/v1/published_classes/near";
  const std::string ledger = "/api/v1/open_data/classes";
  const std::string said = serialize(object{{"text", "我们村口的路灯也不亮了"}});
  std::vector<Held> cases;
  for (int i = 0; i < 5; ++i) cases.push_back(sorted());
  const std::string id = proposed(cases);
  treat(id);
  const auto found = [&] {
    return json_of(send({Method::post, near, {}, said, {}, {}, {}})).at("classes").as_array();
  };
  must_take(
      id, "head", "summary_written",
      {{"title", "村口路灯长期不亮"}, {"text", "路灯归谁修说不清。正在写清职责，统一维修。"}});
  EXPECT_TRUE(found().empty());
  EXPECT_TRUE(json_of(get(ledger)).at("under_way").as_array().empty());
  EXPECT_EQ(json_of(get(one(id), {}, "leader")).at("line").at("public_words"), "to_approve");
  must_take(id, "leader", "summary_approved");
  ASSERT_EQ(found().size(), 1U);
  EXPECT_EQ(found()[0].at("cases"), 5);
  const auto shown = json_of(get(ledger)).at("under_way").as_array();
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_FALSE(shown[0].at("plan").is_null());
  ASSERT_EQ(shown[0].at("measures").as_array().size(), 1U);
  EXPECT_FALSE(shown[0].at("measures").at(0).at("unit").is_null());
  EXPECT_EQ(send({Method::post, near, {}, "{}", {}, {}, {}}).status, 400);

  // The same matter, a case of its own.
  const object words{{"text", "我家门口的路灯也坏了。"}, {"same_class", id}};
  const Held joined = hold(post("/api/v1/cases", serialize(words)));
  EXPECT_EQ(json_of(get(joined.path(), joined.with())).at("state"), "registered");
  EXPECT_EQ(json_of(get(one(id), {}, "leader")).at("line").at("cases"), 6);
  const object nowhere{{"text", "路灯坏了。"},
                       {"same_class", "0190aaaa-0000-7000-8000-00000000cafe"}};
  EXPECT_EQ(post("/api/v1/cases", serialize(nowhere)).status, 201);
  const object none{{"text", "路灯坏了。"}, {"same_class", "x"}};
  EXPECT_EQ(told(post("/api/v1/cases", serialize(none))), "400 classes.field_wrong same_class");
}

TEST_F(TheClasses, HaveATestForEachOfTheirOperations) {
  const auto* suite = ::testing::UnitTest::GetInstance()->current_test_suite();
  std::set<std::string> tests;
  for (int i = 0; i < suite->total_test_count(); ++i) tests.insert(suite->GetTestInfo(i)->name());
  for (const auto& [test, operations] : class_tests) {
    EXPECT_TRUE(tests.contains(test)) << test;
    for (const std::string& operation : operations) {
      EXPECT_TRUE(contract_.operations().contains(operation)) << operation;
    }
  }
}

}  // namespace
}  // namespace minhu::web_api
