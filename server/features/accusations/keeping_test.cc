// Escrow, what was held before, and what is over.
#include "features/accusations/keeping.h"

#include "features/accusations/test_seal.h"

namespace minhu::accusations {
namespace {

// The key of a refusal. A success has no error to look at.
template <class Answer>
std::string why_not(const Answer& answer) {
  return answer ? "not refused" : answer.error().key;
}

TEST_F(Seal, TwoPapersOfThreeOpenAndTheCaseSaysSo) {
  const auto papers = make_escrow(ground_, false);
  ASSERT_TRUE(papers);
  EXPECT_EQ(make_escrow(ground_, false).error().key, "accusations.escrow_exists");
  Report report = some_report();
  report.level = Level::named;
  report.name = "陈秋菊";
  const Filed receipt = filed(std::move(report));
  const auto all = database_->read([&](Reading& r) { return escrowed(r, ground_); });
  ASSERT_EQ(all.size(), 1U);
  for (const auto& [one, other] : {std::pair(0, 1), std::pair(0, 2), std::pair(2, 1)}) {
    const auto opened = open_escrow(ground_, all[0].id, (*papers)[static_cast<std::size_t>(one)],
                                    (*papers)[static_cast<std::size_t>(other)]);
    ASSERT_TRUE(opened) << opened.error().key;
    EXPECT_EQ(opened->letter.words, words);
    EXPECT_EQ(opened->identity.name, "陈秋菊");
  }
  EXPECT_EQ(open_escrow(ground_, all[0].id, (*papers)[0], (*papers)[0]).error().key,
            "accusations.same_share");
  std::string slip = (*papers)[1].reveal_because("a slip of the pen");
  slip[20] = slip[20] == '0' ? '1' : '0';
  EXPECT_EQ(open_escrow(ground_, all[0].id, (*papers)[0], Paper(slip)).error().key,
            "accusations.bad_share");
  const auto newer = make_escrow(ground_, true);
  EXPECT_EQ(open_escrow(ground_, all[0].id, (*papers)[0], (*newer)[1]).error().key,
            "accusations.shares_do_not_fit");
  EXPECT_TRUE(open_escrow(ground_, all[0].id, (*papers)[0], (*papers)[1]));
  const auto seen = look_after(ground_, receipt.code);
  EXPECT_EQ(seen->messages.back().decision, "escrow_opened");
}

TEST_F(Seal, WhatWasHeldBeforeGoesUnderTheSealOnceThereIsOne) {
  auto old = some_words(1);
  old.track = cases::Track::accusation;
  old.text = words;
  cases::Contact contact;
  contact.name = "陈秋菊";
  old.contact = Sealed(contact);
  old.attachments = {{"image/jpeg", to_bytes("photo")}};
  const auto receipt = receive_words(as(Role::anyone), std::move(old));
  ASSERT_TRUE(receipt);
  EXPECT_EQ(seal_what_was_held(ground_), 0) << "nobody to seal to";
  const auto handler = named("li");
  EXPECT_EQ(seal_what_was_held(ground_), 1);
  EXPECT_EQ(seal_what_was_held(ground_), 0);
  EXPECT_EQ(count("SELECT count(*) FROM content"), 0);
  EXPECT_TRUE(file(receipt->case_id).words.empty());
  const auto id = list(handler)[0].id;
  EXPECT_EQ(id, receipt->case_id);
  auto opened = open_for(ground_, handler.principal, id, passphrase);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->letter.words, words);
  EXPECT_EQ(opened->letter.level, Level::confidential);
  // The speaker's old code still opens the case, and what they add goes the same way.
  must(speaker(), id, cases::EventKind::supplemented, {{"words", "还有一张收条"}});
  EXPECT_EQ(seal_what_was_held(ground_), 1);
  opened = open_for(ground_, handler.principal, id, passphrase);
  ASSERT_EQ(opened->messages.size(), 1U);
  EXPECT_EQ(opened->messages[0].words, "还有一张收条");
  EXPECT_FALSE(stored("收条"));
  const auto seen =
      database_->read([&](Reading& r) { return cases::view_case(r, speaker(), receipt->case_id); });
  EXPECT_TRUE(seen) << seen.error().key;
}

TEST_F(Seal, WhomTheCaseAccusesIsNotAmongThoseToWhomItIsSealed) {
  const auto honest = named("li");
  const auto accused = named("wang");
  const auto id = received().case_id;
  must(dispatcher(), id, cases::EventKind::triaged,
       {{"category", "minhu:01"}, {"accused_person", accused.id.text()}});
  must(dispatcher(), id, cases::EventKind::held);
  EXPECT_EQ(seal_what_was_held(ground_), 1);
  EXPECT_TRUE(list(accused).empty());
  EXPECT_EQ(why_not(open_for(ground_, accused.principal, id, passphrase)), "accusations.not_found");
  ASSERT_EQ(list(honest).size(), 1U);
  EXPECT_TRUE(open_for(ground_, honest.principal, id, passphrase));
  EXPECT_EQ(why_not(share(ground_, honest.principal, id, passphrase, accused.id)),
            "accusations.kept_from");
}

TEST_F(Seal, WhereAllWhoAreNamedAreAccusedItWaitsForTheCustodians) {
  const auto accused = named("wang");
  const auto id = received().case_id;
  must(dispatcher(), id, cases::EventKind::triaged,
       {{"category", "minhu:01"}, {"accused_person", accused.id.text()}});
  must(dispatcher(), id, cases::EventKind::held);
  EXPECT_EQ(seal_what_was_held(ground_), 0) << "held, and listed nowhere";
  EXPECT_TRUE(list(accused).empty());
  ASSERT_TRUE(make_escrow(ground_, false));
  EXPECT_EQ(seal_what_was_held(ground_), 1);
  EXPECT_TRUE(list(accused).empty());
}

TEST_F(Seal, WhoIsTiedToTheAccusedLaterDoesNotOpenItAnyMore) {
  const auto handler = named("li");
  const auto id = received().case_id;
  must(dispatcher(), id, cases::EventKind::triaged,
       {{"category", "minhu:01"}, {"complained_of", water_.text()}});
  must(dispatcher(), id, cases::EventKind::held);
  EXPECT_EQ(seal_what_was_held(ground_), 1);
  EXPECT_EQ(list(handler).size(), 1U);
  accounts::Interest tie;
  tie.account = tie.declared_by = handler.id;
  tie.unit = water_;
  write([&](Transaction& t) {
    ASSERT_TRUE(accounts::declare_interest(t, accounts_ground_, tie, now_));
  });
  EXPECT_TRUE(list(handler).empty());
  EXPECT_EQ(why_not(open_for(ground_, handler.principal, id, passphrase)), "accusations.not_found");
}

class TakenBack : public Seal {
 protected:
  // From before there was a seal, put under it, and taken back by its speaker.
  cases::CaseId sealed_and_taken_back() {
    county_.derivations = {&shredding()};
    named("li");
    auto old = some_words(1);
    old.track = cases::Track::accusation;
    old.text = words;
    const auto id = receive_words(as(Role::anyone), std::move(old))->case_id;
    EXPECT_EQ(seal_what_was_held(ground_), 1);
    must(speaker(), id, cases::EventKind::withdrawn);
    return id;
  }
};

TEST_F(TakenBack, WhatTheSpeakerHasErasedDoesNotStayUnderTheSeal) {
  const auto id = sealed_and_taken_back();
  write([&](Transaction& t) {
    ASSERT_TRUE(cases::erase(t, as(Role::system), id, "asked_by_speaker"));
  });
  for (const auto* rows : {"SELECT count(*) FROM accusation", "SELECT count(*) FROM accusation_box",
                           "SELECT count(*) FROM accusation_content"}) {
    EXPECT_EQ(count(rows), 0) << rows;
  }
}

TEST_F(TakenBack, WhatTheSpeakerTookBackGoesNinetyDaysLater) {
  sealed_and_taken_back();
  pass_days(89);
  EXPECT_EQ(shred_what_is_closed(ground_), 0);
  pass_days(2);
  EXPECT_EQ(shred_what_is_closed(ground_), 1);
  EXPECT_EQ(count("SELECT count(*) FROM accusation_content"), 0);
}

TEST_F(Seal, NinetyDaysAfterClosingNothingIsLeftButTheHistory) {
  const auto handler = named("li");
  const Filed receipt = filed(some_report());
  const auto id = list(handler)[0].id;
  ASSERT_TRUE(accusations::answer(ground_, handler.principal, id, passphrase,
                                  {"不属于受理范围。", State::not_accepted}));
  pass_days(89);
  EXPECT_EQ(shred_what_is_closed(ground_), 0);
  pass_days(2);
  EXPECT_EQ(shred_what_is_closed(ground_), 1);
  EXPECT_EQ(shred_what_is_closed(ground_), 0);
  for (const auto* rows :
       {"SELECT count(*) FROM accusation", "SELECT count(*) FROM accusation_box",
        "SELECT count(*) FROM accusation_content", "SELECT count(*) FROM case_key"}) {
    EXPECT_EQ(count(rows), 0) << rows;
  }
  EXPECT_TRUE(file(id).erased);
  EXPECT_EQ(look_after(ground_, receipt.code).error().key, "accusations.wrong_code");
}

TEST_F(Seal, TheSizeOfWhatIsStoredTellsALetterToItsBlock) {
  named("li");
  Report brief = some_report(1);
  brief.words = "贪";
  filed(std::move(brief));
  Report longer = some_report(2);
  for (int i = 0; i < 30; ++i) longer.words += words;
  filed(std::move(longer));
  EXPECT_EQ(count("SELECT count(DISTINCT length(sealed)) FROM accusation_content"), 1);
}

}  // namespace
}  // namespace minhu::accusations
