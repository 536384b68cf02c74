// The events of one kind of subject, as they lie in their table: read in order, added at the end,
// never changed. The statements stay with the feature that owns the table, as literals, so that
// they are checked against the schema.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/state_machine/chronicle.h"
#include "features/state_machine/event.h"
#include "ports/storage.h"

namespace minhu::state_machine {

template <class SubjectId, class Kind>
struct EventList {
  using Event = EventOf<SubjectId, Kind>;

  // seq, kind, recorded_at, role, unit_id, account_id, payload of region ?1 and subject ?2, by seq.
  std::string_view select;
  // ?1 region, ?2 subject, ?3 … ?9 the columns above.
  std::string_view insert;
  std::optional<Kind> (*named)(std::string_view);
  std::string_view of;  // whose events they are, in the words of a failure: "a visit"

  // StorageFailure when a row is not what append() writes.
  std::vector<Event> load(Reading& reading, RegionId region, SubjectId id) const {
    return reading.all(select, {param(region), param(id)}, [&](const Row& row) {
      const auto kind = named(row.text(1));
      const auto role = accounts::role_named(row.text(3));
      if (!kind || !role) {
        throw StorageFailure("an event of " + std::string(of) + " has no kind or no actor");
      }
      return Event{id,
                   row.integer(0),
                   *kind,
                   row.instant(2),
                   {*role, row.id<UnitId>(4), row.id<accounts::AccountId>(5)},
                   facts_in(row.text(6), of)};
    });
  }

  // Gives the row that it wrote.
  ChronicleEvent append(Transaction& transaction, RegionId region, const Event& event) const {
    const std::string payload = payload_of(event.facts);
    transaction.execute(
        insert, {param(region), param(event.subject), event.seq, name(event.kind),
                 param(event.recorded_at), accounts::name(event.actor.role),
                 param(event.actor.unit), param(event.actor.account), std::string_view(payload)});
    return {event.subject.uuid(),
            event.seq,
            std::string(name(event.kind)),
            event.recorded_at,
            std::string(accounts::name(event.actor.role)),
            event.actor.unit,
            event.actor.account,
            payload};
  }

  // The rows as they are, whatever they say (Chronicle::events_of).
  std::vector<ChronicleEvent> rows(Reading& reading, RegionId region, const Uuid& subject) const {
    return reading.all(select, {param(region), BytesView(subject)}, [&](const Row& row) {
      return ChronicleEvent{subject,
                            row.integer(0),
                            std::string(row.text(1)),
                            row.instant(2),
                            std::string(row.text(3)),
                            row.id<UnitId>(4),
                            row.id<accounts::AccountId>(5),
                            std::string(row.text(6))};
    });
  }
};

}  // namespace minhu::state_machine
