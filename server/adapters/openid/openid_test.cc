#include "adapters/openid/openid.h"

#include "adapters/openid/test_openid.h"

namespace minhu::openid {
namespace {

TEST_F(OpenId, WhoeverIsLinkedComesInAndGoesOnToTheirPageBySameSiteSteps) {
  link(li_);
  Browser browser;
  const auto response = sign_in(browser);
  ASSERT_EQ(response.status, 200) << response.body << noted_;
  EXPECT_EQ(header_of(response, "Refresh"), "0; url=/desk/queue?part=lead");
  ASSERT_TRUE(seat(browser));
  EXPECT_EQ(seat(browser)->account.id, li_.id);
  EXPECT_FALSE(browser.cookies.contains("__Host-minhu-openid"));
}

TEST_F(OpenId, WhatBeganAtOneServerEndsAtAnother) {
  link(li_);
  Browser browser;
  const std::string address = begin(browser);
  open();                 // another process of the same installation,
  now_.unix_ms -= 2'000;  // whose clock is behind
  const auto response = come_back(browser, state_of(address), provider_.let_in(address));
  EXPECT_EQ(response.status, 200) << response.body << noted_;
  EXPECT_TRUE(seat(browser));
}

TEST_F(OpenId, TheSecondFactorOfTheHouseIsStillAskedFor) {
  link(li_);
  (void)enrol(li_);
  provider_.other_claims = {{"acr", "two"}, {"amr", json::array{"otp"}}};
  Browser browser;
  (void)sign_in(browser);
  ASSERT_TRUE(seat(browser));
  EXPECT_EQ(seat(browser)->stage, accounts::Stage::second_factor);
}

TEST_F(OpenId, OneGivenAtTheProviderCountsWhereTheOperatorSaysSo) {
  link(li_);
  (void)enrol(li_);
  settings_.second_factor_amr = {"otp"};
  open();
  Browser without;
  provider_.now = now_.unix_ms / 1000;
  provider_.other_claims = {{"amr", json::array{"pwd"}}};
  (void)sign_in(without);
  ASSERT_TRUE(seat(without));
  EXPECT_EQ(seat(without)->stage, accounts::Stage::second_factor);
  Browser with;
  provider_.other_claims = {{"amr", json::array{"pwd", "otp"}}};
  (void)sign_in(with);
  ASSERT_TRUE(seat(with));
  EXPECT_EQ(seat(with)->stage, accounts::Stage::open);
}

TEST_F(OpenId, BothKindsOfSignatureAreGood) {
  link(li_);
  for (const SigningKey* key : {&rsa(), &elliptic()}) {
    provider_.signs = key;
    Browser browser;
    EXPECT_EQ(sign_in(browser).status, 200) << noted_;
    EXPECT_TRUE(seat(browser));
  }
}

TEST_F(OpenId, ATokenThatIsNotForThisSignInIsRefused) {
  link(li_);
  const std::int64_t now = provider_.now;
  const std::vector<std::pair<json::object, const char*>> wrong{
      {{{"nonce", "another"}}, "nonce"},
      {{{"aud", "somebody else"}}, "audience"},
      {{{"aud", json::array{"minhu", "somebody else"}}}, "authorized party"},
      {{{"azp", "somebody else"}}, "authorized party"},
      {{{"iss", "http://127.0.0.1:2"}}, "issuer"},
      {{{"exp", now - 60}}, "expired"},
      {{{"exp", nullptr}}, "no exp"},
      {{{"iat", now + 61}}, "future"},
      {{{"nbf", now + 61}}, "not yet"},
      {{{"sub", ""}}, "subject"}};
  for (const auto& [claims, reason] : wrong) {
    provider_.other_claims = claims;
    expect_refused("openid.answer_refused", reason);
  }
  // Clocks differ by a minute at most.
  provider_.other_claims = {{"exp", now - 59}, {"iat", now + 60}};
  Browser browser;
  EXPECT_EQ(sign_in(browser).status, 200) << noted_;
}

TEST_F(OpenId, ASignatureThatAnybodyCouldMakeIsRefused) {
  link(li_);
  const auto head_with = [](const char* algorithm) {
    json::object head = rsa().header();
    head["alg"] = algorithm;
    return to_base64url(as_bytes(json::serialize(head)));
  };
  const auto body_of = [](const json::object& claims) {
    return to_base64url(as_bytes(json::serialize(claims)));
  };
  provider_.token = [&](const json::object& claims) {
    return head_with("none") + "." + body_of(claims) + ".";
  };
  expect_refused("openid.answer_refused", "algorithm");
  provider_.token = [&](const json::object& claims) {
    const std::string text = head_with("HS256") + "." + body_of(claims);
    return text + "." + to_base64url(hmac_sha256(as_bytes(rsa().public_pem()), as_bytes(text)));
  };
  expect_refused("openid.answer_refused", "algorithm");
  // The head promises a key that did not sign.
  provider_.token = [&](const json::object& claims) {
    static const SigningKey stranger("rsa", Algorithm::rs256);
    return stranger.signed_token(rsa().header(), claims);
  };
  expect_refused("openid.answer_refused", "signature");
  // Claims changed after signing.
  provider_.token = [&](const json::object& claims) {
    json::object other = claims;
    other["sub"] = "subject-2";
    const std::string good = rsa().signed_token(rsa().header(), other);
    return good.substr(0, good.find('.')) + "." + body_of(claims) + good.substr(good.rfind('.'));
  };
  expect_refused("openid.answer_refused", "signature");
  provider_.token = [&](const json::object& claims) {
    json::object padded = claims;
    padded["padding"] = std::string(longest_token, 'x');
    return rsa().signed_token(rsa().header(), padded);
  };
  expect_refused("openid.answer_refused", "too long");
}

TEST_F(OpenId, KeysThatWereChangedAreFetchedOnceAMinuteAtMost) {
  link(li_);
  Browser first;
  EXPECT_EQ(sign_in(first).status, 200) << noted_;
  const SigningKey fresh("fresh", Algorithm::es256);
  provider_.signs = &fresh;
  provider_.published = {&fresh};
  expect_refused("openid.answer_refused", "unknown key");
  EXPECT_EQ(provider_.visits_to("/keys"), 1);
  pass(60'000);
  Browser second;
  EXPECT_EQ(sign_in(second).status, 200) << noted_;
  EXPECT_EQ(provider_.visits_to("/keys"), 2);
  EXPECT_EQ(provider_.visits_to("/.well-known/openid-configuration"), 1);
}

TEST_F(OpenId, AReturnWorksOnce) {
  link(li_);
  Browser browser;
  const std::string address = begin(browser);
  const Browser copied = browser;
  const std::string code = provider_.let_in(address);
  EXPECT_EQ(come_back(browser, state_of(address), code).status, 200) << noted_;
  EXPECT_EQ(come_back(browser, state_of(address), code).body, "openid.not_begun_here");
  // Even with the cookie from before: the provider gives nothing for a code twice.
  Browser thief = copied;
  EXPECT_EQ(come_back(thief, state_of(address), code).body, "openid.unreachable");
  EXPECT_FALSE(seat(thief));
}

TEST_F(OpenId, WhatWasBegunInAnotherBrowserOrTooLongAgoEndsNowhere) {
  link(li_);
  Browser attacker;
  Browser victim;
  const std::string begun = begin(attacker);
  const std::string code = provider_.let_in(begun);
  EXPECT_EQ(come_back(victim, state_of(begun), code).body, "openid.not_begun_here");
  (void)begin(victim);
  EXPECT_EQ(come_back(victim, state_of(begun), code).body, "openid.not_begun_here");
  Browser forger;
  forger.cookies["__Host-minhu-openid"] = "AAAA";
  EXPECT_EQ(come_back(forger, "", code).body, "openid.not_begun_here");
  pass(10 * 60'000);
  EXPECT_EQ(come_back(attacker, state_of(begun), code).body, "openid.not_begun_here");
  EXPECT_EQ(provider_.visits_to("/token"), 0);
}

TEST_F(OpenId, AnAnswerOfAnotherProviderIsRefused) {
  Browser browser;
  const std::string address = begin(browser);
  const auto response = ask(browser, http::Method::get, "/session/openid/return",
                            {{"state", state_of(address)},
                             {"code", provider_.let_in(address)},
                             {"iss", "https://elsewhere.example"}});
  EXPECT_EQ(response.body, "openid.answer_refused");
  EXPECT_EQ(provider_.visits_to("/token"), 0);
}

TEST_F(OpenId, WhoeverStopsAtTheProviderIsToldSo) {
  Browser browser;
  const std::string address = begin(browser, "/office");
  const auto response = ask(browser, http::Method::get, "/session/openid/return",
                            {{"state", state_of(address)}, {"error", "access_denied"}});
  EXPECT_EQ(response.body, "openid.declined");
  EXPECT_EQ(header_of(response, "Back"), "/office/sign-in");
}

TEST_F(OpenId, AProviderThatIsDownIsASentenceAndIsNotAskedAgainAtOnce) {
  provider_.down = true;
  Browser browser;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ask(browser, http::Method::get, "/session/openid").body, "openid.unreachable");
  }
  EXPECT_EQ(provider_.visits_to("/.well-known/openid-configuration"), 1);
  EXPECT_TRUE(sessions_.sign_in("li", Sealed<std::string>(password), now_));
  provider_.down = false;
  pass(10'000);
  EXPECT_EQ(ask(browser, http::Method::get, "/session/openid").status, 303);
}

TEST_F(OpenId, AProviderThatIsSlowIsWaitedForAsLongAsSaid) {
  settings_.patience = std::chrono::milliseconds(100);
  open();
  provider_.slow = std::chrono::hours(1);  // until it has been given up
  Browser browser;
  EXPECT_EQ(ask(browser, http::Method::get, "/session/openid").body, "openid.unreachable");
  provider_.slow = std::chrono::milliseconds(0);
}

TEST_F(OpenId, AHugeAnswerIsNotReadToItsEnd) {
  provider_.padding = std::string(4'000'000, ' ');
  Browser browser;
  EXPECT_EQ(ask(browser, http::Method::get, "/session/openid").body, "openid.unreachable");
  EXPECT_NE(noted_.find("too long"), std::string::npos) << noted_;
}

TEST_F(OpenId, SomebodyUnknownGetsASentenceAndNoAccount) {
  const auto count = [&] {
    return database_->read(
        [&](Reading& reading) { return accounts::list_accounts(reading, region_, {}).size(); });
  };
  const auto before = count();
  Browser browser;
  const auto response = sign_in(browser);
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.body, "openid.unknown_person");
  EXPECT_EQ(count(), before);
  EXPECT_FALSE(seat(browser));
}

TEST_F(OpenId, AnInvitationLinksOnceAndTheTokenStandsInNoAddress) {
  const auto made =
      accounts::invite(ground_, {}, {"wang", "王某", {Role::handler, housing_}, "新来的"}, now_);
  ASSERT_TRUE(made);
  http::Part token;
  token.name = "token";
  token.value = made->invitation.token;
  Browser browser;
  const auto begun = ask(browser, http::Method::post, "/session/openid", {}, {token});
  ASSERT_EQ(begun.status, 200) << begun.body;
  const std::string address = header_of(begun, "Refresh").substr(std::string("0; url=").size());
  EXPECT_EQ(address.find(made->invitation.token), std::string::npos);
  const auto response = come_back(browser, state_of(address), provider_.let_in(address));
  ASSERT_EQ(response.status, 200) << response.body;
  ASSERT_TRUE(seat(browser));
  EXPECT_EQ(seat(browser)->account.login, "wang");
  EXPECT_EQ(seat(browser)->stage, accounts::Stage::enrolling);
  // From now on without it; and it works for nobody else.
  Browser again;
  (void)sign_in(again);
  ASSERT_TRUE(seat(again));
  EXPECT_EQ(seat(again)->account.login, "wang");
  Browser late;
  const auto second = ask(late, http::Method::post, "/session/openid", {}, {token});
  const std::string second_address =
      header_of(second, "Refresh").substr(std::string("0; url=").size());
  EXPECT_EQ(come_back(late, state_of(second_address), provider_.let_in(second_address)).body,
            "accounts.no_such_invitation");
}

TEST_F(OpenId, AFormOfAnotherSiteBeginsNothing) {
  for (const bool configured : {true, false}) {
    const auto all = routes({sessions_, clock_, entropy_, pages(), {}},
                            configured ? std::optional(settings_) : std::nullopt);
    http::Request request;
    request.method = http::Method::post;
    request.headers["sec-fetch-site"] = "cross-site";
    EXPECT_EQ(all.at(1).handle(request).body, "accounts.foreign_request");
    EXPECT_EQ(all.at(0).handle({}).status, configured ? 303 : 404);
  }
}

TEST_F(OpenId, WhoeverWasDisabledStaysOutside) {
  link(li_);
  ASSERT_TRUE(accounts::disable(ground_, {}, li_.id, "离职", now_));
  Browser browser;
  EXPECT_EQ(sign_in(browser).body, "openid.unknown_person");
  EXPECT_FALSE(seat(browser));
}

TEST_F(OpenId, NobodyIsSentToAnAddressThatIsNotOurs) {
  link(li_);
  for (const char* next : {"https://elsewhere.example", "//elsewhere.example", "/desk\\elsewhere",
                           "/deskx", "/desk/;url=x", ""}) {
    Browser browser;
    const std::string address = begin(browser, next);
    EXPECT_EQ(
        header_of(come_back(browser, state_of(address), provider_.let_in(address)), "Refresh"),
        "0; url=/desk/");
  }
}

TEST(OpenIdSettings, AWrongFileStopsTheStartWithASentence) {
  const auto secret = std::filesystem::temp_directory_path() /
                      ("minhu-openid-secret-" + std::to_string(::getpid()));
  std::ofstream(secret) << "top secret\n";
  const std::string good =
      "issuer = \"https://id.example\"\nclient_id = \"minhu\"\n"
      "client_secret_file = \"" +
      secret.string() +
      "\"\n"
      "public_url = \"https://minhu.example/\"\n"
      "[display_name]\nzh = \"统一登录\"\nen = \"sign-in\"\n";
  const auto read = read_settings(good);
  ASSERT_TRUE(read) << read.error().details.at("reason");
  EXPECT_EQ(read->public_url, "https://minhu.example");
  EXPECT_EQ(read->names.at("zh-CN"), "统一登录");
  EXPECT_EQ(read->client_secret.reveal_because("a test"), "top secret");
  EXPECT_TRUE(read->second_factor_acr.empty() && read->second_factor_amr.empty());

  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const auto wrong = read_settings(text);
    return wrong ? std::string("taken") : wrong.error().details.at("reason");
  };
  EXPECT_NE(with("https://id.example", "http://id.example").find("issuer"), std::string::npos);
  EXPECT_NE(with("https://minhu", "ftp://minhu").find("public_url"), std::string::npos);
  EXPECT_NE(with(secret.string(), "/nowhere").find("cannot be read"), std::string::npos);
  EXPECT_NE(with("client_id", "clientid").find("clientid"), std::string::npos);
  EXPECT_NE(with("zh = ", "zg = ").find("zg"), std::string::npos);
  EXPECT_NE(with("[display_name]", "scopes = [\"profile\"]\n[display_name]").find("scopes"),
            std::string::npos);
  EXPECT_NE(with("[display_name]", "[second_factor]\namr = \"otp\"\n[display_name]").find("amr"),
            std::string::npos);
  EXPECT_EQ(with("https://id.example", "http://127.0.0.1:8090"), "taken");
  EXPECT_NE(with("issuer = ", "issuer ").find("line 1"), std::string::npos);
  std::filesystem::remove(secret);
}

}  // namespace
}  // namespace minhu::openid
