// Every answer that the contract names for leaders' visits, brought about over a real database.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;

class TheVisits : public AnswersOfOneTest<ApiWorld> {
 protected:
  void SetUp() override { now_ = *parse_instant("2026-03-02 09:00"); }
  static constexpr const char* all = "/api/v1/visits";
  static std::string one(const std::string& id, const std::string& rest = {}) {
    return std::string(all) + "/" + id + rest;
  }
  object visit() {
    return {{"form", "going_down"},
            {"unit", county_.petition_office.text()},
            {"leader", object{{"name", "沈国平"},
                              {"post", "县长"},
                              {"portfolio", "县政府全面工作"},
                              {"rank", "county_head"}}},
            {"place", "339901101"},
            {"place_words", "文化礼堂"},
            {"begins", "2026-03-12T09:00:00+08:00"},
            {"ends", "2026-03-12T12:00:00+08:00"},
            {"capacity", 3},
            {"walk_in_quota", 1},
            {"waiting_places", 1},
            {"topics", "用水"},
            {"accessibility", "一楼"},
            {"languages", "普通话"}};
  }
  static array postings() {
    array list;
    for (const char* channel : {"board", "broadcast", "web"}) {
      list.push_back(object{{"channel", channel}, {"where", "上溪村"}, {"proof", "照片已存"}});
    }
    return list;
  }
  std::string planned() {
    const auto answer = post(all, serialize(visit()), {}, "dispatcher");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("line").at("id").as_string());
  }
  http::Response take(const std::string& id, const std::string& login, const std::string& kind,
                      const object& fields = {}, bool posted = false) {
    object body{{"fields", fields}};
    if (posted) body["postings"] = postings();
    return post(one(id, "/steps/" + kind), serialize(body), {}, login);
  }
  void must_take(const std::string& id, const std::string& login, const std::string& kind,
                 const object& fields = {}, bool posted = false) {
    const auto answer = take(id, login, kind, fields, posted);
    ASSERT_EQ(answer.status, 200) << kind << ": " << answer.body;
  }
  std::string announced() {
    const std::string id = planned();
    must_take(id, "dispatcher", "published", {}, true);
    return id;
  }
  http::Response came(const std::string& id, const object& who,
                      const std::string& login = "clerk") {
    return post(one(id, "/groups"), serialize(who), {}, login);
  }
  static http::Part part(std::string name, std::string value) {
    http::Part made;
    made.name = std::move(name);
    made.size = value.size();
    made.value = std::move(value);
    return made;
  }
  static std::string picture(const std::string& of) { return "\xFF\xD8" + of; }
  http::Response with_photos(const std::string& id, const std::string& kind, const object& body,
                             const std::vector<std::string>& files,
                             const std::string& login = "dispatcher") {
    std::vector<http::Part> parts{part("step", serialize(body))};
    for (const std::string& file : files) parts.push_back(part("file", file));
    return send({Method::post,
                 one(id, "/steps/" + kind + "/with_files"),
                 {{"idempotency-key", new_key()}},
                 {},
                 {},
                 login,
                 std::move(parts)});
  }
  // At the board, shown by the first photo; in the other channels as ever.
  static object posted_with_a_photo() {
    array list = postings();
    list[0] = object{{"channel", "board"}, {"where", "上溪村公告栏"}, {"photo", 1}};
    return {{"postings", list}};
  }
  std::string group_of(const http::Response& response) {
    return std::string(json_of(response).at("group").as_string());
  }
  http::Response move(const std::string& id, const std::string& group, const std::string& kind,
                      const std::string& login = "clerk", const object& fields = {}) {
    return post(one(id, "/groups/" + group + "/steps/" + kind),
                serialize(object{{"fields", fields}}), {}, login);
  }
};

