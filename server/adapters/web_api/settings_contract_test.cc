// Every answer that the contract names for the settings of a county, and for the log of who changed
// them, brought about over a real database.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

class TheSettings : public AnswersOfOneTest<ApiWorld> {};

TEST_F(TheSettings, AreChangedByWhoMayAndEveryChangeStandsInTheirLog) {
  const std::string admin = "system_admin";
  const std::string base = "/api/v1/admin/";
  for (const std::string list : {"units", "duties", "categories", "dispatch_rules", "test_bench"}) {
    EXPECT_EQ(get(base + list, {}, admin).status, 200) << list;
    EXPECT_EQ(get(base + list, {}, admin, {{"person", "x"}}).status, 400) << list;
    EXPECT_EQ(get(base + list).status, 401) << list;
    EXPECT_EQ(get(base + list, {}, "dispatcher").status, 403) << list;
  }
  // Everything that is written, by who may not and by nobody.
  const auto guarded = [&](Method method, const std::string& path) {
    EXPECT_EQ(send({method, path, {}, "{}", {}, "", {}}).status, 401) << path;
    EXPECT_EQ(send({method, path, {}, "{}", {}, "dispatcher", {}}).status, 403) << path;
  };
  const std::string unit = base + "units/" + water_.text();
  guarded(Method::post, base + "units");
  guarded(Method::put, unit);
  guarded(Method::get, unit);
  guarded(Method::put, base + "duties/minhu:02");
  guarded(Method::post, base + "duties/minhu:02/removal");
  guarded(Method::put, base + "categories/minhu:03");
  guarded(Method::put, base + "dispatch_rules/r1");
  guarded(Method::post, base + "dispatch_rules/r1/dry_run");
  guarded(Method::get, base + "dispatch_rules/r1/versions");

  const std::string dikes =
      R"({"code":"dikes","name":"堤防所","kind":"department","level":"county"})";
  EXPECT_EQ(post(base + "units", dikes, {}, admin).status, 201);
  EXPECT_EQ(told(post(base + "units", dikes, {}, admin)), "409 admin.code_taken code");
  EXPECT_EQ(post(base + "units", "{}", {}, admin).status, 400);
  const std::string changed = R"({"name":"县水利局","kind":"department","level":"county",
    "phone":"0579-1","active":true,"revision":)";
  EXPECT_EQ(put(unit, changed + "0}", admin).status, 200);
  EXPECT_EQ(told(put(unit, changed + "0}", admin)), "409 admin.changed_meanwhile revision");
  EXPECT_EQ(put(unit, "{}", admin).status, 400);
  EXPECT_EQ(put(base + "units/x", changed + "0}", admin).status, 404);
  EXPECT_EQ(get(base + "units/x", {}, admin).status, 404);
  EXPECT_EQ(json_of(get(unit, {}, admin)).at("history").as_array().size(), 1U);

  const std::string duty = R"({"unit":")" + housing_.text() + R"(","source":"三定方案"})";
  EXPECT_EQ(put(base + "duties/minhu:01", duty, admin).status, 200);
  EXPECT_EQ(put(base + "duties/minhu:01", duty, admin).status, 409);
  EXPECT_EQ(put(base + "duties/minhu:99", duty, admin).status, 400);
  const std::string removal = base + "duties/minhu:02/removal";
  EXPECT_EQ(post(removal, "{}", {}, admin).status, 400);
  EXPECT_EQ(post(removal, R"({"reason":"x","revision":9})", {}, admin).status, 409);
  EXPECT_EQ(post(removal, R"({"reason":"划给乡镇"})", {}, admin).status, 200);
  EXPECT_EQ(post(removal, R"({"reason":"划给乡镇"})", {}, admin).status, 404);

  EXPECT_EQ(put(base + "categories/minhu:03", R"({"name":"交通"})", admin).status, 200);
  EXPECT_EQ(put(base + "categories/minhu:03", R"({"name":"运输"})", admin).status, 409);
  EXPECT_EQ(put(base + "categories/nothing", R"({"name":"交通"})", admin).status, 400);

  const std::string rule = base + "dispatch_rules/water-town";
  const std::string entry = R"({"category":"minhu:02","place":"339901101","unit":")" +
                            housing_.text() + R"(","source":"分工"})";
  EXPECT_EQ(post(rule + "/dry_run", entry, {}, admin).status, 200);
  EXPECT_EQ(post(rule + "/dry_run", "{}", {}, admin).status, 400);
  EXPECT_EQ(put(rule, "{}", admin).status, 400);
  EXPECT_EQ(put(rule, entry, admin).status, 200);
  EXPECT_EQ(put(rule, entry, admin).status, 409);
  EXPECT_EQ(post(rule + "/dry_run", entry, {}, admin).status, 409);
  EXPECT_EQ(json_of(get(rule + "/versions", {}, admin)).at("versions").as_array().size(), 1U);
  const auto bench =
      json_of(get(base + "test_bench", {}, admin,
                  {{"category", "minhu:02"}, {"place", "339901101"}, {"unit", housing_.text()}}));
  EXPECT_EQ(bench.at("obstacle"), "complained_of");
  EXPECT_EQ(bench.at("beaten").as_array().size(), 1U);

  for (const std::string page : {"rule_book", "health", "setup"}) {
    EXPECT_EQ(get(base + page, {}, admin).status, 200) << page;
    guarded(Method::get, base + page);
  }

  const std::string log = "/api/v1/settings_log";
  const auto lines = json_of(get(log, {}, "audit_admin", {{"limit", "2"}}));
  EXPECT_EQ(lines.at("lines").as_array().size(), 2U);
  EXPECT_EQ(get(log, {}, "auditor", {{"cursor", std::string(lines.at("next_cursor").as_string())}})
                .status,
            200);
  EXPECT_EQ(get(log, {}, "auditor", {{"cursor", "x"}}).status, 400);
  EXPECT_EQ(get(log).status, 401);
  EXPECT_EQ(get(log, {}, admin).status, 403);
}

}  // namespace
}  // namespace minhu::web_api
