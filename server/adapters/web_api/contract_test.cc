// The contract and the program say the same, in both directions.
#include <regex>

#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"
#include "adapters/web_api/test_names.h"
#include "features/accounts/permissions.h"

namespace minhu::web_api {
namespace {

class TheContract : public NamesWorld {
 protected:
  void change_the_settings();
};

TEST_F(TheContract, NamesEveryRouteAndNoOther) {
  std::set<std::string> served;
  for (const http::Route& route : routes_) {
    EXPECT_TRUE(served.insert(operation_of(route)).second) << "twice: " << route.pattern;
  }
  EXPECT_EQ(served, contract_.operations());
}

TEST_F(TheContract, NamesThePermissionOfEveryRoute) {
  for (const http::Route& route : routes_) {
    const auto& operation = contract_.operation(operation_of(route));
    EXPECT_TRUE(accounts::is_permission(route.permission)) << route.pattern;
    EXPECT_EQ(std::string(operation.at("x-permission").as_string()), route.permission)
        << route.pattern;
    const bool is_public = route.permission == "public";
    EXPECT_TRUE(is_public || operation.contains("security")) << route.pattern;
    EXPECT_EQ(route.body == http::Body::none, !operation.contains("requestBody")) << route.pattern;
    EXPECT_EQ(route.body == http::Body::none, route.body_limit == 0) << route.pattern;
  }
}

// Each answer that the contract names is brought about by a request, and every answer on the way
// fits its schema (ApiWorld::send).
TEST_F(TheContract, EveryAnswerItNamesCanBeHadAndFitsItsSchema) {
  // ---- words in
  const std::string key = new_key();
  const std::string words = R"({"text":"路灯不亮","place":"339901101","place_words":"村口",
    "contact":{"name":"甲","phone":"13800000000","way":"sms"},"may_be_called":true})";
  const Held first = hold(post("/api/v1/cases", words, {{"idempotency-key", key}}));
  EXPECT_EQ(post("/api/v1/cases", words, {{"idempotency-key", key}}).status, 200);
  EXPECT_EQ(post("/api/v1/cases", "{}").status, 400);

  const auto photo = [&](const std::string& bytes, const std::string& used_key, int copies = 1,
                         const std::string& path = "/api/v1/cases/with_files",
                         const std::string& login = {}) {
    std::vector<http::Part> parts{{"case", "", "application/json", R"({"text":"有照片"})", {}, 20}};
    for (int i = 0; i < copies; ++i) {
      parts.push_back({"file", "a.jpg", "image/jpeg", bytes, {}, bytes.size()});
    }
    return send(
        {Method::post, path, {{"idempotency-key", used_key}}, {}, {}, login, std::move(parts)});
  };
  const std::string photo_key = new_key();
  const Held pictured = hold(photo("\xFF\xD8picture", photo_key));
  EXPECT_EQ(photo("\xFF\xD8picture", photo_key).status, 200);
  EXPECT_EQ(photo("\xFF\xD8picture", "x").status, 400);
  EXPECT_EQ(told(photo("\xFF\xD8picture", new_key(), 11)), "413 cases.too_many_attachments file");
  EXPECT_EQ(photo("#!/bin/sh", new_key()).status, 415);

  // ---- one's own case
  const auto shown = get(first.path(), first.with());
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(get("/api/v1/receipts/MH-1", first.with()).status, 400);
  EXPECT_EQ(get(first.path(), pictured.with()).status, 401);
  const auto own = json_of(get(pictured.path(), pictured.with()));
  const std::string file_id(own.at("timeline").at(0).at("attachments").at(0).at("id").as_string());
  const auto picture = get(pictured.path("/attachments/" + file_id), pictured.with());
  EXPECT_EQ(picture.body, "\xFF\xD8picture");
  EXPECT_EQ(get(pictured.path("/attachments/" + file_id), first.with()).status, 401);
  EXPECT_EQ(get(first.path("/attachments/" + file_id), first.with()).status, 404);

