#include "features/cases/names_waiting.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Names : public Journey {
 protected:
  using AccountId = accounts::AccountId;
  Names() {
    for (AccountId* account : {&dispatcher_, &other_dispatcher_, &handler_}) {
      *account = entropy_.id<AccountId>(now_);
    }
  }
  Context with(Context context, AccountId account) {
    context.actor.account = account;
    return context;
  }
  Context asking() { return with(dispatcher(), dispatcher_); }
  Context agreeing() { return with(dispatcher(), other_dispatcher_); }
  Context handling() { return with(handler(), handler_); }

  CaseId case_of(std::optional<IdentityLevel> level, std::uint8_t token = 1) {
    Words words = some_words(token);
    if (level != IdentityLevel::anonymous) {
      words.contact = Sealed(Contact{"张三", "13800000021", "竹源镇1号", "sms", "zh-CN"});
    }
    words.identity_level = level;
    const auto receipt = receive_words(as(Role::anyone), std::move(words));
    EXPECT_TRUE(receipt);
    const CaseId id = receipt->case_id;
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::signed_in);
    return id;
  }
  Result<Event> ask(const Context& context, CaseId id, const char* reason = "要当面核实") {
    return database_->write([&](Transaction& t) { return ask_for_name(t, context, id, reason); });
  }
  Result<Event> decide(const Context& context, CaseId id, std::int64_t seq, bool agreed = true) {
    return database_->write(
        [&](Transaction& t) { return decide_on_name(t, context, id, seq, agreed); });
  }
  Result<SeenName> look(const Context& context, CaseId id, std::int64_t seq) {
    return database_->write([&](Transaction& t) { return look_at_name(t, context, id, seq); });
  }
  template <class T>
  static std::string key_of(const Result<T>& result) {
    return result ? "allowed" : result.error().key;
  }

  AccountId dispatcher_, other_dispatcher_, handler_;
};

TEST_F(Names, AreSeenOnceByWhoAskedAfterAnotherAgreedAndTheSpeakerReadsEachStep) {
  const CaseId id = case_of(IdentityLevel::named);
  const auto asked = ask(handling(), id);
  ASSERT_TRUE(asked);
  EXPECT_EQ(key_of(look(handling(), id, asked->seq)), "seal.not_granted");
  ASSERT_TRUE(decide(agreeing(), id, asked->seq));
  EXPECT_EQ(key_of(look(asking(), id, asked->seq)), "seal.not_granted");  // another's request
  const auto seen = look(handling(), id, asked->seq);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->name.reveal_because("test"), "张三");
  EXPECT_EQ(seen->phone.reveal_because("test"), "13800000021");
  EXPECT_EQ(key_of(look(handling(), id, asked->seq)), "seal.not_granted");

  const auto view =
      database_->read([&](Reading& reading) { return view_case(reading, speaker(), id); });
  ASSERT_TRUE(view);
  std::vector<std::string> steps;
  for (const TimelineEntry& entry : view->timeline) {
    if (entry.event.seq < asked->seq) continue;
    steps.emplace_back(name(entry.event.kind));
    if (entry.event.kind == EventKind::name_granted) continue;
    ASSERT_EQ(entry.texts.size(), 1U);
    EXPECT_EQ(entry.texts.front().text, "要当面核实");
  }
  EXPECT_EQ(steps,
            (std::vector<std::string>{"name_asked_for", "name_granted", "identity_revealed"}));
}

TEST_F(Names, AreNeverShownByOnePersonAlone) {
  const CaseId id = case_of(IdentityLevel::confidential);
  const auto asked = ask(asking(), id);
  ASSERT_TRUE(asked);
  EXPECT_EQ(key_of(decide(asking(), id, asked->seq)), "seal.same_person");
  EXPECT_EQ(key_of(decide(handling(), id, asked->seq)), "cases.identity_sealed");
  EXPECT_EQ(key_of(ask(dispatcher(), id)), "cases.identity_sealed");  // nobody by account
  EXPECT_EQ(key_of(ask(asking(), id, "  ")), "seal.reason_missing");
}

TEST_F(Names, WhoMayAskFollowsFromWhatTheSpeakerChose) {
  const CaseId anonymous = case_of(IdentityLevel::anonymous, 1);
  const CaseId confidential = case_of(IdentityLevel::confidential, 2);
  const CaseId named = case_of(IdentityLevel::named, 3);
  const CaseId never_asked = case_of(std::nullopt, 4);
  EXPECT_EQ(file(never_asked).identity_level, IdentityLevel::confidential);
  EXPECT_EQ(key_of(ask(asking(), anonymous)), "seal.no_name_kept");
  EXPECT_EQ(key_of(ask(handling(), anonymous)), "seal.no_name_kept");
  EXPECT_TRUE(ask(asking(), confidential));
  EXPECT_EQ(key_of(ask(handling(), confidential)), "cases.identity_sealed");
  EXPECT_TRUE(ask(asking(), named));
  EXPECT_TRUE(ask(handling(), named));
  const Context elsewhere = with(as(Role::handler, water_), handler_);
  EXPECT_EQ(key_of(ask(elsewhere, named)), "cases.not_found");
  const Context callers = with(caller(), handler_);
  EXPECT_EQ(key_of(ask(callers, named)), "cases.identity_sealed");
}

