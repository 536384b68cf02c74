// A forged queue is found, an honest one is not accused.
#include "features/visits/audit_queue.h"

#include <algorithm>

#include "features/visits/test_visits.h"
#include "kernel/test_dice.h"

namespace minhu::visits {
namespace {

class AuditingTheQueue : public VisitsWorld {
 protected:
  std::vector<Event> events_of(VisitId id) {
    return database_->read(
        [&](Reading& reading) { return load_events(reading, county_.region, id); });
  }
  static std::size_t at(const std::vector<Event>& events, EventKind kind, int which = 0) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].kind == kind && which-- == 0) return i;
    }
    return events.size();
  }
  static bool has(const std::vector<Found>& found, Finding finding) {
    return std::any_of(found.begin(), found.end(),
                       [&](const Found& one) { return one.finding == finding; });
  }
  // Two change places, and everything that can be made to look right is.
  static void swap_facts(std::vector<Event>& events, std::size_t a, std::size_t b) {
    std::swap(events[a].facts.at("group"), events[b].facts.at("group"));
  }

  // Five book, one gives back, one of the list moves up, one walks in; all are called.
  VisitId a_day() {
    now_ = *parse_instant("2026-03-02 09:00");
    const VisitId id = published_visit();
    std::vector<Booked> bookings;
    for (int i = 0; i < 5; ++i) bookings.push_back(booked(id));
    EXPECT_EQ(gave_back(bookings[0]), "given back");
    open_doors(id);
    walked_in(id);
    for (int i = 0; i < 5; ++i) heard(id);
    return id;
  }
};

TEST_F(AuditingTheQueue, FindsNothingInAnHonestDay) {
  EXPECT_TRUE(audited(a_day()).empty());
}

TEST_F(AuditingTheQueue, FindsWhoWasCalledBeforeTheirTurn) {
  auto events = events_of(a_day());
  swap_facts(events, at(events, EventKind::called, 0), at(events, EventKind::called, 2));
  const auto found = audit_queue(events);
  EXPECT_TRUE(has(found, Finding::called_out_of_turn));
}

TEST_F(AuditingTheQueue, FindsWhoMovedUpBeforeTheFirstOfTheList) {
  auto events = events_of(a_day());
  const std::size_t moved = at(events, EventKind::moved_up);
  events[moved].facts["group"] = events[at(events, EventKind::listed, 1)].facts.at("group");
  EXPECT_TRUE(has(audit_queue(events), Finding::moved_out_of_turn));
}

TEST_F(AuditingTheQueue, FindsAPlaceThatWasGivenPastTheList) {
  auto events = events_of(a_day());
  // Somebody of the list is written as booked: there was no place.
  events[at(events, EventKind::listed, 0)].kind = EventKind::booked;
  EXPECT_TRUE(has(audit_queue(events), Finding::too_many));
  events = events_of(a_day());
  events[at(events, EventKind::booked, 2)].kind = EventKind::listed;
  EXPECT_TRUE(has(audit_queue(events), Finding::turned_away));
}

TEST_F(AuditingTheQueue, FindsAnEventThatWasTakenOut) {
  auto events = events_of(a_day());
  events.erase(events.begin() + static_cast<std::ptrdiff_t>(at(events, EventKind::booked, 1)));
  const auto found = audit_queue(events);
  EXPECT_TRUE(has(found, Finding::gap));
  // Numbered anew it still misses a number of the queue.
  for (std::size_t i = 0; i < events.size(); ++i) events[i].seq = static_cast<std::int64_t>(i);
  EXPECT_TRUE(has(audit_queue(events), Finding::number_out_of_turn));
  // … and without the step that moved somebody up, a place stayed empty.
  events = events_of(a_day());
  const std::size_t moved = at(events, EventKind::moved_up);
  events.erase(events.begin() + static_cast<std::ptrdiff_t>(moved));
  for (std::size_t i = 0; i < events.size(); ++i) events[i].seq = static_cast<std::int64_t>(i);
  EXPECT_TRUE(has(audit_queue(events), Finding::left_empty));
}

TEST_F(AuditingTheQueue, FindsABookingDatedBack) {
  auto events = events_of(a_day());
  events[at(events, EventKind::booked, 2)].recorded_at.unix_ms -= 24 * 3'600'000;
  EXPECT_TRUE(has(audit_queue(events), Finding::earlier));
}

TEST_F(AuditingTheQueue, FindsWhatWasForgedInTheDatabase) {
  forged_ = true;
  const VisitId id = a_day();
  const auto events = events_of(id);
  const Event& first = events[at(events, EventKind::called, 0)];
  const Event& third = events[at(events, EventKind::called, 2)];
  write([&](Transaction& t) {
    for (const auto& [seq, payload] : {std::pair{first.seq, payload_of(third.facts)},
                                       std::pair{third.seq, payload_of(first.facts)}}) {
      t.execute(
          "UPDATE visit_event SET payload = ?4 WHERE region_id = ?1 AND visit_id = ?2 AND seq = ?3",
          {param(county_.region), param(id), seq, std::string_view(payload)});
    }
  });
  const auto audits =
      database_->read([&](Reading& reading) { return audit_queues(reading, county_.region); });
  ASSERT_EQ(audits.size(), 1U);
  EXPECT_EQ(audits[0].visit, id);
  EXPECT_TRUE(has(audits[0].found, Finding::called_out_of_turn));
}

// Whatever people and office do that the program allows, the order holds; and every exchange of
// two who wait is found.
TEST_F(AuditingTheQueue, HoldsOverRandomDays) {
  Dice dice(seed_of_this_run());
  for (int day = 0; day < 6; ++day) {
    now_ = *parse_instant("2026-03-02 09:00");
    const VisitId id = published_visit();
    std::vector<Booked> bookings;
    for (int i = 0; i < 12; ++i) {
      if (dice.between(0, 3) == 0 && !bookings.empty()) {
        gave_back(dice.one_of(bookings));
      } else if (const auto booking = try_book(id)) {
        bookings.push_back(*booking);
      }
    }
    open_doors(id);
    for (int i = 0; i < 20; ++i) {
      const std::int64_t number =
          dice.between(1, static_cast<std::int64_t>(now_of(id).groups.size()));
      switch (dice.between(0, 5)) {
        case 0:
          walked_in(id);
          break;
        case 1:
          called(id);
          break;
        case 2:
          moved(id, number, EventKind::set_aside);
          break;
        case 3:
          moved(id, number, EventKind::came_back);
          break;
        case 4:
          moved(id, number, EventKind::speaking);
          break;
        default:
          moved(id, number, EventKind::left);
          break;
      }
    }
    EXPECT_TRUE(audited(id).empty()) << "day " << day;
    auto events = events_of(id);
    std::vector<std::size_t> calls;
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].kind == EventKind::called) calls.push_back(i);
    }
    if (calls.size() < 2 || events[calls[0]].fact("group") == events[calls[1]].fact("group")) {
      continue;
    }
    swap_facts(events, calls[0], calls[1]);
    EXPECT_TRUE(has(audit_queue(events), Finding::called_out_of_turn)) << "day " << day;
  }
}

}  // namespace
}  // namespace minhu::visits
