// Every answer that the contract names for who leads what, who is close to whom, and who stays out.
#include "adapters/web_api/test_accounts.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::object;

class Closeness : public AnswersOfOneTest<AccountsWorld> {};

TEST_F(Closeness, AnOfficialSaysWhomTheyAreCloseTo) {
  const std::string own = "/api/v1/own/interests";
  const Official chen = official("chen", "handler", housing_);
  const auto say = [&](const object& body) {
    return ask(Method::post, own, body, {}, chen.session);
  };
  EXPECT_EQ(say({{"unit", water_.text()}, {"tie", "former_post"}}).status, 201);
  EXPECT_EQ(told(say({{"unit", water_.text()}, {"tie", "kin"}})), "409 accounts.declared_already");
  EXPECT_EQ(told(say({{"tie", "kin"}})), "400 accounts.interest_in_what unit");
  EXPECT_EQ(say({{"unit", water_.text()}, {"tie", "enemy"}}).status, 400);
  EXPECT_EQ(told(say({{"person", "nobody"}, {"tie", "kin"}})), "404 accounts.no_such_account");
  const auto all = ask(Method::get, own, {}, {}, chen.session);
  ASSERT_EQ(all.status, 200);
  EXPECT_EQ(json_of(all).at("interests").as_array().size(), 1U);
  EXPECT_EQ(ask(Method::get, own, {}).status, 401);
  EXPECT_EQ(ask(Method::post, own, {{"tie", "kin"}}).status, 401);
  const Official half = invited("half", "handler", housing_);
  EXPECT_EQ(ask(Method::get, own, {}, {}, half.session).status, 401);
}

TEST_F(Closeness, ASupervisorKeepsTheRegisterOfTies) {
  const std::string all = "/api/v1/interests";
  official("chen", "handler", housing_);
  official("wang", "handler", water_);
  const object kin{
      {"official", "chen"}, {"person", "wang"}, {"tie", "kin"}, {"reason", "干部登记"}};
  const auto made = ask(Method::post, all, kin, "supervisor");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(told(ask(Method::post, all, kin, "supervisor")), "409 accounts.declared_already");
  EXPECT_EQ(ask(Method::post, all, {{"official", "chen"}}, "supervisor").status, 400);
  const object silent{{"official", "chen"}, {"unit", water_.text()}, {"tie", "kin"}};
  EXPECT_EQ(told(ask(Method::post, all, silent, "supervisor")), "400 api.missing_field reason");
  object stranger = silent;
  stranger["official"] = "x";
  stranger["reason"] = "干部登记";
  EXPECT_EQ(ask(Method::post, all, stranger, "supervisor").status, 404);
  EXPECT_EQ(ask(Method::post, all, kin).status, 401);
  EXPECT_EQ(ask(Method::post, all, kin, "handler").status, 403);
  const std::string one = all + "/" + text_of(made, "id") + "/end";
  const object over{{"reason", "已离婚"}};
  EXPECT_EQ(ask(Method::post, one, over).status, 401);
  EXPECT_EQ(ask(Method::post, one, over, "handler").status, 403);
  EXPECT_EQ(told(ask(Method::post, one, {{"x", "1"}}, "supervisor")), "400 api.unknown_field x");
  EXPECT_EQ(ask(Method::post, one, over, "supervisor").status, 204);
  EXPECT_EQ(ask(Method::post, one, over, "supervisor").status, 404);
  const auto listed = ask(Method::get, all, {}, "supervisor");
  ASSERT_EQ(listed.status, 200);
  EXPECT_TRUE(json_of(listed).at("interests").at(0).at("ended_at").is_string()) << "it stays there";
  EXPECT_EQ(json_of(listed).at("interests").at(0).at("reason").as_string(), "干部登记");
  EXPECT_EQ(json_of(listed).at("interests").at(0).at("ended_reason").as_string(), "已离婚");
  EXPECT_EQ(ask(Method::get, all, {}).status, 401);
  EXPECT_EQ(ask(Method::get, all, {}, "handler").status, 403);
}

