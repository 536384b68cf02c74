// Every answer that the contract names for tablets of receptions, brought about over a real
// database.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::object;
using boost::json::serialize;

class TheReceptions : public AnswersOfOneTest<ApiWorld> {
 protected:
  static constexpr const char* all = "/api/v1/receptions";
  static std::string tablet(const std::string& rest = {}, char last = '1') {
    return std::string(all) + "/0190aaaa-0000-7000-8000-00000000000" + last + rest;
  }
  static std::string session_id(char last) {
    return std::string("0190bbbb-0000-7000-8000-00000000000") + last;
  }
  http::Response allot(const object& what, const std::string& login = "dispatcher",
                       Headers headers = {}) {
    return post(tablet("/blocks"), serialize(what), std::move(headers), login);
  }
  std::vector<std::string> given(std::int64_t count) {
    const auto answer = allot({{"label", "一号"}, {"count", count}});
    EXPECT_EQ(answer.status, 201) << answer.body;
    std::vector<std::string> numbers;
    const auto body = json_of(answer);
    for (const auto& one : body.at("numbers").as_array()) {
      numbers.emplace_back(one.at("number").as_string());
    }
    return numbers;
  }
  http::Response bring(const std::string& session, const std::string& login = "dispatcher",
                       const std::string& file = "\xFF\xD8picture", int copies = 1,
                       const std::string& path = tablet("/sessions")) {
    std::vector<http::Part> parts{{"session", "", "application/json", session, {}, session.size()}};
    for (int i = 0; i < copies; ++i) {
      parts.push_back({"file", "a.jpg", "image/jpeg", file, {}, file.size()});
    }
    return send({Method::post, path, {}, {}, {}, login, std::move(parts)});
  }
  http::Response lose(char last, const std::string& login) {
    return send({Method::delete_, tablet({}, last), {}, {}, {}, login, {}});
  }
  object session(char last, const std::string& number) {
    return {{"id", session_id(last)},
            {"number", number},
            {"people", 3},
            {"text", "村口的路灯坏了。"},
            {"name", "甲"},
            {"phone", "13800000000"},
            {"leader_words", "三天里修好。"},
            {"decision", "unit"},
            {"unit", housing_.text()},
            {"due", "2025-10-06"},
            {"solve", true}};
  }
};

TEST_F(TheReceptions, GiveATabletItsNumbersAndTakeItOutOfUse) {
  const std::string key = new_key();
  const object ten{{"label", "一号"}, {"visit", nullptr}, {"count", 10}};
  const auto first = allot(ten, "clerk", {{"idempotency-key", key}});
  ASSERT_EQ(first.status, 201) << first.body;
  const auto again = allot(ten, "dispatcher", {{"idempotency-key", key}});
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(json_of(again).at("numbers"), json_of(first).at("numbers"));
  EXPECT_EQ(told(allot({{"count", 201}})), "400 cases.block_size count");
  EXPECT_EQ(told(post(tablet("/blocks", '2'), R"({"count":1})", {}, "clerk")),
            "400 receptions.label label");
  EXPECT_EQ(told(allot({{"count", 1}, {"visit", "x"}})), "404 visits.no_such_visit visit");
  EXPECT_EQ(allot(ten, {}).status, 401);
  EXPECT_EQ(allot(ten, "handler").status, 403);

  const auto listed = get(all, {}, "clerk");
  ASSERT_EQ(listed.status, 200);
  EXPECT_EQ(json_of(listed).at("tablets").at(0).at("blocks").at(0).at("waiting").as_array().size(),
            10U);
  EXPECT_EQ(get(all).status, 401);
  EXPECT_EQ(get(all, {}, "handler").status, 403);

  EXPECT_EQ(lose('1', {}).status, 401);
  EXPECT_EQ(lose('1', "handler").status, 403);
  EXPECT_EQ(told(lose('9', "clerk")), "404 receptions.no_such_device device");
  EXPECT_EQ(lose('1', "clerk").status, 204);
  EXPECT_EQ(lose('1', "clerk").status, 204);
  EXPECT_EQ(told(allot(ten)), "409 receptions.device_revoked device");
}

