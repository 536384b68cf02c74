// Every answer that the contract names for promises and for the handing over of posts, brought
// about over a real database.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;

class Promises : public AnswersOfOneTest<ApiWorld> {
 protected:
  void SetUp() override {
    // The holders of posts are accounts of the county, also where their login is the demo's.
    for (const accounts::DemoLogin& login :
         officials(county_.petition_office, housing_, water_, town_)) {
      if (login.account.principal.role != Role::leader &&
          login.account.principal.role != Role::unit_head) {
        continue;
      }
      write([&](Transaction& t) {
        EXPECT_TRUE(accounts::create_account(t, county_.region, login.account, {}, now_));
      });
      (login.account.principal.role == Role::leader ? leader_ : head_) = login.account.id.text();
    }
  }
  static constexpr const char* all = "/api/v1/promises";
  static std::string one(const std::string& id, const std::string& rest = {}) {
    return std::string(all) + "/" + id + rest;
  }
  std::string made_post() {
    const auto answer =
        post("/api/v1/posts",
             serialize(object{
                 {"unit", county_.petition_office.text()}, {"title", "县长"}, {"holder", leader_}}),
             {}, "system_admin");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("post").at("id").as_string());
  }
  object promise(const std::string& post) {
    return {{"matter", "竹源镇自来水水压"},
            {"words", "十二月底以前把加压泵装好。"},
            {"promised_on", format_date(to_date(now_))},
            {"due", "2025-12-31"},
            {"post", post},
            {"unit", housing_.text()},
            {"place", "339901101"}};
  }
  std::string promised(const std::string& post_id, const std::string& case_id = {}) {
    object given = promise(post_id);
    if (!case_id.empty()) given["case"] = case_id;
    const auto answer = post(all, serialize(given), {}, "clerk");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("promise").at("id").as_string());
  }
  http::Response take(const std::string& id, const std::string& login, const std::string& kind,
                      const object& fields = {}) {
    return post(one(id, "/steps/" + kind), serialize(object{{"fields", fields}}), {}, login);
  }
  static http::Part part(std::string name, std::string value) {
    http::Part made;
    made.name = std::move(name);
    made.size = value.size();
    made.value = std::move(value);
    return made;
  }
  http::Response report(const std::string& id, std::vector<http::Part> parts,
                        const std::string& login = "head") {
    return send({Method::post,
                 one(id, "/steps/reported_done/with_files"),
                 {{"idempotency-key", new_key()}},
                 {},
                 {},
                 login,
                 std::move(parts)});
  }

  std::string leader_, head_;
};

