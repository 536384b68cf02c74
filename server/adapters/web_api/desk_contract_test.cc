// Every answer that the contract names for the desk, brought about over a real database.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::object;
using boost::json::serialize;

class TheDesk : public AnswersOfOneTest<ApiWorld> {
 protected:
  // Every answer that the contract names for the operations of this test has been had.
  using Query = std::vector<std::pair<std::string, std::string>>;

  http::Response put(const std::string& path, const std::string& body, const std::string& login,
                     Query query = {}) {
    return send({Method::put, path, {}, body, std::move(query), login, {}});
  }
  http::Response remove(const std::string& path, const std::string& login, Query query = {}) {
    return send({Method::delete_, path, {}, {}, std::move(query), login, {}});
  }
  // A case that the housing department has and has not signed in.
  Held dispatched() {
    const Held held = say();
    must_step(held, "dispatcher", "triaged", {{"category", "minhu:01"}});
    must_step(held, "dispatcher", "transferred", {{"unit", housing_.text()}, {"reason", "职责"}});
    return held;
  }
  Held signed_in() {
    const Held held = dispatched();
    must_step(held, "handler", "signed_in");
    return held;
  }
  static std::string fields(const object& texts) { return serialize(object{{"fields", texts}}); }
  static std::string draft(const object& texts, int revision) {
    return serialize(object{{"fields", texts}, {"revision", revision}});
  }
  object queue(const std::string& login, Query query) {
    return json_of(get("/api/v1/queue", {}, login, std::move(query)));
  }
};

TEST_F(TheDesk, NarrowsAQueueAndSaysWhyAFilterIsNone) {
  const Held first = dispatched();
  dispatched();
  EXPECT_EQ(queue("handler", {{"part", "lead"}}).at("lines").as_array().size(), 2U);
  EXPECT_EQ(queue("handler", {{"part", "lead"}, {"returned", "yes"}}).at("lines").as_array().size(),
            0U);
  EXPECT_EQ(own_step(first, "urged").status, 200);
  const auto urged = queue("handler", {{"part", "lead"}, {"urged", "yes"}}).at("lines").as_array();
  ASSERT_EQ(urged.size(), 1U);
  EXPECT_EQ(urged[0].at("category_name"), "城乡建设");
  EXPECT_EQ(urged[0].at("news"), true);
  for (const auto& [name, value] : Query{{"due", "soon"},
                                         {"state", "lost"},
                                         {"returned", "no"},
                                         {"place", "1"},
                                         {"category", "minhu:99"},
                                         {"track", "x"},
                                         {"channel", "x"}}) {
    const auto refused = get("/api/v1/queue", {}, "handler", {{"part", "lead"}, {name, value}});
    EXPECT_EQ(refused.status, 400) << name;
    EXPECT_EQ(text_of(refused, "field"), name);
  }
}

TEST_F(TheDesk, FindsByNumberWhatIsYoursAndNothingElse) {
  const Held held = dispatched();
  const auto found = get("/api/v1/find", {}, "handler", {{"number", held.number}});
  EXPECT_EQ(text_of(found, "id"), held.id);
  EXPECT_EQ(told(get("/api/v1/find", {}, "handler", {{"number", "MH-1"}})).substr(0, 3), "400");
  EXPECT_EQ(get("/api/v1/find", {}, "", {{"number", held.number}}).status, 401);
  EXPECT_EQ(get("/api/v1/find", {}, "auditor", {{"number", held.number}}).status, 403);
  const auto not_yours = get("/api/v1/find", {}, "water", {{"number", held.number}});
  EXPECT_EQ(told(not_yours), "404 cases.not_found");
}

