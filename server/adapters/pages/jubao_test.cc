#include "adapters/pages/even_answer.h"
#include "adapters/pages/test_browser.h"
#include "features/accounts/accounts.h"
#include "features/accusations/escrow.h"
#include "features/accusations/handle.h"
#include "features/accusations/keeping.h"

namespace minhu::pages {
namespace {

// Before anybody was named to open reports: held under the key of the case.
class Official : public PagesWorld {
 protected:
  Form some_form() {
    return {field("token", value_of(get("/jubao").body, "token")), field("words", "某人收了钱")};
  }
};

TEST_F(Official, ReportLeavesNoCookieAndNoDraftAndIsHeldAtOnce) {
  const auto page = get("/jubao");
  EXPECT_TRUE(header(page, "Set-Cookie").empty());
  const auto receipt = post("/jubao", some_form());
  EXPECT_EQ(receipt.status, 200);
  EXPECT_TRUE(header(receipt, "Set-Cookie").empty());
  EXPECT_TRUE(header(receipt, "Location").empty());
  EXPECT_EQ(header(receipt, "Cache-Control"), "no-store, no-transform");
  EXPECT_TRUE(jar_.empty());
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 0);
  const auto held = file(case_of(number_on(receipt.body)));
  EXPECT_EQ(held.track, cases::Track::accusation);
  EXPECT_EQ(held.state, cases::State::held);
}

TEST_F(Official, PagesHaveATitleThatSaysNothingAndAWayOutAtOnce) {
  const auto page = get("/jubao");
  EXPECT_EQ(between(page.body, "<title>", "</title>"), "民呼");
  EXPECT_TRUE(holds(page.body, "data-exit"));
  EXPECT_TRUE(holds(page.body, "data-quiet"));
  EXPECT_FALSE(holds(page.body, "data-keep"));
}

TEST_F(Official, SwitchingWipesWhatWasBegun) {
  begin_report("先从普通的路写起");
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 1);
  const auto page = follow(get("/report/official"));
  EXPECT_FALSE(holds(page.body, "先从普通的路写起"));
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 0);
  EXPECT_TRUE(jar_.empty());
}

TEST_F(Official, SentTwiceIsOneCaseWithOneReceipt) {
  const Form form = some_form();
  const auto first = post("/jubao", form);
  const auto second = post("/jubao", form);
  EXPECT_EQ(number_on(first.body), number_on(second.body));
  EXPECT_EQ(code_on(first.body), code_on(second.body));
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 1);
}

TEST_F(Official, KeepsWhatWasTypedAfterAnErrorWithoutStoringIt) {
  const auto page = post("/jubao", {field("token", std::string(32, 'a')), field("words", ""),
                                    field("contact", "1380")});
  EXPECT_EQ(page.status, 400);
  EXPECT_EQ(between(page.body, "<title>", "</title>"), "民呼");
  EXPECT_TRUE(holds(page.body, "value=\"1380\""));
  EXPECT_FALSE(holds(page.body, "照片和录音要重新选一次"));
  EXPECT_TRUE(jar_.empty());
  // Whatever was wrong: files are not given back by a browser.
  const auto with_photo = post("/jubao", {field("token", "no token"), field("words", "某人收了钱"),
                                          upload("photos", "image/jpeg", "jpeg")});
  EXPECT_EQ(with_photo.status, 400);
  EXPECT_TRUE(holds(with_photo.body, "照片和录音要重新选一次"));
}

