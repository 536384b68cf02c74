#include "features/messages/messenger.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "features/cases/test_world.h"
#include "features/messages/migrations.h"
#include "features/messages/test_gateway.h"
#include "ports/migrate.h"

namespace minhu::messages {
namespace {

class MessengerTest : public cases::World {
 protected:
  MessengerTest() {
    std::vector<Migration> all;
    for (const auto steps : {places_and_units::migrations(), accounts::migrations(),
                             cases::migrations(), migrations()}) {
      all.insert(all.end(), steps.begin(), steps.end());
    }
    minhu::migrate(*database_, all, now_);
  }

  // A case whose speaker has an answer to be told of, and nothing else.
  cases::CaseId answered(std::uint8_t token, const std::string& way,
                         const std::string& language = "zh-CN") {
    cases::Words words = some_words(token);
    words.contact = Sealed<cases::Contact>(
        {"李秀英", "1390000111" + std::to_string(token), "li@example.org", way, language});
    const auto receipt = receive_words(as(Role::anyone), words);
    EXPECT_TRUE(receipt);
    must(dispatcher(), receipt->case_id, cases::EventKind::answered_on_spot,
         {{"public_answer", "已经修好。"}, {"outcome", "supported"}});
    return receipt->case_id;
  }
  Standing now_standing() {
    return database_->read([&](Reading& reading) { return standing(reading, county_.region); });
  }
  void pass_minutes(std::int64_t minutes) { now_.unix_ms += minutes * 60'000; }

  system::ManualClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  catalogue::Catalogues sentences_ = shipped_sentences();
  Gateway gateway_;
  Messenger messenger_{installation_, sentences_, gateway_};
};

TEST_F(MessengerTest, TellsOnceAndSaysNothingOfTheCase) {
  answered(1, "sms");
  for (int round = 0; round < 5; ++round) messenger_.run_once(now_);
  ASSERT_EQ(gateway_.sent.size(), 1U);
  const OutboundMessage& message = gateway_.sent[0];
  EXPECT_EQ(message.way, OutboundWay::sms);
  EXPECT_EQ(message.address.reveal_because("test"), "13900001111");
  EXPECT_TRUE(message.text.starts_with("您有一条答复，请凭回执查看")) << message.text;
  EXPECT_FALSE(message.id.empty());
  EXPECT_EQ(message.text.find_first_of("0123456789"), std::string::npos);
  for (const std::string_view secret : {"青溪", "住建", "污水", "李秀英", "http"}) {
    EXPECT_EQ(message.text.find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(now_standing().waiting, 0);
  EXPECT_EQ(messenger_.traffic().sent, 1U);
}

TEST_F(MessengerTest, SpeaksTheLanguageOfThePerson) {
  answered(1, "mail", "en");
  messenger_.run_once(now_);
  ASSERT_EQ(gateway_.sent.size(), 1U);
  EXPECT_TRUE(gateway_.sent[0].text.starts_with("You have an answer.")) << gateway_.sent[0].text;
  EXPECT_EQ(gateway_.sent[0].title, "You have a message");
}

TEST_F(MessengerTest, TriesAgainWithTheSameIdAndGrowingWaitsThenGivesUp) {
  answered(1, "mail");
  gateway_.faults.emplace(OutboundWay::mail, not_there);
  std::vector<std::int64_t> asked_at;
  const Instant start = now_;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const int before = gateway_.asked[OutboundWay::mail];
    messenger_.run_once(now_);
    if (gateway_.asked[OutboundWay::mail] != before) {
      asked_at.push_back((now_.unix_ms - start.unix_ms) / 60'000);
    }
    pass_minutes(1);
  }
  EXPECT_EQ(asked_at, (std::vector<std::int64_t>{0, 1, 3, 8, 23, 53, 113, 233, 473, 833}));
  EXPECT_EQ(now_standing().waiting, 0);
  EXPECT_EQ(now_standing().given_up, 1);

  // The gateway has been repaired, and somebody says so.
  gateway_.faults.clear();
  write([&](Transaction& t) { EXPECT_EQ(try_given_up_again(t, county_.region, now_), 1); });
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 1U);
  EXPECT_EQ(now_standing().given_up, 0);
}

TEST_F(MessengerTest, AWayThatIsLeftAloneCostsNoMessageATry) {
  answered(1, "mail");
  gateway_.faults.emplace(OutboundWay::mail,
                          Fault(FaultCode::unavailable, std::string(way_left_alone)));
  for (int round = 0; round < 30; ++round) {
    messenger_.run_once(now_);
    pass_minutes(60);
  }
  EXPECT_EQ(now_standing().given_up, 0);
  EXPECT_EQ(messenger_.traffic().failed_tries, 0U);
  gateway_.faults.clear();
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 1U);
}

TEST_F(MessengerTest, KeepsItsIdOverTries) {
  answered(1, "mail");
  std::string id;
  database_->read_job([&](Reading& reading) {
    id = cases::pending_notices(reading, county_.region, 1).at(0).id.text();
  });
  gateway_.faults.emplace(OutboundWay::mail, not_there);
  messenger_.run_once(now_);
  gateway_.faults.clear();
  pass_minutes(1);
  messenger_.run_once(now_);
  ASSERT_EQ(gateway_.sent.size(), 1U);
  EXPECT_EQ(gateway_.sent[0].id, id);
}

TEST_F(MessengerTest, AnAddressThatIsNoneIsGivenUpAtOnceAndOthersAreNotKeptWaiting) {
  answered(1, "mail");
  answered(2, "mail");
  gateway_.faults.emplace(OutboundWay::mail, no_address);
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.asked[OutboundWay::mail], 2);
  EXPECT_EQ(now_standing().given_up, 2);
}

TEST_F(MessengerTest, AWayThatIsDownIsAskedOnceARoundAndStopsNoOther) {
  for (std::uint8_t token = 1; token <= 5; ++token) answered(token, "mail");
  answered(6, "sms");
  gateway_.faults.emplace(OutboundWay::mail, not_there);
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.asked[OutboundWay::mail], 1);
  EXPECT_EQ(gateway_.sent.size(), 1U);
  EXPECT_EQ(now_standing().waiting, 5);
  gateway_.faults.clear();
  pass_minutes(1);
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 6U);
}

