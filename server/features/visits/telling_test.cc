#include "features/visits/telling.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "features/messages/message.h"
#include "features/messages/test_gateway.h"
#include "features/visits/contacts.h"
#include "features/visits/test_visits.h"
#include "project_folder.h"

namespace minhu::visits {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The sentences that are shipped.
catalogue::Catalogues shipped_sentences() {
  static std::vector<std::pair<std::string, std::string>> texts;
  std::vector<EmbeddedFile> files;
  texts.clear();
  for (const char* name : {"zh-CN/outbound.json", "en/outbound.json", "zh-CN/outbound_visits.json",
                           "en/outbound_visits.json"}) {
    texts.emplace_back(name, text_of(project_folder() / "pages/messages" / name));
  }
  for (const auto& [name, text] : texts) files.push_back({name, text});
  constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};
  return *catalogue::Catalogues::read(files, languages);
}

// A gateway that does what the test says.
class Gateway final : public Outbound {
 public:
  Outcome send(const OutboundMessage& message) override {
    ++asked;
    if (takes_its_time) takes_its_time();
    if (is_left_alone) return fail(FaultCode::unavailable, std::string(way_left_alone));
    if (answer) return fail(*answer, "test.gateway");
    sent.push_back(message.address.reveal_because("a test looks") + " " + message.text);
    ids.insert(message.id);
    return {};
  }
  std::optional<FaultCode> answer;
  bool is_left_alone = false;
  std::function<void()> takes_its_time;
  int asked = 0;
  std::vector<std::string> sent;
  std::set<std::string> ids;
};

using Stands = std::map<std::int64_t, Telling>;

class TellingWhoBooked : public VisitsWorld {
 protected:
  Booked booked_in(VisitId id, const char* phone, const char* language) {
    Booking booking;
    booking.contact = Sealed(Contact{"王小明", phone, {}, {}, language});
    const cases::ClientToken client = token();
    const auto made =
        database_->write([&](Transaction& t) { return book(t, anyone(), id, booking, client); });
    EXPECT_TRUE(made) << made.error().key;
    return *made;
  }
  void move_day(VisitId id) {
    ASSERT_EQ(told(planner(), id, EventKind::rescheduled,
                   {{"reason", "防汛"},
                    {"instead", "new_date"},
                    {"begins", "2026-03-20 10:00"},
                    {"ends", "2026-03-20 13:00"}},
                   three_channels()),
              "taken");
  }
  TellingRound round() {
    clock_.set(now_);
    const auto done = tell_who_booked(installation_, sentences_, gateway_, told_unrecorded_);
    EXPECT_TRUE(done);
    return *done;
  }
  std::map<std::int64_t, Telling> telling(VisitId id) {
    return database_->read(
        [&](Reading& reading) { return telling_of(reading, county_.region, now_of(id)); });
  }

  catalogue::Catalogues sentences_ = shipped_sentences();
  system::ManualClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  Gateway gateway_;
  ToldUnrecorded told_unrecorded_;
};

TEST_F(TellingWhoBooked, EverybodyWhoLeftATelephoneHearsTheNewTimeOnce) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  booked_in(id, "13800002222", "en");
  booked(id);  // left none
  move_day(id);
  EXPECT_EQ(telling(id), (Stands{{1, Telling::waiting}, {2, Telling::waiting}}));
  EXPECT_EQ(round().told, 2);
  ASSERT_EQ(gateway_.sent.size(), 2U);
  std::sort(gateway_.sent.begin(), gateway_.sent.end());
  EXPECT_TRUE(gateway_.sent[0].starts_with("13800001111 您预约的领导接待改到 2026-03-20 10:00"))
      << gateway_.sent[0];
  EXPECT_TRUE(gateway_.sent[1].starts_with("13800002222 The day you booked has moved"))
      << gateway_.sent[1];
  EXPECT_NE(gateway_.sent[1].find("2026-03-20 10:20"), std::string::npos) << gateway_.sent[1];
  for (const std::string& text : gateway_.sent) {
    EXPECT_EQ(text.find("王小明"), std::string::npos);
    EXPECT_EQ(text.find("上溪"), std::string::npos);
  }
  EXPECT_EQ(round().told, 0);
  EXPECT_EQ(telling(id), (Stands{{1, Telling::told}, {2, Telling::told}}));
}