TEST_F(Promises, AreMadeReportedVerifiedAndShown) {
  // ---- posts
  const std::string county_head = made_post();
  const object again{
      {"unit", county_.petition_office.text()}, {"title", "县长"}, {"holder", leader_}};
  EXPECT_EQ(told(post("/api/v1/posts", serialize(again), {}, "system_admin")),
            "409 promises.post_there_already title");
  EXPECT_EQ(told(post("/api/v1/posts", "{}", {}, "system_admin")),
            "400 promises.field_missing title");
  EXPECT_EQ(post("/api/v1/posts", "{}").status, 401);
  EXPECT_EQ(post("/api/v1/posts", "{}", {}, "leader").status, 403);
  const auto posts = json_of(get("/api/v1/posts", {}, "leader"));
  EXPECT_EQ(posts.at("posts").at(0).at("mine"), true);
  EXPECT_EQ(get("/api/v1/posts").status, 401);
  EXPECT_EQ(get("/api/v1/posts", {}, "security").status, 403);
  const auto holders = json_of(get("/api/v1/post_holders", {}, "system_admin"));
  EXPECT_EQ(holders.at("holders").as_array().size(), 2U);  // the leader, the head of a unit
  EXPECT_EQ(get("/api/v1/post_holders").status, 401);
  EXPECT_EQ(get("/api/v1/post_holders", {}, "security").status, 403);

  // ---- making
  EXPECT_EQ(post(all, "{}").status, 401);
  EXPECT_EQ(post(all, "{}", {}, "handler").status, 403);
  EXPECT_EQ(told(post(all, "{}", {}, "clerk")), "400 promises.field_missing words");
  object lost = promise(county_head);
  lost["case"] = "0190aaaa-0000-7000-8000-00000000cafe";
  EXPECT_EQ(told(post(all, serialize(lost), {}, "clerk")), "404 cases.not_found");
  const Held held = hold(post("/api/v1/cases", serialize(object{{"text", "没有水。"}})));
  const Held erased = hold(post("/api/v1/cases", serialize(object{{"text", "没有水。"}})));
  write([&](Transaction& t) {
    EXPECT_TRUE(cases::erase(t, speaker(), *cases::CaseId::parse(erased.id), "right"));
  });
  lost["case"] = erased.id;
  EXPECT_EQ(told(post(all, serialize(lost), {}, "clerk")), "410 cases.erased");
  const std::string id = promised(county_head, held.id);

  // ---- the list, and one
  EXPECT_EQ(json_of(get(all, {}, "leader", {{"mine", "yes"}, {"open", "yes"}}))
                .at("promises")
                .as_array()
                .size(),
            1U);
  EXPECT_TRUE(json_of(get(all, {}, "leader", {{"overdue", "yes"}, {"post", county_head}}))
                  .at("promises")
                  .as_array()
                  .empty());
  EXPECT_EQ(told(get(all, {}, "leader", {{"mine", "no"}})), "400 api.not_a_choice mine");
  EXPECT_EQ(get(all).status, 401);
  EXPECT_EQ(get(all, {}, "system_admin").status, 403);
  const auto shown = json_of(get(one(id), {}, "leader"));
  EXPECT_EQ(shown.at("promise").at("words"), "十二月底以前把加压泵装好。");
  EXPECT_EQ(get(one(id)).status, 401);
  EXPECT_EQ(get(one(id), {}, "system_admin").status, 403);
  EXPECT_EQ(told(get(one("x"), {}, "leader")), "404 promises.no_such_promise");
  EXPECT_EQ(told(get(one(id), {}, "water")), "404 promises.no_such_promise");

  // ---- steps
  EXPECT_EQ(take(id, "leader", "report_asked").status, 200);
  EXPECT_EQ(take(id, "", "report_asked").status, 401);
  EXPECT_EQ(told(take(id, "clerk", "report_asked")), "403 promises.not_allowed");
  EXPECT_EQ(told(take(id, "leader", "flown")), "404 api.unknown_step");
  EXPECT_EQ(told(take(id, "head", "reported_done")), "400 promises.field_missing report");
  EXPECT_EQ(told(take(id, "supervisor", "verified",
                      {{"proof", "call"}, {"reference", "verdict"}, {"finding", "问过"}})),
            "409 promises.step_not_open");

  // ---- a report with a photo
  const std::string fields = serialize(object{
      {"fields", object{{"report", "泵装好了。"}, {"done_on", format_date(to_date(now_))}}}});
  EXPECT_EQ(report(id, {part("step", fields)}, "").status, 401);
  EXPECT_EQ(report(id, {part("step", fields)}, "clerk").status, 403);
  EXPECT_EQ(told(report(id, {})), "400 api.missing_field step");
  EXPECT_EQ(told(report("x", {part("step", fields)})), "404 promises.no_such_promise");
  std::vector<http::Part> many{part("step", fields)};
  for (int i = 0; i < 11; ++i) many.push_back(part("file", "\xFF\xD8"));
  EXPECT_EQ(told(report(id, std::move(many))), "413 cases.too_many_attachments file");
  const auto reported = report(id, {part("step", fields), part("file", "\xFF\xD8 a photo")});
  ASSERT_EQ(reported.status, 200) << reported.body;
  const auto file = json_of(reported).at("promise").at("reports").at(0).at("evidence").at(0);
  const std::string photo = one(id, "/evidence/" + std::string(file.at("id").as_string()));
  EXPECT_EQ(get(photo, {}, "leader").status, 200);
  EXPECT_EQ(get(photo).status, 401);
  EXPECT_EQ(get(photo, {}, "system_admin").status, 403);
  EXPECT_EQ(told(get(one(id, "/evidence/x"), {}, "leader")), "404 cases.no_content");

  // ---- the reporter, by telephone; then it is verified
  EXPECT_EQ(take(id, "caller", "verdict_given", {{"verdict", "kept"}, {"words", "有水了"}}).status,
            200);
  const auto proofs = json_of(get(one(id, "/proofs"), {}, "supervisor")).at("proofs");
  ASSERT_EQ(proofs.as_array().size(), 1U);
  EXPECT_EQ(proofs.at(0).at("reference"), "verdict");
  EXPECT_EQ(get(one(id, "/proofs")).status, 401);
  EXPECT_EQ(get(one(id, "/proofs"), {}, "clerk").status, 403);
  EXPECT_EQ(told(get(one("x", "/proofs"), {}, "supervisor")), "404 promises.no_such_promise");
  const auto verified =
      take(id, "supervisor", "verified",
           {{"proof", "call"}, {"reference", "verdict"}, {"finding", "本人说有水了。"}});
  ASSERT_EQ(verified.status, 200) << verified.body;
  EXPECT_EQ(json_of(verified).at("promise").at("state"), "verified");
  // A leader sees how the reporter decided, not what they said.
  EXPECT_TRUE(
      json_of(get(one(id), {}, "leader")).at("promise").at("verdict").at("words").is_null());

  // ---- after the words were erased nothing can be added to them
  const Held other = hold(post("/api/v1/cases", serialize(object{{"text", "没有水。"}})));
  const std::string gone = promised(county_head, other.id);
  write([&](Transaction& t) {
    EXPECT_TRUE(cases::erase(t, speaker(), *cases::CaseId::parse(other.id), "right"));
  });
  EXPECT_EQ(told(take(gone, "head", "reported_done",
                      {{"report", "好了"}, {"done_on", format_date(to_date(now_))}})),
            "410 cases.erased");
}