TEST_F(TheDesk, ListsWhatAUnitHasHandledTheLatestChangeFirst) {
  const Held first = signed_in();
  now_.unix_ms += 60'000;
  const Held second = signed_in();
  now_.unix_ms += 60'000;
  must_step(first, "handler", "accepted");
  const auto page = json_of(get("/api/v1/handled", {}, "handler", {{"limit", "1"}}));
  EXPECT_EQ(page.at("lines").at(0).at("id"), boost::json::value(first.id));
  const std::string cursor(page.at("next_cursor").as_string());
  const auto rest = json_of(get("/api/v1/handled", {}, "handler", {{"cursor", cursor}}));
  ASSERT_EQ(rest.at("lines").as_array().size(), 1U);
  EXPECT_EQ(rest.at("lines").at(0).at("id"), boost::json::value(second.id));
  EXPECT_TRUE(rest.at("next_cursor").is_null());
  EXPECT_EQ(json_of(get("/api/v1/handled", {}, "handler", {{"state", "accepted"}}))
                .at("lines")
                .as_array()
                .size(),
            1U);
  EXPECT_TRUE(json_of(get("/api/v1/handled", {}, "water")).at("lines").as_array().empty());
  EXPECT_EQ(get("/api/v1/handled", {}, "handler", {{"state", "x"}}).status, 400);
  EXPECT_EQ(get("/api/v1/handled", {}, "handler", {{"cursor", "x"}}).status, 400);
  EXPECT_EQ(get("/api/v1/handled").status, 401);
  EXPECT_EQ(get("/api/v1/handled", {}, "auditor").status, 403);
}

TEST_F(TheDesk, SignsInManyCasesEachDecidedAlone) {
  const Held first = dispatched();
  const Held second = signed_in();
  const Held elsewhere = say();
  boost::json::array cases;
  for (const std::string& id : {first.id, second.id, elsewhere.id, std::string("x")}) {
    cases.push_back(object{{"id", id}});
  }
  const std::string body = serialize(object{{"step", "signed_in"}, {"cases", cases}});
  const Headers key{{"idempotency-key", new_key()}};
  const auto answer = post("/api/v1/queue/bulk", body, key, "handler");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto results = json_of(answer).at("results").as_array();
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(results[0].at("done"), true);
  EXPECT_EQ(results[0].at("state"), "signed_in");
  EXPECT_EQ(results[1].at("problem").at("code"), "cases.step_not_open");
  EXPECT_EQ(results[2].at("problem").at("code"), "cases.not_found");
  EXPECT_EQ(results[3].at("problem").at("code"), "cases.not_found");
  // The same request again does what it did.
  EXPECT_EQ(post("/api/v1/queue/bulk", body, key, "handler").body, answer.body);

  EXPECT_EQ(post("/api/v1/queue/bulk", body).status, 401);
  EXPECT_EQ(post("/api/v1/queue/bulk", body, {}, "dispatcher").status, 403);
  EXPECT_EQ(told(post("/api/v1/queue/bulk", R"({"step":"signed_in","cases":[]})", {}, "handler")),
            "400 api.bad_list cases");
  EXPECT_EQ(told(post("/api/v1/queue/bulk", R"({"step":"answered","cases":[{"id":"x"}]})", {},
                      "handler")),
            "400 api.not_a_choice step");
}

