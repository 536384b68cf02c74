// Who gets a place, who waits, and that nobody passes anybody.
#include "features/visits/booking.h"

#include <atomic>
#include <set>
#include <thread>

#include "features/visits/test_visits.h"

namespace minhu::visits {
namespace {

class BookingAPlace : public VisitsWorld {
 protected:
  std::int64_t rows(std::string_view sql) {
    return database_->read([&](Reading& reading) {
      return *reading.first(sql, {param(county_.region)},
                            [](const Row& row) { return row.integer(0); });
    });
  }
};

TEST_F(BookingAPlace, GivesPlacesThenTheListAndThenSaysThatItIsFull) {
  const VisitId id = published_visit();
  for (std::int64_t number = 1; number <= 3; ++number) {
    const Booked place = booked(id);
    EXPECT_EQ(place.number, number);
    EXPECT_FALSE(place.listed);
    EXPECT_EQ(place.ahead, number - 1);
    EXPECT_EQ(place.told.unix_ms,
              now_of(id).begins.unix_ms + (number - 1) * std::int64_t{20} * 60'000);
  }
  // The place of the quota is nobody's before the day.
  EXPECT_TRUE(booked(id).listed);
  EXPECT_EQ(booked(id).ahead, 4);
  const auto full = try_book(id);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().key, "visits.full");
  EXPECT_EQ(full.error().details.at("walk_ins"), "1");
}

TEST_F(BookingAPlace, TheFirstOnTheListMovesUpInTheSameCommit) {
  const VisitId id = published_visit();
  std::vector<Booked> bookings;
  for (int i = 0; i < 5; ++i) bookings.push_back(booked(id));
  EXPECT_EQ(gave_back(bookings[1]), "given back");
  Visit visit = now_of(id);
  EXPECT_EQ(visit.groups[1].state, GroupState::withdrawn);
  EXPECT_EQ(visit.groups[3].state, GroupState::waiting);
  EXPECT_EQ(visit.groups[4].state, GroupState::listed);
  EXPECT_EQ(visit.groups[3].told.unix_ms, visit.begins.unix_ms + std::int64_t{40} * 60'000);
  EXPECT_EQ(gave_back(bookings[1]), "visits.step_not_open");
  // One who leaves the list frees no place.
  EXPECT_EQ(gave_back(bookings[4]), "given back");
  EXPECT_EQ(now_of(id).on_the_list(), 0);
}

TEST_F(BookingAPlace, NobodyIsToldATimeThatIsOverWhenTheyCome) {
  const VisitId id = published_visit();
  booked(id);
  booked(id);
  open_doors(id);
  heard(id);
  now_ = *parse_instant("2026-03-12 11:00");
  // One still waits: a place earlier by the plan of the day, but this one comes at eleven.
  EXPECT_EQ(walked_in(id).told, *parse_instant("2026-03-12 11:20"));
}

TEST_F(BookingAPlace, WhoWasCalledFromTheListAndComesBackLaterHasATime) {
  const VisitId id = published_visit();
  open_doors(id);
  for (int i = 0; i < 4; ++i) walked_in(id);
  const Booked listed = walked_in(id);
  ASSERT_TRUE(listed.listed);
  for (int i = 0; i < 4; ++i) heard(id);
  now_ = *parse_instant("2026-03-12 10:30");
  ASSERT_EQ(called(id), std::to_string(listed.number));
  ASSERT_EQ(moved(id, listed.number, EventKind::set_aside), "moved");
  ASSERT_EQ(moved(id, listed.number, EventKind::came_back), "moved");
  EXPECT_EQ(now_of(id).groups.back().told, *parse_instant("2026-03-12 10:30"));
}

TEST_F(BookingAPlace, TheSameTelephoneBooksOnceHoweverItIsWritten) {
  const VisitId id = published_visit();
  const Booked first = booked(id, "138 0000-0001");
  for (const char* again : {"13800000001", "+86 13800000001", "0086 138 0000 0001",
                            "１３８０００００００１", "（138）0000－0001", "138　0000　0001"}) {
    const auto twice = try_book(id, again);
    ASSERT_FALSE(twice) << again;
    EXPECT_EQ(twice.error().key, "visits.already_booked") << again;
  }
  EXPECT_EQ(try_book(id, "12345").error().key, "visits.phone_wrong");
  EXPECT_EQ(try_book(id, "call me").error().key, "visits.phone_wrong");
  EXPECT_EQ(now_of(id).groups.size(), 1U);
  // At another visit it is another telephone, and after giving it back it books again.
  EXPECT_TRUE(try_book(published_visit(), "13800000001"));
  EXPECT_EQ(gave_back(first), "given back");
  EXPECT_TRUE(try_book(id, "13800000001"));
}

TEST_F(BookingAPlace, AFormOfABookingThatWasGivenBackGivesNoPlaceAgain) {
  const VisitId id = published_visit();
  const cases::ClientToken same = token();
  const auto once = try_book(id, "13800000001", same);
  ASSERT_TRUE(once);
  ASSERT_EQ(gave_back(*once), "given back");
  const auto again = try_book(id, "13800000001", same);
  ASSERT_FALSE(again) << "they would come with a number that nobody calls";
  EXPECT_EQ(again.error().key, "visits.given_back");
  const auto anew = try_book(id, "13800000001");
  ASSERT_TRUE(anew);
  EXPECT_EQ(anew->number, 2);
}

TEST_F(BookingAPlace, WhatIsTooLongForANameOrForWordsIsSaid) {
  const VisitId id = published_visit();
  const auto refused = [&](std::size_t name, std::size_t words) {
    Booking booking;
    Contact contact;
    for (std::size_t i = 0; i < name; ++i) contact.name += "王";
    for (std::size_t i = 0; i < words; ++i) contact.words += "路";
    booking.contact = Sealed(contact);
    const cases::ClientToken client = token();
    const auto made =
        database_->write([&](Transaction& t) { return book(t, anyone(), id, booking, client); });
    return made ? "booked"
                : made.error().key + " " + made.error().field + " " +
                      made.error().details.at("most");
  };
  EXPECT_EQ(refused(41, 0), "visits.name_long name 40");
  EXPECT_EQ(refused(40, 201), "visits.too_long words 200");
  EXPECT_EQ(refused(40, 200), "booked");
}

TEST_F(BookingAPlace, ARequestThatComesTwiceIsTheSameBookingWithTheSameCode) {
  const VisitId id = published_visit();
  const cases::ClientToken same = token();
  const auto once = try_book(id, "13800000001", same);
  const auto twice = try_book(id, "13800000001", same);
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(once->number, twice->number);
  EXPECT_TRUE(twice->repeated);
  EXPECT_EQ(once->code.reveal_because("test"), twice->code.reveal_because("test"));
  EXPECT_EQ(now_of(id).groups.size(), 1U);
}

TEST_F(BookingAPlace, IsOpenedByNumberAndCodeAndByNothingElse) {
  const VisitId id = published_visit();
  const Booked mine = booked(id, "13800000001");
  const Booked other = booked(id);
  const auto seen = [&](std::int64_t number, const Sealed<std::string>& code) {
    return database_->read([&](Reading& reading) {
      const auto own = own_booking(reading, anyone(), id, number, code);
      return own ? std::string("seen") : own.error().key;
    });
  };
  EXPECT_EQ(seen(mine.number, mine.code), "seen");
  EXPECT_EQ(seen(mine.number, other.code), "visits.no_such_booking");
  EXPECT_EQ(seen(9, mine.code), "visits.no_such_booking");
  EXPECT_EQ(show_booking_code(parse_booking_code("1234-5678 9012")->reveal_because("test")),
            "1234 5678 9012");
  EXPECT_EQ(parse_booking_code("1234").error().key, "visits.no_such_booking");
}

TEST_F(BookingAPlace, IsOpenFromThePublicationToTheBeginning) {
  const VisitId id = planned_visit();
  EXPECT_EQ(try_book(id).error().key, "visits.no_such_visit");
  ASSERT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), "taken");
  EXPECT_TRUE(try_book(id));
  now_ = now_of(id).begins;
  EXPECT_EQ(try_book(id).error().key, "visits.not_bookable");
}

TEST_F(BookingAPlace, TheContactIsSealedAndOpenedForAReasonThatStays) {
  const VisitId id = published_visit();
  Booking booking;
  booking.contact = Sealed(Contact{"王大娘", "13800000001", {Need::step_free}, "带着老伴"});
  const cases::ClientToken client = token();
  const auto made =
      database_->write([&](Transaction& t) { return book(t, anyone(), id, booking, client); });
  ASSERT_TRUE(made);
  const auto opened = [&](const Context& context, std::string_view reason) {
    return database_->write(
        [&](Transaction& t) { return open_contact(t, context, id, made->group, reason); });
  };
  EXPECT_EQ(opened(as(Role::leader, county_.petition_office), "看看").error().key,
            "visits.not_allowed");
  EXPECT_EQ(opened(as(Role::clerk, water_), "看看").error().key, "visits.not_allowed");
  EXPECT_EQ(opened(holder(), "").error().key, "visits.field_missing");
  const auto contact = opened(holder(), "改期，打电话告知");
  ASSERT_TRUE(contact);
  EXPECT_EQ(contact->reveal_because("test").phone, "13800000001");
  const auto events =
      database_->read([&](Reading& reading) { return load_events(reading, county_.region, id); });
  EXPECT_EQ(events.back().kind, EventKind::contact_opened);
  EXPECT_EQ(events.back().fact("reason"), "改期，打电话告知");
  for (const Event& event : events) {
    EXPECT_EQ(payload_of(event.facts).find("13800000001"), std::string::npos);
    EXPECT_EQ(payload_of(event.facts).find("王大娘"), std::string::npos);
  }
  const auto needs =
      database_->read([&](Reading& reading) { return needs_of(reading, holder(), now_of(id)); });
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(needs[0].need, Need::step_free);
}

TEST_F(BookingAPlace, NothingOfWhoBookedIsLeftAWeekAfterTheDay) {
  const VisitId id = published_visit();
  booked(id, "13800000001");
  now_.unix_ms = now_of(id).begins.unix_ms + std::int64_t{8} * 24 * 3'600'000;
  const auto destroyed = [&] {
    return database_->write([&](Transaction& t) -> Result<std::int64_t> {
      return destroy_old_contacts(t, as(Role::system));
    });
  };
  EXPECT_EQ(*destroyed(), 1);
  EXPECT_EQ(*destroyed(), 0);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM visit_phone WHERE region_id = ?1"), 0);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM visit_code WHERE region_id = ?1"), 0);
  const Visit visit = now_of(id);
  const auto key = database_->read([&](Reading& reading) {
    return cases::load_case_key(reading, county_.region, visit.contacts, keyring_);
  });
  EXPECT_FALSE(key);
  EXPECT_TRUE(visit.groups[0].contact.empty());
}

