#include "features/cases/notices.h"

#include <gtest/gtest.h>

#include "features/cases/edges.h"
#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Notices : public World {
 protected:
  Receipt from_somebody(std::uint8_t token, Contact contact = {"李秀英", "13900001111", "", "sms"},
                        Track track = Track::petition) {
    Words words = some_words(token);
    words.contact = Sealed<Contact>(std::move(contact));
    words.track = track;
    auto receipt = receive_words(as(Role::anyone), words);
    EXPECT_TRUE(receipt) << receipt.error().key;
    return *receipt;
  }
  std::vector<PendingNotice> pending() {
    return database_->read(
        [&](Reading& reading) { return pending_notices(reading, county_.region, 1000); });
  }
  std::vector<std::string> occasions() {
    std::vector<std::string> all;
    for (const PendingNotice& notice : pending()) all.emplace_back(name(notice.occasion));
    return all;
  }
  Result<NoticeAddress> address(const Context& context, CaseId id) {
    return database_->read(
        [&](Reading& reading) { return address_for_notice(reading, context, id); });
  }
};

TEST_F(Notices, AreWrittenWithTheStepsThatTheSpeakerShouldRead) {
  const Receipt receipt = from_somebody(1);
  EXPECT_TRUE(pending().empty()) << "who has just spoken holds the receipt";
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(housing_));
  must(handler(), receipt.case_id, EventKind::signed_in);
  EXPECT_TRUE(pending().empty()) << "what goes on inside is for the page";
  must(handler(), receipt.case_id, EventKind::accepted);
  must(handler(), receipt.case_id, EventKind::progress_told, {{"public_answer", "材料已到"}});
  must(handler(), receipt.case_id, EventKind::answered, opinion());
  EXPECT_EQ(occasions(), (std::vector<std::string>{"news", "news", "answer"}));
}

TEST_F(Notices, GoToTheDigitsOfANumberHoweverAClerkWroteItDown) {
  const auto to = [&](std::uint8_t token, Contact contact) {
    const auto found = address(as(Role::system), from_somebody(token, std::move(contact)).case_id);
    return found ? found->address.reveal_because("test") : found.error().key;
  };
  EXPECT_EQ(to(1, {"", "139 0000-1111", "", "sms"}), "13900001111");
  EXPECT_EQ(to(2, {"", "(0579) 8888 0000", "", "voice"}), "057988880000");
  // What is no single number goes as it was left, and a letter to where it was to go.
  EXPECT_EQ(to(3, {"", "0579-88880000转801", "", "voice"}), "0579-88880000转801");
  EXPECT_EQ(to(4, {"", "", "青溪县 12345 信箱", "paper"}), "青溪县 12345 信箱");
}

TEST_F(Notices, AreNotWrittenForARefusedStep) {
  const Receipt receipt = from_somebody(1);
  EXPECT_NE(refused(handler(), receipt.case_id, EventKind::answered, opinion()), "allowed");
  EXPECT_TRUE(pending().empty());
}

TEST_F(Notices, AreNotForWhoLeftNoContactNorForWhatTheyDidThemselves) {
  const Receipt nameless = received(1);
  answer(nameless.case_id);
  EXPECT_TRUE(pending().empty());
  const Receipt receipt = from_somebody(2);
  must(speaker(), receipt.case_id, EventKind::supplemented, {{"words", "还有一处"}});
  must(speaker(), receipt.case_id, EventKind::withdrawn);
  EXPECT_TRUE(pending().empty());
}

TEST_F(Notices, NeverExistForAnAccusation) {
  const Receipt receipt = from_somebody(1, {"", "13900001111", "", "sms"}, Track::accusation);
  CaseFile held = file(receipt.case_id);
  ASSERT_FALSE(held.contact.empty());
  Event event;
  event.actor = {Role::dispatcher, county_.petition_office, {}};
  for (int kind = 0; kind <= static_cast<int>(EventKind::erased); ++kind) {
    event.kind = static_cast<EventKind>(kind);
    EXPECT_FALSE(occasion_of(held, event)) << name(event.kind);
  }
  EXPECT_EQ(address(as(Role::system), receipt.case_id).error().key, "cases.identity_sealed");
}

TEST_F(Notices, OfACaseThatIsHeldLaterLeadNowhere) {
  const Receipt receipt = from_somebody(1);
  must(dispatcher(), receipt.case_id, EventKind::held);
  EXPECT_TRUE(pending().empty());
  EXPECT_EQ(address(as(Role::system), receipt.case_id).error().key, "cases.identity_sealed");
}

TEST_F(Notices, AreNotWrittenForWhatHappenedLongAgo) {
  const Receipt receipt = from_somebody(1);
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(housing_));
  must(handler(), receipt.case_id, EventKind::signed_in);
  const Instant then = now_;
  pass_days(8);
  Step typed_in_late;
  typed_in_late.kind = EventKind::accepted;
  typed_in_late.happened_at = then;
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return take_step(t, handler(), receipt.case_id, typed_in_late); }));
  EXPECT_TRUE(pending().empty());
}

TEST_F(Notices, EverybodyWhoseCaseWasMergedIsToldOfTheAnswer) {
  const Receipt first = from_somebody(1);
  const Receipt second = from_somebody(2);
  must(dispatcher(), second.case_id, EventKind::merged, {{"into", first.case_id.text()}});
  answer(first.case_id);
  std::vector<CaseId> answered;
  for (const PendingNotice& notice : pending()) {
    if (notice.occasion == Occasion::answer) answered.push_back(notice.case_id);
  }
  EXPECT_EQ(answered, (std::vector<CaseId>{first.case_id, second.case_id}));
}

TEST_F(Notices, AreNotWrittenAgainByARebuild) {
  const Receipt receipt = from_somebody(1);
  answer(receipt.case_id);
  const auto before = pending().size();
  ASSERT_GT(before, 0U);
  write([&](Transaction& t) {
    t.execute("UPDATE case_file SET returned = 7 WHERE region_id = ?1", {param(county_.region)});
  });
  EXPECT_EQ(rebuild(*database_, county_.region, OnDifference::repair).different.size(), 1U);
  EXPECT_EQ(pending().size(), before);
}

TEST_F(Notices, TheAddressIsForTheProgramAloneAndOnlyTheOneOfTheirWay) {
  const Receipt by_phone = from_somebody(1, {"李秀英", "13900001111", "东街3号", "sms", "en"});
  const Receipt by_paper = from_somebody(2, {"李秀英", "13900001111", "东街3号", "paper"});
  const Receipt looks_herself = from_somebody(3, {"李秀英", "13900001111", "东街3号", ""});
  const auto phone = address(as(Role::system), by_phone.case_id);
  ASSERT_TRUE(phone);
  EXPECT_EQ(phone->way, "sms");
  EXPECT_EQ(phone->address.reveal_because("test"), "13900001111");
  EXPECT_EQ(phone->language, "en");
  EXPECT_EQ(address(as(Role::system), by_paper.case_id)->address.reveal_because("test"), "东街3号");
  EXPECT_EQ(address(as(Role::system), looks_herself.case_id).error().key, "cases.no_contact");
  for (int role = 0; role < static_cast<int>(Role::system); ++role) {
    const Context who = as(static_cast<Role>(role), county_.petition_office);
    EXPECT_EQ(address(who, by_phone.case_id).error().key, "cases.identity_sealed") << role;
  }
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return erase(t, as(Role::system), by_phone.case_id, "test"); }));
  EXPECT_EQ(address(as(Role::system), by_phone.case_id).error().key, "cases.erased");
}

}  // namespace
}  // namespace minhu::cases