TEST_F(Promises, AHandOverTellsNothingOfACaseThatCameUnderSeal) {
  const std::string county_head = made_post();
  const Held taken_on = hold(post("/api/v1/cases", serialize(object{{"text", "没有水。"}})));
  object given = promise(county_head);
  given["case"] = taken_on.id;
  given["sponsored"] = true;
  ASSERT_EQ(post(all, serialize(given), {}, "clerk").status, 201);
  now_.unix_ms += 1000;
  const auto frozen =
      post("/api/v1/relays", serialize(object{{"post", county_head}, {"incoming", head_}}), {},
           "supervisor");
  ASSERT_EQ(frozen.status, 201) << frozen.body;
  const std::string relay =
      "/api/v1/relays/" + std::string(json_of(frozen).at("relay").at("id").as_string());
  const auto item_of_the_case = [&] {
    const auto items = json_of(get(relay, {}, "head")).at("items").as_array();
    for (const auto& one : items) {
      if (one.at("kind") == "case") return one;
    }
    return boost::json::value(nullptr);
  };
  const auto before = item_of_the_case();
  EXPECT_EQ(before.at("state"), "registered");
  EXPECT_FALSE(before.at("number").is_null());
  write([&](Transaction& t) {
    cases::Step step;
    step.kind = cases::EventKind::held;
    EXPECT_TRUE(cases::take_step(t, as(Role::dispatcher, county_.petition_office),
                                 *cases::CaseId::parse(taken_on.id), step));
  });
  const auto after = item_of_the_case();
  EXPECT_TRUE(after.at("number").is_null());
  EXPECT_TRUE(after.at("state").is_null());
  EXPECT_EQ(after.at("digest"), before.at("digest"));  // the frozen list is what it was
}

TEST_F(Promises, AreHandedOverByTwoSignatures) {
  const std::string county_head = made_post();
  promised(county_head);
  now_.unix_ms += 1000;
  const std::string relays = "/api/v1/relays";
  const std::string named = serialize(object{{"post", county_head}, {"incoming", head_}});
  EXPECT_EQ(post(relays, named).status, 401);
  EXPECT_EQ(post(relays, named, {}, "leader").status, 403);
  EXPECT_EQ(
      told(post(relays, serialize(object{{"post", "x"}, {"incoming", head_}}), {}, "supervisor")),
      "400 promises.no_such_post post");
  const auto frozen = post(relays, named, {}, "supervisor");
  ASSERT_EQ(frozen.status, 201) << frozen.body;
  EXPECT_EQ(told(post(relays, named, {}, "supervisor")), "409 promises.relay_under_way");
  const std::string id(json_of(frozen).at("relay").at("id").as_string());
  const std::string relay = relays + "/" + id;

  EXPECT_EQ(json_of(get(relays, {}, "leader")).at("relays").at(0).at("yours"), "outgoing");
  EXPECT_EQ(get(relays).status, 401);
  EXPECT_EQ(get(relays, {}, "clerk").status, 403);
  EXPECT_EQ(get(relay, {}, "auditor").status, 200);
  EXPECT_EQ(get(relay).status, 401);
  EXPECT_EQ(get(relay, {}, "clerk").status, 403);
  EXPECT_EQ(told(get(relays + "/x", {}, "auditor")), "404 promises.no_such_relay");

  const std::string accepted = serialize(object{{"change", "none"}});
  EXPECT_EQ(put(relay + "/items/1", accepted, "").status, 401);
  EXPECT_EQ(told(put(relay + "/items/1", accepted, "leader")), "403 promises.not_your_relay");
  EXPECT_EQ(told(put(relay + "/items/2", accepted, "head")), "404 promises.no_such_item");
  EXPECT_EQ(told(put(relay + "/items/1", serialize(object{{"change", "new_due"}}), "head")),
            "400 promises.field_missing reason");
  const auto sign = [&](const std::string& login, const std::string& digest) {
    return post(relay + "/signature", serialize(object{{"digest", digest}}), {}, login);
  };
  EXPECT_EQ(told(sign("leader", "x")), "409 promises.not_all_answered");
  const auto answered = put(relay + "/items/1", accepted, "head");
  ASSERT_EQ(answered.status, 200) << answered.body;
  const std::string digest(json_of(answered).at("digest").as_string());
  EXPECT_EQ(sign("", digest).status, 401);
  EXPECT_EQ(sign("supervisor", digest).status, 403);
  EXPECT_EQ(told(post(relay + "/signature", "{}", {}, "leader")), "400 api.missing_field digest");
  EXPECT_EQ(told(post(relays + "/x/signature", serialize(object{{"digest", "x"}}), {}, "leader")),
            "404 promises.no_such_relay");
  EXPECT_EQ(sign("leader", digest).status, 200);
  EXPECT_EQ(told(put(relay + "/items/1", accepted, "head")), "409 promises.relay_signed");
  const auto complete = sign("head", digest);
  ASSERT_EQ(complete.status, 200) << complete.body;
  EXPECT_EQ(json_of(complete).at("relay").at("state"), "complete");
  EXPECT_EQ(json_of(get("/api/v1/posts", {}, "head")).at("posts").at(0).at("mine"), true);
}