TEST_F(BookingAPlace, WhoComesOnTheDayIsAlwaysTaken) {
  const VisitId id = published_visit();
  for (int i = 0; i < 5; ++i) booked(id);
  open_doors(id);
  EXPECT_FALSE(walked_in(id).listed);  // the place of the quota
  EXPECT_TRUE(walked_in(id).listed);   // after the two who waited before
  EXPECT_EQ(walked_in(id).ahead, 7);
  std::string order;
  for (int i = 0; i < 8; ++i) {
    const std::string number = called(id);
    order += number + " ";
    EXPECT_EQ(moved(id, std::stoll(number), EventKind::left), "moved");
  }
  // Places first, in order of number; then the list, in order of number.
  EXPECT_EQ(order, "1 2 3 6 4 5 7 8 ");
  EXPECT_EQ(called(id), "visits.nobody_waits");
}

TEST_F(BookingAPlace, WhoWalksInIsNotPassedByThoseWhoWalkInLater) {
  const VisitId id = published_visit();  // four places, one of them kept for walk-ins
  const Booked booking = booked(id);
  open_doors(id);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(walked_in(id).listed);
  const Booked waits = walked_in(id);
  EXPECT_TRUE(waits.listed);
  EXPECT_EQ(now_of(id).free_to_book(), 0);
  // A place falls free: it is theirs at once, and not of the next one through the door.
  EXPECT_EQ(gave_back(booking), "given back");
  EXPECT_EQ(now_of(id).groups.at(4).state, GroupState::waiting);
  EXPECT_TRUE(walked_in(id).listed);
}