  // ---- what the record says of it
  const auto proof = [&](const char* step, const Headers& headers) {
    return get(first.path("/proof"), headers, {}, {{"step", step}});
  };
  EXPECT_EQ(json_of(proof("", first.with())).at("kind").as_string(), "promise");
  EXPECT_EQ(json_of(proof("1", first.with())).at("text").as_string(), "a proof");
  EXPECT_TRUE(json_of(proof("2", first.with())).at("witnessed_at").is_null());
  EXPECT_EQ(told(proof("3", first.with())), "503 record.not_yet");
  EXPECT_EQ(told(proof("4", first.with())), "503 record.does_not_fit");
  EXPECT_EQ(proof("5", first.with()).status, 404);
  EXPECT_EQ(proof("-1", first.with()).status, 400);
  EXPECT_EQ(proof("x", first.with()).status, 400);
  EXPECT_EQ(proof("", pictured.with()).status, 401);

  EXPECT_EQ(own_step(first, "supplemented", {{"words", "晚上更黑"}}).status, 200);
  EXPECT_EQ(own_step(first, "supplemented").status, 400);
  EXPECT_EQ(own_step(first, "urged").status, 200);
  EXPECT_EQ(own_step(first, "urged").status, 429);
  EXPECT_EQ(own_step(first, "rated", {{"solved", "yes"}}).status, 409);
  EXPECT_EQ(own_step(first, "review_requested", {{"words", "不服"}}).status, 409);
  EXPECT_EQ(own_step(first, "recheck_requested", {{"words", "不服"}}).status, 409);
  for (const char* kind :
       {"supplemented", "urged", "withdrawn", "rated", "review_requested", "recheck_requested"}) {
    EXPECT_EQ(post(first.path(std::string("/steps/") + kind), "{}", pictured.with()).status, 401);
  }
  const Held taken_back = say();
  EXPECT_EQ(own_step(taken_back, "withdrawn").status, 200);
  EXPECT_EQ(own_step(taken_back, "withdrawn").status, 409);

  // ---- a new code
  Headers without_key = pictured.with();
  const auto bare = [&](const std::string& path, Headers headers) {
    return send({Method::post, path, std::move(headers), {}, {}, {}, {}});
  };
  EXPECT_EQ(bare(pictured.path("/code"), without_key).status, 400);
  EXPECT_EQ(post(pictured.path("/code"), "", first.with()).status, 401);
  EXPECT_EQ(post(pictured.path("/code"), "", pictured.with()).status, 200);

  // ---- signing in
  const auto sign_in = [&](const std::string& body, Headers headers = {}) {
    return send({Method::post, "/api/v1/session", std::move(headers), body, {}, {}, {}});
  };
  EXPECT_EQ(sign_in(R"({"login":"clerk","password":"a good password"})").status, 200);
  EXPECT_EQ(sign_in(R"({"login":"clerk"})").status, 400);
  EXPECT_EQ(sign_in(R"({"login":"clerk","password":"a wrong password"})").status, 401);
  EXPECT_EQ(sign_in("{}", {{"sec-fetch-site", "cross-site"}}).status, 403);
  const auto ways = get("/api/v1/session/ways", {{"accept-language", "en"}});
  EXPECT_EQ(ways.status, 200);
  EXPECT_NE(ways.body.find("the county's sign-in"), std::string::npos) << ways.body;
  EXPECT_EQ(send({Method::get, "/api/v1/session/ways", {}, {}, {{"x", "1"}}, {}, {}}).status, 400);
  EXPECT_EQ(get("/api/v1/session", {}, "clerk").status, 200);
  EXPECT_EQ(get("/api/v1/session").status, 401);
  const auto sign_out = [&](Headers headers, const std::string& login) {
    return send({Method::delete_, "/api/v1/session", std::move(headers), {}, {}, login, {}});
  };
  EXPECT_EQ(sign_out({}, "clerk").status, 204);
  bring_about_account_answers();
  EXPECT_EQ(sign_out({}, "").status, 401);
  EXPECT_EQ(sign_out({{"sec-fetch-site", "cross-site"}}, "clerk").status, 403);

