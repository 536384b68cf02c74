// The rows of promises: SQL and nothing else. Inner header.
#pragma once

#include <optional>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/promise.h"
#include "features/state_machine/chronicle.h"
#include "ports/storage.h"

namespace minhu::promises {

std::vector<Event> load_events(Reading& reading, RegionId region, PromiseId id);
std::optional<Promise> load_promise(Reading& reading, RegionId region, PromiseId id);
std::vector<PromiseId> every_promise(Reading& reading, RegionId region);

// The next event of a promise, by this actor, now.
Event next_event(const cases::Context& context, const Promise& promise, EventKind kind,
                 Facts facts);
// Applies the event, keeps it, the row that follows from it and what others derive from it.
void append(Transaction& transaction, const cases::County& county, Promise& promise,
            const Event& event);

// The row of today, for the rebuild.
struct PromiseRow {
  PromiseId id;
  State state = State::made;
  std::int64_t seq = 0;
  bool is_open = true;
  bool is_public = false;
  bool sponsored = false;
  std::string due;
  PostId post;
  UnitId unit;
  cases::CaseId case_id;
  bool operator==(const PromiseRow&) const = default;
};
PromiseRow row_of(const Promise& promise);
// For chronicle.cc: the events as their rows have them, and the row of today.
std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      PromiseId id);
std::optional<PromiseRow> load_row(Reading& reading, RegionId region, PromiseId id);
void write_row(Transaction& transaction, RegionId region, PromiseId id,
               const std::optional<Promise>& promise);
// Those that are owed first, then by due day.
std::vector<PromiseRow> all_rows(Reading& reading, RegionId region);
std::vector<PromiseId> promises_of_case(Reading& reading, RegionId region, cases::CaseId id);

std::optional<PromiseId> request_before(Reading& reading, RegionId region, const Digest& token);
void remember_request(Transaction& transaction, RegionId region, const Digest& token, PromiseId id);

}  // namespace minhu::promises