TEST_F(Closeness, ASupervisorEndsNothingOfTheirOwnAndDoesNotReadWhyItWasWrittenDown) {
  const std::string all = "/api/v1/interests";
  const Official one = official("guan", "supervisor", water_);
  const Official other = official("luan", "supervisor", housing_);
  const auto tie = [&](const object& body) {
    const auto made = ask(Method::post, all, body, "supervisor");
    EXPECT_EQ(made.status, 201) << made.body;
    return all + "/" + text_of(made, "id") + "/end";
  };
  const auto end = [&](const std::string& path, const std::string& session) {
    return told(ask(Method::post, path, {{"reason", "不再有关系"}}, {}, session));
  };
  const std::string own =
      tie({{"official", "guan"}, {"person", "luan"}, {"tie", "kin"}, {"reason", "干部登记"}});
  EXPECT_EQ(end(own, one.session), "403 cases.own_tie") << "it keeps them out of what accuses luan";
  EXPECT_EQ(end(own, other.session), "403 cases.own_tie") << "the other side of it";
  const auto register_of = [&](const std::string& session) {
    return json_of(ask(Method::get, all, {}, {}, session)).at("interests").at(0);
  };
  EXPECT_TRUE(register_of(one.session).at("reason").is_null());
  EXPECT_TRUE(register_of(other.session).at("reason").is_null());
  // Somebody else's tie to the unit that they themselves sit in.
  official("chen", "handler", housing_);
  const std::string to_water = tie(
      {{"official", "chen"}, {"unit", water_.text()}, {"tie", "business"}, {"reason", "干部登记"}});
  EXPECT_EQ(end(to_water, one.session), "403 cases.own_tie");
  EXPECT_EQ(end(to_water, other.session), "204");
}

TEST_F(Closeness, WhoeverAuditsDoesNotReadInTheLogWhyATieOfTheirOwnWasWrittenDown) {
  const Official guan = official("guan", "auditor", water_);
  official("chen", "handler", housing_);
  for (const object& body : {object{{"official", "guan"}, {"unit", housing_.text()}},
                             object{{"official", "chen"}, {"person", "guan"}}}) {
    object entry = body;
    entry["tie"] = "kin";
    entry["reason"] = "有人反映";
    ASSERT_EQ(ask(Method::post, "/api/v1/interests", entry, "supervisor").status, 201);
  }
  const auto log_of = [&](const std::string& login, const std::string& session) {
    return ask(Method::get, "/api/v1/account_events", {}, login, session).body;
  };
  EXPECT_EQ(log_of({}, guan.session).find("有人反映"), std::string::npos);
  EXPECT_NE(log_of("auditor", {}).find("有人反映"), std::string::npos) << "others read it";
}

TEST_F(Closeness, ASupervisorSeesWhoWorksHereAndWhosePostIsKept) {
  const Official chen = official("chen", "unit_head", housing_);
  const Official wang = official("wang", "handler", housing_);
  ASSERT_EQ(ask(Method::post, "/api/v1/own/delegations",
                {{"to", wang.id}, {"first_day", "2026-03-01"}, {"last_day", "2026-03-05"}}, {},
                chen.session)
                .status,
            201);
  const auto seen = ask(Method::get, "/api/v1/ties", {}, "supervisor");
  ASSERT_EQ(seen.status, 200) << seen.body;
  const auto ties = json_of(seen);
  EXPECT_EQ(ties.at("delegations").at(0).at("kept_by").at("id").as_string(), wang.id);
  const auto& officials = ties.at("officials").as_array();
  const auto head = std::find_if(officials.begin(), officials.end(), [&](const auto& each) {
    return each.at("id").as_string() == std::string_view(chen.id);
  });
  ASSERT_NE(head, officials.end());
  EXPECT_TRUE(head->at("heads_it").as_bool());
  EXPECT_EQ(ask(Method::get, "/api/v1/ties", {}).status, 401);
  EXPECT_EQ(ask(Method::get, "/api/v1/ties", {}, "handler").status, 403);
}

