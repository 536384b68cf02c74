#include "features/promises/relay_store.h"

#include "features/cases/derivation.h"
#include "features/promises/chronicle.h"
#include "features/state_machine/event_list.h"

namespace minhu::promises {

namespace {

// As they lie in relay_event.
constexpr state_machine::EventList<RelayId, RelayEventKind> relay_events{
    "SELECT seq, kind, recorded_at, role, unit_id, account_id, payload FROM relay_event "
    "WHERE region_id = ?1 AND relay_id = ?2 ORDER BY seq",
    "INSERT INTO relay_event(region_id, relay_id, seq, kind, recorded_at, role, unit_id, "
    "account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    named<RelayEventKind>, "a relay"};

RelayRow relay_row(const Row& row) {
  const auto state = named<RelayState>(row.text(2));
  if (!state) throw StorageFailure("a relay is in no state");
  return {row.id<RelayId>(0), row.id<PostId>(1), *state, row.integer(3), row.instant(4)};
}

void keep_row(Transaction& transaction, RegionId region, const RelayRow& row) {
  transaction.execute(
      "INSERT INTO relay_file(region_id, relay_id, post_id, state, seq, frozen_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (region_id, relay_id) DO UPDATE SET "
      "state = excluded.state, seq = excluded.seq",
      {param(region), param(row.id), param(row.post), name(row.state), row.seq,
       param(row.frozen_at)});
}

}  // namespace

std::vector<RelayEvent> load_relay_events(Reading& reading, RegionId region, RelayId id) {
  return relay_events.load(reading, region, id);
}

std::vector<RelayItem> load_items(Reading& reading, RegionId region, RelayId id) {
  return reading.all(
      "SELECT item, kind, subject, line FROM relay_item WHERE region_id = ?1 AND relay_id = ?2 "
      "ORDER BY item",
      {param(region), param(id)}, [](const Row& row) {
        // An unknown kind can only come from outside the program; the digest will not fit.
        return RelayItem{row.integer(0), named<ItemKind>(row.text(1)).value_or(ItemKind::promise),
                         Id<struct AnyTag>::from_bytes(row.bytes(2)).uuid(),
                         std::string(row.text(3))};
      });
}

void insert_items(Transaction& transaction, RegionId region, RelayId id,
                  const std::vector<RelayItem>& items) {
  for (const RelayItem& item : items) {
    transaction.execute(
        "INSERT INTO relay_item(region_id, relay_id, item, kind, subject, line) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {param(region), param(id), item.item, name(item.kind), BytesView(item.subject),
         std::string_view(item.line)});
  }
}

std::optional<Relay> load_relay(Reading& reading, RegionId region, RelayId id) {
  const auto events = load_relay_events(reading, region, id);
  if (events.empty()) return std::nullopt;
  return relay_from(events);
}

std::vector<RelayId> every_relay(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT relay_id FROM relay_file WHERE region_id = ?1 UNION "
      "SELECT relay_id FROM relay_event WHERE region_id = ?1 UNION "
      "SELECT relay_id FROM relay_item WHERE region_id = ?1 ORDER BY relay_id",
      {param(region)}, [](const Row& row) { return row.id<RelayId>(0); });
}

void append(Transaction& transaction, const cases::County& county, Relay& relay,
            const RelayEvent& event) {
  apply(relay, event);
  const auto row = relay_events.append(transaction, county.region, event);
  cases::derive_from(transaction, county, relay_chronicle(), row);
  keep_row(transaction, county.region, row_of(relay));
}

std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      RelayId id) {
  return relay_events.rows(reading, region, id.uuid());
}

RelayRow row_of(const Relay& relay) {
  return {relay.id, relay.post, relay.state, relay.seq, relay.frozen_at};
}

std::optional<RelayRow> load_row(Reading& reading, RegionId region, RelayId id) {
  return reading.first(
      "SELECT relay_id, post_id, state, seq, frozen_at FROM relay_file "
      "WHERE region_id = ?1 AND relay_id = ?2",
      {param(region), param(id)}, relay_row);
}

void write_row(Transaction& transaction, RegionId region, RelayId id,
               const std::optional<Relay>& relay) {
  transaction.execute("DELETE FROM relay_file WHERE region_id = ?1 AND relay_id = ?2",
                      {param(region), param(id)});
  if (relay) keep_row(transaction, region, row_of(*relay));
}

std::optional<RelayId> relay_under_way(Reading& reading, RegionId region, PostId post) {
  return reading.first(
      "SELECT relay_id FROM relay_file WHERE region_id = ?1 AND post_id = ?2 AND "
      "state <> 'complete' AND state <> 'called_off'",
      {param(region), param(post)}, [](const Row& row) { return row.id<RelayId>(0); });
}

}  // namespace minhu::promises
