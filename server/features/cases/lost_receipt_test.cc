#include "features/cases/lost_receipt.h"

#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class LostReceipt : public World {
 protected:
  Receipt with_phone(Track track = Track::petition, std::uint8_t token = 1) {
    Words words = some_words(token);
    words.track = track;
    words.contact = Sealed(Contact{"", "13800000021", "", "sms", "zh-CN"});
    return *receive_words(as(Role::anyone), std::move(words));
  }
  void ask(const std::string& number, const char* phone = "13800000021") {
    write([&](Transaction& t) {
      ask_for_code_once(t, as(Role::anyone), number, Sealed(std::string(phone)));
    });
  }
  std::vector<CodeToSend> to_send() {
    return database_->read(
        [&](Reading& reading) { return codes_to_send(reading, as(Role::system)); });
  }
  std::optional<Sealed<std::string>> exchange(const std::string& number, const std::string& code) {
    std::optional<Sealed<std::string>> fresh;
    write([&](Transaction& t) {
      fresh = exchange_code_once(t, as(Role::anyone), number, Sealed(code), {77});
    });
    return fresh;
  }
  bool opens(const std::string& number, const Sealed<std::string>& code) {
    return database_->read([&](Reading& reading) {
      return open_with_code(reading, as(Role::anyone), number, code).has_value();
    });
  }
  std::int64_t rows() {
    return database_->read([&](Reading& reading) {
      return *reading.first("SELECT count(*) FROM code_request", {},
                            [](const Row& row) { return row.integer(0); });
    });
  }
};

TEST_F(LostReceipt, ACodeGoesToTheTelephoneThatWasLeftAndOpensTheCaseOnce) {
  const Receipt receipt = with_phone();
  ask(receipt.number);
  const auto codes = to_send();
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_EQ(codes.front().phone.reveal_because("test"), "13800000021");
  const std::string code = codes.front().code.reveal_because("test");
  EXPECT_EQ(code.size(), 8U);
  write([&](Transaction& t) { code_was_sent(t, county_.region, codes.front().id); });
  EXPECT_TRUE(to_send().empty());
  const auto fresh = exchange(receipt.number, code);
  ASSERT_TRUE(fresh);
  EXPECT_TRUE(opens(receipt.number, *fresh));
  EXPECT_FALSE(opens(receipt.number, receipt.query_code));
  EXPECT_FALSE(exchange(receipt.number, code));
}

TEST_F(LostReceipt, TheTelephoneFitsHoweverAClerkWroteItDown) {
  std::uint8_t token = 10;
  for (const char* const written :
       {"138 0000 0021", "+86 138-0000-0021", "１３８００００００２１"}) {
    Words words = some_words(++token);
    words.contact = Sealed(Contact{"", written, "", "sms", "zh-CN"});
    const Receipt receipt = *receive_words(as(Role::clerk), std::move(words));
    ask(receipt.number);
    const auto codes = to_send();
    ASSERT_EQ(codes.size(), 1U) << written;
    EXPECT_EQ(codes.front().phone.reveal_because("test"), "13800000021") << written;
    write([&](Transaction& t) { code_was_sent(t, county_.region, codes.front().id); });
  }
}

TEST_F(LostReceipt, WhatDoesNotFitLeavesTheSameRowAndNoMessage) {
  const Receipt receipt = with_phone();
  const Receipt anonymous = received(2);
  const Receipt accusation = with_phone(Track::accusation, 3);
  ask(receipt.number, "13800000022");
  ask(anonymous.number);
  ask(accusation.number);
  ask(make_number(keyring_, 12345));
  ask("no number at all");
  EXPECT_EQ(rows(), 5);
  EXPECT_TRUE(to_send().empty());
}

TEST_F(LostReceipt, ThreeADayFiveTriesAndAQuarterOfAnHour) {
  const Receipt receipt = with_phone();
  for (int i = 0; i < 5; ++i) ask(receipt.number);
  EXPECT_EQ(to_send().size(), 3U);
  const std::string last = to_send().back().code.reveal_because("test");
  for (int i = 0; i < once_code_tries; ++i) EXPECT_FALSE(exchange(receipt.number, "00000000"));
  EXPECT_FALSE(exchange(receipt.number, last));

  pass_days(2);
  ask(receipt.number);
  const std::string late = to_send().back().code.reveal_because("test");
  now_.unix_ms += once_code_lives_ms + 1;
  EXPECT_TRUE(to_send().empty());
  EXPECT_FALSE(exchange(receipt.number, late));
  EXPECT_EQ(rows(), 1);
}

}  // namespace
}  // namespace minhu::cases