TEST_F(TheVisits, ArePlannedAnnouncedHeldAndReported) {
  // ---- planning
  const std::string id = planned();
  EXPECT_EQ(post(all, serialize(visit())).status, 401);
  EXPECT_EQ(post(all, serialize(visit()), {}, "clerk").status, 403);
  for (const auto& [name, value] : std::map<std::string, boost::json::value>{
           {"form", "picnic"}, {"unit", "x"}, {"begins", nullptr}, {"other", 1}}) {
    object wrong = visit();
    wrong[name] = value;
    EXPECT_EQ(text_of(post(all, serialize(wrong), {}, "dispatcher"), "field"), name);
  }
  object of_a_person = visit();
  of_a_person["topics"] = "联系13812345678";
  EXPECT_EQ(told(post(all, serialize(of_a_person), {}, "dispatcher")),
            "400 visits.personal_details topics");

  // ---- the list
  const auto list = json_of(get(all, {}, "handler"));
  EXPECT_EQ(list.at("visits").at(0).at("state"), "planned");
  EXPECT_EQ(list.at("notice").at("days"), 5);
  EXPECT_EQ(list.at("notice").at("first_day"), "2026-03-07");
  EXPECT_TRUE(json_of(get(all, {}, "handler", {{"from", "2026-04-01"}, {"to", "2026-05-01"}}))
                  .at("visits")
                  .as_array()
                  .empty());
  EXPECT_EQ(told(get(all, {}, "handler", {{"from", "soon"}})), "400 visits.bad_window from");
  EXPECT_EQ(told(get(all, {}, "handler", {{"from", "2026-01-01"}, {"to", "2028-01-01"}})),
            "400 visits.bad_window to");
  EXPECT_EQ(get(all).status, 401);
  EXPECT_EQ(get(all, {}, "system_admin").status, 403);

  // ---- one visit and its steps
  EXPECT_EQ(get(one(id), {}, "auditor").status, 200);
  EXPECT_EQ(get(one(id)).status, 401);
  EXPECT_EQ(get(one(id), {}, "audit_admin").status, 403);
  EXPECT_EQ(told(get(one("x"), {}, "auditor")), "404 visits.no_such_visit");
  EXPECT_EQ(json_of(get(one(id, "/steps"), {}, "dispatcher")).at("steps").as_array().size(), 3U);
  EXPECT_EQ(get(one(id, "/steps")).status, 401);
  EXPECT_EQ(get(one(id, "/steps"), {}, "audit_admin").status, 403);
  EXPECT_EQ(get(one(new_key(), "/steps"), {}, "dispatcher").status, 404);
  EXPECT_EQ(told(take(id, "dispatcher", "published")), "400 visits.field_missing postings");
  EXPECT_EQ(take(id, "", "published").status, 401);
  EXPECT_EQ(take(id, "audit_admin", "published").status, 403);
  EXPECT_EQ(told(take(id, "handler", "published", {}, true)), "403 visits.not_allowed");
  EXPECT_EQ(told(take(id, "dispatcher", "sung")), "404 api.unknown_step");
  EXPECT_EQ(told(take(id, "dispatcher", "reported")), "409 visits.step_not_open");
  must_take(id, "dispatcher", "published", {}, true);
  now_ = *parse_instant("2026-03-12 09:00");
  must_take(id, "clerk", "opened");
  for (int i = 0; i < 5; ++i) {
    const std::string group = group_of(came(id, {{"way", "walk_in"}}));
    EXPECT_EQ(post(one(id, "/next"), "", {}, "clerk").status, 200);
    const Held held = say();
    EXPECT_EQ(move(id, group, "recorded", "clerk", {{"case", held.id}}).status, 200);
    EXPECT_EQ(move(id, group, "done").status, 200);
    must_step(held, "dispatcher", "triaged", {{"category", "minhu:01"}});
    must_step(held, "dispatcher", "answered_on_spot",
              {{"public_answer", "今天派人去修。"}, {"outcome", "supported"}});
  }
  must_take(id, "clerk", "instructed");
  must_take(id, "clerk", "assigned");
  must_take(id, "clerk", "followed_up", {{"words", "都看过现场。"}});
  must_take(id, "dispatcher", "reported", {{"words", "五件都当场答复。"}});
  const auto shown = json_of(get(one(id), {}, "leader"));
  EXPECT_EQ(shown.at("report").at("solved_on_the_spot"), 5);
  EXPECT_EQ(shown.at("report").at("parts_public"), true);
  EXPECT_EQ(shown.at("queue").at("kept"), true);
  EXPECT_EQ(shown.at("groups").at(0).at("receipt"), "before_leaving");
  EXPECT_TRUE(shown.at("groups").at(0).at("case_id").is_null());  // no leader reads cases
  must_take(id, "supervisor", "closed");

  // ---- figures
  now_ = *parse_instant("2026-03-20 09:00");
  const auto figures = json_of(get("/api/v1/visit_figures", {}, "auditor"));
  EXPECT_EQ(figures.at("held"), 1);
  EXPECT_EQ(figures.at("shortest_notice"), 10);
  EXPECT_EQ(figures.at("heard"), 5);
  EXPECT_EQ(figures.at("receipts_before_leaving").at("part"), 5);
  EXPECT_EQ(get("/api/v1/visit_figures").status, 401);
  EXPECT_EQ(get("/api/v1/visit_figures", {}, "clerk").status, 403);
  EXPECT_EQ(get("/api/v1/visit_figures", {}, "auditor", {{"to", "x"}}).status, 400);
  // The longest span of the desk.
  EXPECT_EQ(
      get("/api/v1/visit_figures", {}, "auditor", {{"from", "2023-09-25"}, {"to", "2025-09-26"}})
          .status,
      200);
}