TEST_F(BookingAPlace, WhoWasNotThereWhenCalledKeepsTheirNumber) {
  const VisitId id = published_visit();
  for (int i = 0; i < 3; ++i) booked(id);
  open_doors(id);
  EXPECT_EQ(called(id), "1");
  EXPECT_EQ(called(id), "visits.somebody_called");
  EXPECT_EQ(moved(id, 1, EventKind::set_aside), "moved");
  EXPECT_EQ(called(id), "2");
  EXPECT_EQ(moved(id, 2, EventKind::left), "moved");
  EXPECT_EQ(moved(id, 1, EventKind::came_back), "moved");
  EXPECT_EQ(called(id), "1");
  EXPECT_EQ(moved(id, 3, EventKind::speaking), "visits.step_not_open");
}

// 200 threads ask at once; whatever order the commits have, it is the order of the numbers.
TEST_F(BookingAPlace, UnderTheCrowdTwentyHavePlacesAndNobodyHasTwo) {
  Planned planned = some_visit();
  planned.capacity = 24;
  planned.walk_in_quota = 4;
  planned.waiting_places = 20;
  const auto made = try_plan(planned);
  ASSERT_TRUE(made);
  ASSERT_EQ(told(planner(), made->id, EventKind::published, {}, three_channels()), "taken");
  constexpr int people = 200;
  std::atomic<int> places = 0;
  std::atomic<int> listed = 0;
  std::atomic<int> full = 0;
  std::vector<cases::ClientToken> tokens;
  for (int i = 0; i < people; ++i) tokens.push_back(token());
  std::vector<std::thread> crowd;
  for (int i = 0; i < people; ++i) {
    crowd.emplace_back([&, i] {
      const auto booking = try_book(made->id, "1380000" + std::to_string(1000 + i),
                                    tokens[static_cast<std::size_t>(i)]);
      if (!booking) {
        EXPECT_EQ(booking.error().key, "visits.full");
        ++full;
      } else {
        ++(booking->listed ? listed : places);
      }
    });
  }
  for (std::thread& one : crowd) one.join();
  EXPECT_EQ(places, 20);
  EXPECT_EQ(listed, 20);
  EXPECT_EQ(full, 160);
  EXPECT_TRUE(audited(made->id).empty());
  EXPECT_EQ(rows("SELECT COUNT(*) FROM visit_phone WHERE region_id = ?1"), 40);
}

