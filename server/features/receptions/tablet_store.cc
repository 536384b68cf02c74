#include "features/receptions/tablet_store.h"

#include <algorithm>

#include "features/cases/derivation.h"
#include "features/receptions/chronicle.h"
#include "features/state_machine/event_list.h"

namespace minhu::receptions {

namespace {

// As they lie in reception_event.
constexpr state_machine::EventList<DeviceId, EventKind> event_list{
    "SELECT seq, kind, recorded_at, role, unit_id, account_id, payload FROM reception_event "
    "WHERE region_id = ?1 AND device_id = ?2 ORDER BY seq",
    "INSERT INTO reception_event(region_id, device_id, seq, kind, recorded_at, role, unit_id, "
    "account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    event_kind_named, "a tablet"};

struct Last {
  std::int64_t seq = -1;
  Instant recorded_at;
};

Last last_event(Reading& reading, RegionId region, DeviceId id) {
  return reading
      .first(
          "SELECT seq, recorded_at FROM reception_event WHERE region_id = ?1 AND device_id = ?2 "
          "ORDER BY seq DESC LIMIT 1",
          {param(region), param(id)},
          [](const Row& row) { return Last{row.integer(0), row.instant(1)}; })
      .value_or(Last{});
}

void insert_device(Transaction& transaction, RegionId region, const DeviceRow& device) {
  transaction.execute(
      "INSERT INTO reception_device(region_id, device_id, unit_id, marking, added_at, revoked_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(region), param(device.id), param(device.unit), std::string_view(device.label),
       param(device.added_at), param(device.revoked_at)});
}

void insert_block(Transaction& transaction, RegionId region, DeviceId device,
                  const BlockRow& block) {
  transaction.execute(
      "INSERT INTO reception_block(region_id, device_id, given_at, block_id, visit_id) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      {param(region), param(device), param(block.given_at), param(block.id), param(block.visit)});
}

void keep_row(Transaction& transaction, RegionId region, const Event& event) {
  switch (event.kind) {
    case EventKind::set_up:
      return insert_device(transaction, region, device_in(event));
    case EventKind::numbers_given:
      return insert_block(transaction, region, event.subject, block_in(event));
    case EventKind::session_kept:
      return insert_session(transaction, region, session_in(event));
    case EventKind::taken_out_of_use:
      transaction.execute(
          "UPDATE reception_device SET revoked_at = ?3 WHERE region_id = ?1 AND device_id = ?2",
          {param(region), param(event.subject), param(time_in(event))});
      return;
  }
}

void keep_event(Transaction& transaction, const cases::County& county, const Event& event) {
  const auto row = event_list.append(transaction, county.region, event);
  cases::derive_from(transaction, county, chronicle(), row);
}

// What the rows of a tablet from before there were events would have had as events, in order.
std::vector<Event> events_from(const Tablet& rows, Instant now) {
  std::vector<Event> events;
  const auto add = [&](EventKind kind, Facts facts) {
    events.push_back(
        {rows.device.id, 0, kind, now, {accounts::Role::system, {}, {}}, std::move(facts)});
  };
  add(EventKind::set_up, facts_of(rows.device));
  for (const BlockRow& block : rows.blocks) add(EventKind::numbers_given, facts_of(block));
  for (const StoredSession& one : rows.sessions) add(EventKind::session_kept, facts_of(one));
  std::stable_sort(events.begin() + 1, events.end(),
                   [](const Event& a, const Event& b) { return time_in(a) < time_in(b); });
  if (rows.device.revoked_at) {
    add(EventKind::taken_out_of_use, facts_of_revocation(*rows.device.revoked_at));
  }
  std::int64_t seq = 0;
  for (Event& event : events) event.seq = seq++;
  return events;
}

std::int64_t catch_up(Transaction& transaction, const cases::County& county, DeviceId id,
                      Instant now) {
  const auto rows = rows_of(transaction, county.region, id);
  if (!rows) return 0;
  const auto events = events_from(*rows, now);
  for (const Event& event : events) keep_event(transaction, county, event);
  return static_cast<std::int64_t>(events.size());
}

}  // namespace

std::optional<DeviceRow> find_device(Reading& reading, RegionId region, DeviceId id) {
  return reading.first(
      "SELECT device_id, unit_id, marking, added_at, revoked_at FROM reception_device "
      "WHERE region_id = ?1 AND device_id = ?2",
      {param(region), param(id)}, [](const Row& row) {
        return DeviceRow{row.id<DeviceId>(0), row.id<UnitId>(1), std::string(row.text(2)),
                         row.instant(3), row.maybe_instant(4)};
      });
}

std::optional<Tablet> rows_of(Reading& reading, RegionId region, DeviceId id) {
  auto device = find_device(reading, region, id);
  if (!device) return std::nullopt;
  Tablet tablet;
  tablet.device = std::move(*device);
  tablet.blocks = reading.all(
      "SELECT block_id, visit_id, given_at FROM reception_block "
      "WHERE region_id = ?1 AND device_id = ?2 ORDER BY given_at, block_id",
      {param(region), param(id)}, [](const Row& row) {
        return BlockRow{row.id<cases::BlockId>(0), row.id<visits::VisitId>(1), row.instant(2)};
      });
  std::sort(tablet.blocks.begin(), tablet.blocks.end(),
            [](const BlockRow& a, const BlockRow& b) { return a.id < b.id; });
  tablet.sessions = sessions_of(reading, region, id);
  return tablet;
}

std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      DeviceId id) {
  return event_list.rows(reading, region, id.uuid());
}

std::optional<Tablet> load_tablet(Reading& reading, RegionId region, DeviceId id) {
  const auto events = event_list.load(reading, region, id);
  if (events.empty()) return std::nullopt;
  Tablet tablet;
  for (const Event& event : events) apply(tablet, event);
  return tablet;
}

void append(Transaction& transaction, const cases::Context& context, DeviceId id, EventKind kind,
            Facts facts) {
  const RegionId region = context.county.region;
  Last last = last_event(transaction, region, id);
  if (last.seq < 0 && catch_up(transaction, context.county, id, context.now) > 0) {
    last = last_event(transaction, region, id);
  }
  const Event event{id,
                    last.seq + 1,
                    kind,
                    std::max(context.now, last.recorded_at),
                    context.actor,
                    std::move(facts)};
  keep_event(transaction, context.county, event);
  keep_row(transaction, region, event);
}

void write_rows(Transaction& transaction, RegionId region, const Tablet& tablet) {
  const DeviceId id = tablet.device.id;
  for (const std::string_view sql :
       {"DELETE FROM reception_device WHERE region_id = ?1 AND device_id = ?2",
        "DELETE FROM reception_block WHERE region_id = ?1 AND device_id = ?2",
        "DELETE FROM reception_session WHERE region_id = ?1 AND device_id = ?2"}) {
    transaction.execute(sql, {param(region), param(id)});
  }
  insert_device(transaction, region, tablet.device);
  for (const BlockRow& block : tablet.blocks) insert_block(transaction, region, id, block);
  for (const StoredSession& one : tablet.sessions) insert_session(transaction, region, one);
}

Result<std::int64_t> catch_up(const cases::Installation& installation) {
  const RegionId region = installation.county.region;
  std::int64_t written = 0;
  MINHU_CHECK_OK(installation.database.write_job([&](Transaction& transaction) -> Outcome {
    written = 0;
    const auto without_events = transaction.all(
        "SELECT d.device_id FROM reception_device d WHERE d.region_id = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM reception_event e "
        "WHERE e.region_id = d.region_id AND e.device_id = d.device_id)",
        {param(region)}, [](const Row& row) { return row.id<DeviceId>(0); });
    for (const DeviceId id : without_events) {
      written += catch_up(transaction, installation.county, id, installation.clock.now());
    }
    return {};
  }));
  return written;
}

}  // namespace minhu::receptions