TEST_F(Official, CaseIsFollowedWithoutAnyCookie) {
  const auto receipt = post("/jubao", some_form());
  const std::string number = number_on(receipt.body);
  const auto opened = post("/t", {field("number", number), field("code", code_on(receipt.body))});
  EXPECT_EQ(opened.status, 200);
  EXPECT_TRUE(jar_.empty());
  EXPECT_TRUE(holds(opened.body, "某人收了钱"));
  EXPECT_TRUE(holds(opened.body, "受到打击报复"));
  EXPECT_FALSE(holds(opened.body, "/urge"));
  const std::string pass = value_of(opened.body, "pass");
  ASSERT_FALSE(pass.empty());

  const auto form =
      post("/t/" + number + "/supplement", {field("pass", pass), field("show", "yes")});
  EXPECT_TRUE(holds(form.body, "<textarea"));
  const auto added =
      post("/t/" + number + "/supplement",
           {field("pass", value_of(form.body, "pass")),
            field("token", value_of(form.body, "token")), field("words", "还有一张收条")});
  EXPECT_EQ(added.status, 200);
  EXPECT_TRUE(holds(added.body, "补充的已经收到"));
  EXPECT_TRUE(holds(added.body, "还有一张收条"));
  EXPECT_TRUE(jar_.empty());
  // Without the hidden field the address alone gives nothing away.
  EXPECT_FALSE(holds(get("/t/" + number).body, "某人收了钱"));
}

TEST_F(Official, NobodyIsAskedWhetherAReportMayBePublished) {
  const auto receipt = post("/jubao", some_form());
  const auto mine = post("/t/" + number_on(receipt.body) + "/mine",
                         {field("pass", value_of(receipt.body, "pass")), field("show", "yes")});
  EXPECT_TRUE(holds(mine.body, "拿一份副本"));
  EXPECT_FALSE(holds(mine.body, "mine/publication"));
  EXPECT_FALSE(holds(mine.body, "同意公开"));
}

TEST_F(Official, LargeLettersGoAlongWithoutACookie) {
  const auto receipt = post("/jubao?size=elder", some_form());
  const std::string number = number_on(receipt.body);
  const std::string kept = "/t/" + number + "/kept?size=elder";
  EXPECT_TRUE(holds(receipt.body, "action=\"" + kept + "\""));
  const auto opened = post(kept, {field("pass", value_of(receipt.body, "pass"))});
  EXPECT_TRUE(holds(opened.body, "data-size=\"elder\""));
  EXPECT_TRUE(holds(opened.body, "/supplement?size=elder\""));
  EXPECT_TRUE(jar_.empty());
  EXPECT_FALSE(holds(post("/jubao", some_form()).body, "size=elder\" novalidate"));
}

TEST_F(Official, APassThatIsOverIsAskedForAgainOnAPageAsQuietAndAsLarge) {
  const auto receipt = post("/jubao?size=elder", some_form());
  const std::string address = "/t/" + number_on(receipt.body) + "/supplement?size=elder";
  const auto form =
      post(address, {field("pass", value_of(receipt.body, "pass")), field("show", "yes")});
  now_.unix_ms += 3 * 3'600'000;
  const auto asked =
      post(address, {field("pass", value_of(form.body, "pass")),
                     field("token", value_of(form.body, "token")), field("words", "还有一张收条")});
  EXPECT_EQ(asked.status, 401);
  EXPECT_EQ(between(asked.body, "<title>", "</title>"), "民呼");
  EXPECT_TRUE(holds(asked.body, "data-exit"));
  EXPECT_TRUE(holds(asked.body, "action=\"" + address + "\"")) << asked.body;
  EXPECT_EQ(value_of(asked.body, "words"), "还有一张收条");
  EXPECT_TRUE(jar_.empty());
}

TEST_F(Official, AddressOfAHeldCaseLooksLikeAnyOther) {
  const auto receipt = post("/jubao", some_form());
  const auto held = get("/t/" + number_on(receipt.body));
  auto unknown = get("/t/" + cases::show_number(cases::make_number(keyring_, 1234567)));
  const auto without = [](std::string body, const std::string& token, const std::string& number) {
    for (const auto& part : {token, number}) {
      for (auto at = body.find(part); at != std::string::npos; at = body.find(part)) {
        body.replace(at, part.size(), "");
      }
    }
    return body;
  };
  EXPECT_EQ(
      without(held.body, value_of(held.body, "token"), value_of(held.body, "number")),
      without(unknown.body, value_of(unknown.body, "token"), value_of(unknown.body, "number")));
}