TEST_F(TheDesk, RemembersAnOfficialsViews) {
  const std::string view = R"({"title":"三天内","query":{"part":"lead","due":"three_days"}})";
  const auto saved = post("/api/v1/views", view, {}, "handler");
  ASSERT_EQ(saved.status, 201) << saved.body;
  const auto listed = json_of(get("/api/v1/views", {}, "handler")).at("views").as_array();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("query").at("due"), "three_days");
  // The same title is the same view.
  EXPECT_EQ(
      post("/api/v1/views", R"({"title":"三天内","query":{"part":"lead"}})", {}, "handler").status,
      201);
  EXPECT_EQ(json_of(get("/api/v1/views", {}, "handler")).at("views").as_array().size(), 1U);
  EXPECT_TRUE(json_of(get("/api/v1/views", {}, "head")).at("views").as_array().empty());

  EXPECT_EQ(get("/api/v1/views").status, 401);
  EXPECT_EQ(get("/api/v1/views", {}, "auditor").status, 403);
  EXPECT_EQ(post("/api/v1/views", view).status, 401);
  EXPECT_EQ(post("/api/v1/views", view, {}, "auditor").status, 403);
  // A filter holds nothing that somebody wrote.
  EXPECT_EQ(
      told(post("/api/v1/views", R"({"title":"a","query":{"part":"lead","category":"甲:乙"}})", {},
                "handler")),
      "400 desk.unknown_category category");
  EXPECT_EQ(told(post("/api/v1/views", R"({"title":" ","query":{"part":"lead"}})", {}, "handler")),
            "400 desk.title_missing title");
  for (int i = 1; i < 30; ++i) {
    const object more{{"title", std::to_string(i)}, {"query", object{{"part", "lead"}}}};
    ASSERT_EQ(post("/api/v1/views", serialize(more), {}, "handler").status, 201);
  }
  EXPECT_EQ(told(post("/api/v1/views", R"({"title":"31","query":{"part":"lead"}})", {}, "handler")),
            "409 desk.too_many_views title");

  const std::string path = "/api/v1/views/" + text_of(saved, "id");
  EXPECT_EQ(remove(path, "").status, 401);
  EXPECT_EQ(remove(path, "head").status, 404);
  EXPECT_EQ(remove(path, "handler").status, 204);
  EXPECT_EQ(remove(path, "handler").status, 404);
}

TEST_F(TheDesk, TellsWhatHasChangedSince) {
  const Held held = signed_in();
  const auto before = json_of(get(held.office(), {}, "handler"));
  const std::string seq = std::to_string(before.at("seq").as_int64());
  const auto same = json_of(get(held.office("/changes"), {}, "handler", {{"after", seq}}));
  EXPECT_TRUE(same.at("happenings").as_array().empty());
  EXPECT_EQ(own_step(held, "supplemented", {{"words", "又漏了"}}).status, 200);
  const auto changed = json_of(get(held.office("/changes"), {}, "handler", {{"after", seq}}));
  ASSERT_EQ(changed.at("happenings").as_array().size(), 1U);
  EXPECT_EQ(changed.at("happenings").at(0).at("texts").at(0).at("text"), "又漏了");
  EXPECT_EQ(get(held.office("/changes"), {}, "handler").status, 400);
  EXPECT_EQ(get(held.office("/changes"), {}, "", {{"after", seq}}).status, 401);
  EXPECT_EQ(get(held.office("/changes"), {}, "water", {{"after", seq}}).status, 404);
}

TEST_F(TheDesk, KeepsADraftForTheUnitUntilTheStepIsTaken) {
  const Held held = signed_in();
  const std::string path = held.office("/draft");
  const Query tab{{"tab", "step:accepted"}};
  EXPECT_TRUE(json_of(get(path, {}, "handler", tab)).at("draft").is_null());
  const auto kept = json_of(put(path, draft({{"notice", "我们来办"}}, 0), "handler", tab));
  EXPECT_EQ(kept.at("saved"), true);
  EXPECT_EQ(kept.at("draft").at("revision"), 1);
  // The head of the unit sees it, and is not told who wrote it.
  const auto seen = json_of(get(path, {}, "head", tab)).at("draft").as_object();
  EXPECT_EQ(seen.at("fields").at("notice"), "我们来办");
  EXPECT_EQ(seen.at("unit").at("name"), "县住建局");
  // Two wrote at once: the later one gets both.
  EXPECT_EQ(json_of(put(path, draft({{"notice", "甲"}}, 1), "head", tab)).at("saved"), true);
  const auto both = json_of(put(path, draft({{"notice", "乙"}}, 1), "handler", tab));
  EXPECT_EQ(both.at("saved"), false);
  EXPECT_EQ(both.at("draft").at("fields").at("notice"), "甲");
  EXPECT_EQ(both.at("draft").at("revision"), 2);

  EXPECT_EQ(get(path, {}, "handler").status, 400);
  EXPECT_EQ(get(path, {}, "", tab).status, 401);
  EXPECT_EQ(get(path, {}, "water", tab).status, 404);
  EXPECT_EQ(told(put(path, "{}", "handler", tab)), "400 api.missing_field revision");
  EXPECT_EQ(put(path, draft({}, 0), "", tab).status, 401);
  EXPECT_EQ(put(path, draft({}, 0), "water", tab).status, 404);
  EXPECT_EQ(remove(path, "handler", {{"tab", "step:x"}}).status, 400);
  EXPECT_EQ(remove(path, "", tab).status, 401);
  EXPECT_EQ(remove(path, "water", tab).status, 404);

  // Nobody else's unit shares it: the body that sent the case has a draft of its own.
  EXPECT_TRUE(json_of(get(path, {}, "dispatcher", tab)).at("draft").is_null());
  must_step(held, "handler", "accepted");
  EXPECT_TRUE(json_of(get(path, {}, "handler", tab)).at("draft").is_null());
  const Query note{{"tab", "note"}};
  put(path, draft({{"note", "去看过"}}, 0), "handler", note);
  EXPECT_EQ(remove(path, "handler", note).status, 204);
  EXPECT_TRUE(json_of(get(path, {}, "handler", note)).at("draft").is_null());
}

