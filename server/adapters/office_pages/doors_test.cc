#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "adapters/office_pages/page.h"
#include "adapters/office_pages/queue_address.h"
#include "adapters/office_pages/test_browser.h"
#include "features/accounts/invitation.h"

namespace minhu::office_pages {
namespace {

using accounts::Role;
using cases::EventKind;

class OfficeDoors : public OfficeWorld {
 protected:
  // An address that fits the pattern.
  static std::string address_of(std::string_view pattern, cases::CaseId id) {
    std::string address;
    for (const std::string& segment : segments_of(pattern)) {
      address += '/';
      address += segment == "{kind}" ? "noted" : segment.starts_with('{') ? id.text() : segment;
    }
    return address;
  }
};

TEST_F(OfficeDoors, EveryRouteThatIsNotPublicRefusesWithoutASession) {
  const cases::CaseId id = received().case_id;
  Browser nobody(routes_);
  const std::set<std::string_view> open{"/office/assets/{name}", "/office/language",
                                        "/office/sign-in", "/office/invitation"};
  int closed = 0;
  for (const http::Route& route : routes_) {
    EXPECT_EQ(route.permission == "public", open.contains(route.pattern)) << route.pattern;
    if (route.permission == "public") continue;
    ++closed;
    EXPECT_TRUE(accounts::is_permission(route.permission)) << route.pattern;
    const std::string address = address_of(route.pattern, id);
    if (route.method == http::Method::get) {
      const auto sent_away = nobody.get(address + "?from=lead");
      EXPECT_EQ(sent_away.status, 303) << address;
      EXPECT_TRUE(header(sent_away, "Location").starts_with("/office/sign-in?next=/office"))
          << header(sent_away, "Location");
    } else {
      EXPECT_EQ(nobody.post(address, {}).status, 401) << address;
      EXPECT_EQ(nobody.post(address, {}, {{"sec-fetch-site", "cross-site"}}).status, 403);
    }
  }
  EXPECT_GT(closed, 10);
  EXPECT_EQ(file(id).seq, 0);
}

TEST_F(OfficeDoors, AnInvitationLeadsToAPasswordASecondFactorAndTheQueueWithoutScripts) {
  accounts::Invitation invitation;
  write([&](Transaction& t) {
    invitation = accounts::invite_first(t, sessions_.ground(), clock_.now());
  });
  Browser browser(routes_);
  const Fields form{{"token", "https://minhu.example/desk/invitation#" + invitation.token},
                    {"login", "ann"},
                    {"display_name", "安"},
                    {"password", "meadow lark at dawn"}};
  Fields weak = form;
  weak["password"] = "123456789012";
  const auto refused = browser.post("/office/invitation", weak);
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("太好猜"), std::string::npos) << refused.body;
  EXPECT_EQ(refused.body.find("123456789012"), std::string::npos);
  EXPECT_EQ(header(browser.post("/office/invitation", form), "Location"), "/office/second-factor");
  // Half open: every page but this one leads back here.
  EXPECT_TRUE(
      header(browser.get("/office"), "Location").starts_with("/office/second-factor?next="));
  EXPECT_NE(browser.get("/office/second-factor").body.find("class=\"secret\""), std::string::npos);
  const auto wrong = browser.post("/office/second-factor", {{"code", "12"}});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_GT(wrong.hold.count(), 0);
  const std::string codes = enrol(browser);
  EXPECT_NE(codes.find("class=\"codes\""), std::string::npos);
  EXPECT_EQ(browser.get("/office").status, 200);
  // The codes are good in place of the telephone.
  Browser again(routes_);
  EXPECT_EQ(
      again.post("/office/sign-in", {{"login", "ann"}, {"password", "meadow lark at dawn"}}).status,
      303);
  EXPECT_EQ(again.get("/office/second-factor").body.find("class=\"secret\""), std::string::npos);
  const auto in = again.post("/office/second-factor", {{"code", between(codes, "<li><code>", "<")},
                                                       {"next", "/office/rules"}});
  EXPECT_EQ(header(in, "Location"), "/office/rules");
  EXPECT_EQ(again.get("/office/rules").status, 200);
}

TEST_F(OfficeDoors, WordsThatMeetAnEndedSessionComeBackToBeSentAgain) {
  const cases::CaseId id = received().case_id;
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const std::string address = step_address(id, EventKind::noted);
  Fields note = hidden_in(form_in(dispatcher.get(case_address(id)).body, address));
  note["note"] = "写了很久很久很久很久很久很久的一段话\n还有第二行";
  clock_.set({now_.unix_ms + 40 * 60'000});
  const auto refused = dispatcher.post(address, note);
  EXPECT_EQ(refused.status, 401);
  const std::string form = form_in(refused.body, address);
  EXPECT_NE(form.find(note["note"]), std::string::npos) << refused.body;
  Fields again = hidden_in(form);
  again["note"] = note["note"];
  Browser same_person = official(Role::dispatcher, county_.petition_office);
  EXPECT_EQ(same_person.post(address, again).status, 303);
}

TEST_F(OfficeDoors, AWrongLoginSoundsTheSameForEverybodyAndIsHeldBackLongerEachTime) {
  Browser someone = official(Role::handler, housing_);
  Browser guesser(routes_);
  const auto unknown =
      guesser.post("/office/sign-in", {{"login", "nobody"}, {"password", "0123456789ab"}});
  const auto wrong =
      guesser.post("/office/sign-in", {{"login", "handler1"}, {"password", "0123456789ab"}});
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(wrong.status, 401);
  const auto said = [](const http::Response& response) {
    return between(response.body, "role=\"alert\">", "</p>");
  };
  EXPECT_FALSE(said(wrong).empty());
  EXPECT_EQ(said(wrong), said(unknown));
  EXPECT_EQ(wrong.body.find("0123456789ab"), std::string::npos);
  EXPECT_GT(unknown.hold.count(), 0);
  EXPECT_GT(wrong.hold, unknown.hold);
  const auto right =
      guesser.post("/office/sign-in", {{"login", "handler1"}, {"password", std::string(password)}});
  EXPECT_EQ(right.hold.count(), 0);
}

TEST_F(OfficeDoors, WhoSendsManyPasswordsAtOnceIsAskedToWait) {
  official(Role::handler, housing_);
  Browser browser(routes_);
  const auto signs_in = [&] {
    return browser
        .post("/office/sign-in", {{"login", "handler1"}, {"password", std::string(password)}})
        .status;
  };
  std::vector<accounts::Guesses::Comparison> flood;
  for (int i = 0; i < accounts::Guesses::most_at_once; ++i) {
    flood.push_back(*guesses_.compare("test"));
  }
  EXPECT_EQ(signs_in(), 503);
  flood.clear();
  EXPECT_EQ(signs_in(), 303);
}

TEST_F(OfficeDoors, SigningInGoesOnlyToOurOwnAddresses) {
  EXPECT_EQ(local_address("/office/cases/1?from=lead"), "/office/cases/1?from=lead");
  for (const std::string_view elsewhere :
       {"//evil.example/office", "https://evil.example", "/officeevil", "/office\\evil", "/",
        "javascript:alert(1)", "/office/x\ny", "/office/sign-out", "/office/sign-in", ""}) {
    EXPECT_EQ(local_address(elsewhere), "/office") << elsewhere;
  }
  Browser someone = official(Role::handler, housing_);
  const auto signed_in = someone.post(
      "/office/sign-in",
      {{"login", "handler1"}, {"password", std::string(password)}, {"next", "/office/rules"}});
  EXPECT_EQ(header(signed_in, "Location"), "/office/rules");
  const auto lured = someone.post(
      "/office/sign-in",
      {{"login", "handler1"}, {"password", std::string(password)}, {"next", "//evil.example"}});
  EXPECT_EQ(header(lured, "Location"), "/office");
}

TEST_F(OfficeDoors, SigningOutEndsTheSession) {
  Browser someone = official(Role::handler, housing_);
  const std::string cookie = someone.cookie;
  const auto out = someone.post("/office/sign-out", {});
  EXPECT_EQ(out.status, 303);
  EXPECT_FALSE(header(out, "Clear-Site-Data").empty());
  someone.cookie = cookie;
  EXPECT_EQ(someone.get("/office").status, 303);
}

TEST_F(OfficeDoors, AnotherSiteCanNeitherSignInNorAct) {
  Browser someone = official(Role::dispatcher, county_.petition_office);
  const cases::CaseId id = received().case_id;
  Fields note =
      hidden_in(form_in(someone.get(case_address(id)).body, step_address(id, EventKind::noted)));
  note["note"] = "x";
  const std::map<std::string, std::string, std::less<>> foreign{{"sec-fetch-site", "cross-site"}};
  EXPECT_EQ(someone.post(step_address(id, EventKind::noted), note, foreign).status, 403);
  EXPECT_EQ(file(id).seq, 0);
  EXPECT_EQ(someone
                .post("/office/sign-in",
                      {{"login", "dispatcher1"}, {"password", std::string(password)}}, foreign)
                .status,
            403);
  EXPECT_EQ(someone.post("/office/language", {{"language", "en"}}, foreign).status, 403);
}

TEST_F(OfficeDoors, AUnitCannotTellACaseOfAnotherFromOneThatThereIsNot) {
  const cases::Receipt theirs = received();
  must(dispatcher(), theirs.case_id, EventKind::transferred, to(water_));
  Browser handler = official(Role::handler, housing_);
  const auto existing = handler.get(case_address(theirs.case_id));
  const auto missing = handler.get(case_address(entropy_.id<cases::CaseId>(now_)));
  const auto no_id = handler.get("/office/cases/nonsense");
  EXPECT_EQ(existing.status, 404);
  // Alike to the last byte but for the address in the form that changes the language.
  const auto without_address = [](std::string body) {
    const std::string here = between(body, "name=\"back\" value=\"", "\"");
    body.replace(body.find(here), here.size(), "");
    return body;
  };
  EXPECT_EQ(without_address(existing.body), without_address(missing.body));
  EXPECT_EQ(without_address(existing.body), without_address(no_id.body));
  EXPECT_EQ(existing.headers, missing.headers);
  // Nor by the time of the answer: both wait for a beat of the clock.
  EXPECT_EQ(existing.hold, std::chrono::milliseconds(1));
  EXPECT_EQ(missing.hold, std::chrono::milliseconds(1));
  const auto step = handler.post(step_address(theirs.case_id, EventKind::noted), {{"note", "x"}});
  const auto missing_step = handler.post(
      step_address(entropy_.id<cases::CaseId>(now_), EventKind::noted), {{"note", "x"}});
  EXPECT_EQ(step.status, 404);
  EXPECT_EQ(step.body, missing_step.body);
  const auto found = handler.get("/office/find?number=" + theirs.number);
  const auto not_found = handler.get("/office/find?number=" + cases::make_number(keyring_, 123));
  EXPECT_EQ(found.status, 404);
  EXPECT_EQ(found.headers, not_found.headers);
}

TEST_F(OfficeDoors, AnAccusationIsNowhere) {
  cases::Words words = some_words(5);
  words.track = cases::Track::accusation;
  words.text = "举报某人收钱不办事";
  const auto receipt = receive_words(as(Role::anyone), words);
  ASSERT_TRUE(receipt);
  const std::string number = receipt->number;
  for (int role = static_cast<int>(Role::clerk); role < static_cast<int>(Role::system); ++role) {
    Browser someone = official(static_cast<Role>(role), county_.petition_office);
    const bool reads = accounts::role_has(static_cast<Role>(role), "case:read");
    const int refused = reads ? 404 : 403;
    EXPECT_EQ(someone.get(case_address(receipt->case_id)).status, refused) << role;
    EXPECT_EQ(someone.get("/office/find?number=" + number).status, refused) << role;
    EXPECT_EQ(
        someone.post(step_address(receipt->case_id, EventKind::noted), {{"note", "x"}}).status,
        refused);
    for (const char* part : {"dispatch", "lead", "co", "call_back", "close", "review"}) {
      const std::string page = someone.get(std::string("/office?part=") + part).body;
      EXPECT_EQ(page.find("收钱"), std::string::npos);
      EXPECT_EQ(page.find(receipt->case_id.text()), std::string::npos);
    }
  }
}

TEST_F(OfficeDoors, WhoeverHandledItNeverCallsBack) {
  const cases::CaseId id = received().case_id;
  answer(id);
  // A caller in the unit that handled it does not even see the case.
  Browser own_caller = official(Role::caller, housing_);
  EXPECT_EQ(own_caller.get(case_address(id)).status, 404);
  EXPECT_EQ(
      own_caller
          .post(step_address(id, EventKind::callback_done), {{"reached", "yes"}, {"solved", "yes"}})
          .status,
      404);
  for (const Role role : {Role::handler, Role::unit_head}) {
    Browser someone = official(role, housing_);
    const std::string page = someone.get(case_address(id)).body;
    EXPECT_EQ(form_in(page, step_address(id, EventKind::callback_done)), "");
    Fields result = {{"reached", "yes"}, {"solved", "yes"}, {"expected_seq", "4"}};
    result["token"] = std::string(32, 'a');
    EXPECT_EQ(someone.post(step_address(id, EventKind::callback_done), result).status, 403);
  }
  EXPECT_FALSE(file(id).solved.has_value());
}

TEST_F(OfficeDoors, TheUnitThatWillCallBackIsNotOfferedAsTheOneThatHandles) {
  const cases::CaseId id = received().case_id;
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const std::string page = dispatcher.get(case_address(id)).body;
  const std::string form = form_in(page, step_address(id, EventKind::transferred));
  EXPECT_NE(form.find(housing_.text()), std::string::npos);
  EXPECT_EQ(form.find(county_.petition_office.text()), std::string::npos);
}

TEST_F(OfficeDoors, OnlyStepsThatTheTableOpensAreOffered) {
  const cases::CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  Browser handler = official(Role::handler, housing_);
  const std::string page = handler.get(case_address(id)).body;
  const cases::Context context = as(Role::handler, housing_);
  for (const cases::Edge& edge : cases::edges()) {
    const bool open = cases::open_edge(edge.kind, file(id).state, file(id).track) != nullptr &&
                      cases::decide(context, file(id), edge.permission).allowed;
    EXPECT_EQ(!form_in(page, step_address(id, edge.kind)).empty(), open) << cases::name(edge.kind);
  }
}

TEST_F(OfficeDoors, WhatPeopleWriteIsTextAndNeverMarkup) {
  const std::string attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  cases::Words words = some_words(6);
  words.text = attack;
  words.place_words = attack;
  words.title = attack;
  const auto receipt = receive_words(as(Role::anyone), words);
  ASSERT_TRUE(receipt);
  const cases::CaseId id = receipt->case_id;
  must(speaker(), id, EventKind::supplemented, {{"words", attack}});
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const auto refused = fill_in(dispatcher, id, EventKind::merged, {{"into", attack}});
  for (const std::string& page :
       {dispatcher.get("/office").body, dispatcher.get(case_address(id)).body, refused.body,
        dispatcher.get("/office?part=dispatch&after=" + attack).body,
        dispatcher.get(case_address(id) + "?from=" + attack + "&done=" + attack).body,
        dispatcher.get("/office/find?number=" + attack).body,
        dispatcher.post("/office/rules", {{"text", attack}, {"place", attack}}).body,
        dispatcher.post("/office/receive", {{"words", attack}, {"place", attack}}).body,
        dispatcher.post("/office/sign-in", {{"login", attack}, {"next", attack}}).body}) {
    EXPECT_EQ(page.find("<script>alert"), std::string::npos);
    EXPECT_EQ(page.find("<img src=x"), std::string::npos);
    EXPECT_EQ(page.find("\"'>"), std::string::npos);
  }
  EXPECT_NE(refused.body.find("&lt;script&gt;"), std::string::npos);
}

TEST_F(OfficeDoors, PagesAboutSomebodyAreNeverKept) {
  const cases::CaseId id = received().case_id;
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  for (const std::string& address :
       {std::string("/office"), case_address(id), std::string("/office/receive"),
        std::string("/office/rules"), std::string("/office/cases/none")}) {
    EXPECT_EQ(header(dispatcher.get(address), "Cache-Control"), "no-store") << address;
  }
}

TEST_F(OfficeDoors, TheStyleSheetIsNamedByItsContent) {
  Browser nobody(routes_);
  const std::string page = nobody.get("/office/sign-in").body;
  const std::string style = between(page, "stylesheet\" href=\"", "\"");
  EXPECT_TRUE(style.starts_with("/office/assets/office.")) << page;
  const auto sheet = nobody.get(style);
  EXPECT_EQ(sheet.status, 200);
  EXPECT_NE(header(sheet, "Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(nobody.get("/office/assets/office.000000000000.css").status, 404);
}

TEST_F(OfficeDoors, TheQueueGoesOnWhereThePageEnded) {
  for (std::uint8_t i = 0; i < 120; ++i) {
    received(static_cast<std::uint8_t>(i + 1));
    now_.unix_ms += 60'000;
  }
  clock_.set(now_);
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  std::set<std::string> seen;
  std::string address = "/office?part=dispatch";
  int pages = 0;
  while (!address.empty() && pages < 5) {
    const std::string page = dispatcher.get(address).body;
    ++pages;
    for (auto at = page.find("href=\"/office/cases/"); at != std::string::npos;
         at = page.find("href=\"/office/cases/", at + 1)) {
      EXPECT_TRUE(seen.insert(between(page, "href=\"/office/cases/", "?", at)).second);
    }
    const std::string pages_line = between(page, "<p class=\"pages\">", "</p>");
    const std::string next = between(pages_line, "after=", "\"");
    address = next.empty() ? "" : "/office?part=dispatch&after=" + next;
  }
  EXPECT_EQ(seen.size(), 120U);
  EXPECT_EQ(pages, 3);
}

TEST_F(OfficeDoors, AnEmptyQueueSaysWhyAndWhereSomethingWaits) {
  received();
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const std::string empty = dispatcher.get("/office?part=close").body;
  EXPECT_NE(empty.find("现在没有等着办结的事"), std::string::npos);
  EXPECT_NE(empty.find("等分派 1"), std::string::npos);
  Browser auditor = official(Role::auditor, county_.petition_office);
  EXPECT_NE(auditor.get("/office").body.find("您的岗位没有待办"), std::string::npos);
}

TEST(QueueAddress, ACursorSurvivesTheAddressAndNonsenseIsNone) {
  const cases::QueueCursor cursor{std::int64_t{1} << 50, cases::CaseId(Uuid{1, 2, 3})};
  const auto read = read_cursor(write_cursor(cursor));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->due, cursor.due);
  EXPECT_EQ(read->case_id, cursor.case_id);
  EXPECT_FALSE(read_cursor(""));
  EXPECT_FALSE(read_cursor("AAAA"));
  EXPECT_FALSE(read_cursor("<script>"));
}

TEST_F(OfficeDoors, TheSignInPageOffersTheProviderWhereThereIsOne) {
  http::Request request;
  request.path = "/office/sign-in";
  request.query = {{"next", "/office?part=lead"}};
  const auto page = [&](const accounts::ProviderNames& names) {
    for (const http::Route& route :
         routes(installation_, catalogues_, profile_, gate_, sessions_, guesses_, {}, names)) {
      if (route.method == http::Method::get && route.pattern == request.path) {
        return route.handle(request).body;
      }
    }
    return std::string();
  };
  const std::string with = page({{"zh-CN", "统一<登录>"}, {"en", "x"}});
  EXPECT_NE(with.find("用统一&lt;登录&gt;登录"), std::string::npos);
  EXPECT_NE(with.find("href=\"/session/openid?next="), std::string::npos);
  EXPECT_EQ(page({}).find("/session/openid"), std::string::npos);
}

TEST_F(OfficeDoors, AnotherWayOfSigningInHasPagesOfTheHouse) {
  const DoorPages pages =
      door_pages(installation_, catalogues_, profile_, gate_, sessions_, guesses_);
  const http::Request request;
  const auto on = pages.go_on(request, "/desk/queue?part=lead&x=1");
  EXPECT_EQ(on.status, 200);
  EXPECT_NE(on.body.find("href=\"/desk/queue?part=lead&amp;x=1\""), std::string::npos) << on.body;
  EXPECT_TRUE(std::any_of(on.headers.begin(), on.headers.end(), [](const auto& header) {
    return header.first == "Refresh" && header.second == "0; url=/desk/queue?part=lead&x=1";
  }));
  const auto refused =
      pages.refuse(request, {FaultCode::not_allowed, "openid.unknown_person"}, "/desk/sign-in");
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("邀请链接"), std::string::npos);
  EXPECT_NE(refused.body.find("href=\"/desk/sign-in\""), std::string::npos);
}

}  // namespace
}  // namespace minhu::office_pages