TEST_F(TheVisits, ArePostedWithPhotosOfTheBoard) {
  const std::string id = planned();
  const object body = posted_with_a_photo();
  const std::string board = picture("the board");
  EXPECT_EQ(with_photos(id, "published", body, {board}, "").status, 401);
  EXPECT_EQ(with_photos(id, "published", body, {board}, "leader").status, 403);
  EXPECT_EQ(told(with_photos(id, "published", body, {board}, "clerk")), "403 visits.not_allowed");
  EXPECT_EQ(told(with_photos("x", "published", body, {board})), "404 visits.no_such_visit");
  EXPECT_EQ(told(with_photos(id, "sung", body, {board})), "404 api.unknown_step");
  EXPECT_EQ(told(with_photos(id, "reported", body, {board})), "409 visits.step_not_open");
  EXPECT_EQ(told(with_photos(id, "published", body, {"MZ no picture"})),
            "415 visits.photo_not_a_photo file.1");
  EXPECT_EQ(told(with_photos(id, "published", body, std::vector<std::string>(40, board))),
            "413 visits.too_many_photos file");
  EXPECT_EQ(told(with_photos(id, "published", body, {})), "400 visits.photo_wrong postings.photo");
  EXPECT_EQ(told(with_photos(id, "published", body, {board, picture("another")})),
            "400 visits.photo_wrong postings");
  EXPECT_EQ(told(post(one(id, "/steps/published"), serialize(body), {}, "dispatcher")),
            "400 visits.photo_wrong postings.photo");
  const auto unknown = send({Method::post,
                             one(id, "/steps/published/with_files"),
                             {{"idempotency-key", new_key()}},
                             {},
                             {},
                             "dispatcher",
                             {part("step", serialize(body)), part("film", board)}});
  EXPECT_EQ(told(unknown), "400 api.unknown_field film");

  // Nothing of all that was kept.
  EXPECT_TRUE(json_of(get(one(id), {}, "clerk")).at("postings").as_array().empty());
  const auto published = with_photos(id, "published", body, {board});
  ASSERT_EQ(published.status, 200) << published.body;
  const object shown = json_of(published).at("postings").at(0).as_object();
  const std::string sha256(shown.at("photo").at("sha256").as_string());
  EXPECT_EQ(std::string(shown.at("photo").at("path").as_string()),
            "/visits/" + id + "/photos/" + sha256);
  EXPECT_EQ(shown.at("proof"), "");
  EXPECT_TRUE(shown.at("photo_replaced").is_null());
  EXPECT_TRUE(json_of(published).at("postings").at(1).at("photo").is_null());

  const object fields{{"photo", sha256}, {"reason", "有人入镜"}};
  const auto replaced =
      with_photos(id, "photo_replaced", {{"fields", fields}}, {picture("nobody on it")}, "clerk");
  ASSERT_EQ(replaced.status, 200) << replaced.body;
  const object after = json_of(replaced).at("postings").at(0).as_object();
  EXPECT_NE(std::string(after.at("photo").at("sha256").as_string()), sha256);
  EXPECT_EQ(after.at("photo_replaced"), "有人入镜");
  EXPECT_EQ(told(take(id, "clerk", "photo_replaced", fields)), "400 visits.field_wrong photo");
}