TEST_F(TheDesk, ShowsAStepAsItsSpeakerWillReadItAndChangesNothing) {
  const Held held = signed_in();
  must_step(held, "handler", "accepted");
  const auto before = get(held.path(), held.with()).body;
  const std::string answered = held.office("/preview/answered");
  const auto shown = post(answered, fields(written_opinion("supported")), {}, "handler");
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(get(held.path(), held.with()).body, before);
  const auto preview = json_of(shown);
  EXPECT_EQ(preview.at("speaker_reads"), true);
  EXPECT_EQ(preview.at("by"), "县住建局");
  EXPECT_EQ(preview.at("texts").at(0).at("text"), "管道已经更换。");

  // And so it is read.
  must_step(held, "handler", "answered", written_opinion("supported"));
  const auto own = json_of(get(held.path(), held.with()));
  const auto happening = own.at("timeline").as_array().back().as_object();
  EXPECT_EQ(happening.at("facts"), preview.at("facts"));
  std::set<std::string> previewed;
  std::set<std::string> read;
  for (const auto& text : preview.at("texts").as_array()) {
    previewed.insert(std::string(text.at("text").as_string()));
  }
  for (const auto& text : happening.at("texts").as_array()) {
    read.insert(std::string(text.at("text").as_string()));
  }
  EXPECT_EQ(previewed, read);
  EXPECT_EQ(preview.at("state"), own.at("state"));

  const auto note =
      json_of(post(held.office("/preview/noted"), fields({{"note", "只给同事看"}}), {}, "handler"));
  EXPECT_EQ(note.at("speaker_reads"), false);
  EXPECT_TRUE(note.at("texts").as_array().empty());
  EXPECT_EQ(note.at("inside"), boost::json::array({"note"}));

  const Held open = signed_in();
  const std::string accepted = open.office("/preview/accepted");
  EXPECT_EQ(post(open.office("/preview/objected"), fields({}), {}, "handler").status, 400);
  EXPECT_EQ(post(accepted, fields({})).status, 401);
  EXPECT_EQ(post(accepted, fields({}), {}, "dispatcher").status, 403);
  EXPECT_EQ(post(accepted, fields({}), {}, "water").status, 404);
  EXPECT_EQ(post(open.office("/preview/signed_in"), fields({}), {}, "handler").status, 409);
}