TEST_F(TellingWhoBooked, ASubstituteAndACancelledDayAreToldToo) {
  const VisitId id = published_visit();
  const Booked kept = booked_in(id, "13800001111", "");
  const Booked back = booked_in(id, "13800002222", "");
  ASSERT_EQ(told(planner(), id, EventKind::rescheduled, another_leader(), three_channels()),
            "taken");
  ASSERT_EQ(gave_back(back), "given back");
  EXPECT_EQ(round().told, 1);
  EXPECT_NE(gateway_.sent.at(0).find("换了接待人，时间不变，还是 2026-03-12 09:00"),
            std::string::npos)
      << gateway_.sent[0];
  ASSERT_EQ(told(planner(), id, EventKind::cancelled,
                 {{"reason", "台风"},
                  {"instead", "new_date"},
                  {"begins", "2026-03-20 09:00"},
                  {"ends", "2026-03-20 12:00"}},
                 three_channels()),
            "taken");
  EXPECT_EQ(round().told, 1);
  EXPECT_NE(gateway_.sent.at(1).find("取消了"), std::string::npos);
  EXPECT_EQ(gateway_.ids.size(), 2U);
}

TEST_F(TellingWhoBooked, WhoMovesUpFromTheListHearsThatTheyHaveAPlace) {
  const VisitId id = published_visit();
  const Booked first = booked(id);
  const Booked second = booked(id);
  booked(id);
  booked_in(id, "13800001111", "");
  const Booked last = booked_in(id, "13800002222", "en");
  EXPECT_TRUE(telling(id).empty());
  ASSERT_EQ(gave_back(first), "given back");
  EXPECT_EQ(telling(id), (Stands{{4, Telling::waiting}}));
  EXPECT_EQ(round().told, 1);
  ASSERT_EQ(gateway_.sent.size(), 1U);
  EXPECT_TRUE(gateway_.sent[0].starts_with(
      "13800001111 您候补的领导接待有位置了，大约 2026-03-12 09:40 轮到您。"))
      << gateway_.sent[0];
  EXPECT_EQ(telling(id), (Stands{{4, Telling::told}}));
  // Who has given it back by then is not called.
  ASSERT_EQ(gave_back(second), "given back");
  ASSERT_EQ(gave_back(last), "given back");
  EXPECT_EQ(round().told, 0);
}

TEST_F(TellingWhoBooked, NobodysTelephoneRingsAtNightAndALaterChangeReplacesTheEarlier) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  now_ = *parse_instant("2026-03-04 22:00");
  move_day(id);
  EXPECT_EQ(round().told, 0);
  EXPECT_EQ(gateway_.asked, 0);
  ASSERT_EQ(told(planner(), id, EventKind::rescheduled,
                 {{"reason", "防汛"},
                  {"instead", "new_date"},
                  {"begins", "2026-03-25 10:00"},
                  {"ends", "2026-03-25 13:00"}},
                 three_channels()),
            "taken");
  round();
  now_ = *parse_instant("2026-03-05 08:00");
  EXPECT_EQ(round().told, 1);
  ASSERT_EQ(gateway_.sent.size(), 1U);
  EXPECT_NE(gateway_.sent[0].find("2026-03-25 10:00"), std::string::npos);
}

TEST_F(TellingWhoBooked, AGatewayThatDoesNotAnswerIsTriedAgainAndWhoIsNotReachedIsNamed) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  booked_in(id, "13800002222", "");
  move_day(id);
  gateway_.answer = FaultCode::unavailable;
  EXPECT_EQ(round().told, 0);
  EXPECT_EQ(gateway_.asked, 1);  // the other waits: the gateway is down
  gateway_.answer.reset();
  EXPECT_EQ(round().told, 1);
  now_.unix_ms += 60'000;
  gateway_.answer = FaultCode::invalid_input;
  EXPECT_EQ(round().given_up, 1);
  std::set<Telling> ends;
  for (const auto& [number, end] : telling(id)) ends.insert(end);
  EXPECT_EQ(ends, (std::set{Telling::told, Telling::not_reached}));
}