TEST_F(TheVisits, HaveAQueueThatTheOfficeWorks) {
  const std::string id = announced();
  // ---- on the telephone
  const object caller{{"way", "phone"},
                      {"people", 2},
                      {"name", "王大娘"},
                      {"phone", "138 0000 0001"},
                      {"needs", array{"step_free"}},
                      {"words", "带着老伴"}};
  const auto booked = came(id, caller);
  ASSERT_EQ(booked.status, 201) << booked.body;
  EXPECT_EQ(json_of(booked).at("number"), 1);
  EXPECT_EQ(told(came(id, caller)), "409 visits.already_booked phone");
  EXPECT_EQ(told(came(id, {{"way", "page"}})), "400 api.not_a_choice way");
  EXPECT_EQ(told(came(id, {{"way", "phone"}, {"needs", array{"gold"}}})),
            "400 api.not_a_choice needs");
  EXPECT_EQ(told(came(id, {{"way", "phone"}, {"people", 9}})), "400 visits.people_wrong people");
  EXPECT_EQ(came(id, {{"way", "phone"}}, "").status, 401);
  EXPECT_EQ(came(id, {{"way", "phone"}}, "handler").status, 403);
  EXPECT_EQ(told(came("x", {{"way", "phone"}})), "404 visits.no_such_visit");
  const auto second = came(id, {{"way", "counter"}});
  const auto listed = came(id, {{"way", "counter"}});
  EXPECT_EQ(json_of(listed).at("listed"), true);
  EXPECT_EQ(told(came(id, {{"way", "counter"}})), "409 visits.full");
  EXPECT_EQ(json_of(get(one(id), {}, "clerk")).at("needs").at(0).at("groups"), 1);

  // ---- who it was
  const std::string group = group_of(booked);
  const auto contact = [&](const std::string& of, const std::string& login,
                           const std::string& reason) {
    return post(one(id, "/groups/" + of + "/contact"), serialize(object{{"reason", reason}}), {},
                login);
  };
  EXPECT_EQ(json_of(contact(group, "clerk", "改期，电话告知")).at("phone"), "13800000001");
  EXPECT_EQ(told(contact(group, "clerk", " ")), "400 visits.field_missing reason");
  EXPECT_EQ(contact(group, "", "x").status, 401);
  EXPECT_EQ(contact(group, "leader", "x").status, 403);
  EXPECT_EQ(contact("x", "clerk", "看").status, 404);
  EXPECT_EQ(told(contact(group_of(second), "clerk", "看")), "410 visits.contact_gone");

  // ---- the day
  const auto next = [&](const std::string& login) { return post(one(id, "/next"), "", {}, login); };
  EXPECT_EQ(told(next("clerk")), "409 visits.step_not_open");
  EXPECT_EQ(next("").status, 401);
  EXPECT_EQ(next("leader").status, 403);
  EXPECT_EQ(post(one("x", "/next"), "", {}, "clerk").status, 404);
  EXPECT_EQ(move(id, group_of(second), "withdrawn").status, 200);  // the list moves up
  now_ = *parse_instant("2026-03-12 09:00");
  must_take(id, "clerk", "opened");
  // No answer came, and somebody pressed again: the same group, and nobody else.
  const Headers same_press{{"idempotency-key", new_key()}};
  for (int press = 0; press < 2; ++press) {
    const auto called = post(one(id, "/next"), "", same_press, "clerk");
    ASSERT_EQ(called.status, 200) << called.body;
    EXPECT_EQ(json_of(called).at("group").at("number"), 1);
  }
  EXPECT_EQ(told(next("clerk")), "409 visits.somebody_called");
  EXPECT_EQ(told(send({Method::post, one(id, "/next"), {}, {}, {}, "clerk", {}})),
            "400 api.idempotency_key_missing Idempotency-Key");
  for (int press = 0; press < 2; ++press) {
    const auto aside = post(one(id, "/groups/" + group + "/steps/set_aside"),
                            serialize(object{{"fields", object()}}), same_press, "clerk");
    EXPECT_EQ(aside.status, 200) << aside.body;
  }
  EXPECT_EQ(json_of(post(one(id, "/next"), "", same_press, "clerk")).at("group").at("state"),
            "aside")
      << "the press of before calls nobody now";
  EXPECT_EQ(json_of(next("clerk")).at("group").at("number"), 3);
  EXPECT_EQ(move(id, group, "came_back").status, 200);
  EXPECT_EQ(told(move(id, group_of(listed), "done")), "409 visits.without_case");
  EXPECT_EQ(told(move(id, group_of(listed), "sung")), "404 api.unknown_step");
  EXPECT_EQ(told(move(id, "x", "left")), "404 visits.no_such_group");
  EXPECT_EQ(told(move(id, group_of(listed), "recorded", "clerk", {{"case", "x"}})),
            "404 cases.not_found");
  EXPECT_EQ(post(one(id, "/groups/" + group + "/steps/left"), "[]", {}, "clerk").status, 400);
  EXPECT_EQ(move(id, group, "left", "").status, 401);
  EXPECT_EQ(move(id, group, "left", "leader").status, 403);
}

