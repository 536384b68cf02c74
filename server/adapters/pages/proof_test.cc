// What a speaker can take away as proof, from pages with scripts off, over a record with witnesses.
#include "adapters/pages/test_recorded_pages.h"
#include "engines/merkle/promise.h"
#include "engines/qr_code/qr_code.h"

namespace minhu::pages {
namespace {

class Proof : public RecordedPages {
 protected:
  // A case filed through the pages, its number on the receipt.
  http::Response filed() {
    auto receipt = file_report();
    number_ = number_on(receipt.body);
    address_ = "/t/" + number_;
    return receipt;
  }

  std::string number_, address_;
};

TEST_F(Proof, IsPromisedOnTheReceiptAndThereSoonAfter) {
  const auto receipt = filed();
  EXPECT_TRUE(holds(receipt.body, "这份记录改不了"));
  EXPECT_TRUE(holds(receipt.body, "data-promised=\"" + address_ + "/proof?as=line\""));
  const auto promise = get(address_ + "/proof");
  EXPECT_EQ(header(promise, "Content-Disposition"),
            "attachment; filename=\"receipt.tlog-promise\"");
  const auto note = merkle::parse_note(promise.body);
  ASSERT_TRUE(note);
  EXPECT_TRUE(merkle::parse_promise(note->text));

  publish();
  const auto line = get(address_ + "/proof?as=line");
  EXPECT_FALSE(holds(line.body, "data-promised"));
  EXPECT_TRUE(holds(line.body, "已经写进全县的公开记录"));
  EXPECT_FALSE(holds(line.body, "<html"));
  const auto proof = get(address_ + "/proof");
  EXPECT_EQ(header(proof, "Content-Disposition"), "attachment; filename=\"receipt.tlog-proof\"");
  EXPECT_EQ(header(proof, "Cache-Control"), "no-store");
  const auto good = checked(proof.body);
  ASSERT_TRUE(good) << good.error().key;
  EXPECT_EQ(good->opening.payload.kind, "received");
  EXPECT_EQ(good->opening.payload.by, "citizen");
  EXPECT_EQ(good->accepted.witnesses.size(), 3U);
  EXPECT_LE(proof.body.size(), 2048U);
}

TEST_F(Proof, IsOnThePageOfTheCaseAndGoesOnWhenTheWordsAreErased) {
  filed();
  follow(post(address_ + "/kept", {}));
  publish();
  EXPECT_TRUE(holds(get(address_).body, "下载证明文件"));
  const CaseId id = case_of(number_);
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return cases::erase(t, as(Role::system), id, "test"); }));
  EXPECT_TRUE(checked(get(address_ + "/proof").body));
}

TEST_F(Proof, IsDrawnOnlyForWhoeverAsksAndIsCalledASecret) {
  const auto receipt = filed();
  publish();
  const std::string proof = get(address_ + "/proof").body;
  const auto drawn = get(address_ + "/proof?as=qr");
  EXPECT_EQ(drawn.status, 200);
  EXPECT_EQ(header(drawn, "Cache-Control"), "no-store");
  EXPECT_TRUE(holds(drawn.body, "这是秘密"));
  EXPECT_TRUE(holds(drawn.body, qr_code::as_large_svg(proof, "证明的二维码").value()));
  EXPECT_FALSE(holds(receipt.body, "qr-large"));
}

TEST_F(Proof, IsNotOnPaperWhichCarriesTheAddressAlone) {
  filed();
  publish();
  const auto print = get(address_ + "/print");
  EXPECT_EQ(print.status, 200);
  EXPECT_FALSE(holds(print.body, "/proof"));
  EXPECT_FALSE(holds(print.body, "qr-large"));
  const std::string only = qr_code::drawing_of("https://minhu.test" + address_).path;
  EXPECT_TRUE(holds(print.body, only));
  // And what the page of the case shows of it is not printed.
  EXPECT_TRUE(holds(get(address_).body, "<section class=\"record noprint\""));
}

TEST_F(Proof, IsForWhoeverHasTheCodeAndNobodyElse) {
  filed();
  publish();
  close_browser();
  for (const char* as : {"", "?as=line", "?as=qr"}) {
    const auto page = get(address_ + "/proof" + as);
    EXPECT_TRUE(holds(page.body, "name=\"code\"")) << as;
    EXPECT_FALSE(holds(page.body, "tlog-proof")) << as;
  }
}

TEST_F(Proof, IsCheckedByAPageThatNamesWhomToBelieve) {
  const auto page = get("/verify");
  EXPECT_TRUE(holds(page.body, merkle::fingerprint(policy_)));
  EXPECT_TRUE(holds(page.body, merkle::format_verifier_key(keys_.log.verifier())));
  for (const char* key : {"merkle.inclusion_not_proved", "residents.verify.good", "kind.received",
                          "kind.transferred", "by.housing"}) {
    EXPECT_TRUE(holds(page.body, std::string("data-key=\"") + key + "\"")) << key;
  }
  record_policy_ = "log nonsense\n";
  EXPECT_TRUE(holds(get("/verify").body, "县里公布的信任名单有错"));
  record_policy_.clear();
  EXPECT_TRUE(holds(get("/verify").body, "县里还没有公布信任名单"));
}

TEST_F(Proof, IsMissingWithAReasonWhereThereIsNone) {
  kept_record_ = nullptr;
  const auto receipt = filed();
  EXPECT_TRUE(holds(receipt.body, "这一步暂时还不能出具证明"));
  EXPECT_FALSE(holds(receipt.body, "data-promised"));
  EXPECT_EQ(get(address_ + "/proof").status, 503);
}

}  // namespace
}  // namespace minhu::pages