  // ---- at the counter, and the speaker takes it over
  const std::string counter = "/api/v1/office/cases";
  const std::string counter_key = new_key();
  const std::string told_words = R"({"text":"老人来说路不平","channel":"face_to_face"})";
  const auto written = post(counter, told_words, {{"idempotency-key", counter_key}}, "clerk");
  ASSERT_EQ(written.status, 201);
  EXPECT_EQ(post(counter, told_words, {{"idempotency-key", counter_key}}, "clerk").status, 200);
  EXPECT_EQ(post(counter, R"({"text":"x","channel":"web"})", {}, "clerk").status, 400);
  EXPECT_EQ(post(counter, told_words).status, 401);
  EXPECT_EQ(post(counter, told_words, {}, "auditor").status, 403);
  const std::string activation = "/api/v1/receipts/" + text_of(written, "number") + "/activate";
  const Headers activation_code{{"x-query-code", text_of(written, "activation_code")}};
  EXPECT_EQ(bare(activation, activation_code).status, 400);
  EXPECT_EQ(post(activation, "", first.with()).status, 401);
  EXPECT_EQ(post(activation, "", activation_code).status, 200);
  EXPECT_EQ(post(activation, "", activation_code).status, 409);

  // ---- a letter with pictures of it
  const std::string scans = "/api/v1/office/cases/with_files";
  const std::string scan_key = new_key();
  const std::string scan = "\xFF\xD8letter";
  EXPECT_EQ(photo(scan, scan_key, 2, scans, "clerk").status, 201);
  EXPECT_EQ(photo(scan, scan_key, 2, scans, "clerk").status, 200);
  EXPECT_EQ(photo(scan, "x", 1, scans, "clerk").status, 400);
  EXPECT_EQ(photo(scan, new_key(), 1, scans).status, 401);
  EXPECT_EQ(photo(scan, new_key(), 1, scans, "auditor").status, 403);
  EXPECT_EQ(photo(scan, new_key(), 11, scans, "clerk").status, 413);
  EXPECT_EQ(photo("#!/bin/sh", new_key(), 1, scans, "clerk").status, 415);

  // ---- what a clerk may answer at once
  const auto article_text = [&](const std::string& title, std::int64_t version = 0) {
    boost::json::object text{{"title", title},         {"body", "当天有人来修。"},
                             {"category", "minhu:02"}, {"owner", water_.text()},
                             {"source", "服务指南"},   {"review_on", "2026-03-01"}};
    if (version > 0) text["version"] = version;
    return boost::json::serialize(text);
  };
  const std::string articles = "/api/v1/articles";
  const auto article = post(articles, article_text("水管破了"), {}, "water");
  ASSERT_EQ(article.status, 201) << article.body;
  EXPECT_EQ(told(post(articles, article_text(""), {}, "water")),
            "400 knowledge.title_missing title");
  EXPECT_EQ(post(articles, article_text("x")).status, 401);
  EXPECT_EQ(told(post(articles, article_text("x"), {}, "handler")), "403 knowledge.not_the_owner");
  const std::string one = articles + "/" + text_of(article, "id");
  const auto put = [&](const std::string& path, const std::string& body, const std::string& login) {
    return send({Method::put, path, {}, body, {}, login, {}});
  };
  EXPECT_EQ(put(one, article_text("水管漏了", 1), "water").status, 200);
  EXPECT_EQ(told(put(one, article_text("x"), "water")), "400 api.missing_field version");
  EXPECT_EQ(put(one, article_text("x", 1), "").status, 401);
  EXPECT_EQ(put(one, article_text("x", 2), "handler").status, 403);
  EXPECT_EQ(put(articles + "/x", article_text("x", 1), "water").status, 404);
  EXPECT_EQ(put(one, article_text("x", 1), "water").status, 409);
  for (const std::string& path : {one, one + "/versions"}) {
    EXPECT_EQ(get(path, {}, "clerk").status, 200);
    EXPECT_EQ(get(path).status, 401);
    EXPECT_EQ(get(path, {}, "auditor").status, 403);
  }
  EXPECT_EQ(get(articles + "/x", {}, "clerk").status, 404);
  EXPECT_EQ(get(articles + "/x/versions", {}, "clerk").status, 404);
  EXPECT_EQ(json_of(get(one + "/versions", {}, "clerk")).at("versions").as_array().size(), 2U);
  EXPECT_EQ(get(articles, {}, "clerk", {{"part", "published"}}).status, 200);
  EXPECT_EQ(get(articles, {}, "clerk", {{"part", "all"}}).status, 400);
  EXPECT_EQ(get(articles).status, 401);
  EXPECT_EQ(get(articles, {}, "auditor").status, 403);
  const auto find = [&](const std::string& body, const std::string& login) {
    return send({Method::post, articles + "/search", {}, body, {}, login, {}});
  };
  const auto found = find(R"({"text":"我家的水管漏了"})", "clerk");
  ASSERT_EQ(found.status, 200);
  EXPECT_EQ(json_of(found).at("articles").at(0).at("title").as_string(), "水管漏了");
  EXPECT_EQ(find("{}", "clerk").status, 400);
  EXPECT_EQ(find("{}", "").status, 401);
  EXPECT_EQ(find("{}", "auditor").status, 403);