TEST_F(TheDesk, HasALibraryOfTexts) {
  const std::string body =
      R"({"title":"已经修好","body":"{number}已经由{unit}修好。问{phone}。{date}","source":"条例"})";
  const auto county = post("/api/v1/texts", body, {}, "dispatcher");
  ASSERT_EQ(county.status, 201) << county.body;
  EXPECT_EQ(text_of(county, "scope"), "county");
  const auto own =
      post("/api/v1/texts", R"({"title":"住建","body":"好","category":"minhu:01"})", {}, "head");
  ASSERT_EQ(own.status, 201) << own.body;
  EXPECT_EQ(text_of(own, "scope"), "unit");
  EXPECT_EQ(told(post("/api/v1/texts", R"({"title":"a","body":"{name}"})", {}, "head")),
            "400 desk.unknown_placeholder body");
  EXPECT_EQ(post("/api/v1/texts", body).status, 401);
  EXPECT_EQ(post("/api/v1/texts", body, {}, "handler").status, 403);

  EXPECT_EQ(json_of(get("/api/v1/texts", {}, "handler")).at("texts").as_array().size(), 2U);
  EXPECT_EQ(json_of(get("/api/v1/texts", {}, "water")).at("texts").as_array().size(), 1U);
  EXPECT_EQ(get("/api/v1/texts", {}, "handler", {{"who", "x"}}).status, 400);
  EXPECT_EQ(get("/api/v1/texts").status, 401);
  EXPECT_EQ(get("/api/v1/texts", {}, "auditor").status, 403);

  const Held held = signed_in();
  const auto filled = json_of(get(held.office("/texts"), {}, "handler")).at("texts").as_array();
  ASSERT_EQ(filled.size(), 2U);
  EXPECT_EQ(filled[0].at("title"), "住建");  // of the category of the case
  const std::string text(filled[1].at("body").as_string());
  EXPECT_TRUE(text.starts_with(held.number + "已经由县住建局修好。问{phone}。")) << text;
  EXPECT_EQ(filled[1].at("unfilled"), boost::json::array({"phone"}));
  EXPECT_EQ(get(held.office("/texts")).status, 401);
  EXPECT_EQ(get(held.office("/texts"), {}, "water").status, 404);

  const std::string county_path = "/api/v1/texts/" + text_of(county, "id");
  const std::string own_path = "/api/v1/texts/" + text_of(own, "id");
  const std::string used = held.office("/texts/" + text_of(county, "id") + "/used");
  EXPECT_EQ(post(used, "", {}, "handler").status, 204);
  EXPECT_EQ(post(used, "", {}, "handler").status, 204);
  EXPECT_EQ(post(used, "").status, 401);
  EXPECT_EQ(post(used, "", {}, "water").status, 404);
  const auto counted = json_of(get("/api/v1/texts", {}, "dispatcher")).at("texts").at(0);
  EXPECT_EQ(counted.at("used"), 1);
  EXPECT_TRUE(counted.at("rated").is_null());

  const std::string change = R"({"title":"住建","body":"更好","revision":1})";
  EXPECT_EQ(put(own_path, change, "head").status, 200);
  EXPECT_EQ(told(put(own_path, change, "head")), "409 desk.text_changed");
  EXPECT_EQ(put(own_path, "{}", "head").status, 400);
  EXPECT_EQ(put(own_path, change, "").status, 401);
  EXPECT_EQ(put(county_path, change, "head").status, 403);
  EXPECT_EQ(put("/api/v1/texts/x", change, "head").status, 404);
  EXPECT_EQ(remove(own_path, "").status, 401);
  EXPECT_EQ(remove(county_path, "head").status, 403);
  EXPECT_EQ(remove(own_path, "dispatcher").status, 404);
  EXPECT_EQ(remove(own_path, "head").status, 204);
}