TEST_F(TellingWhoBooked, AWayThatIsLeftAloneCostsNoTry) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  move_day(id);
  gateway_.is_left_alone = true;
  for (int i = 0; i < 12; ++i) EXPECT_EQ(round().given_up, 0);
  EXPECT_EQ(telling(id), (Stands{{1, Telling::waiting}}));
  gateway_.is_left_alone = false;
  EXPECT_EQ(round().told, 1);
}

TEST_F(TellingWhoBooked, OnAFullDiskNobodyIsToldTheSameAgainAndAgain) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  move_day(id);
  messages::FullDisk disk(*database_);
  const cases::Installation installation{disk, county_, keyring_, entropy_, clock_};
  clock_.set(now_);
  for (int i = 0; i < 5; ++i) {
    const auto done = tell_who_booked(installation, sentences_, gateway_, told_unrecorded_);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, FaultCode::out_of_storage);
  }
  EXPECT_EQ(gateway_.asked, 1);
  EXPECT_EQ(telling(id), (Stands{{1, Telling::waiting}}));
  round();  // there is room again
  EXPECT_EQ(gateway_.asked, 1);
  EXPECT_EQ(telling(id), (Stands{{1, Telling::told}}));
  EXPECT_TRUE(told_unrecorded_.empty());
}

TEST_F(TellingWhoBooked, ASlowGatewayHasTwentySecondsOfARoundAndTheRestComesNext) {
  const VisitId id = published_visit();
  for (const char* phone : {"13800001111", "13800002222", "13800003333", "13800004444"}) {
    booked_in(id, phone, "");
  }
  move_day(id);
  gateway_.takes_its_time = [&] { clock_.set({clock_.now().unix_ms + 10'000}); };
  EXPECT_EQ(round().told, 2);
  EXPECT_EQ(round().told, 2);
}

TEST_F(TellingWhoBooked, WhatWasPutOffWhileTheClockWasAheadIsToldWhenItIsRightAgain) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  move_day(id);
  const Instant right = now_;
  now_ = *parse_instant("2031-01-01 22:00");
  EXPECT_EQ(round().told, 0);
  now_ = right;
  EXPECT_EQ(round().told, 1);
}

TEST_F(TellingWhoBooked, NobodyIsToldToComeOnADayThatHasPassed) {
  const VisitId id = published_visit();
  const Booked first = booked(id);
  booked(id);
  booked(id);
  booked_in(id, "13800001111", "");
  now_ = *parse_instant("2026-03-12 08:30");
  ASSERT_EQ(gave_back(first), "given back");
  gateway_.answer = FaultCode::unavailable;
  EXPECT_EQ(round().told, 0);
  EXPECT_EQ(telling(id), (Stands{{4, Telling::waiting}}));
  gateway_.answer.reset();
  now_ = *parse_instant("2026-03-12 15:00");  // it went on until noon
  const TellingRound late = round();
  EXPECT_EQ(late.told, 0);
  EXPECT_EQ(late.given_up, 1);
  EXPECT_TRUE(gateway_.sent.empty());
  EXPECT_EQ(telling(id), (Stands{{4, Telling::not_reached}}));
}

TEST_F(TellingWhoBooked, NothingIsLeftWhenTheContactsAreGone) {
  const VisitId id = published_visit();
  booked_in(id, "13800001111", "");
  move_day(id);
  write([&](Transaction& t) {
    Visit visit = *load_visit(t, county_.region, id);
    ASSERT_TRUE(destroy_contacts(t, holder(), visit));
  });
  EXPECT_TRUE(telling(id).empty());
  EXPECT_EQ(round().told, 0);
  EXPECT_EQ(gateway_.asked, 0);
}

}  // namespace
}  // namespace minhu::visits
