// Every answer that the contract names for where leaders go, brought about over a real database.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"
#include "features/promises/posts.h"
#include "features/visit_plans/villages.h"

namespace minhu::web_api {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;

class WhereLeadersGo : public AnswersOfOneTest<ApiWorld> {
 protected:
  void SetUp() override {
    now_ = *parse_instant("2026-11-26 09:00");
    write([&](Transaction& t) {
      accounts::Account deputy;
      deputy.id = accounts::AccountId(Uuid{8, 1});
      deputy.login = deputy.display_name = "deputy";
      deputy.principal = {Role::leader, housing_, deputy.id};
      ASSERT_TRUE(accounts::create_account(t, county_.region, deputy, "", now_));
      ASSERT_TRUE(visit_plans::put_village(
          t, county_.region, {"339901", "", "", 294'800'000, 1'197'000'000, 0, 100, {}, {}, 0}));
      for (int i = 1; i <= 4; ++i) {
        const std::string code = "33990110120" + std::to_string(i);
        places_and_units::put_place(t, county_.region,
                                    {code, "339901101", "村" + std::to_string(i)});
        ASSERT_TRUE(visit_plans::put_village(
            t, county_.region,
            {code, "", "", 294'800'000 + 300'000 * i, 1'197'000'000, 800, 90, {}, {}, 0}));
      }
    });
  }
  static std::string december(const std::string& rest = {}) {
    return "/api/v1/plans/2026-12" + rest;
  }
  http::Response say_to(const std::string& path, const object& body, const std::string& login) {
    return post(path, serialize(body), {}, login);
  }
  // Nobody, the wrong role, and a field that there is not.
  void refuses_strangers(const std::string& path, const std::string& login) {
    EXPECT_EQ(post(path, "{}").status, 401);
    EXPECT_EQ(post(path, "{}", {}, "clerk").status, 403);
    EXPECT_EQ(post(path, R"({"no_such_field":1})", {}, login).status, 400);
  }
  void refuses_strangers_to_read(const std::string& path) {
    EXPECT_EQ(get(path).status, 401);
    EXPECT_EQ(get(path, {}, "clerk").status, 403);
  }
  void freeze() { EXPECT_EQ(say_to(december("/cycle"), {}, "dispatcher").status, 201); }
};

TEST_F(WhereLeadersGo, AMonthIsFrozenPlannedAndAccepted) {
  refuses_strangers_to_read("/api/v1/plans");
  refuses_strangers_to_read(december());
  refuses_strangers_to_read("/api/v1/plan_coverage");
  EXPECT_EQ(get("/api/v1/plans/soon", {}, "leader").status, 400);
  const auto empty = json_of(get(december(), {}, "leader"));
  EXPECT_TRUE(empty.at("cycle").is_null());
  const std::string leader(empty.at("leaders").at(0).at("leader").as_string());
  const object order{
      {"leaders", array{object{{"leader", leader},
                               {"post", "副县长"},
                               {"languages", array{"本地话"}},
                               {"dates", array{"2026-12-08", "2026-12-09", "2026-12-10",
                                               "2026-12-11", "2026-12-14"}}}}},
      {"iterations", 300}};
  EXPECT_EQ(say_to(december("/drafts"), order, "dispatcher").status, 404);

  refuses_strangers(december("/cycle"), "dispatcher");
  freeze();
  EXPECT_EQ(say_to(december("/cycle"), {}, "dispatcher").status, 409);

  refuses_strangers(december("/drafts"), "dispatcher");
  EXPECT_EQ(say_to(december("/acceptance"), {{"version", 1}}, "leader").status, 404);
  const auto made = say_to(december("/drafts"), order, "dispatcher");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto plan = json_of(made).at("plan").as_object();
  EXPECT_EQ(plan.at("stops").as_array().size(), 4U);
  EXPECT_EQ(plan.at("lot_days").as_array().size(), 1U);
  for (const auto& stop : plan.at("stops").as_array()) {
    EXPECT_FALSE(stop.at("reasons").as_array().empty());
    for (const auto& reason : stop.at("reasons").as_array()) {
      EXPECT_EQ(reason.as_string().find("plans."), std::string::npos) << reason;
      EXPECT_EQ(reason.as_string().find("{"), std::string::npos) << reason;
    }
  }

  refuses_strangers(december("/wishes"), "leader");
  const auto wish = [&](const char* kind, const char* place, const char* reason) {
    return say_to(december("/wishes"),
                  {{"kind", kind}, {"place", place}, {"date", "2026-12-09"}, {"reason", reason}},
                  "leader");
  };
  EXPECT_EQ(wish("pin", "339901101201", "那天有集市").status, 200);
  EXPECT_EQ(wish("pin", "339901101201", " ").status, 400);
  EXPECT_EQ(wish("hide", "339901101201", "不好看").status, 400);
  EXPECT_EQ(wish("pin", "339901101299", "那天有集市").status, 404);

  refuses_strangers(december("/acceptance"), "leader");
  const auto accepted = say_to(december("/acceptance"), {{"version", 1}}, "leader");
  EXPECT_EQ(accepted.status, 200) << accepted.body;
  EXPECT_EQ(say_to(december("/acceptance"), {{"version", 1}}, "leader").status, 409);
  EXPECT_EQ(say_to(december("/drafts"), order, "leader").status, 201);
  const auto again = json_of(get(december(), {}, "leader"));
  EXPECT_EQ(again.at("leaders").at(0).at("languages"), array{"本地话"});
  EXPECT_EQ(again.at("plan").at("leaders").at(0).at("languages"), array{"本地话"});

  const auto line = json_of(get("/api/v1/plans", {}, "auditor")).at("months").at(0);
  EXPECT_EQ(line.at("month"), "2026-12");
  EXPECT_EQ(line.at("pinned"), 1);
  const auto coverage =
      json_of(get("/api/v1/plan_coverage", {}, "leader", {{"from", "2026-01-01"}}));
  EXPECT_EQ(coverage.at("villages").as_array().size(), 4U);
  EXPECT_EQ(get("/api/v1/plan_coverage", {}, "leader", {{"from", "then"}}).status, 400);

  // What somebody changed behind the program is planned by nobody; what was announced is not wished
  // away.
  write([&](Transaction& t) {
    t.execute(
        "UPDATE plan_quiet SET silence = silence + 1, since = '2026-06-01' WHERE region_id = ?1",
        {param(county_.region)});
  });
  EXPECT_EQ(say_to(december("/drafts"), order, "leader").status, 409);
  const auto refusing = wish("refuse", "339901101202", "路不通");
  EXPECT_EQ(refusing.status, 200) << refusing.body;
  write([&](Transaction& t) {
    t.execute("UPDATE plan_quiet SET since = '2025-10-01' WHERE region_id = ?1",
              {param(county_.region)});
  });
  EXPECT_EQ(wish("refuse", "339901101203", "路不通").status, 409);
}

TEST_F(WhereLeadersGo, ALeaderInNoUnitIsPlannedWithTheirPostAnnouncedAndRemembered) {
  const accounts::AccountId secretary(Uuid{8, 2});
  write([&](Transaction& t) {
    accounts::Account account;
    account.id = secretary;
    account.login = "secretary";
    account.display_name = "林秀英";
    account.principal = {Role::leader, {}, secretary};
    ASSERT_TRUE(accounts::create_account(t, county_.region, account, "", now_));
  });
  const auto first = [&](const std::string& month) {
    return json_of(get("/api/v1/plans/" + month, {}, "dispatcher")).at("leaders").at(0).as_object();
  };
  EXPECT_EQ(first("2026-12"), (object{{"leader", secretary.text()},
                                      {"name", "林秀英"},
                                      {"post", ""},
                                      {"portfolio", ""},
                                      {"rank", "county_deputy"},
                                      {"languages", array{}},
                                      {"in_no_unit", true},
                                      {"post_asked", true}}));
  freeze();
  object days{{"leader", secretary.text()},
              {"dates", array{"2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11"}}};
  const auto drafted = [&] {
    return say_to(december("/drafts"), {{"leaders", array{days}}, {"iterations", 300}},
                  "dispatcher");
  };
  EXPECT_EQ(told(drafted()), "400 plans.post_missing leaders");
  EXPECT_NE(drafted().body.find("名册里没有林秀英本人的职务"), std::string::npos);
  days["post"] = "县委书记";
  EXPECT_EQ(told(drafted()), "400 plans.portfolio_missing leaders");
  days["portfolio"] = "县委全面工作";
  days["rank"] = "secretary";
  EXPECT_EQ(told(drafted()), "400 api.not_a_choice leaders.rank");
  days["rank"] = "county_head";
  const auto made = drafted();
  ASSERT_EQ(made.status, 201) << made.body;
  const auto planned = json_of(made).at("plan").at("leaders").at(0);
  EXPECT_EQ(planned.at("post"), "县委书记");
  EXPECT_EQ(planned.at("portfolio"), "县委全面工作");
  EXPECT_EQ(planned.at("rank"), "county_head");
  EXPECT_EQ(say_to(december("/acceptance"), {{"version", 1}}, "leader").status, 200);

  const auto visits = json_of(get("/api/v1/visits", {}, "dispatcher",
                                  {{"from", "2026-12-01"}, {"to", "2027-01-01"}}))
                          .at("visits");
  ASSERT_FALSE(visits.as_array().empty());
  EXPECT_EQ(visits.at(0).at("leader_post"), "县委书记");
  const std::string visit =
      "/api/v1/visits/" + std::string(visits.at(0).at("id").as_string()) + "/steps/";
  EXPECT_EQ(say_to(visit + "revised", {{"fields", object{{"accessibility", "一楼"}}}}, "dispatcher")
                .status,
            200);
  array postings;
  for (const char* channel : {"board", "broadcast", "web"}) {
    postings.push_back(object{{"channel", channel}, {"where", "村口"}, {"proof", "照片已存"}});
  }
  const auto published = say_to(
      visit + "published", {{"fields", object{}}, {"postings", std::move(postings)}}, "dispatcher");
  ASSERT_EQ(published.status, 200) << published.body;
  EXPECT_EQ(json_of(published).at("leader").at("portfolio"), "县委全面工作");
  EXPECT_EQ(first("2027-01").at("post"), "县委书记");
  EXPECT_EQ(first("2027-01").at("rank"), "county_head");
}

TEST_F(WhereLeadersGo, WhereNoVisitSaysThePostOfALeaderInNoUnitTheRegisterOfPostsDoes) {
  const accounts::AccountId secretary(Uuid{8, 2});
  write([&](Transaction& t) {
    accounts::Account account;
    account.id = secretary;
    account.login = account.display_name = "secretary";
    account.principal = {Role::leader, {}, secretary};
    ASSERT_TRUE(accounts::create_account(t, county_.region, account, "", now_));
    ASSERT_TRUE(promises::make_post(t, as(Role::system_admin), housing_, "县委书记", secretary));
  });
  const auto leaders = json_of(get(december(), {}, "leader")).at("leaders");
  EXPECT_EQ(leaders.at(0).at("post"), "县委书记");
  EXPECT_EQ(leaders.at(0).at("portfolio"), "");
}

TEST_F(WhereLeadersGo, ALotIsDrawnInFourSteps) {
  const auto step = [&](const char* name, const object& body) {
    return say_to(december(std::string("/lot/") + name), body, "supervisor");
  };
  EXPECT_EQ(get("/api/v1/plans/soon/lot").status, 400);
  EXPECT_EQ(get(december("/lot")).status, 404);
  refuses_strangers(december("/lot/committed"), "supervisor");
  EXPECT_EQ(step("committed", {{"number", 2}}).status, 404);
  freeze();
  EXPECT_EQ(step("thrown", {}).status, 404);
  EXPECT_EQ(step("drawn", {}).status, 409);
  EXPECT_TRUE(json_of(get(december("/lot"))).at("lot").is_null());
  EXPECT_EQ(step("committed", {{"number", 9}}).status, 400);
  const std::string seed(json_of(step("committed", {{"number", 2}})).at("seed").as_string());
  const auto before = json_of(get(december("/lot"))).at("lot").as_object();
  EXPECT_EQ(before.at("tickets").as_array().size(), 4U);
  EXPECT_EQ(step("drawn", {{"seed", seed}, {"beacon", "福彩双色球 2026136: 03 07"}}).status, 200);
  const auto drawn = json_of(get(december("/lot"))).at("lot").as_object();
  EXPECT_TRUE(drawn.at("drawn").as_array().empty()) << "nobody knows before";
  EXPECT_TRUE(json_of(get(december(), {}, "leader")).at("drawn").as_array().empty());
  EXPECT_EQ(told(step("revealed", {{"seed", seed}})), "409 plans.lot_days_not_over");
  EXPECT_TRUE(json_of(get(december("/lot"))).at("lot").at("drawn").as_array().empty());
  now_ = *parse_instant("2027-01-01 00:05");
  EXPECT_EQ(step("revealed", {{"seed", seed}}).status, 200);
  const auto after = json_of(get(december("/lot"))).at("lot").as_object();
  EXPECT_EQ(after.at("drawn").as_array().size(), 2U);
  EXPECT_EQ(after.at("verified"), true);
  EXPECT_EQ(after.at("seed"), boost::json::value(seed));
}

TEST_F(WhereLeadersGo, AnInvestigationGoesVillageByVillage) {
  const std::string all = "/api/v1/investigations";
  refuses_strangers_to_read(all);
  refuses_strangers(all, "leader");
  const auto made =
      say_to(all,
             {{"title", "冬季走访"},
              {"stops", array{object{{"date", "2026-11-25"}, {"place", "339901101201"}},
                              object{{"date", "2026-11-26"}, {"place", "339901101202"}}}}},
             "leader");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string one = all + "/" + std::string(json_of(made).at("line").at("id").as_string());
  refuses_strangers_to_read(one);
  EXPECT_EQ(get(all + "/0190aaaa-0000-7000-8000-00000000cafe", {}, "leader").status, 404);
  EXPECT_EQ(get(one, {}, "auditor").status, 200);

  refuses_strangers(one + "/findings", "leader");
  const Held need = hold(post(
      "/api/v1/cases", serialize(object{{"text", "桥栏坏了半年。"}, {"place", "339901101201"}})));
  const auto find = [&](const std::string& where, const std::string& words) {
    return say_to(where + "/findings",
                  {{"place", "339901101201"},
                   {"date", "2026-11-25"},
                   {"people_met", 12},
                   {"words", words},
                   {"needs", array{boost::json::value(need.id)}}},
                  "dispatcher");
  };
  EXPECT_EQ(find(one, " ").status, 400);
  EXPECT_EQ(find(all + "/0190aaaa-0000-7000-8000-00000000cafe", "桥栏").status, 404);
  const auto found = find(one, "村口的桥栏坏了，孩子每天从那里过。");
  ASSERT_EQ(found.status, 201) << found.body;
  EXPECT_EQ(json_of(found).at("line").at("people_met"), 12);
  EXPECT_EQ(find(one, "又写一遍").status, 409);
  EXPECT_EQ(json_of(get(all, {}, "supervisor")).at("investigations").at(0).at("villages_seen"), 1);
}

}  // namespace
}  // namespace minhu::web_api