// What waits for the same thread, and for the hours in which a telephone may ring, is not kept by a
// gateway that is slow.
TEST_F(MessengerTest, ARoundEndsAfterTwentySecondsOfHandingOverAndTheNextGoesOn) {
  for (std::uint8_t token = 1; token <= 30; ++token) answered(token, "sms");
  gateway_.takes_its_time = [&](OutboundWay) { clock_.set({clock_.now().unix_ms + 1000}); };
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 20U);
  EXPECT_EQ(now_standing().waiting, 10);
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 30U);
}

TEST_F(MessengerTest, AWayThatIsDownTakesNoneOfThatTimeFromTheOthers) {
  answered(1, "mail");
  for (std::uint8_t token = 2; token <= 6; ++token) answered(token, "sms");
  gateway_.faults.emplace(OutboundWay::mail, not_there);
  gateway_.takes_its_time = [&](OutboundWay way) {
    clock_.set({clock_.now().unix_ms + (way == OutboundWay::mail ? 30'000 : 1000)});
  };
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 5U);
}

TEST_F(MessengerTest, ARoundEndsBehindTheMessageThatIsUnderWayWhenTheProgramIsToEnd) {
  for (std::uint8_t token = 1; token <= 5; ++token) answered(token, "sms");
  messenger_.run_once(now_, [&] { return gateway_.sent.size() == 2; });
  EXPECT_EQ(gateway_.sent.size(), 2U);
  EXPECT_EQ(now_standing().waiting, 3);
}

TEST_F(MessengerTest, WhatWasPutOffWhileTheClockWasAheadDoesNotWaitForTheYearThatItShowed) {
  answered(1, "mail");
  answered(2, "sms");
  gateway_.faults.emplace(OutboundWay::mail, not_there);
  messenger_.run_once(*parse_instant("2031-01-01 22:00"));  // the one is tried, the other asleep
  EXPECT_TRUE(gateway_.sent.empty());
  gateway_.faults.clear();
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 2U);
}

TEST_F(MessengerTest, NoTelephoneRingsAtNight) {
  now_ = *parse_instant("2025-09-26 22:15");
  answered(1, "voice");
  answered(2, "sms");
  answered(3, "paper");
  messenger_.run_once(now_);
  ASSERT_EQ(gateway_.sent.size(), 1U);
  EXPECT_EQ(gateway_.sent[0].way, OutboundWay::paper);
  messenger_.run_once(*parse_instant("2025-09-27 07:59"));
  EXPECT_EQ(gateway_.sent.size(), 1U);
  messenger_.run_once(*parse_instant("2025-09-27 08:00"));
  EXPECT_EQ(gateway_.sent.size(), 3U);
  EXPECT_EQ(decent_time(OutboundWay::sms, *parse_instant("2025-09-26 05:00")),
            *parse_instant("2025-09-26 08:00"));
}

TEST_F(MessengerTest, WhoHasBeenErasedOrWillLookThemselvesIsNotWrittenTo) {
  const cases::CaseId erased = answered(1, "sms");
  answered(2, "");
  write([&](Transaction& t) { EXPECT_TRUE(cases::erase(t, as(Role::system), erased, "test")); });
  messenger_.run_once(now_);
  EXPECT_TRUE(gateway_.sent.empty());
  EXPECT_EQ(now_standing().waiting, 0);
  EXPECT_EQ(messenger_.traffic().dropped, 2U);
}

TEST_F(MessengerTest, EveryoneIsToldWhenMoreWaitThanFitOnAPage) {
  for (int token = 1; token <= 230; ++token) answered(static_cast<std::uint8_t>(token), "sms");
  messenger_.run_once(now_);
  EXPECT_EQ(gateway_.sent.size(), 230U);
  std::set<std::string> ids;
  for (const OutboundMessage& message : gateway_.sent) ids.insert(message.id);
  EXPECT_EQ(ids.size(), 230U);
}

// --- kill -9
// --------------------------------------------------------------------------------------

// Writes each id down, and dies in the middle of the n-th message: before it goes out, or after.
class DyingGateway final : public Outbound {
 public:
  DyingGateway(std::filesystem::path log, int dies_at, bool after_sending)
      : log_(std::move(log)), dies_at_(dies_at), after_sending_(after_sending) {}
  Outcome send(const OutboundMessage& message) override {
    const bool dies = ++count_ == dies_at_;
    if (dies && !after_sending_) std::raise(SIGKILL);
    std::ofstream(log_, std::ios::app) << message.id << '\n' << std::flush;
    if (dies) std::raise(SIGKILL);
    return {};
  }

 private:
  std::filesystem::path log_;
  int dies_at_;
  bool after_sending_;
  int count_ = 0;
};

int run_and_die(char** argv) {
  start_crypto();
  const auto database = test_storage::TestDatabase::open(argv[2]);
  cases::County county;
  county.region = RegionId{339901};
  system::SystemEntropy entropy;
  storage_sqlite::Options options;
  options.file = argv[6];
  storage_sqlite::SqliteDatabase keys(options);
  cases::Keyring keyring = cases::Keyring::from_root(Key{1});
  cases::KeyStore store(keys, keyring, entropy);
  keyring.store = &store;
  const system::ManualClock clock(*parse_instant("2025-09-26 10:00"));
  const cases::Installation installation{*database, county, keyring, entropy, clock};
  const catalogue::Catalogues sentences = shipped_sentences();
  DyingGateway gateway(argv[3], std::atoi(argv[4]), argv[5] == std::string_view("after"));
  Messenger(installation, sentences, gateway).run_once(clock.now());
  return 0;
}

TEST_F(MessengerTest, KilledAtAnyMessageEverybodyIsToldAndWhoWasRecordedNotTwice) {
  constexpr int people = 6;
  for (std::uint8_t token = 1; token <= people; ++token) answered(token, "sms");
  const auto log = database_.folder() / "sent.log";
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string file = database_.place();
  const std::string keys = keys_.database().file().string();
  database_.close();
  keys_.close();
  int killed = 0;
  const std::array rounds{std::pair(2, "before"), std::pair(1, "after"), std::pair(3, "after"),
                          std::pair(100, "after")};
  for (const auto& [at, when] : rounds) {
    const std::string command = "exec \"" + self + "\" run-and-die \"" + file + "\" \"" +
                                log.string() + "\" " + std::to_string(at) + " " + when + " \"" +
                                keys + "\"";
    const int status = std::system(command.c_str());
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) ++killed;
  }
  EXPECT_EQ(killed, 3);
  database_.reopen();
  keys_.reopen();
  std::map<std::string, int> told;
  std::ifstream lines(log);
  for (std::string id; std::getline(lines, id);) ++told[id];
  EXPECT_EQ(told.size(), static_cast<std::size_t>(people));
  int copies = 0;
  for (const auto& [id, times] : told) copies += times - 1;
  // Two were killed between the sending and its record: those two went out twice, nobody else.
  EXPECT_EQ(copies, 2);
}

}  // namespace
}  // namespace minhu::messages

int main(int argc, char** argv) {
  if (argc == 7 && std::string_view(argv[1]) == "run-and-die") {
    return minhu::messages::run_and_die(argv);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
