// Every answer that the contract names for reports of wrongdoing, brought about over a real
// database; and that no administrator opens one.
#include "adapters/web_api/test_accounts.h"
#include "adapters/web_api/test_desk_answers.h"
#include "features/accusations/file_report.h"
#include "features/accusations/look_after.h"

namespace minhu::web_api {
namespace {

using boost::json::object;

class TheReports : public AnswersOfOneTest<AccountsWorld> {
 protected:
  static constexpr const char* all = "/api/v1/accusations";
  static constexpr const char* handlers = "/api/v1/accusation_handlers";
  static constexpr const char* key = "/api/v1/accusations/key";
  static constexpr const char* passphrase = "seven herons over the weir";

  static std::string of(const std::string& id, const std::string& what) {
    return std::string(all) + "/" + id + "/" + what;
  }
  http::Response by(const Official& who, const std::string& path, object body,
                    Headers headers = {}) {
    body.emplace("passphrase", passphrase);
    return ask(Method::post, path, body, {}, who.session, std::move(headers));
  }
  Official named(const std::string& login) {
    const Official who = official(login, "handler", housing_);
    EXPECT_EQ(ask(Method::put, std::string(handlers) + "/" + who.id, {}, "security").status, 204);
    const auto set =
        ask(Method::put, key, {{"password", chosen}, {"passphrase", passphrase}}, {}, who.session);
    EXPECT_EQ(set.status, 204) << set.body;
    return who;
  }
  accusations::Filed filed() {
    accusations::Report report;
    report.token = {1, 9};
    report.words = "某主任收了钱。";
    report.level = accusations::Level::confidential;
    report.name = "陈秋菊";
    report.files = {{{"image/jpeg", to_bytes("copy")},
                     cases::NewAttachment{"image/jpeg", to_bytes("original")}}};
    auto done = accusations::file_report(accusations_, std::move(report));
    EXPECT_TRUE(done) << done.error().key;
    return std::move(*done);
  }
  std::string first_of(const Official& who) {
    const auto list = json_of(ask(Method::get, all, {}, {}, who.session));
    return std::string(list.at("reports").at(0).at("id").as_string());
  }
};

TEST_F(TheReports, AreOpenedAnsweredAndDecidedByTheirHandlers) {
  // ---- naming
  EXPECT_EQ(ask(Method::get, handlers, {}, "security").status, 200);
  EXPECT_EQ(ask(Method::get, handlers, {}).status, 401);
  EXPECT_EQ(ask(Method::get, handlers, {}, "handler").status, 403);
  const std::string nobody = std::string(handlers) + "/x";
  EXPECT_EQ(ask(Method::put, nobody, {}).status, 401);
  EXPECT_EQ(ask(Method::put, nobody, {}, "handler").status, 403);
  EXPECT_EQ(ask(Method::put, nobody, {}, "security").status, 404);
  EXPECT_EQ(ask(Method::delete_, nobody, {}).status, 401);
  EXPECT_EQ(ask(Method::delete_, nobody, {}, "handler").status, 403);
  EXPECT_EQ(ask(Method::delete_, nobody, {}, "security").status, 404);
  const Official admin = official("sys.admin", "system_admin", {});
  EXPECT_EQ(told(ask(Method::put, std::string(handlers) + "/" + admin.id, {}, "security")),
            "400 accusations.cannot_be_named account");

  // ---- the key
  const Official li = named("reports.li");
  const Official wu = named("reports.wu");
  const Official stranger = official("zhao", "handler", water_);
  EXPECT_EQ(
      ask(Method::put, key, {{"password", chosen}, {"passphrase", "short"}}, {}, li.session).status,
      400);
  EXPECT_EQ(ask(Method::put, key, {{"passphrase", passphrase}}).status, 401);
  EXPECT_EQ(ask(Method::put, key, {{"passphrase", passphrase}}, "clerk").status, 403);
  EXPECT_EQ(told(ask(Method::put, key, {{"password", chosen}, {"passphrase", passphrase}}, {},
                     stranger.session)),
            "404 accusations.not_found");

  // ---- the list
  const auto receipt = filed();
  EXPECT_EQ(ask(Method::get, all, {}).status, 401);
  EXPECT_EQ(ask(Method::get, all, {}, {}, admin.session).status, 403);
  EXPECT_TRUE(
      json_of(ask(Method::get, all, {}, {}, stranger.session)).at("reports").as_array().empty());
  const std::string id = first_of(li);
  EXPECT_EQ(ask(Method::get, all, {}, {}, li.session).body.find("某主任"), std::string::npos);

  // ---- opening
  EXPECT_EQ(ask(Method::post, of(id, "open"), {{"x", 1}}, {}, li.session).status, 400);
  EXPECT_EQ(
      told(ask(Method::post, of(id, "open"), {{"passphrase", "not this one"}}, {}, li.session)),
      "401 accusations.wrong_passphrase passphrase");
  EXPECT_EQ(by(admin, of(id, "open"), {}).status, 403);
  EXPECT_EQ(told(by(stranger, of(id, "open"), {})), "404 accusations.not_found");
  EXPECT_EQ(told(by(stranger, of("x", "open"), {})), "404 accusations.not_found");
  const auto opened = by(li, of(id, "open"), {});
  ASSERT_EQ(opened.status, 200) << opened.body;
  const auto letter = json_of(opened);
  EXPECT_EQ(letter.at("words"), "某主任收了钱。");
  EXPECT_EQ(opened.body.find("陈秋菊"), std::string::npos) << "the name is opened apart";

  // ---- who wrote it
  const std::string asking = of(id, "name/request");
  const std::string deciding = of(id, "name/decision");
  const object why{{"reason", "要当面核实"}};
  const object yes{{"agreed", true}};
  EXPECT_EQ(told(by(li, asking, {{"reason", " "}})), "400 cases.reason_missing reason");
  EXPECT_EQ(told(by(li, deciding, yes)), "409 accusations.name_not_asked");
  EXPECT_EQ(told(by(li, of(id, "name"), {})), "409 accusations.name_not_agreed");
  for (const std::string& door : {asking, deciding, of(id, "name")}) {
    const object body = door == asking ? why : door == deciding ? yes : object{};
    EXPECT_EQ(ask(Method::post, door, {}).status, 401);
    EXPECT_EQ(by(admin, door, body).status, 403);
    EXPECT_EQ(by(stranger, door, body).status, 404);
    EXPECT_EQ(by(li, door, {{"x", 1}}).status, 400);
  }
  EXPECT_EQ(by(li, asking, why).status, 204);
  EXPECT_EQ(told(by(wu, asking, why)), "409 accusations.name_already_asked");
  EXPECT_EQ(told(by(li, deciding, yes)), "409 seal.same_person");
  const auto waiting = json_of(by(wu, of(id, "open"), {})).at("name_asked");
  EXPECT_EQ(waiting.at("state"), "waiting");
  EXPECT_EQ(waiting.at("mine"), false);
  EXPECT_EQ(by(wu, deciding, yes).status, 204);
  EXPECT_EQ(text_of(by(li, of(id, "name"), {}), "name"), "陈秋菊");

  // ---- files
  const auto& entry = letter.at("files").at(0);
  const std::string copy(entry.at("id").as_string());
  const std::string original(entry.at("original").as_string());
  EXPECT_EQ(by(li, of(id, "files/" + copy), {}).body, "copy");
  EXPECT_EQ(by(li, of(id, "files/" + original), {}).body, "original");
  EXPECT_EQ(by(li, of(id, "files/x"), {}).status, 404);
  EXPECT_EQ(ask(Method::post, of(id, "files/" + copy), {}).status, 401);
  EXPECT_EQ(by(admin, of(id, "files/" + copy), {}).status, 403);

  // ---- letting a colleague in
  const Official third = named("sun");
  EXPECT_EQ(by(third, of(id, "open"), {}).status, 404) << "named later";
  EXPECT_EQ(by(li, of(id, "shares"), {{"with", third.id}}).status, 204);
  EXPECT_EQ(by(third, of(id, "open"), {}).status, 200);
  EXPECT_EQ(told(by(li, of(id, "shares"), {{"with", "x"}})), "404 accusations.no_such_handler");
  EXPECT_EQ(ask(Method::post, of(id, "shares"), {}).status, 401);
  EXPECT_EQ(by(admin, of(id, "shares"), {{"with", li.id}}).status, 403);

  // ---- a part for an office
  const object part{{"words", "盖章收费没有依据，请退还。"}};
  EXPECT_EQ(by(li, of(id, "complaints"), part, {{"idempotency-key", new_key()}}).status, 204);
  EXPECT_EQ(told(by(li, of(id, "complaints"), part)),
            "400 api.idempotency_key_missing Idempotency-Key");
  EXPECT_EQ(ask(Method::post, of(id, "complaints"), {}).status, 401);
  EXPECT_EQ(by(admin, of(id, "complaints"), part).status, 403);
  EXPECT_EQ(by(stranger, of(id, "complaints"), part, {{"idempotency-key", new_key()}}).status, 404);

  // ---- answers and decisions
  const auto answers = of(id, "answers");
  EXPECT_EQ(by(wu, answers, {{"words", "收条还在吗？"}}).status, 204);
  EXPECT_EQ(told(by(li, answers, {{"words", "x"}, {"decision", "sung"}})),
            "400 accusations.unknown_decision decision");
  EXPECT_EQ(ask(Method::post, answers, {}).status, 401);
  EXPECT_EQ(by(admin, answers, {{"words", "x"}}).status, 403);
  EXPECT_EQ(by(stranger, answers, {{"words", "x"}}).status, 404);
  EXPECT_EQ(by(li, answers, {{"words", "属实，已立案。"}, {"decision", "concluded"}}).status, 204);
  EXPECT_EQ(told(by(li, answers, {{"words", "再来"}, {"decision", "accepted"}})),
            "409 accusations.decision_not_open decision");
  const auto seen = accusations::look_after(accusations_, receipt.code);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->state, accusations::State::concluded);
  EXPECT_EQ(seen->messages.size(), 6U);

  // ---- no longer named
  EXPECT_EQ(ask(Method::delete_, std::string(handlers) + "/" + li.id, {}, "security").status, 204);
  EXPECT_EQ(by(li, of(id, "open"), {}).status, 404);
}

}  // namespace
}  // namespace minhu::web_api
