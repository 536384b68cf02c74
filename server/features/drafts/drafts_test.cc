#include "features/drafts/drafts.h"

#include "features/cases/test_world.h"
#include "features/drafts/migrations.h"

namespace minhu::drafts {
namespace {

class Drafts : public cases::World {
 protected:
  Drafts() : World(migrations()) {}
  Draft some_draft() {
    Draft draft = begin(entropy_, cases::Track::petition);
    draft.text = "渠道堵了";
    draft.place_words = "老磨坊旁边";
    draft.contact = Sealed(cases::Contact{"", "13800000021", "", "sms", "zh-CN"});
    return draft;
  }
  void keep_it(const Draft& draft) {
    write([&](Transaction& t) { keep(t, as(Role::anyone), token_, draft); });
  }
  Result<Draft> opened(const Token& token) {
    return database_->read([&](Reading& r) { return open(r, as(Role::anyone), token); });
  }
  std::int64_t rows(std::string_view sql) {
    return database_->read([&](Reading& r) {
      return *r.first(sql, {}, [](const Row& row) { return row.integer(0); });
    });
  }

  Token token_ = Token::make(entropy_);
};

TEST_F(Drafts, GiveBackWhatWasBegunToWhoeverHoldsTheToken) {
  keep_it(some_draft());
  const auto again = Token::parse(token_.text());
  ASSERT_TRUE(again);
  const auto draft = opened(*again);
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->text, "渠道堵了");
  EXPECT_EQ(draft->place_words, "老磨坊旁边");
  EXPECT_EQ(draft->contact->reveal_because("test").phone, "13800000021");
}

TEST_F(Drafts, OpenForNobodyElse) {
  keep_it(some_draft());
  const auto draft = opened(Token::make(entropy_));
  ASSERT_FALSE(draft);
  EXPECT_EQ(draft.error().key, "drafts.none");
  EXPECT_FALSE(Token::parse("short"));
}

TEST_F(Drafts, LeaveNoReadableWordInTheDatabase) {
  keep_it(some_draft());
  const auto found = database_->read([&](Reading& r) {
    return *r.first("SELECT sealed FROM draft", {},
                    [](const Row& row) { return std::string(to_text(row.bytes(0))); });
  });
  EXPECT_EQ(found.find("渠道"), std::string::npos);
  EXPECT_EQ(found.find("13800000021"), std::string::npos);
}

TEST_F(Drafts, AreForgottenADayAfterTheLastChangeWithTheirPhotos) {
  Draft draft = some_draft();
  const auto photo = seal_attachment(as(Role::anyone), token_, {"image/jpeg", Bytes(900, 7)});
  write([&](Transaction& t) {
    ASSERT_TRUE(add_attachment(t, as(Role::anyone), token_, draft, photo));
    keep(t, as(Role::anyone), token_, draft);
  });
  now_.unix_ms += kept_for_ms - 1;
  EXPECT_TRUE(opened(token_));
  now_.unix_ms += 1;
  EXPECT_FALSE(opened(token_));
  write([&](Transaction& t) { EXPECT_EQ(forget_expired(t, county_.region, now_), 1); });
  EXPECT_EQ(rows("SELECT count(*) FROM draft"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM draft_attachment"), 0);
}

TEST_F(Drafts, KeepPhotosUntilTheyAreTakenOut) {
  Draft draft = some_draft();
  const auto context = as(Role::anyone);
  const auto photo = seal_attachment(context, token_, {"image/jpeg", Bytes(900, 7)});
  write([&](Transaction& t) {
    ASSERT_TRUE(add_attachment(t, context, token_, draft, photo));
    keep(t, context, token_, draft);
  });
  const auto bytes = database_->read([&](Reading& r) {
    return read_attachment(r, context, token_, *open(r, context, token_), photo.kept.id);
  });
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->bytes, Bytes(900, 7));
  write([&](Transaction& t) {
    remove_attachment(t, context, token_, draft, photo.kept.id);
    keep(t, context, token_, draft);
  });
  EXPECT_TRUE(opened(token_)->attachments.empty());
}

TEST_F(Drafts, TakeNoMorePhotosThanACaseDoes) {
  Draft draft = some_draft();
  const auto context = as(Role::anyone);
  write([&](Transaction& t) {
    for (std::size_t i = 0; i < cases::most_attachments; ++i) {
      const auto photo = seal_attachment(context, token_, {"image/jpeg", Bytes(9, 7)});
      ASSERT_TRUE(add_attachment(t, context, token_, draft, photo));
    }
    const auto photo = seal_attachment(context, token_, {"image/jpeg", Bytes(9, 7)});
    const auto refused = add_attachment(t, context, token_, draft, photo);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().key, "cases.too_many_attachments");
  });
}

TEST_F(Drafts, BecomeOneCaseHoweverOftenTheyAreFiledAndKeepOnlyTheReceipt) {
  Draft draft = some_draft();
  const auto context = as(Role::anyone);
  const auto photo = seal_attachment(context, token_, {"image/jpeg", Bytes(900, 7)});
  write([&](Transaction& t) {
    ASSERT_TRUE(add_attachment(t, context, token_, draft, photo));
    keep(t, context, token_, draft);
  });
  const auto file_once = [&] {
    auto words = database_->read([&](Reading& r) { return words_of(r, context, token_, draft); });
    EXPECT_TRUE(words);
    EXPECT_EQ(words->attachments.size(), 1U);
    auto prepared = cases::prepare(context, std::move(*words));
    EXPECT_TRUE(prepared);
    return database_->write(
        [&](Transaction& t) { return drafts::file(t, context, token_, **prepared); });
  };
  // A double tap: both requests have read the draft before either has filed it.
  auto first_words =
      database_->read([&](Reading& r) { return words_of(r, context, token_, draft); });
  auto second = cases::prepare(context, std::move(*first_words));
  const auto one = file_once();
  const auto two =
      database_->write([&](Transaction& t) { return drafts::file(t, context, token_, **second); });
  ASSERT_TRUE(one);
  ASSERT_TRUE(two);
  EXPECT_EQ(one->number, two->number);
  EXPECT_EQ(rows("SELECT count(*) FROM case_file"), 1);
  EXPECT_EQ(rows("SELECT count(*) FROM draft_attachment"), 0);
  const auto left = opened(token_);
  ASSERT_TRUE(left);
  EXPECT_TRUE(left->text.empty());
  EXPECT_FALSE(left->contact);
  ASSERT_TRUE(left->filed);
  EXPECT_EQ(left->filed->number, one->number);
  EXPECT_EQ(left->filing, draft.filing);
}

TEST_F(Drafts, AreGoneWhenThePersonThrowsThemAway) {
  keep_it(some_draft());
  write([&](Transaction& t) { discard(t, as(Role::anyone), token_); });
  EXPECT_FALSE(opened(token_));
}

}  // namespace
}  // namespace minhu::drafts
