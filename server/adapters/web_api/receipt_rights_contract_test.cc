// Every answer that the contract names for what a speaker may ask about what is kept, and that a
// wrong code is answered there as everywhere: the same, and later and later.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"
#include "features/cases/key_tending.h"

namespace minhu::web_api {
namespace {

class ReceiptRights : public ApiWorld {
 protected:
  Held said(const std::string& more = {}) {
    return hold(post("/api/v1/cases",
                     R"({"text":"路灯不亮","place":"339901101","notice_given":true)" + more + "}"));
  }
  Held with_contact() {
    return said(
        R"(,"contact":{"name":"甲某某","phone":"13800000000","way":"sms"},"may_be_called":true)");
  }
  http::Response put(const Held& held, const char* rest, const std::string& body,
                     const Headers& headers) {
    return send({Method::put, held.path(rest), headers, body, {}, {}, {}});
  }
  http::Response take_back(const Held& held, const char* rest, const Headers& headers) {
    return send({Method::delete_, held.path(rest), headers, {}, {}, {}, {}});
  }
};

TEST_F(ReceiptRights, ShowCopyCorrectAndTakeBackByTheReceipt) {
  const Held first = with_contact();
  const Held bare = said();
  const Headers own = first.with();

  // ---- to see
  const auto shown = get(first.path("/rights"), own);
  ASSERT_EQ(shown.status, 200) << shown.body;
  const auto kept = json_of(shown);
  EXPECT_TRUE(kept.at("contact_kept").as_bool());
  EXPECT_FALSE(kept.at("publication").at("allowed").as_bool()) << "no until it is said";
  EXPECT_EQ(kept.at("notice").as_string(), "2026-11");
  EXPECT_EQ(kept.at("erasure").at("days_until_unrecoverable"), cases::days_until_unrecoverable);
  EXPECT_FALSE(kept.at("erasure").at("possible").as_bool());
  EXPECT_EQ(shown.body.find("13800000000"), std::string::npos);
  EXPECT_EQ(shown.body.find("路灯"), std::string::npos);
  EXPECT_EQ(get(first.path("/rights"), bare.with()).status, 401);

  // ---- the copy
  const auto copy = get(first.path("/copy"), own);
  ASSERT_EQ(copy.status, 200);
  EXPECT_EQ(json_of(copy).at("contact").at("phone").as_string(), "13800000000");
  EXPECT_EQ(json_of(copy).at("said").at("text").as_string(), "路灯不亮");
  EXPECT_EQ(get(first.path("/copy"), bare.with()).status, 401);

  // ---- to put right
  const std::string reach = R"({"reach":"13900000042"})";
  EXPECT_EQ(put(first, "/contact", reach, own).status, 200);
  EXPECT_EQ(json_of(get(first.path("/copy"), own)).at("contact").at("phone").as_string(),
            "13900000042");
  EXPECT_EQ(put(first, "/contact", R"({"reach":""})", own).status, 400);
  EXPECT_EQ(put(first, "/contact", reach, bare.with()).status, 401);
  EXPECT_EQ(told(put(bare, "/contact", reach, bare.with())), "409 rights.no_contact");

  // ---- to be published or not
  const std::string agrees = R"({"notice":"2026-11"})";
  EXPECT_EQ(told(put(first, "/publication", R"({"notice":"2001-01"})", own)),
            "400 rights.notice_not_in_force notice");
  EXPECT_EQ(put(first, "/publication", agrees, bare.with()).status, 401);
  const auto agreed = put(first, "/publication", agrees, own);
  ASSERT_EQ(agreed.status, 200) << agreed.body;
  EXPECT_EQ(json_of(agreed).at("publication").at("notice").as_string(), "2026-11");
  EXPECT_EQ(told(put(first, "/publication", agrees, own)), "409 rights.publication_as_before");
  EXPECT_EQ(take_back(first, "/publication", bare.with()).status, 401);
  const auto refused = take_back(first, "/publication", own);
  EXPECT_FALSE(json_of(refused).at("publication").at("allowed").as_bool());
  EXPECT_EQ(told(take_back(first, "/publication", own)), "409 rights.publication_as_before");

  // ---- no more calls
  EXPECT_EQ(take_back(first, "/calls", bare.with()).status, 401);
  EXPECT_EQ(take_back(first, "/calls", own).status, 200);
  EXPECT_EQ(told(take_back(first, "/calls", own)), "409 rights.no_calls_wished");

  // ---- to erase
  const auto erase = [&](const std::string& body, const Headers& headers) {
    return send({Method::post, first.path("/erasure"), headers, body, {}, {}, {}});
  };
  const std::string sure = R"({"sure":true})";
  EXPECT_EQ(told(erase(sure, own)), "409 rights.still_open");
  EXPECT_EQ(own_step(first, "withdrawn").status, 200);
  EXPECT_EQ(told(erase(R"({"sure":false})", own)), "400 rights.not_sure sure");
  EXPECT_EQ(erase(sure, bare.with()).status, 401);
  const auto erased = erase(sure, own);
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_TRUE(json_of(erased).at("erased").as_bool());
  EXPECT_EQ(told(erase(sure, own)), "410 cases.erased");
  EXPECT_EQ(told(put(first, "/contact", reach, own)), "410 cases.erased");
  EXPECT_EQ(told(put(first, "/publication", agrees, own)), "410 cases.erased");
  EXPECT_EQ(told(take_back(first, "/publication", own)), "410 cases.erased");
  EXPECT_EQ(told(take_back(first, "/calls", own)), "410 cases.erased");
  EXPECT_EQ(get(first.path("/copy"), own).body.find("路灯"), std::string::npos);

  for (const std::string& answer : contract_.documented_answers()) {
    if (operations_of_the_desk_test("ShowCopyCorrectAndTakeBackByTheReceipt")
            .contains(operation_of_answer(answer))) {
      EXPECT_TRUE(answered_.contains(answer)) << "never brought about: " << answer;
    }
  }
}

TEST_F(ReceiptRights, MakeAWrongCodeWaitAsEveryOtherDoorDoes) {
  const Held own = said();
  const Held other = said();
  const auto wait = [&](const char* rest) {
    return get(own.path(rest), other.with()).hold.count();
  };
  auto last = wait("");
  for (const char* rest : {"/rights", "/copy", "/rights", "/copy", "", "/rights"}) {
    const auto now = wait(rest);
    EXPECT_GE(now, last) << rest;
    last = now;
  }
  EXPECT_GT(last, 0) << "one count of wrong codes for all doors";
  EXPECT_EQ(get(own.path("/rights"), own.with()).hold.count(), 0);
}

}  // namespace
}  // namespace minhu::web_api
