#include "adapters/web_api/web_api.h"

#include <algorithm>

#include "adapters/web_api/test_api.h"
#include "features/cases/rebuild.h"
#include "features/classes/matching.h"

namespace minhu::web_api {
namespace {

class Api : public ApiWorld {
 protected:
  std::string say_json(const std::string& body, Headers headers = {}) {
    return told(post("/api/v1/cases", body, std::move(headers)));
  }
  std::int64_t count(std::string_view sql) {
    return database_->read([&](Reading& reading) {
      return *reading.first(sql, {param(county_.region)},
                            [](const Row& row) { return row.integer(0); });
    });
  }
  std::int64_t cases_in_all() {
    return count("SELECT count(*) FROM case_file WHERE region_id = ?1");
  }
  std::int64_t events_in_all() {
    return count("SELECT count(*) FROM case_event WHERE region_id = ?1");
  }
};

// ---- what comes in

TEST_F(Api, TakesOnlyWhatTheContractHas) {
  EXPECT_EQ(say_json(R"({"text":"路灯不亮"})"), "201");
  EXPECT_EQ(say_json(R"({"text":"a","texts":"b"})"), "400 api.unknown_field texts");
  EXPECT_EQ(say_json(R"({"text":"a","text":"b"})"), "400 api.duplicate_field text");
  EXPECT_EQ(say_json("{\"t\\u0065xt\":\"a\",\"text\":\"b\"}"), "400 api.duplicate_field text");
  EXPECT_EQ(say_json(R"({"text":"a","contact":{"phone":"1","phone":"2"}})"),
            "400 api.duplicate_field phone");
  EXPECT_EQ(say_json(R"({"text":"a","contact":{"id_card":"1"}})"),
            "400 api.unknown_field contact.id_card");
  EXPECT_EQ(say_json(R"({"text":"a","我家的事":"b"})"), "400 api.unknown_field ?");
  EXPECT_EQ(say_json(R"({"text":5})"), "400 api.wrong_type text");
  EXPECT_EQ(say_json(R"({"text":"a","may_be_called":"yes"})"), "400 api.wrong_type may_be_called");
  EXPECT_EQ(say_json(R"({"text":"a","contact":[]})"), "400 api.wrong_type contact");
  EXPECT_EQ(say_json(R"({"text":"a","track":"open311"})"), "400 api.not_a_choice track");
  EXPECT_EQ(say_json(R"({"text":"a","contact":{"way":"pigeon"}})"),
            "400 api.not_a_choice contact.way");
  EXPECT_EQ(say_json(R"({"text":"a","may_be_called":true})"), "400 api.phone_needed contact.phone");
  EXPECT_EQ(say_json(R"({"text":"a","happened_at":"yesterday"})"), "400 api.bad_time happened_at");
  EXPECT_EQ(say_json(R"({"text":"a","happened_at":"2099-01-01T00:00:00Z"})"),
            "400 cases.in_the_future happened_at");
  EXPECT_EQ(say_json(R"({"text":" "})"), "400 cases.words_empty text");
  EXPECT_EQ(say_json(R"({"text":"a\u0000b"})"), "400 kernel.control_character");
  // Also where no text is cleaned because it is only looked up: PostgreSQL takes no NUL in any.
  EXPECT_EQ(say_json(R"({"text":"a","place":"339901101\u0000"})"), "400 kernel.control_character");
  EXPECT_EQ(say_json(R"({"text":"a","contact":{"\u0000phone":"1"}})"),
            "400 kernel.control_character");
  EXPECT_EQ(cases_in_all(), 1);
}

TEST_F(Api, RefusesWhatIsNotOneJsonObject) {
  EXPECT_EQ(say_json(""), "400 api.not_json");
  EXPECT_EQ(say_json("{"), "400 api.not_json");
  EXPECT_EQ(say_json("{} {}"), "400 api.not_json");
  EXPECT_EQ(say_json("{\"text\":\"\xB1\xE0\"}"), "400 api.not_json");
  EXPECT_EQ(say_json("{\"text\":\"\\ud800\"}"), "400 api.not_json");
  EXPECT_EQ(say_json("{'text':'a'}"), "400 api.not_json");
  EXPECT_EQ(say_json("[]"), "400 api.not_an_object");
  EXPECT_EQ(say_json("null"), "400 api.not_an_object");
  EXPECT_EQ(say_json(std::string(100'000, '[')), "400 api.too_deep");
  std::string many = "{\"text\":\"a\"";
  for (int i = 0; i < 64; ++i) many += ",\"f" + std::to_string(i) + "\":1";
  EXPECT_EQ(say_json(many + "}"), "400 api.too_many_fields");
  EXPECT_EQ(cases_in_all(), 0);
}

TEST_F(Api, CountsCharactersAndNotBytes) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "水";
  EXPECT_EQ(say_json("{\"text\":\"" + text + "\"}"), "201");
  EXPECT_EQ(say_json("{\"text\":\"" + text + "水\"}"), "400 cases.words_too_long text");
}

TEST_F(Api, APlaceIsACodeOfOursAndNeverWhatSomebodyWrote) {
  EXPECT_EQ(say_json(R"({"text":"a","place":"339901101"})"), "201");
  EXPECT_EQ(say_json(R"({"text":"a","place":"王家村3号"})"), "400 api.unknown_place place");
}

TEST_F(Api, EveryRequestThatKeepsSomethingNeedsItsKey) {
  EXPECT_EQ(told(send({Method::post, "/api/v1/cases", {}, R"({"text":"a"})", {}, {}, {}})),
            "400 api.idempotency_key_missing Idempotency-Key");
  EXPECT_EQ(say_json(R"({"text":"a"})", {{"idempotency-key", "12345"}}),
            "400 api.bad_idempotency_key Idempotency-Key");
  EXPECT_EQ(say_json(R"({"text":"a"})",
                     {{"idempotency-key", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\""}}),
            "201");
  // The same key written otherwise is the same key.
  EXPECT_EQ(say_json(R"({"text":"a"})", {{"idempotency-key", "8e03978e40d543e8bc936894a57f9324"}}),
            "200");
}

// R17: whatever keeps something is sent three times, as if the first two answers had been lost.
TEST_F(Api, ThreeTimesTheSameRequestIsOnceTheSameThing) {
  const auto thrice = [&](const std::string& path, const std::string& body, Headers headers,
                          const std::string& login = {}) {
    headers.insert_or_assign("idempotency-key", new_key());
    std::vector<boost::json::object> answers;
    for (int i = 0; i < 3; ++i) {
      answers.push_back(json_of(post(path, body, headers, login)));
      answers.back().erase("repeated");
    }
    EXPECT_EQ(answers[0], answers[1]) << path;
    EXPECT_EQ(answers[0], answers[2]) << path;
    EXPECT_FALSE(answers[0].contains("code")) << answers[0];
    return answers[0];
  };
  const auto receipt = thrice("/api/v1/cases", R"({"text":"一件事"})", {});
  EXPECT_EQ(cases_in_all(), 1);
  const std::string number(receipt.at("number").as_string());
  const std::string path = "/api/v1/receipts/" + number;
  Headers code{{"x-query-code", std::string(receipt.at("query_code").as_string())}};
  thrice(path + "/steps/supplemented", R"({"fields":{"words":"还有"}})", code);
  thrice(path + "/steps/urged", "{}", code);
  EXPECT_EQ(events_in_all(), 3);

  // The sender of the second and third request still holds the old code.
  const auto replaced = thrice(path + "/code", "", code);
  EXPECT_EQ(events_in_all(), 4);
  EXPECT_EQ(get(path, code).status, 401);
  const Headers new_code{{"x-query-code", std::string(replaced.at("query_code").as_string())}};
  EXPECT_EQ(get(path, new_code).status, 200);
  EXPECT_EQ(post(path + "/code", "", code).status,
            401);  // the old code and another key open nothing

  const auto written = thrice("/api/v1/office/cases", R"({"text":"代写"})", {}, "clerk");
  const std::string helped = "/api/v1/receipts/" + std::string(written.at("number").as_string());
  thrice(helped + "/activate", "",
         {{"x-query-code", std::string(written.at("activation_code").as_string())}});
  const std::string office = "/api/v1/cases/" + std::string(written.at("id").as_string());
  thrice(office + "/steps/triaged", R"({"fields":{"category":"minhu:01"}})", {}, "dispatcher");
  EXPECT_EQ(cases_in_all(), 2);
  EXPECT_EQ(events_in_all(), 7);
}

// ---- number and code

TEST_F(Api, WhoWasTakenInHasTheirNumberAlsoWhereTheDatabaseGoesAwayBehindTheCommit) {
  const Proofs away{proofs_.of_step, [](Reading&, cases::CaseId) -> std::string {
                      throw StorageUnreachable("away");
                    }};
  const auto all = routes({installation_, sentences_, gate_, sessions_, guesses_, take_upload_,
                           [] { return Health{}; }, write_workbook_, matters_, accusations_,
                           provider_names_, classes::by_category_and_place(), away, "2026-11"});
  http::Request request;
  request.method = Method::post;
  request.path = "/api/v1/cases";
  request.headers["idempotency-key"] = new_key();
  request.body = R"({"text":"路灯不亮"})";
  const auto route = std::find_if(all.begin(), all.end(), [&](const http::Route& one) {
    return one.method == request.method && one.pattern == request.path;
  });
  const auto response = route->handle(request);
  ASSERT_EQ(response.status, 201);
  const auto receipt = json_of(response);
  EXPECT_FALSE(receipt.contains("promise"));
  EXPECT_TRUE(receipt.contains("proof"));
  const std::string number(receipt.at("number").as_string());
  EXPECT_EQ(get("/api/v1/receipts/" + number,
                {{"x-query-code", std::string(receipt.at("query_code").as_string())}})
                .status,
            200);
}

TEST_F(Api, AWrongCodeAndANumberThatDoesNotExistAreTheSameAnswerAndTheSameWait) {
  const Held mine = say();
  const Held other = say();
  const auto wrong_code = get(mine.path(), other.with());
  const auto wrong_number = get(
      "/api/v1/receipts/" + cases::show_number(cases::make_number(keyring_, 123)), other.with());
  EXPECT_EQ(wrong_code.status, 401);
  EXPECT_EQ(wrong_code.body, wrong_number.body);
  EXPECT_EQ(wrong_code.hold, accounts::Guesses::first_delay);
  EXPECT_EQ(wrong_number.hold, 2 * accounts::Guesses::first_delay);
  // Who knows the code is never kept waiting.
  EXPECT_EQ(get(mine.path(), mine.with()).hold.count(), 0);
}

TEST_F(Api, TheCodeComesInAHeaderOfEitherForm) {
  const Held mine = say();
  std::string plain = mine.code;
  std::erase(plain, ' ');
  EXPECT_EQ(get(mine.path(), {{"authorization", "Receipt " + mine.number + ":" + plain}}).status,
            200);
  EXPECT_EQ(get(mine.path(), {{"x-query-code", plain}}).status, 200);
  EXPECT_EQ(told(get(mine.path())), "401 api.code_missing");
  EXPECT_EQ(told(get(mine.path(), {}, {}, {{"code", plain}})), "401 api.code_missing");
  const Held other = say();
  EXPECT_EQ(told(get(other.path(), {{"authorization", "Receipt " + mine.number + ":" + plain}})),
            "401 cases.wrong_number_or_code");
}

TEST_F(Api, AReceiptIsNowhereInAnAddress) {
  const auto response = post("/api/v1/cases", R"({"text":"a"})");
  std::string code = text_of(response, "query_code");
  std::erase(code, ' ');
  for (const auto& [name, value] : response.headers) {
    EXPECT_EQ(value.find(code), std::string::npos) << name;
  }
}

TEST_F(Api, ASpeakerReadsWhatHappenedAndNothingInternal) {
  const Held held = say();
  must_step(held, "dispatcher", "noted", {{"note", "内部意见不外传"}});
  answer_case(held, housing_, "handler");
  const auto response = get(held.path(), held.with());
  const auto own = json_of(response);
  EXPECT_EQ(response.body.find("内部意见"), std::string::npos);
  EXPECT_EQ(response.body.find("account"), std::string::npos);
  EXPECT_NE(response.body.find("管道已经更换"), std::string::npos);
  EXPECT_EQ(own.at("state"), "answered");
  EXPECT_FALSE(own.at("clocks").as_array().empty());
  for (const auto& clock : own.at("clocks").as_array()) {
    EXPECT_FALSE(clock.at("explanation").as_string().empty());
  }
  for (const auto& happening : own.at("timeline").as_array()) {
    EXPECT_NE(happening.at("kind"), "noted");
  }
  bool can_rate = false;
  for (const auto& step : own.at("steps").as_array()) can_rate |= step.at("kind") == "rated";
  EXPECT_TRUE(can_rate);
  // Dates explain themselves in the reader's language.
  Headers english = held.with();
  english.emplace("accept-language", "en");
  EXPECT_NE(json_of(get(held.path(), english)).at("clocks"), own.at("clocks"));
}

// ---- offices

TEST_F(Api, WhoSomebodyIsStandsInNoAnswer) {
  const Held held = hold(post("/api/v1/cases", R"({"text":"a","contact":
      {"name":"欧阳小满","phone":"13912345678","address":"竹源镇7号"},"may_be_called":true})"));
  answer_case(held, housing_, "handler");
  const std::vector<std::string> answers{
      get(held.office(), {}, "dispatcher").body, get(held.office(), {}, "handler").body,
      get(held.office("/steps"), {}, "handler").body, get(held.path(), held.with()).body,
      get("/api/v1/queue", {}, "caller", {{"part", "call_back"}}).body};
  for (const std::string& answer : answers) {
    for (const char* secret : {"欧阳", "13912345678", "竹源镇7号"}) {
      EXPECT_EQ(answer.find(secret), std::string::npos);
    }
  }
  // The one door: the number for the call that the speaker asked for, which they then read about.
  const auto opened = post(held.office("/phone"), R"({"reason":"按您的要求回访"})", {}, "caller");
  EXPECT_EQ(opened.body, R"({"phone":"13912345678"})");
  EXPECT_NE(get(held.path(), held.with()).body.find("按您的要求回访"), std::string::npos);
}

// INV-11: which version of the privacy notice somebody was given is kept with their case, and none
// where nobody said so.
TEST_F(Api, TheVersionOfThePrivacyNoticeIsKeptWhoeverWroteTheWordsDown) {
  const auto notice_of = [this](const std::string& id) {
    return database_->read([&](Reading& reading) {
      const auto view = cases::view_case(reading, speaker(), *cases::CaseId::parse(id));
      return std::string(view.value().timeline.front().event.fact("notice"));
    });
  };
  const std::string counter = "/api/v1/office/cases";
  const std::string told = R"({"text":"路不平","channel":"phone","notice_given":true})";
  EXPECT_EQ(notice_of(text_of(post(counter, told, {}, "clerk"), "id")), "2026-11");
  EXPECT_EQ(notice_of(hold(post("/api/v1/cases", R"({"text":"a","notice_given":true})")).id),
            "2026-11");
  EXPECT_EQ(notice_of(text_of(post(counter, R"({"text":"路不平"})", {}, "clerk"), "id")), "");
}

// INV-01, INV-05: an accusation is there for its speaker alone, and nobody can tell that it is.
TEST_F(Api, AnAccusationIsNotThereForAnyOffice) {
  const Held held = hold(post("/api/v1/cases", R"({"text":"反映问题","track":"accusation"})"));
  EXPECT_EQ(json_of(get(held.path(), held.with())).at("track"), "accusation");
  const std::string none = "/api/v1/cases/00000000-0000-7000-8000-000000000000";
  for (const char* login : {"clerk", "dispatcher", "caller", "handler", "head", "town"}) {
    EXPECT_EQ(get(held.office(), {}, login).body, get(none, {}, login).body);
    EXPECT_EQ(get(held.office("/steps"), {}, login).status, 404);
    // By the time of the answer neither: both wait for a beat of the clock.
    EXPECT_EQ(get(held.office(), {}, login).hold, std::chrono::milliseconds(1));
    EXPECT_EQ(get(none, {}, login).hold, std::chrono::milliseconds(1));
    EXPECT_EQ(step(held, login, "noted", {{"note", "x"}}).body,
              post(none + "/steps/noted", R"({"fields":{"note":"x"}})", {}, login).body);
    for (const char* part : {"dispatch", "lead", "co", "call_back", "close", "review"}) {
      const auto queue = json_of(get("/api/v1/queue", {}, login, {{"part", part}}));
      EXPECT_TRUE(queue.at("lines").as_array().empty());
    }
  }
}

TEST_F(Api, AQueueIsReadPageByPageAndEachCaseOnce) {
  std::set<std::string> said;
  for (int i = 0; i < 7; ++i) said.insert(say("第" + std::to_string(i) + "件").id);
  std::set<std::string> read;
  std::string cursor;
  int pages = 0;
  do {
    const auto page = json_of(get("/api/v1/queue", {}, "dispatcher",
                                  {{"part", "dispatch"}, {"limit", "3"}, {"cursor", cursor}}));
    for (const auto& line : page.at("lines").as_array()) {
      EXPECT_TRUE(read.insert(std::string(line.at("id").as_string())).second);
    }
    const auto& next = page.at("next_cursor");
    cursor = next.is_null() ? "" : std::string(next.as_string());
    ++pages;
  } while (!cursor.empty());
  EXPECT_EQ(read, said);
  EXPECT_EQ(pages, 3);
  const auto page = [&](const char* name, const char* value) {
    return told(get("/api/v1/queue", {}, "dispatcher", {{"part", "dispatch"}, {name, value}}));
  };
  EXPECT_EQ(page("limit", "201"), "400 api.bad_limit limit");
  EXPECT_EQ(page("limit", "0"), "400 api.bad_limit limit");
  EXPECT_EQ(page("limit", "3x"), "400 api.bad_limit limit");
  EXPECT_EQ(page("cursor", "abc"), "400 api.bad_cursor cursor");
  EXPECT_EQ(page("petitioner", "x"), "400 api.unknown_parameter petitioner");
}

TEST_F(Api, WhoReadAnOlderStateIsToldAndChangesNothing) {
  const Held held = say();
  const auto steps = json_of(get(held.office("/steps"), {}, "dispatcher"));
  const auto seq = steps.at("seq").as_int64();
  own_step(held, "supplemented", {{"words", "还有一件"}});
  const auto late = [&](std::int64_t expected) {
    return told(post(held.office("/steps/triaged"),
                     boost::json::serialize(boost::json::object{{"expected_seq", expected}}), {},
                     "dispatcher"));
  };
  EXPECT_EQ(late(seq), "409 cases.changed_meanwhile");
  EXPECT_EQ(late(seq + 1), "200");
}

TEST_F(Api, OpenStepsNameTheirFieldsAndCanBeTakenAsTheyAreNamed) {
  const Held held = say();
  const auto steps = json_of(get(held.office("/steps"), {}, "dispatcher"));
  std::set<std::string> kinds;
  for (const auto& each : steps.at("steps").as_array()) {
    kinds.insert(std::string(each.at("kind").as_string()));
  }
  EXPECT_TRUE(kinds.contains("transferred"));
  EXPECT_FALSE(kinds.contains("answered"));
  EXPECT_EQ(told(step(held, "dispatcher", "flown_to_the_moon")), "404 api.unknown_step");
  EXPECT_EQ(told(step(held, "dispatcher", "triaged", {{"colour", "red"}})),
            "400 cases.field_unknown colour");
  EXPECT_EQ(told(step(held, "dispatcher", "triaged", {{"我的话", "x"}})),
            "400 api.unknown_field fields.?");
}

TEST_F(Api, ASessionIsACookieThatEndsWhenItsOwnerLeaves) {
  const auto response = send({Method::post,
                              "/api/v1/session",
                              {},
                              R"({"login":"handler","password":"a good password"})",
                              {},
                              {},
                              {}});
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(json_of(response).at("unit").at("name"), "县住建局");
  std::string cookie;
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") cookie = value;
  }
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  const std::string token =
      cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  EXPECT_TRUE(sessions_.who(token, now_));
  http::Request leave;
  leave.method = Method::delete_;
  leave.path = "/api/v1/session";
  leave.cookies[std::string(accounts::session_cookie)] = token;
  leave.headers[std::string(accounts::desk_header)] = "1";
  EXPECT_EQ(route_of(leave)->handle(leave).status, 204);
  EXPECT_FALSE(sessions_.who(token, now_));
}

TEST_F(Api, WhoGuessesPasswordsWaitsLongerEachTime) {
  const auto guess = [&] {
    return send({Method::post,
                 "/api/v1/session",
                 {},
                 R"({"login":"nobody","password":"a wrong password"})",
                 {},
                 {},
                 {}});
  };
  EXPECT_EQ(guess().hold, accounts::Guesses::first_delay);
  EXPECT_EQ(guess().hold, 2 * accounts::Guesses::first_delay);
}

// ---- problems

TEST_F(Api, ProblemsSpeakTheLanguageOfTheClient) {
  const auto detail = [&](const std::string& languages) {
    http::Request request;
    request.method = Method::post;
    request.path = "/api/v1/cases";
    if (!languages.empty()) request.headers["accept-language"] = languages;
    const Fault fault(FaultCode::invalid_input, "api.not_an_object");
    const auto response = refusal(sentences_)(request, 400, fault);
    EXPECT_EQ(contract_.fault_of("post /api/v1/cases", response), "");
    return text_of(response, "detail");
  };
  const std::string chinese = "请求内容应当是一个 JSON 对象。";
  const std::string english = "The body should be one JSON object.";
  EXPECT_EQ(detail(""), chinese);
  EXPECT_EQ(detail("fr"), chinese);
  EXPECT_EQ(detail("en-GB,en;q=0.9"), english);
  EXPECT_EQ(detail("zh;q=0.5, en;q=0.9"), english);
  EXPECT_EQ(detail("zh-TW, en;q=0.9"), chinese);
  EXPECT_EQ(detail(";;,q=,en;q=x"), chinese);
}

TEST_F(Api, AProblemSaysWhatBecameOfARequestThatWouldHaveKeptSomething) {
  const std::string nothing = text_of(post("/api/v1/cases", "{}"), "kept");
  EXPECT_FALSE(nothing.empty());
  EXPECT_TRUE(text_of(get("/api/v1/queue"), "kept").empty());
  // Where nobody knows, nobody is told that nothing was kept: they would bring it a second time.
  http::Request request;
  request.method = Method::post;
  request.path = "/api/v1/cases";
  const auto kept = [&](const char* key) {
    return text_of(refusal(sentences_)(request, 503, Fault(FaultCode::unavailable, key)), "kept");
  };
  EXPECT_EQ(kept("storage.unreachable"), nothing);
  for (const char* key : {"storage.perhaps_kept", "http.storage_down", "http.internal"}) {
    EXPECT_NE(kept(key), nothing) << key;
    EXPECT_FALSE(kept(key).empty()) << key;
  }
}

TEST_F(Api, WhatTheServerRefusesItselfIsAProblemToo) {
  http::Request request;
  request.path = "/api/v1/nothing";
  for (const int status : {400, 404, 405, 408, 413, 414, 415, 429, 431, 500, 503, 507}) {
    const Fault fault(FaultCode::not_found, "api.unknown_step");
    const auto response = refusal(sentences_)(request, status, fault);
    EXPECT_EQ(response.status, status);
    const std::string title = text_of(response, "title");
    EXPECT_FALSE(title.empty() || title.starts_with("api.")) << status;
    EXPECT_EQ(contract_.fault_of("get /api/v1/queue", response), "");
  }
}

TEST_F(Api, EverySentenceStandsInBothLanguagesWithTheSamePlaceholders) {
  const auto placeholders = [](const std::string& sentence) {
    std::set<std::string> names;
    for (auto open = sentence.find('{'); open != std::string::npos;
         open = sentence.find('{', open + 1)) {
      names.insert(sentence.substr(open, sentence.find('}', open) - open));
    }
    return names;
  };
  const auto& chinese = sentences_.of("zh-CN");
  const auto& english = sentences_.of("en");
  EXPECT_EQ(chinese.keys(), english.keys());
  for (const auto key : chinese.keys()) {
    if (!key.starts_with("api.")) continue;
    EXPECT_EQ(placeholders(chinese.say(key)), placeholders(english.say(key))) << key;
  }
}

TEST_F(Api, AnAnswerThatDoesNotFitTheContractIsNoticed) {
  http::Response response = http::json(R"({"queues":[]})");
  EXPECT_EQ(contract_.fault_of("get /api/v1/queues", response), "");
  for (const char* body : {R"({"queues":[],"more":1})", R"({"queues":1})", "{}",
                           R"({"queues":[{"part":"none","waiting":1}]})",
                           R"({"queues":[{"part":"lead","waiting":1001}]})"}) {
    response.body = body;
    EXPECT_NE(contract_.fault_of("get /api/v1/queues", response), "") << body;
  }
  response.status = 201;
  EXPECT_NE(contract_.fault_of("get /api/v1/queues", response), "");
}

TEST_F(Api, WhateverWasDoneTheRowsAreWhatTheEventsSay) {
  const Held held = say();
  answer_case(held, housing_, "handler");
  own_step(held, "rated", {{"solved", "no"}, {"words", "还是不行"}});
  const auto rebuilt = cases::rebuild(*database_, county_.region, cases::OnDifference::report);
  EXPECT_EQ(rebuilt.cases, 1);
  EXPECT_TRUE(rebuilt.different.empty());
}

}  // namespace
}  // namespace minhu::web_api