TEST_F(TheReceptions, BringBackWhatWasTakenDown) {
  const auto numbers = given(5);
  const object taken = session('1', numbers[0]);
  const auto kept = bring(serialize(taken));
  ASSERT_EQ(kept.status, 201) << kept.body;
  EXPECT_EQ(text_of(kept, "number"), numbers[0]);
  EXPECT_EQ(text_of(kept, "instruction"), "taken");
  EXPECT_EQ(bring(serialize(taken)).status, 200);
  object changed = taken;
  changed["leader_words"] = "由水利局办。";
  EXPECT_EQ(told(bring(serialize(changed))), "409 receptions.changed_elsewhere session");
  EXPECT_EQ(told(bring("{}")), "400 api.missing_field id");
  EXPECT_EQ(told(bring(R"({"id":"x","number":"MH"})")), "400 receptions.bad_session_id id");
  object many = session('2', numbers[1]);
  many["representatives"] = 6;
  EXPECT_EQ(told(bring(serialize(many))),
            "400 receptions.too_many_representatives representatives");
  const std::string fresh = serialize(session('2', numbers[1]));
  EXPECT_EQ(bring(fresh, {}).status, 401);
  EXPECT_EQ(bring(fresh, "handler").status, 403);
  EXPECT_EQ(bring(fresh, "clerk", "\xFF\xD8picture", 1, tablet("/sessions", '9')).status, 404);
  EXPECT_EQ(told(bring(fresh, "clerk", "\xFF\xD8picture", 11)),
            "413 cases.too_many_attachments file");
  EXPECT_EQ(bring(fresh, "clerk", "#!/bin/sh").status, 415);
  // A clerk may not send cases: the words are kept, the sending is left.
  EXPECT_EQ(text_of(bring(fresh, "clerk"), "instruction"), "left");

  const auto read = get(tablet("/sessions/" + session_id('1')), {}, "clerk");
  ASSERT_EQ(read.status, 200) << read.body;
  EXPECT_EQ(text_of(read, "leader_words"), "三天里修好。");
  EXPECT_EQ(read.body.find("13800000000"), std::string::npos);
  EXPECT_EQ(get(tablet("/sessions/" + session_id('1'))).status, 401);
  EXPECT_EQ(get(tablet("/sessions/" + session_id('1')), {}, "handler").status, 403);
  EXPECT_EQ(get(tablet("/sessions/" + session_id('7')), {}, "clerk").status, 404);

  const std::string other = serialize(changed);
  EXPECT_EQ(post(tablet("/beside"), other, {}, "clerk").status, 204);
  EXPECT_EQ(post(tablet("/beside"), "{}", {}, "clerk").status, 400);
  EXPECT_EQ(post(tablet("/beside"), other).status, 401);
  EXPECT_EQ(post(tablet("/beside"), other, {}, "handler").status, 403);
  EXPECT_EQ(post(tablet("/beside"), serialize(session('7', numbers[3])), {}, "clerk").status, 404);

  const auto received = get(tablet("/received"), {}, "clerk");
  ASSERT_EQ(received.status, 200) << received.body;
  EXPECT_EQ(json_of(received).at("received").as_array().size(), 2U);
  EXPECT_EQ(json_of(received).at("tablet").at("blocks").at(0).at("waiting").as_array().size(), 3U);
  const std::string until = text_of(received, "until");
  EXPECT_EQ(get(tablet("/received"), {}, "clerk", {{"since", until}}).status, 200);
  EXPECT_EQ(told(get(tablet("/received"), {}, "clerk", {{"since", "x"}})),
            "400 api.bad_time since");
  EXPECT_EQ(get(tablet("/received")).status, 401);
  EXPECT_EQ(get(tablet("/received"), {}, "handler").status, 403);
  EXPECT_EQ(get(tablet("/received", '9'), {}, "clerk").status, 404);

  // A paper whose words have not arrived says so to whoever holds it, and after a loss what to do.
  EXPECT_EQ(lose('1', "clerk").status, 204);
  EXPECT_EQ(told(bring(serialize(session('3', numbers[2])))), "409 cases.number_revoked number");
}

TEST_F(TheReceptions, TellWhatADayNeeds) {
  const auto days = get("/api/v1/reception_days", {}, "clerk");
  ASSERT_EQ(days.status, 200) << days.body;
  EXPECT_FALSE(json_of(days).at("units").as_array().empty());
  EXPECT_EQ(get("/api/v1/reception_days").status, 401);
  EXPECT_EQ(get("/api/v1/reception_days", {}, "handler").status, 403);

  const Held held = say();
  answer_case(held, housing_, "handler");
  const auto history = [&](const std::string& number, const std::string& login) {
    return get("/api/v1/reception_history", {}, login, {{"number", number}});
  };
  const auto known = history(held.number, "clerk");
  ASSERT_EQ(known.status, 200) << known.body;
  EXPECT_EQ(json_of(known).at("history").as_array().size(), 5U);
  EXPECT_EQ(json_of(known).at("told").at(0).at("words"), "管道已经更换。");
  EXPECT_EQ(history("MH-1", "clerk").status, 400);
  EXPECT_EQ(history(cases::show_number(cases::make_number(keyring_, 5)), "clerk").status, 404);
  EXPECT_EQ(history(held.number, {}).status, 401);
  EXPECT_EQ(history(held.number, "handler").status, 403);
}

}  // namespace
}  // namespace minhu::web_api
