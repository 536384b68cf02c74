// What is done for good to whoever may: with spare cases and sessions of its own.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "cells.h"
#include "words.h"

namespace minhu::permission_matrix {
namespace {

const Person& person(std::string_view name) {
  for (const Person& one : people()) {
    if (one.name == name) return one;
  }
  throw std::runtime_error("nobody is called " + std::string(name));
}

Told ask(http::Method method, std::string target,
         std::vector<std::pair<std::string, std::string>> headers, std::string body = {}) {
  const bool json = target.starts_with("/api/");
  if (json && is_unsafe(method)) headers.emplace_back("X-Minhu-Desk", "1");
  return House::get().ask_raw({method, std::move(target), std::move(body),
                               json ? "application/json" : "application/x-www-form-urlencoded",
                               std::move(headers)});
}
std::string member(const Told& told, const char* name) {
  return std::string(boost::json::parse(told.body).as_object().at(name).as_string());
}
Told with_code(http::Method method, const Matter& matter, const std::string& rest,
               const std::string& code,
               const std::string& key = "11111111111111111111111111111111") {
  return ask(method, "/api/v1/receipts/" + matter.number + rest,
             {{"X-Query-Code", code}, {"Idempotency-Key", key}});
}

TEST(Once, ANewCodeOpensTheCaseAndTheOldOneNothing) {
  const Matter& spare = House::get().here().matter("spare");
  const Told given = with_code(http::Method::post, spare, "/code", spare.code);
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(with_code(http::Method::get, spare, "", member(given, "query_code")).status, 200);
  EXPECT_EQ(with_code(http::Method::get, spare, "", spare.code).status, 401);
}

TEST(Once, ANewCodeOnThePagesShutsTheOldPass) {
  House& house = House::get();
  const Matter& spare = house.here().matter("spare_page");
  const std::string pass = house.pass_of(spare);
  const Told told = ask(http::Method::post, "/t/" + spare.number + "/revoke",
                        {{"Cookie", pass}, {"Sec-Fetch-Site", "same-origin"}},
                        "token=22222222222222222222222222222222");
  ASSERT_EQ(told.status, 303) << told.body;
  const auto page_with = [&](const std::string& cookie) {
    return canaries_in(ask(http::Method::get, "/t/" + spare.number, {{"Cookie", cookie}}).body);
  };
  EXPECT_TRUE(page_with(pass).empty());
}

TEST(Once, WhoeverWantsNoMoreCallsIsNotCalledAndSaysSoOnce) {
  House& house = House::get();
  const Matter& counter = house.here().matter("mine");
  const std::string pass = house.pass_of(counter);
  const auto stop = [&](const std::string& cookie) {
    return ask(http::Method::post, "/t/" + counter.number + "/mine/calls",
               {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}}, "x=1");
  };
  EXPECT_TRUE(canaries_in(stop("").body).empty()) << "nothing but the form for number and code";
  const Told told = stop(pass);
  EXPECT_EQ(told.status, 303) << told.body;
}

TEST(Once, AConsentIsTakenBackWithTheCodeOfItsOwnCaseAndNoOther) {
  House& house = House::get();
  const Matter& own = house.here().matter("spare_consent");
  const std::string other = house.here().matter("closed").code;
  const auto told = [&](http::Method method, const char* rest, const std::string& code,
                        std::string body = {}) {
    return ask(method, "/api/v1/receipts/" + own.number + rest, {{"X-Query-Code", code}},
               std::move(body));
  };
  const std::string notice = member(told(http::Method::get, "/rights", own.code), "present_notice");
  const std::string agrees = R"({"notice":")" + notice + R"("})";
  EXPECT_EQ(told(http::Method::put, "/publication", other, agrees).status, 401);
  EXPECT_EQ(told(http::Method::put, "/publication", own.code, agrees).status, 200);
  for (const char* rest : {"/publication", "/calls"}) {
    EXPECT_EQ(told(http::Method::delete_, rest, other).status, 401) << rest;
    EXPECT_EQ(told(http::Method::delete_, rest, own.code).status, 200) << rest;
    EXPECT_EQ(told(http::Method::delete_, rest, own.code).status, 409) << rest;
  }
}

TEST(Once, AnActivationCodeIsExchangedOnceAndSaysSoToItsHolderAlone) {
  House& house = House::get();
  const Matter& counter = house.here().matter("counter");
  const Told given = with_code(http::Method::post, counter, "/activate", counter.code);
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(with_code(http::Method::get, counter, "", member(given, "query_code")).status, 200);
  const std::string other_key(32, '3');
  EXPECT_EQ(with_code(http::Method::post, counter, "/activate", counter.code, other_key).code(),
            "cases.already_activated");
  const Told guessed = with_code(http::Method::post, counter, "/activate",
                                 house.here().matter("mine").code, other_key);
  EXPECT_EQ(guessed.status, 401);
  EXPECT_EQ(guessed.code(), "cases.wrong_number_or_code");
}

TEST(Once, WhoeverSignsOutIsNobodyFromThenOn) {
  for (const auto& [method, target] : {std::pair{http::Method::delete_, "/api/v1/session"},
                                       std::pair{http::Method::post, "/office/sign-out"}}) {
    const Told signed_in = ask(http::Method::post, "/api/v1/session", {},
                               R"({"login":"auditor","password":"a good password"})");
    ASSERT_EQ(signed_in.status, 200);
    const std::string header = signed_in.header("set-cookie");
    const std::string cookie = header.substr(0, header.find(';'));
    const auto session = [&] {
      return ask(http::Method::get, "/api/v1/session", {{"Cookie", cookie}}).status;
    };
    EXPECT_EQ(session(), 200);
    EXPECT_LT(ask(method, target, {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}}).status,
              400);
    EXPECT_EQ(session(), 401) << target;
  }
}