TEST_F(Official, ReportsAreInNoPublicCount) {
  for (int i = 0; i < 6; ++i) post("/jubao", some_form());
  EXPECT_TRUE(holds(get("/done").body, "还没有数字"));
}

TEST_F(Official, AddressOfBeforeLeadsHere) {
  EXPECT_EQ(header(get("/report/official"), "Location"), "/jubao");
}

// With somebody who can open reports.
class Jubao : public Official {
 protected:
  static inline const Sealed<std::string> password{std::string("tall-green-bamboo-47")};
  static inline const Sealed<std::string> passphrase{std::string("seven herons over the weir")};

  Jubao() { handler_ = named("zhou"); }

  accounts::Account named(const std::string& login) {
    accounts::Account account;
    account.id = entropy_.id<accounts::AccountId>(now_);
    account.login = login;
    account.display_name = "周明";
    account.principal = {Role::handler, housing_, account.id};
    static const auto hash = hasher_.hash(password);
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, account, *hash, now_));
      ASSERT_TRUE(accusations::name_handler(t, accusations_, account.principal, account.id));
    });
    const accounts::Ground ground{*database_, county_.region, entropy_, hasher_, {}};
    const auto made = accusations::make_key(accusations_, ground, account, password, passphrase);
    EXPECT_TRUE(made) << made.error().key;
    return account;
  }
  std::vector<accusations::Listed> list() {
    return database_->read([&](Reading& reading) {
      return accusations::desk_of(reading, accusations_, handler_.principal).reports;
    });
  }
  accusations::Opened opened() {
    return accusations::open_for(accusations_, handler_.principal, list().at(0).id, passphrase)
        .value();
  }

  accounts::Account handler_;
};

TEST_F(Jubao, GoesUnderTheSealWithoutCookieDraftOrAddress) {
  const auto page = get("/jubao");
  EXPECT_TRUE(holds(page.body, "县住建局 · 周明"));
  EXPECT_TRUE(header(page, "Set-Cookie").empty());
  const auto receipt = post("/jubao", some_form());
  EXPECT_EQ(receipt.status, 200);
  EXPECT_TRUE(header(receipt, "Set-Cookie").empty());
  EXPECT_TRUE(header(receipt, "Location").empty());
  EXPECT_TRUE(holds(header(receipt, "Clear-Site-Data"), "storage"));
  EXPECT_TRUE(jar_.empty());
  EXPECT_EQ(code_on(receipt.body).size(), 29U);  // 24 digits in six groups
  EXPECT_TRUE(number_on(receipt.body).empty()) << "no number of a case";
  EXPECT_EQ(count("SELECT count(*) FROM content"), 0);
  EXPECT_EQ(opened().letter.words, "某人收了钱");
}

TEST_F(Jubao, IsLookedAfterWithTheCodeAloneAndWrittenOnTo) {
  const std::string code = code_on(post("/jubao", some_form()).body);
  auto page = post("/jubao/look", {field("code", code)});
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "某人收了钱"));
  EXPECT_TRUE(holds(page.body, "还没有人打开"));
  page = post("/jubao/look",
              {field("pass", value_of(page.body, "pass")),
               field("token", value_of(page.body, "token")), field("words", "还有一张收条")});
  EXPECT_TRUE(holds(page.body, "收到了，已经封存"));
  EXPECT_TRUE(holds(page.body, "还有一张收条"));
  EXPECT_TRUE(jar_.empty());
  ASSERT_EQ(opened().messages.size(), 1U);
  page = post("/jubao/look", {field("code", code)});
  EXPECT_TRUE(holds(page.body, "办理人员已经看过"));
}

TEST_F(Jubao, KeepsTheCodeOutOfThePage) {
  const std::string code = code_on(post("/jubao", some_form()).body);
  const auto page = post("/jubao/look", {field("code", code)});
  EXPECT_FALSE(holds(page.body, code));
}

