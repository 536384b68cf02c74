// The contract and the program say the same, in both directions.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"
#include "adapters/web_api/test_names.h"
#include "features/accounts/permissions.h"

namespace minhu::web_api {
namespace {

class TheContract : public NamesWorld {};

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

  see_names();

  for (const std::string& answer : contract_.documented_answers()) {
    EXPECT_TRUE(answered_.contains(answer) || left_to_the_desk(answer))
        << "never brought about: " << answer;
  }
}

}  // namespace
}  // namespace minhu::web_api