TEST_F(BookingAPlace, WhoPressesAgainBecauseNoAnswerCameCallsNobodyElse) {
  const VisitId id = published_visit();
  booked(id);
  booked(id);
  const Booked third = booked(id);
  const cases::ClientToken back = token();
  const auto gives_back = [&] {
    return database_->write([&](Transaction& t) {
      return move_group(t, holder(), id, third.group, EventKind::withdrawn, back);
    });
  };
  ASSERT_TRUE(gives_back());
  EXPECT_TRUE(gives_back()) << "given back once, and told so again";
  open_doors(id);
  const cases::ClientToken press = token();
  const auto calls = [&] {
    const auto group =
        database_->write([&](Transaction& t) { return call_next(t, holder(), id, press); });
    return group ? std::to_string(group->number) : group.error().key;
  };
  EXPECT_EQ(calls(), "1");
  // They did not come in and were set aside: the press of before would call the next one.
  const cases::ClientToken aside = token();
  const GroupId first = now_of(id).groups.front().id;
  for (int press_again = 0; press_again < 2; ++press_again) {
    const auto moved = database_->write([&](Transaction& t) {
      return move_group(t, holder(), id, first, EventKind::set_aside, aside);
    });
    EXPECT_TRUE(moved) << moved.error().key;
  }
  EXPECT_EQ(calls(), "1");
  EXPECT_EQ(now_of(id).groups[1].state, GroupState::waiting);
  EXPECT_EQ(called(id), "2") << "another press is another deed";
}

}  // namespace
}  // namespace minhu::visits