TEST_F(Closeness, ASupervisorSeesWhoAsksToStayOut) {
  const Official chen = official("chen", "handler", housing_);
  const Held held = hold(post("/api/v1/cases", R"({"text":"路灯不亮","place":"339901101"})"));
  must_step(held, "dispatcher", "transferred",
            {{"unit", housing_.text()}, {"reason", "属于你单位职责"}});
  const auto asked = send({Method::post,
                           "/api/v1/cases/" + held.id + "/steps/recusal_asked",
                           {{"idempotency-key", new_key()}},
                           R"({"fields":{"reason":"亲戚"}})",
                           {},
                           {},
                           {},
                           chen.session});
  ASSERT_EQ(asked.status, 200) << asked.body;
  const auto waiting = ask(Method::get, "/api/v1/recusals", {}, "supervisor");
  ASSERT_EQ(waiting.status, 200);
  EXPECT_EQ(json_of(waiting).at("recusals").at(0).at("officials").at(0).at("id").as_string(),
            chen.id);
  must_step(held, "supervisor", "recused", {{"official", "chen"}, {"reason", "属实"}});
  EXPECT_TRUE(json_of(ask(Method::get, "/api/v1/recusals", {}, "supervisor"))
                  .at("recusals")
                  .as_array()
                  .empty());
  EXPECT_EQ(ask(Method::get, "/api/v1/recusals", {}).status, 401);
  EXPECT_EQ(ask(Method::get, "/api/v1/recusals", {}, "handler").status, 403);
}

TEST_F(Closeness, TheSecurityAdministratorKeepsTheRegisterOfLeaders) {
  const std::string all = "/api/v1/leaders";
  official("chen", "leader", housing_);
  const object entry{{"official", "chen"}, {"unit", water_.text()}, {"reason", "分工调整"}};
  const auto made = ask(Method::post, all, entry, "security");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_TRUE(json_of(made).at("rerouted").is_null()) << "an administrator hears of no case";
  EXPECT_EQ(told(ask(Method::post, all, entry, "security")), "409 accounts.leads_it_already unit");
  EXPECT_EQ(ask(Method::post, all, {{"official", "chen"}}, "security").status, 400);
  EXPECT_EQ(ask(Method::post, all, {{"official", "x"}, {"unit", water_.text()}, {"reason", "x"}},
                "security")
                .status,
            404);
  EXPECT_EQ(ask(Method::post, all, entry).status, 401);
  EXPECT_EQ(ask(Method::post, all, entry, "handler").status, 403);
  const std::string end = all + "/" + text_of(made, "id") + "/end";
  EXPECT_EQ(ask(Method::post, end, {{"x", 1}}, "security").status, 400);
  EXPECT_EQ(ask(Method::post, end, {{"reason", "调离"}}).status, 401);
  EXPECT_EQ(ask(Method::post, end, {{"reason", "调离"}}, "handler").status, 403);
  EXPECT_EQ(ask(Method::post, end, {{"reason", "调离"}}, "security").status, 204);
  EXPECT_EQ(ask(Method::post, end, {{"reason", "调离"}}, "security").status, 404);
  const auto again = ask(Method::post, all, entry, "supervisor");
  ASSERT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(json_of(again).at("rerouted"), 0);
  EXPECT_EQ(ask(Method::post, all + "/" + text_of(again, "id") + "/end", {{"reason", "调离"}},
                "supervisor")
                .status,
            204);
  const auto listed = ask(Method::get, all, {}, "security");
  ASSERT_EQ(listed.status, 200);
  EXPECT_TRUE(json_of(listed).at("leaders").at(0).at("until").is_string());
  EXPECT_EQ(ask(Method::get, all, {}).status, 401);
  EXPECT_EQ(ask(Method::get, all, {}, "handler").status, 403);
}

}  // namespace
}  // namespace minhu::web_api