TEST(Once, ASessionOfOneCountyIsNoneInAnother) {
  House& house = House::get();
  const std::string& session = house.session_of(person("foreign_dispatcher"));
  EXPECT_EQ(ask(http::Method::get, "/api/v1/session", {{"Cookie", session}}).status, 401);
  EXPECT_EQ(ask(http::Method::get, "/api/v1/queue?part=dispatch", {{"Cookie", session}}).status,
            401);
}

TEST(Once, APhoneNumberIsToldToTheCallerAloneAndTheSpeakerReadsThatItWas) {
  House& house = House::get();
  const Matter& spare = house.here().matter("spare_answered");
  Asked reveal{http::Method::post,
               "/api/v1/cases/" + spare.id + "/phone",
               R"({"reason":"约好今天回访"})",
               "application/json",
               {{"Idempotency-Key", std::string(32, '4')}}};
  for (const Person& one : people()) {
    if (one.name == "caller") continue;
    const Told told = house.ask(one, reveal);
    EXPECT_GE(told.status, 400) << one.name;
    EXPECT_EQ(told.body.find("-phone"), std::string::npos) << one.name;
  }
  const Told told = house.ask(person("caller"), reveal);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(canaries_in(told.body), std::set<std::string>{canary("spare_answered", "phone")});
  const Told own = with_code(http::Method::get, spare, "", spare.code);
  EXPECT_NE(own.body.find("identity_revealed"), std::string::npos);
  EXPECT_EQ(own.body.find("-phone"), std::string::npos);
}

TEST(Once, FiguresOfTheMachineAreToldOnTheMachineAlone) {
  House& house = House::get();
  const Asked asked{http::Method::get, "/metrics", {}, {}, {}};
  EXPECT_EQ(house.ask_raw(asked).status, 200);
  EXPECT_EQ(house.ask_raw(asked, "203.0.113.9").status, 404);
}

}  // namespace
}  // namespace minhu::permission_matrix