TEST_F(TheDesk, ProposesMattersAlikeByFacts) {
  const Held answered = say();
  must_step(answered, "dispatcher", "triaged", {{"category", "minhu:01"}});
  answer_case(answered, housing_, "handler");
  const Held hidden = say();
  must_step(hidden, "dispatcher", "triaged", {{"category", "minhu:01"}});
  answer_case(hidden, town_, "town");
  const Held held = signed_in();
  auto found = json_of(get(held.office("/similar"), {}, "handler")).at("similar").as_array();
  ASSERT_EQ(found.size(), 2U);
  // The one that the unit may read has its answer; of the other, only that there is one.
  for (const auto& each : found) {
    EXPECT_EQ(each.at("answered"), true);
    const bool readable = each.at("id").is_string();
    EXPECT_EQ(each.at("answer").is_string(), readable);
    EXPECT_EQ(each.at("number").is_string(), readable);
    EXPECT_TRUE(!readable || each.at("id") == boost::json::value(answered.id));
  }
  const std::string reject = held.office("/not_similar");
  const std::string other = serialize(object{{"other", answered.id}});
  EXPECT_EQ(post(reject, "{}", {}, "handler").status, 400);
  EXPECT_EQ(post(reject, other).status, 401);
  EXPECT_EQ(post(reject, serialize(object{{"other", hidden.id}}), {}, "handler").status, 404);
  EXPECT_EQ(post(reject, other, {}, "handler").status, 204);
  EXPECT_EQ(json_of(get(held.office("/similar"), {}, "handler")).at("similar").as_array().size(),
            1U);
  EXPECT_EQ(get(held.office("/similar")).status, 401);
  EXPECT_EQ(get(held.office("/similar"), {}, "water").status, 404);

  EXPECT_EQ(json_of(get("/api/v1/similar", {}, "clerk", {{"category", "minhu:01"}}))
                .at("similar")
                .as_array()
                .size(),
            3U);
  EXPECT_EQ(get("/api/v1/similar", {}, "clerk").status, 400);
  EXPECT_EQ(get("/api/v1/similar").status, 401);
  EXPECT_EQ(get("/api/v1/similar", {}, "auditor").status, 403);
}

TEST_F(TheDesk, ShowsEverythingOfACaseThatItsDeskNeeds) {
  const Held lead = signed_in();
  const Held member = say("我家也是。");
  must_step(member, "dispatcher", "triaged", {{"category", "minhu:01"}});
  must_step(member, "dispatcher", "merged", {{"into", lead.id}});
  now_.unix_ms += 1000;
  EXPECT_EQ(own_step(member, "supplemented", {{"words", "今天更大了"}}).status, 200);
  const auto shown = json_of(get(lead.office(), {}, "handler"));
  ASSERT_EQ(shown.at("joined").as_array().size(), 1U);
  EXPECT_EQ(shown.at("joined").at(0).at("added").at(0), "今天更大了");
  EXPECT_EQ(shown.at("may_ask_for_phone"), false);
  const auto may = shown.at("may").as_array();
  const auto has = [&](std::string_view permission) {
    return std::find(may.begin(), may.end(), boost::json::value(permission)) != may.end();
  };
  EXPECT_TRUE(has("case:answer"));
  EXPECT_FALSE(has("case:callback"));
  // What the other speaker added stands out in the queue.
  const auto line = queue("handler", {{"part", "lead"}}).at("lines").at(0);
  EXPECT_EQ(line.at("joined"), 1);
  EXPECT_EQ(line.at("news"), true);
}

TEST_F(TheDesk, HasATestForEachOfItsOperations) {
  const auto* suite = ::testing::UnitTest::GetInstance()->GetTestSuite(0);
  for (int i = 0; i < ::testing::UnitTest::GetInstance()->total_test_suite_count(); ++i) {
    suite = ::testing::UnitTest::GetInstance()->GetTestSuite(i);
    if (std::string_view(suite->name()) == "TheDesk") break;
  }
  std::set<std::string> tests;
  for (int i = 0; i < suite->total_test_count(); ++i) tests.insert(suite->GetTestInfo(i)->name());
  for (const auto& [test, operations] : desk_tests) {
    EXPECT_TRUE(tests.contains(test)) << test;
    for (const std::string& operation : operations) {
      EXPECT_TRUE(contract_.operations().contains(operation)) << operation;
    }
  }
}

TEST_F(TheDesk, CountsWhatItLists) {
  dispatched();
  const Held away = dispatched();
  const auto waiting = [&](const std::string& login) {
    const auto answer = json_of(get("/api/v1/queues", {}, login));
    for (const auto& count : answer.at("queues").as_array()) {
      if (count.at("part") == "lead") return count.at("waiting").as_int64();
    }
    return std::int64_t{-1};
  };
  EXPECT_EQ(waiting("handler"), 2);
  EXPECT_EQ(waiting("clerk"), 0);
  EXPECT_EQ(get(away.office(), {}, "handler").status, 200);
}

}  // namespace
}  // namespace minhu::web_api
