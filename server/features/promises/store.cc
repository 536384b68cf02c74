#include "features/promises/store.h"

#include <algorithm>

#include "features/cases/derivation.h"
#include "features/promises/chronicle.h"
#include "features/state_machine/event_list.h"

namespace minhu::promises {

namespace {

PromiseRow promise_row(const Row& row) {
  const auto state = named<State>(row.text(1));
  if (!state) throw StorageFailure("a promise is in no state");
  return {row.id<PromiseId>(0),     *state,
          row.integer(2),           row.integer(3) != 0,
          row.integer(4) != 0,      row.integer(5) != 0,
          std::string(row.text(6)), row.id<PostId>(7),
          row.id<UnitId>(8),        row.id<cases::CaseId>(9)};
}

// As they lie in promise_event.
constexpr state_machine::EventList<PromiseId, EventKind> promise_events{
    "SELECT seq, kind, recorded_at, role, unit_id, account_id, payload FROM promise_event "
    "WHERE region_id = ?1 AND promise_id = ?2 ORDER BY seq",
    "INSERT INTO promise_event(region_id, promise_id, seq, kind, recorded_at, role, unit_id, "
    "account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    named<EventKind>, "a promise"};

void keep_row(Transaction& transaction, RegionId region, const PromiseRow& row) {
  transaction.execute(
      "INSERT INTO promise_file(region_id, promise_id, state, seq, is_open, is_public, sponsored, "
      "due, post_id, unit_id, case_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
      "ON CONFLICT (region_id, promise_id) DO UPDATE SET state = excluded.state, "
      "seq = excluded.seq, is_open = excluded.is_open, is_public = excluded.is_public, "
      "due = excluded.due",
      {param(region), param(row.id), name(row.state), row.seq, std::int64_t{row.is_open},
       std::int64_t{row.is_public}, std::int64_t{row.sponsored}, std::string_view(row.due),
       param(row.post), param(row.unit), param(row.case_id)});
}

}  // namespace

std::vector<Event> load_events(Reading& reading, RegionId region, PromiseId id) {
  return promise_events.load(reading, region, id);
}

std::optional<Promise> load_promise(Reading& reading, RegionId region, PromiseId id) {
  const auto events = load_events(reading, region, id);
  if (events.empty()) return std::nullopt;
  return promise_from(events);
}

std::vector<PromiseId> every_promise(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT promise_id FROM promise_event WHERE region_id = ?1 AND seq = 0 ORDER BY promise_id",
      {param(region)}, [](const Row& row) { return row.id<PromiseId>(0); });
}

Event next_event(const cases::Context& context, const Promise& promise, EventKind kind,
                 Facts facts) {
  return {promise.id,    promise.seq + 1, kind, std::max(context.now, promise.changed_at),
          context.actor, std::move(facts)};
}

PromiseRow row_of(const Promise& promise) {
  return {promise.id,
          promise.state,
          promise.seq,
          promise.open(),
          promise.publication.has_value(),
          promise.sponsored,
          promise.due,
          promise.post,
          promise.unit,
          promise.case_id};
}

void append(Transaction& transaction, const cases::County& county, Promise& promise,
            const Event& event) {
  apply(promise, event);
  const auto row = promise_events.append(transaction, county.region, event);
  cases::derive_from(transaction, county, chronicle(), row);
  keep_row(transaction, county.region, row_of(promise));
}

std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      PromiseId id) {
  return promise_events.rows(reading, region, id.uuid());
}

std::optional<PromiseRow> load_row(Reading& reading, RegionId region, PromiseId id) {
  return reading.first(
      "SELECT promise_id, state, seq, is_open, is_public, sponsored, due, post_id, unit_id, "
      "case_id FROM promise_file WHERE region_id = ?1 AND promise_id = ?2",
      {param(region), param(id)}, promise_row);
}

void write_row(Transaction& transaction, RegionId region, PromiseId id,
               const std::optional<Promise>& promise) {
  transaction.execute("DELETE FROM promise_file WHERE region_id = ?1 AND promise_id = ?2",
                      {param(region), param(id)});
  if (promise) keep_row(transaction, region, row_of(*promise));
}

std::vector<PromiseRow> all_rows(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT promise_id, state, seq, is_open, is_public, sponsored, due, post_id, unit_id, "
      "case_id FROM promise_file WHERE region_id = ?1 ORDER BY is_open DESC, due, promise_id",
      {param(region)}, promise_row);
}

std::vector<PromiseId> promises_of_case(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.all(
      "SELECT promise_id FROM promise_file WHERE region_id = ?1 AND case_id = ?2 "
      "ORDER BY promise_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<PromiseId>(0); });
}

std::optional<PromiseId> request_before(Reading& reading, RegionId region, const Digest& token) {
  return reading.first(
      "SELECT promise_id FROM promise_request WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(token)}, [](const Row& row) { return row.id<PromiseId>(0); });
}

void remember_request(Transaction& transaction, RegionId region, const Digest& token,
                      PromiseId id) {
  transaction.execute(
      "INSERT INTO promise_request(region_id, token_hash, promise_id) VALUES (?1, ?2, ?3)",
      {param(region), BytesView(token), param(id)});
}

}  // namespace minhu::promises