  // ---- figures
  for (const char* path : {"/api/v1/figures", "/api/v1/figures/months", "/api/v1/figures/offices",
                           "/api/v1/figures/annual", "/api/v1/figures/annual.xlsx"}) {
    EXPECT_EQ(get(path, {}, "auditor").status, 200) << path;
    EXPECT_EQ(get(path, {}, "auditor", {{"scheme", "lunar"}}).status, 400) << path;
    EXPECT_EQ(get(path).status, 401) << path;
    EXPECT_EQ(get(path, {}, "clerk").status, 403) << path;
  }
  EXPECT_EQ(get("/api/v1/figures", {}, "auditor", {{"unit", housing_.text()}}).status, 200);
  EXPECT_EQ(get("/api/v1/figures", {}, "auditor", {{"unit", new_key()}}).status, 400);
  EXPECT_EQ(get("/api/v1/figures", {}, "auditor", {{"track", "accusation"}}).status, 400);
  EXPECT_EQ(told(get("/api/v1/figures", {}, "auditor", {{"period", "2026-13"}})),
            "400 insight.bad_period period");

  // ---- the queue
  EXPECT_EQ(get("/api/v1/queues", {}, "dispatcher").status, 200);
  EXPECT_EQ(get("/api/v1/queues", {}, "dispatcher", {{"who", "x"}}).status, 400);
  EXPECT_EQ(get("/api/v1/queues").status, 401);
  EXPECT_EQ(get("/api/v1/queues", {}, "auditor").status, 403);
  const auto queue = get("/api/v1/queue", {}, "dispatcher", {{"part", "dispatch"}, {"limit", "1"}});
  ASSERT_EQ(queue.status, 200);
  ASSERT_EQ(json_of(queue).at("lines").as_array().size(), 1U);
  EXPECT_EQ(get("/api/v1/queue", {}, "dispatcher").status, 400);
  EXPECT_EQ(get("/api/v1/queue").status, 401);
  EXPECT_EQ(get("/api/v1/queue", {}, "auditor", {{"part", "dispatch"}}).status, 403);

  // ---- a case in an office
  EXPECT_EQ(get(first.office(), {}, "dispatcher").status, 200);
  EXPECT_EQ(get(first.office()).status, 401);
  EXPECT_EQ(get(first.office(), {}, "auditor").status, 403);
  EXPECT_EQ(get(first.office(), {}, "water").status, 404);
  EXPECT_EQ(get(pictured.office("/attachments/" + file_id), {}, "dispatcher").status, 200);
  EXPECT_EQ(get(pictured.office("/attachments/" + file_id)).status, 401);
  EXPECT_EQ(get(pictured.office("/attachments/" + file_id), {}, "water").status, 404);
  EXPECT_EQ(get(first.office("/steps"), {}, "dispatcher").status, 200);
  EXPECT_EQ(get(first.office("/steps")).status, 401);
  EXPECT_EQ(get(first.office("/steps"), {}, "water").status, 404);

  EXPECT_EQ(step(first, "dispatcher", "transferred").status, 400);
  EXPECT_EQ(post(first.office("/steps/triaged"), "{}").status, 401);
  EXPECT_EQ(step(first, "caller", "triaged").status, 403);
  EXPECT_EQ(step(first, "water", "triaged").status, 404);
  EXPECT_EQ(step(first, "dispatcher", "signed_in").status, 409);
  must_step(first, "dispatcher", "triaged", {{"category", "minhu:01"}});

