// Once more at the provider, for a signature: whoever finds a desk open is not let in there because
// the provider still knows its person.
#include "adapters/openid/test_openid.h"
#include "features/accounts/signed_in_anew.h"

namespace minhu::openid {
namespace {

constexpr const char* relay_page = "/desk/relays/1";

class SigningAnew : public OpenId {
 protected:
  SigningAnew() {
    link(li_);
    settings_.second_factor_amr = {"otp"};
    open();
    signed_in_at(0);
  }
  // The provider says that they proved who they are this many seconds after the question.
  void signed_in_at(std::int64_t seconds_after) {
    provider_.other_claims = {{"amr", json::array{"otp"}},
                              {"auth_time", now_.unix_ms / 1000 + seconds_after}};
  }
  std::string begin_anew() {
    const auto response =
        ask(browser_, http::Method::get, "/session/openid", {{"next", relay_page}, {"anew", "1"}});
    EXPECT_EQ(response.status, 303) << response.body;
    return header_of(response, "Location");
  }
  http::Response anew() {
    const std::string address = begin_anew();
    return come_back(browser_, state_of(address), provider_.let_in(address));
  }
  bool may_sign(const char* page = relay_page) {
    const auto cookie = browser_.cookies.find(accounts::anew_cookie);
    return cookie != browser_.cookies.end() &&
           accounts::is_signed_in_anew(ground_.keys, cookie->second, li_.id, page, now_);
  }
  static std::string asked_for(const std::string& address, const char* name) {
    const boost::urls::url_view url(address);
    const auto found = url.params().find(name);
    return found == url.params().end() ? std::string() : std::string((*found).value);
  }

  Browser browser_;
};

TEST_F(SigningAnew, TheProviderIsToldToAskAgainAndOnlyThen) {
  const std::string address = begin_anew();
  EXPECT_EQ(asked_for(address, "prompt"), "login");
  EXPECT_EQ(asked_for(address, "max_age"), "0");
  const std::string as_always = begin(browser_);
  EXPECT_EQ(asked_for(as_always, "prompt"), "");
  EXPECT_EQ(asked_for(as_always, "max_age"), "");
}

TEST_F(SigningAnew, WhoeverWasAskedAgainMaySignOnThatPageAndNoOther) {
  signed_in_at(20);
  const auto response = anew();
  ASSERT_EQ(response.status, 200) << response.body << noted_;
  EXPECT_EQ(header_of(response, "Refresh"), std::string("0; url=") + relay_page);
  ASSERT_TRUE(seat(browser_));
  EXPECT_EQ(seat(browser_)->stage, accounts::Stage::open);
  EXPECT_TRUE(may_sign());
  EXPECT_FALSE(may_sign("/desk/relays/2"));
  pass(accounts::anew_ms);
  EXPECT_FALSE(may_sign());
}

TEST_F(SigningAnew, AClockThatIsAMinuteBehindIsNoSignInFromBefore) {
  signed_in_at(-skew_seconds);
  EXPECT_EQ(anew().status, 200) << noted_;
  EXPECT_TRUE(may_sign());
}

TEST_F(SigningAnew, WhomTheProviderStillKnewMaySignNothing) {
  signed_in_at(-skew_seconds - 1);
  const auto response = anew();
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.body, "openid.not_anew");
  EXPECT_EQ(header_of(response, "Back"), relay_page);
  EXPECT_NE(noted_.find("signed in before"), std::string::npos) << noted_;
  EXPECT_FALSE(browser_.cookies.contains(accounts::anew_cookie));
  EXPECT_FALSE(seat(browser_));
}

TEST_F(SigningAnew, AProviderThatDoesNotSayWhenIsNotBelieved) {
  for (const json::value& when :
       {json::value(nullptr), json::value("now"), json::value(-1), json::value(1e30)}) {
    provider_.other_claims = {{"amr", json::array{"otp"}}, {"auth_time", when}};
    EXPECT_EQ(anew().body, "openid.not_anew") << json::serialize(when);
    EXPECT_FALSE(browser_.cookies.contains(accounts::anew_cookie));
  }
}

TEST_F(SigningAnew, APasswordAloneIsNoSecondFactor) {
  provider_.other_claims["amr"] = json::array{"pwd"};
  (void)anew();
  EXPECT_FALSE(browser_.cookies.contains(accounts::anew_cookie));
}

TEST_F(SigningAnew, ASignInAsAlwaysSignsNothing) {
  (void)sign_in(browser_);
  ASSERT_TRUE(seat(browser_));
  EXPECT_FALSE(browser_.cookies.contains(accounts::anew_cookie));
}

}  // namespace
}  // namespace minhu::openid