TEST_F(Jubao, SaysTheSameOfAWrongCodeWhetherOrNotThereIsAReport) {
  const auto told = [&](const std::string& code) {
    return post("/jubao/look", {field("code", code)});
  };
  const auto none = told("0000 0000 0000 0000 0000 0000");
  post("/jubao", some_form());
  const auto other = told("0000 0000 0000 0000 0000 0000");
  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(other.status, 401);
  EXPECT_EQ(none.body, other.body);
}

TEST_F(Jubao, AnswersAreOfOneSizeAndOnABeat) {
  const auto form = get("/jubao");
  const auto receipt = post("/jubao", some_form());
  const auto look = get("/jubao/look");
  const auto wrong = post("/jubao/look", {field("code", "1")});
  const auto right = post("/jubao/look", {field("code", code_on(receipt.body))});
  for (const auto* one : {&form, &receipt, &look, &wrong, &right}) {
    EXPECT_EQ(one->body.size(), EvenAnswer::size_step);
    EXPECT_EQ(header(*one, "Cache-Control"), "no-store, no-transform");
    EXPECT_GT(one->hold.count(), 0);
    EXPECT_LE(one->hold, EvenAnswer::time_step);
  }
}

TEST_F(Jubao, LeavesToAPageThatMeansNothing) {
  const auto left = get("/jubao/leave");
  EXPECT_EQ(left.status, 303);
  EXPECT_TRUE(holds(header(left, "Location"), "weather"));
  EXPECT_TRUE(holds(header(left, "Clear-Site-Data"), "cookies"));
  EXPECT_TRUE(holds(get("/jubao").body, "data-exit href=\"/jubao/leave\""));
}

TEST_F(Jubao, APartForAnOfficeIsACaseOfItsOwn) {
  Form form = some_form();
  form.push_back(field("complaint", "村口路灯坏了半年。"));
  const auto receipt = post("/jubao", form);
  const std::string number = number_on(receipt.body);
  ASSERT_FALSE(number.empty());
  const auto complaint = file(case_of(number));
  EXPECT_EQ(complaint.state, cases::State::registered);
  EXPECT_TRUE(complaint.contact.empty());
  EXPECT_EQ(cases::show_number(opened().letter.complaint), number);
}

TEST_F(Jubao, OriginalsGoAlongOnlyWhenAsked) {
  Form form = some_form();
  form.push_back(upload("photos", "image/jpeg", "a photo"));
  post("/jubao", form);
  EXPECT_TRUE(opened().letter.files.at(0).original.empty());
}

TEST_F(Jubao, KeptFromEverybodyTheWordsComeBack) {
  Form form = some_form();
  form.push_back(field("kept_from", handler_.id.text()));
  const auto refused = post("/jubao", form);
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(holds(refused.body, "某人收了钱"));
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 0);
}

TEST_F(Jubao, ANameIsAskedForWhereTheLevelNeedsOne) {
  Form form = some_form();
  form.push_back(field("level", "named"));
  EXPECT_EQ(post("/jubao", form).status, 400);
  form.push_back(field("name", "陈秋菊"));
  const auto receipt = post("/jubao", form);
  EXPECT_EQ(receipt.status, 200);
  EXPECT_TRUE(holds(receipt.body, "一定会答复"));
}

TEST_F(Jubao, TheSpeakerOfAnOldOneReadsThatItIsSealed) {
  auto old = some_words(1);
  old.track = cases::Track::accusation;
  const auto receipt = receive_words(as(Role::anyone), std::move(old));
  ASSERT_TRUE(receipt);
  EXPECT_EQ(accusations::seal_what_was_held(accusations_), 1);
  const auto page =
      post("/t", {field("number", receipt->number),
                  field("code", receipt->query_code.reveal_because("the test is the speaker"))});
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(holds(page.body, "污水管"));
  EXPECT_TRUE(holds(page.body, "只有指定的办理人员打得开"));
}

TEST_F(Jubao, SentTwiceIsTheSameReceipt) {
  const Form form = some_form();
  EXPECT_EQ(code_on(post("/jubao", form).body), code_on(post("/jubao", form).body));
  EXPECT_EQ(list().size(), 1U);
}

}  // namespace
}  // namespace minhu::pages