TEST_F(Names, AnAgreementIsOverAfterADayAndARefusalIsTheEnd) {
  const CaseId id = case_of(IdentityLevel::named);
  const auto first = ask(handling(), id);
  ASSERT_TRUE(decide(agreeing(), id, first->seq));
  now_.unix_ms += name_shown_within_ms + 1;
  EXPECT_EQ(key_of(look(handling(), id, first->seq)), "seal.not_granted");
  const auto second = ask(handling(), id);
  ASSERT_TRUE(decide(agreeing(), id, second->seq, false));
  EXPECT_EQ(key_of(look(handling(), id, second->seq)), "seal.not_granted");
  EXPECT_EQ(key_of(decide(agreeing(), id, second->seq)), "seal.not_asked");
}

TEST_F(Names, AUnitThatLostTheCaseSeesNothingAnyMore) {
  const CaseId id = case_of(IdentityLevel::named);
  const auto asked = ask(handling(), id);
  ASSERT_TRUE(decide(agreeing(), id, asked->seq));
  must(dispatcher(), id, EventKind::taken_back, {{"reason", "派错了单位"}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  EXPECT_EQ(key_of(look(handling(), id, asked->seq)), "cases.not_found");
}

TEST_F(Names, TheSpeakerMaySayMoreAndNobodyMakesItLess) {
  const CaseId id = case_of(IdentityLevel::anonymous);
  const auto raise = [&](const Context& context, IdentityLevel level, Contact contact) {
    return database_->write([&](Transaction& t) {
      return raise_identity(t, context, id, level, Sealed(std::move(contact)));
    });
  };
  EXPECT_EQ(key_of(raise(handling(), IdentityLevel::named, {"张三", "", "", "", "zh-CN"})),
            "cases.not_found");
  EXPECT_EQ(key_of(raise(speaker(), IdentityLevel::confidential, {})), "seal.contact_missing");
  ASSERT_TRUE(
      raise(speaker(), IdentityLevel::confidential, {"", "13800000021", "", "sms", "zh-CN"}));
  EXPECT_EQ(file(id).identity_level, IdentityLevel::confidential);
  EXPECT_EQ(key_of(raise(speaker(), IdentityLevel::named, {"", "13800000021", "", "", "zh-CN"})),
            "seal.name_missing");
  ASSERT_TRUE(raise(speaker(), IdentityLevel::named, {"张三", "13800000021", "", "", "zh-CN"}));
  EXPECT_EQ(key_of(raise(speaker(), IdentityLevel::confidential,
                         {"张三", "13800000021", "", "", "zh-CN"})),
            "seal.never_down");
  EXPECT_EQ(file(id).identity_level, IdentityLevel::named);
  EXPECT_TRUE(ask(handling(), id));
}

TEST_F(Names, WhatWasChosenAndWhatWasLeftSayTheSame) {
  const auto key = [&](IdentityLevel level, std::optional<Sealed<Contact>> contact) {
    Words words = some_words(9);
    words.identity_level = level;
    words.contact = std::move(contact);
    return key_of(receive_words(as(Role::anyone), std::move(words)));
  };
  EXPECT_EQ(key(IdentityLevel::anonymous, Sealed(Contact{"张三", "", "", "", "zh-CN"})),
            "seal.anonymous_with_contact");
  EXPECT_EQ(key(IdentityLevel::confidential, std::nullopt), "seal.contact_missing");
  EXPECT_EQ(key(IdentityLevel::named, Sealed(Contact{"", "13800000021", "", "sms", "zh-CN"})),
            "seal.name_missing");
}

TEST_F(Names, WaitInAListOfWhoeverMustAgreeUntilSomebodyDecides) {
  const auto list = [&](const Context& context) {
    return database_->read([&](Reading& reading) { return names_waiting(reading, context); });
  };
  const CaseId first = case_of(IdentityLevel::named);
  const CaseId second = case_of(IdentityLevel::named, 2);
  const auto asked = ask(handling(), first, "要当面核实");
  now_.unix_ms += 1000;
  const auto own = ask(asking(), second, "要寄信");
  ASSERT_TRUE(asked && own);
  const auto waiting = list(asking());
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].id, first);
  EXPECT_EQ(waiting[0].request.by.unit, housing_);
  EXPECT_EQ(waiting[0].reason, "要当面核实");
  EXPECT_EQ(waiting[1].request.by.account, dispatcher_);
  EXPECT_TRUE(list(handling()).empty());  // who cannot agree has no such list
  ASSERT_TRUE(decide(agreeing(), first, asked->seq, false));
  EXPECT_EQ(list(asking()).size(), 1U);
  must(dispatcher(), second, EventKind::held);
  EXPECT_TRUE(list(asking()).empty());
}

}  // namespace
}  // namespace minhu::cases