  // ---- the answer, the call, the rating
  const auto phone = [&](const std::string& body, const std::string& login) {
    return post(first.office("/phone"), body, {}, login);
  };
  answer_case(first, housing_, "handler");
  EXPECT_EQ(text_of(phone(R"({"reason":"回访"})", "caller"), "phone"), "13800000000");
  EXPECT_EQ(phone("{}", "caller").status, 400);
  EXPECT_EQ(phone(R"({"reason":"回访"})", "").status, 401);
  EXPECT_EQ(phone(R"({"reason":"回访"})", "handler").status, 403);
  EXPECT_EQ(post("/api/v1/cases/x/phone", R"({"reason":"回访"})", {}, "caller").status, 404);
  EXPECT_EQ(own_step(first, "rated", {{"solved", "yes"}, {"satisfaction", "mostly"}}).status, 200);
  EXPECT_EQ(own_step(first, "rated").status, 400);

  // ---- review and recheck
  const Held disputed = say();
  answer_case(disputed, town_, "town", "not_supported");
  EXPECT_EQ(own_step(disputed, "review_requested", {{"words", "不服"}}).status, 200);
  must_step(disputed, "handler", "review_answered", review_opinion());
  EXPECT_EQ(own_step(disputed, "recheck_requested", {{"words", "还是不服"}}).status, 200);
  must_step(disputed, "rechecker", "recheck_answered", review_opinion());
  EXPECT_EQ(get(disputed.path(), disputed.with()).status, 200);
  EXPECT_EQ(get(disputed.office(), {}, "dispatcher").status, 200);

  // ---- callbacks and supervision
  const std::string callbacks = "/api/v1/callbacks";
  EXPECT_EQ(get(callbacks, {}, "caller").status, 200);
  EXPECT_EQ(get(callbacks, {}, "caller", {{"part", "lead"}}).status, 400);
  EXPECT_EQ(get(callbacks).status, 401);
  EXPECT_EQ(get(callbacks, {}, "handler").status, 403);
  const std::string watched = "/api/v1/supervision/cases";
  EXPECT_EQ(get(watched, {}, "supervisor", {{"list", "overdue"}}).status, 200);
  EXPECT_EQ(get(watched, {}, "supervisor").status, 400);
  EXPECT_EQ(get(watched).status, 401);
  EXPECT_EQ(get(watched, {}, "leader", {{"list", "overdue"}}).status, 403);
  const std::string workload = "/api/v1/supervision/workload";
  EXPECT_EQ(get(workload, {}, "leader").status, 200);
  EXPECT_EQ(get(workload, {}, "leader", {{"person", "x"}}).status, 400);
  EXPECT_EQ(get(workload).status, 401);
  EXPECT_EQ(get(workload, {}, "handler").status, 403);
  const std::string rechecked = "/api/v1/supervision/rechecks";
  EXPECT_EQ(get(rechecked, {}, "leader").status, 200);
  EXPECT_EQ(get(rechecked, {}, "leader", {{"month", "2026"}}).status, 400);
  EXPECT_EQ(get(rechecked).status, 401);
  EXPECT_EQ(get(rechecked, {}, "handler").status, 403);

  // ---- looking things up
  EXPECT_EQ(get("/api/v1/places", {}, "", {{"search", "竹源"}}).status, 200);
  EXPECT_EQ(get("/api/v1/places").status, 400);
  for (const std::string path :
       {"/api/v1/units", "/api/v1/categories", "/api/v1/dispatch_suggestion"}) {
    EXPECT_EQ(get(path, {}, "dispatcher").status, 200);
    EXPECT_EQ(get(path, {}, "dispatcher", {{"person", "x"}}).status, 400);
    EXPECT_EQ(get(path).status, 401);
  }
  const auto suggestion =
      get("/api/v1/dispatch_suggestion", {}, "dispatcher", {{"category", "minhu:02"}});
  EXPECT_TRUE(json_of(suggestion).at("suggestion").is_object());
  EXPECT_EQ(get("/api/v1/openapi.yaml").status, 200);
  EXPECT_EQ(get("/api/v1/problems.yaml").status, 200);

  change_the_settings();
  see_names();

  for (const std::string& answer : contract_.documented_answers()) {
    EXPECT_TRUE(answered_.contains(answer) || left_to_the_desk(answer))
        << "never brought about: " << answer;
  }
}

