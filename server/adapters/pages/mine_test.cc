// The rights of a resident, as somebody without scripts uses them.
#include <boost/json.hpp>

#include "adapters/pages/notices.h"
#include "adapters/pages/test_browser.h"
#include "features/cases/guard.h"
#include "features/cases/names.h"

namespace minhu::pages {
namespace {

using cases::EventKind;

class Mine : public PagesWorld {
 protected:
  void filed() {
    const auto receipt = file_report();
    number_ = number_on(receipt.body);
    id_ = case_of(number_);
    address_ = "/t/" + number_;
    follow(post(address_ + "/kept", {}));
  }
  std::string mine() { return get(address_ + "/mine").body; }

  std::string number_, address_;
  CaseId id_;
};

TEST_F(Mine, ShowsWhatIsStoredWithTheTelephoneMasked) {
  filed();
  EXPECT_TRUE(holds(get(address_).body, "href=\"" + address_ + "/mine\""));
  const std::string page = mine();
  EXPECT_TRUE(holds(page, "138****0021"));
  EXPECT_FALSE(holds(page, "13800000021"));
  EXPECT_TRUE(holds(page, "9个字"));
  EXPECT_TRUE(holds(page, "/privacy?version=" + std::string(current_notice)));
}

TEST_F(Mine, ACopyIsOneFileThatAProgramCanRead) {
  filed();
  const auto copy = post(address_ + "/mine/copy", {});
  EXPECT_EQ(header(copy, "Content-Disposition"), "attachment; filename=\"minhu-copy.json\"");
  EXPECT_EQ(header(copy, "Cache-Control"), "no-store");
  const auto object = boost::json::parse(copy.body).as_object();
  EXPECT_EQ(object.at("number").as_string(), number_);
  EXPECT_EQ(object.at("said").at("text").as_string(), "村口的污水管破了。");
  EXPECT_EQ(object.at("contact").at("phone").as_string(), "13800000021");
  EXPECT_EQ(object.at("privacy_notice").as_string(), current_notice);
}

TEST_F(Mine, AWrongNumberIsPutRightAndAWrongWordGetsAnEntryBesideIt) {
  filed();
  EXPECT_EQ(post(address_ + "/mine/contact", {field("reach", " ")}).status, 400);
  const auto page = follow(post(address_ + "/mine/contact", {field("reach", "139 0000 0042")}));
  EXPECT_TRUE(holds(page.body, "139****0042"));
  const auto form = post(address_ + "/supplement", {field("show", "yes")});
  post(address_ + "/supplement", {field("token", value_of(form.body, "token")),
                                  field("words", "是东头的管子"), field("corrects", "yes")});
  const auto story = get(address_).body;
  EXPECT_TRUE(holds(story, "您更正"));
  EXPECT_TRUE(holds(story, "您改了联系方式"));
  EXPECT_TRUE(holds(story, "村口的污水管破了。"));
}

TEST_F(Mine, ANumberAndAnAddressAreBothShownAndEachIsPutRightByItself) {
  begin_report("路灯坏了");
  post("/report/contact", {field("phone", "13800000021"), field("way", "mail"),
                           field("address", "li@example.org"), field("may_call", "yes")});
  const auto check = get("/report/check");
  const auto receipt =
      follow(post("/report/check", {field("token", value_of(check.body, "token"))}));
  address_ = "/t/" + number_on(receipt.body);
  EXPECT_TRUE(holds(mine(), "138****0021，li@****"));
  const auto page = follow(post(address_ + "/mine/contact", {field("reach", "139 0000 0042")}));
  EXPECT_TRUE(holds(page.body, "139****0042，li@****")) << page.body;
  const auto refused = post(address_ + "/mine/contact", {field("reach", "村东头")});
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(holds(refused.body, "这里请写邮箱"));
  EXPECT_EQ(value_of(refused.body, "reach"), "村东头");
}

TEST_F(Mine, OffersToPublishAndToTakeThatBack) {
  filed();
  EXPECT_TRUE(holds(mine(), "同意公开</button>"));
  const auto agreed = follow(post(address_ + "/mine/publication", {field("say", "yes")}));
  EXPECT_TRUE(holds(agreed.body, "撤回同意，不公开</button>"));
  EXPECT_FALSE(holds(agreed.body, "同意公开</button>"));
}

TEST_F(Mine, APassThatIsOverCostsNobodyTheNumberTheyTyped) {
  const auto receipt = file_report();
  number_ = number_on(receipt.body);
  const std::string code = code_on(receipt.body);
  address_ = "/t/" + number_;
  close_browser();
  const auto asked = post(address_ + "/mine/contact", {field("reach", "139 0000 0042")});
  EXPECT_EQ(asked.status, 401);
  EXPECT_EQ(value_of(asked.body, "reach"), "139 0000 0042");
  const auto page = follow(
      post(address_ + "/mine/contact", {field("reach", "139 0000 0042"), field("code", code)}));
  EXPECT_TRUE(holds(page.body, "139****0042"));
}

TEST_F(Mine, AnOpenCaseIsNotErasedAndTheReasonAndTheLawAreNamed) {
  filed();
  const auto page = get(address_ + "/mine/erase").body;
  EXPECT_TRUE(holds(page, "事情还在办"));
  EXPECT_TRUE(holds(page, "个人信息保护法"));
  EXPECT_FALSE(holds(page, "name=\"sure\""));
  post(address_ + "/mine/erase", {field("sure", "yes")});
  EXPECT_FALSE(file(id_).erased);
}

TEST_F(Mine, ErasingSaysWhatGoesWhatStaysAndHowLongCopiesLiveAndAsksOnce) {
  filed();
  must(speaker(), id_, EventKind::withdrawn);
  const auto page = get(address_ + "/mine/erase").body;
  EXPECT_TRUE(holds(page, "38天"));
  EXPECT_TRUE(holds(page, "删除不用说原因"));
  post(address_ + "/mine/erase", {});
  EXPECT_FALSE(file(id_).erased) << "the box was not ticked";
  const auto after = follow(post(address_ + "/mine/erase", {field("sure", "yes")}));
  EXPECT_TRUE(file(id_).erased);
  EXPECT_TRUE(holds(after.body, "内容已经按规定删除"));
  EXPECT_FALSE(holds(after.body, "污水管"));
  EXPECT_EQ(follow(post(address_ + "/mine/erase", {field("sure", "yes")})).status, 200);
  EXPECT_EQ(post(address_ + "/mine/copy", {}).status, 200);
}

TEST_F(Mine, AConsentToBeCalledIsTakenBack) {
  filed();
  cases::Words words = some_words(5);
  cases::Contact contact;
  contact.phone = "19900001234";
  contact.way = "sms";
  words.contact = Sealed(contact);
  words.may_be_called = true;
  const auto receipt = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(receipt);
  const auto opened =
      follow(post("/t", {field("number", receipt->number),
                         field("code", receipt->query_code.reveal_because("a test types it"))}));
  address_ = "/t/" + cases::show_number(receipt->number);
  EXPECT_TRUE(holds(mine(), "您同意过"));
  const auto page = follow(post(address_ + "/mine/calls", {}));
  EXPECT_FALSE(holds(page.body, "您同意过<"));
  EXPECT_FALSE(file(receipt->case_id).may_be_called);
  EXPECT_TRUE(holds(get(address_).body, "您说不要再打电话"));
  EXPECT_EQ(post(address_ + "/mine/calls", {}).status, 303);
}

TEST_F(Mine, EachLookAtTheNumberIsListedWithOfficeAndReason) {
  cases::Words words = some_words(6);
  cases::Contact contact;
  contact.phone = "19900001234";
  words.contact = Sealed(contact);
  words.may_be_called = true;
  const auto receipt = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(receipt);
  follow(post("/t", {field("number", receipt->number),
                     field("code", receipt->query_code.reveal_because("a test types it"))}));
  address_ = "/t/" + cases::show_number(receipt->number);
  EXPECT_TRUE(holds(get(address_ + "/looks").body, "没有人看过。"));
  answer(receipt->case_id);
  ASSERT_TRUE(database_->write([&](Transaction& t) {
    return cases::reveal(t, caller(), receipt->case_id, "问问解决了没有");
  }));
  const auto page = get(address_ + "/looks").body;
  EXPECT_TRUE(holds(page, "问问解决了没有"));
  EXPECT_TRUE(holds(page, "县信访局"));
}

TEST_F(Mine, ARequestForTheNameThatWaitsOrWasRefusedIsListedToo) {
  cases::Words words = some_words(8);
  cases::Contact contact;
  contact.name = "张三";
  contact.phone = "19900001234";
  words.contact = Sealed(contact);
  words.identity_level = cases::IdentityLevel::named;
  const auto receipt = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(receipt);
  follow(post("/t", {field("number", receipt->number),
                     field("code", receipt->query_code.reveal_because("a test types it"))}));
  address_ = "/t/" + cases::show_number(receipt->number);
  EXPECT_FALSE(holds(get(address_ + "/looks").body, "请求过"));
  const auto with = [&](cases::Context context) {
    context.actor.account = entropy_.id<accounts::AccountId>(now_);
    return context;
  };
  const cases::Context asking = with(dispatcher());
  const auto asked = database_->write([&](Transaction& t) {
    return cases::ask_for_name(t, asking, receipt->case_id, "要寄一封信");
  });
  ASSERT_TRUE(asked);
  const auto waiting = get(address_ + "/looks").body;
  EXPECT_TRUE(holds(waiting, "要寄一封信"));
  EXPECT_TRUE(holds(waiting, "等另一个人决定"));
  ASSERT_TRUE(database_->write([&](Transaction& t) {
    return cases::decide_on_name(t, with(dispatcher()), receipt->case_id, asked->seq, false);
  }));
  EXPECT_TRUE(holds(get(address_ + "/looks").body, "没有同意，没有看到"));
}

TEST_F(Mine, IsForWhoeverHasTheCodeAndNobodyElse) {
  filed();
  close_browser();
  for (const char* page : {"/mine", "/mine/erase", "/looks"}) {
    EXPECT_TRUE(holds(get(address_ + page).body, "name=\"code\"")) << page;
  }
  for (const char* page : {"/mine/copy", "/mine/contact", "/mine/calls", "/mine/erase"}) {
    EXPECT_TRUE(holds(post(address_ + page, {field("sure", "yes")}).body, "name=\"code\"")) << page;
  }
}

// ---- the notice

// The present notice as one text, from the sentences that /privacy shows.
std::string present_notice(const catalogue::Catalogue& say) {
  const auto of = [&](const std::string& key) { return say.say("residents.privacy." + key); };
  std::string text = of("title") + "\n\n" + of("lead") + "\n\n";
  for (const std::string who :
       {"you", "intake", "handler", "caller", "supervisor", "admin", "public"}) {
    text += of(who + ".who") + " | " + of(who + ".sees") + " | " + of(who + ".why") + " | " +
            of(who + ".long") + "\n";
  }
  for (const std::string part : {"accusation", "kept", "phone", "rights", "never"}) {
    text += "\n" + of(part + "_title") + "\n" + of(part) + "\n";
  }
  return text;
}

TEST_F(Mine, TheNoticeOfAVersionNeverChanges) {
  for (const char* language : {"zh-CN", "en"}) {
    EXPECT_EQ(notice_text(current_notice, language), present_notice(catalogues_.of(language)))
        << "the notice says something else: write it to pages/notices under a new version, and "
           "name "
           "that in notices.h";
  }
}

TEST_F(Mine, EveryVersionOfTheNoticeStaysReadable) {
  EXPECT_TRUE(holds(get("/privacy").body, "/privacy?version=" + std::string(current_notice)));
  for (const std::string& version : notice_versions()) {
    const auto page = get("/privacy?version=" + version);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(holds(page.body, "您说的话由青溪县信访局收下")) << version;
    EXPECT_FALSE(holds(page.body, "{phone}"));
  }
  EXPECT_EQ(get("/privacy?version=1999-01").status, 404);
}

}  // namespace
}  // namespace minhu::pages