TEST_F(Promises, AreHandedOverInTheAbsenceOfOneOfTheTwo) {
  const std::string county_head = made_post();
  promised(county_head);
  now_.unix_ms += 1000;
  const std::string relays = "/api/v1/relays";
  const std::string named = serialize(object{{"post", county_head}, {"incoming", head_}});
  const auto frozen = post(relays, named, {}, "supervisor");
  ASSERT_EQ(frozen.status, 201) << frozen.body;
  const std::string relay =
      relays + "/" + std::string(json_of(frozen).at("relay").at("id").as_string());
  const auto answered = put(relay + "/items/1", serialize(object{{"change", "none"}}), "head");
  ASSERT_EQ(answered.status, 200) << answered.body;
  const std::string digest(json_of(answered).at("digest").as_string());
  const object signature{{"digest", digest}, {"reason", "原任已调离，账号已停用"}};
  const auto sign = [&](const object& body, const std::string& login) {
    return post(relay + "/signature_in_absence", serialize(body), {}, login);
  };
  EXPECT_EQ(sign(signature, "").status, 401);
  EXPECT_EQ(sign(signature, "leader").status, 403);
  EXPECT_EQ(told(sign({{"digest", digest}}, "dispatcher")), "400 api.missing_field reason");
  EXPECT_EQ(told(post(relays + "/x/signature_in_absence", serialize(signature), {}, "dispatcher")),
            "404 promises.no_such_relay");
  EXPECT_EQ(told(sign(signature, "dispatcher")), "409 promises.still_there");
  const auto call_off = [&](const object& body, const std::string& login) {
    return post(relay + "/calling_off", serialize(body), {}, login);
  };
  EXPECT_EQ(call_off({{"reason", "接任人另有任用"}}, "").status, 401);
  EXPECT_EQ(call_off({{"reason", "接任人另有任用"}}, "leader").status, 403);
  EXPECT_EQ(told(call_off({}, "dispatcher")), "400 api.missing_field reason");
  EXPECT_EQ(told(post(relays + "/x/calling_off", serialize(object{{"reason", "接任人另有任用"}}),
                      {}, "dispatcher")),
            "404 promises.no_such_relay");
  EXPECT_EQ(told(call_off({{"reason", "接任人另有任用"}}, "dispatcher")),
            "409 promises.still_there");
  EXPECT_TRUE(json_of(get(relay, {}, "dispatcher")).at("open").as_array().empty());

  const auto disable = [&](const std::string& login) {
    write([&](Transaction& t) {
      const auto account = accounts::find_account_by_login(t, county_.region, login);
      ASSERT_TRUE(account);
      accounts::disable_account(t, county_.region, account->id, now_);
    });
  };
  disable("leader");
  EXPECT_EQ(json_of(get(relay, {}, "dispatcher")).at("open"), (array{"signature_in_absence"}));
  EXPECT_EQ(told(sign(signature, "supervisor")), "403 promises.frozen_by_you");
  const auto done = sign(signature, "dispatcher");
  ASSERT_EQ(done.status, 200) << done.body;
  const auto shown = json_of(done).at("relay").at("signatures").at(0);
  EXPECT_EQ(shown.at("side"), "outgoing");
  EXPECT_EQ(shown.at("in_absence").at("office"), "县信访局");
  EXPECT_EQ(shown.at("in_absence").at("reason"), "原任已调离，账号已停用");
  disable("head");
  EXPECT_EQ(json_of(get(relay, {}, "supervisor")).at("open"), (array{"calling_off"}));
  const auto over = call_off({{"reason", "接任人另有任用"}}, "supervisor");
  ASSERT_EQ(over.status, 200) << over.body;
  EXPECT_EQ(json_of(over).at("relay").at("state"), "called_off");
  EXPECT_EQ(json_of(over).at("relay").at("called_off").at("reason"), "接任人另有任用");
}

}  // namespace
}  // namespace minhu::web_api
