#include "features/messages/codes.h"

#include <gtest/gtest.h>

#include "features/cases/test_world.h"
#include "features/messages/test_gateway.h"

namespace minhu::messages {
namespace {

class SendingCodes : public cases::World {
 protected:
  // Somebody who lost the code of their receipt, and asks for one to this telephone.
  void asks(std::uint8_t token, const std::string& phone) {
    now_.unix_ms += 1;  // they are served in the order in which they asked
    clock_.set(now_);
    cases::Words words = some_words(token);
    words.contact = Sealed(cases::Contact{"", phone, "", "sms", "zh-CN"});
    const auto receipt = receive_words(as(Role::anyone), std::move(words));
    ASSERT_TRUE(receipt);
    write([&](Transaction& t) {
      cases::ask_for_code_once(t, as(Role::anyone), receipt->number, Sealed(phone));
    });
  }
  std::size_t still_to_send() {
    return database_
        ->read([&](Reading& reading) { return cases::codes_to_send(reading, as(Role::system)); })
        .size();
  }

  system::ManualClock clock_{now_};
  FullDisk disk_{*database_};
  cases::Installation installation_{disk_, county_, keyring_, entropy_, clock_};
  catalogue::Catalogues sentences_ = shipped_sentences();
  Gateway gateway_;
  CodeSender codes_{installation_, sentences_, gateway_};
};

TEST_F(SendingCodes, AGatewayForCallsThatIsDownKeepsNoCodeFromATelephoneThatIsWrittenTo) {
  disk_.is_full = false;
  asks(1, "057100000001");  // on a wall: called
  asks(2, "13900001111");
  gateway_.faults.emplace(OutboundWay::voice, not_there);
  codes_.run_once();
  ASSERT_EQ(gateway_.sent.size(), 1U);
  EXPECT_EQ(gateway_.sent[0].way, OutboundWay::sms);
  gateway_.faults.clear();
  codes_.run_once();
  EXPECT_EQ(gateway_.sent.size(), 2U);
  EXPECT_EQ(still_to_send(), 0U);
}

TEST_F(SendingCodes, AWayThatIsDownIsAskedOnceARound) {
  disk_.is_full = false;
  for (std::uint8_t token = 1; token <= 4; ++token) {
    asks(token, "1390000111" + std::to_string(token));
  }
  gateway_.faults.emplace(OutboundWay::sms, not_there);
  codes_.run_once();
  EXPECT_EQ(gateway_.asked[OutboundWay::sms], 1);
}

TEST_F(SendingCodes, OnAFullDiskACodeGoesOutOnceAndIsRecordedWhenThereIsRoom) {
  disk_.is_full = false;
  asks(1, "13900001111");
  asks(2, "13900001112");
  disk_.is_full = true;
  for (int round = 0; round < 20; ++round) codes_.run_once();
  EXPECT_EQ(gateway_.sent.size(), 2U);
  EXPECT_EQ(still_to_send(), 2U);
  disk_.is_full = false;
  codes_.run_once();
  EXPECT_EQ(gateway_.sent.size(), 2U);
  EXPECT_EQ(still_to_send(), 0U);
}

}  // namespace
}  // namespace minhu::messages