void TheContract::change_the_settings() {
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

// No endpoint is keyed by a person across cases, and nothing that is answered carries who somebody
// is (INV-04, INV-13, INV-20).
TEST_F(TheContract, HasNoWayToAskForAPersonAcrossCases) {
  const std::set<std::string> keys{
      "number", "id", "content", "kind", "part", "cursor", "limit", "search", "scheme", "category",
      // filters of a queue, and things of the desk
      "place", "due", "state", "track", "channel", "returned", "reopened", "redo", "urged",
      "joint_conference", "view", "after", "tab", "text", "unit", "rule",
      // offices and times of figures; what is watched, by office and month
      "period", "year", "list", "month",
      // classes of matters, whose step it is, months, the line of one case
      "class", "mine", "from", "to", "case",
      // a model of categories; a request inside one case, a step of it
      "version", "request", "step",
      // tablets of receptions, what one has sent
      "device", "session", "since",
      // reports of wrongdoing; visits of leaders, their queue, days in villages
      "report", "file", "visit", "group", "calendar", "investigation",
      // what was promised by a post, and a line of its handing over
      "promise", "post", "open", "overdue", "relay", "item"};
  const auto check = [&](const boost::json::value& parameters, const std::string& path) {
    for (const auto& each : parameters.as_array()) {
      const auto& parameter = contract_.resolved(each).as_object();
      if (parameter.at("in") == "header") continue;
      const std::string name(parameter.at("name").as_string());
      EXPECT_TRUE(keys.contains(name)) << path << " is keyed by " << name;
    }
  };
  const std::regex people(
      "person|people|citizen|petitioner|reporter|speaker|contact|phone|name|"
      "account|official|user");
  for (const auto& path : contract_.document().at("paths").as_object()) {
    const std::string name(path.key());
    // The one number that can be opened is opened inside one case, and corrected by whose it is.
    // Accounts of officials are administered; they are not people who speak.
    const bool of_the_house = name.starts_with("/api/v1/account");
    // … or the name, by two persons; or what a group left with its booking, inside that visit.
    const bool inside_one_case = name == "/api/v1/cases/{id}/phone" ||
                                 name.starts_with("/api/v1/cases/{id}/names") ||
                                 name.starts_with("/api/v1/accusations/{report}/name") ||
                                 name == "/api/v1/receipts/{number}/contact" ||
                                 name == "/api/v1/visits/{visit}/groups/{group}/contact";
    EXPECT_TRUE(of_the_house || inside_one_case || !std::regex_search(name, people)) << name;
    for (const auto& member : path.value().as_object()) {
      if (!of_the_house || member.key() == "parameters") continue;
      const auto& permission = member.value().as_object().at("x-permission").as_string();
      EXPECT_TRUE(permission == "accounts:manage" || permission == "audit:read") << name;
    }
    for (const auto& member : path.value().as_object()) {
      const boost::json::value* parameters =
          member.key() == "parameters" ? &member.value()
                                       : member.value().as_object().if_contains("parameters");
      if (parameters != nullptr) check(*parameters, name);
    }
  }
  // Nothing that is answered refers to a contact.
  std::function<bool(const boost::json::value&)> mentions = [&](const boost::json::value& value) {
    if (value.is_array()) {
      return std::any_of(value.as_array().begin(), value.as_array().end(), mentions);
    }
    if (!value.is_object()) return false;
    const auto& object = value.as_object();
    if (const auto* reference = object.if_contains("$ref")) {
      return reference->as_string().ends_with("/Contact") || mentions(contract_.resolved(value));
    }
    if (const auto* properties = object.if_contains("properties")) {
      for (const char* personal : {"contact", "address", "speaker", "account", "login_of"}) {
        if (properties->as_object().contains(personal)) return true;
      }
    }
    return std::any_of(object.begin(), object.end(),
                       [&](const auto& member) { return mentions(member.value()); });
  };
  for (const std::string& name : contract_.operations()) {
    // The address of a page to sign in at; what speakers take away of what they left themselves.
    if (name == "get /api/v1/session/ways" || name == "get /api/v1/receipts/{number}/copy")
      continue;
    // The two doors that are there for it: inside one case, with a reason the speaker reads.
    if (name == "post /api/v1/cases/{id}/names/{request}/look" ||
        name == "post /api/v1/accusations/{report}/name") {
      continue;
    }
    EXPECT_FALSE(mentions(contract_.operation(name).at("responses"))) << name;
  }
}

}  // namespace
}  // namespace minhu::web_api