TEST_F(TheVisits, StandInCalendarsAtSecretAddresses) {
  constexpr const char* calendars = "/api/v1/visit_calendars";
  const auto make = [&](const std::string& login, const object& body) {
    return post(calendars, serialize(body), {}, login);
  };
  const object mine{{"leader", "沈国平"}};
  const auto made = make("leader", mine);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(text_of(made, "path").size(), std::string("/visits/calendar/").size() + 64);
  EXPECT_EQ(make("", mine).status, 401);
  EXPECT_EQ(make("handler", mine).status, 403);
  EXPECT_EQ(make("leader", {}).status, 400);
  for (int i = 0; i < 19; ++i) EXPECT_EQ(make("leader", mine).status, 201);
  EXPECT_EQ(told(make("leader", mine)), "409 visits.too_many_calendars");

  const auto list = json_of(get(calendars, {}, "leader"));
  EXPECT_EQ(list.at("calendars").as_array().size(), 20U);
  EXPECT_EQ(serialize(list).find(text_of(made, "path")), std::string::npos);  // told once
  EXPECT_EQ(get(calendars).status, 401);
  EXPECT_EQ(get(calendars, {}, "handler").status, 403);
  EXPECT_TRUE(json_of(get(calendars, {}, "dispatcher")).at("calendars").as_array().empty());

  const std::string id(json_of(made).at("calendar").at("id").as_string());
  const auto revoke = [&](const std::string& which, const std::string& login) {
    return send({Method::delete_, std::string(calendars) + "/" + which, {}, {}, {}, login, {}});
  };
  EXPECT_EQ(revoke(id, "").status, 401);
  EXPECT_EQ(revoke(id, "handler").status, 403);
  EXPECT_EQ(revoke(id, "dispatcher").status, 404);
  EXPECT_EQ(revoke("x", "leader").status, 404);
  EXPECT_EQ(revoke(id, "leader").status, 204);
  EXPECT_EQ(revoke(id, "leader").status, 404);
}

}  // namespace
}  // namespace minhu::web_api
