// One tablet as its events say it: whose it is, which numbers it was given, what arrived from it,
// whether it is out of use. Pure: no storage, no clock.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/receptions/sessions.h"
#include "features/state_machine/event.h"

namespace minhu::receptions {

enum class EventKind : std::uint8_t { set_up, numbers_given, session_kept, taken_out_of_use };
std::string_view name(EventKind) noexcept;
std::optional<EventKind> event_kind_named(std::string_view) noexcept;

using state_machine::Facts;
// Facts are ids, times, a label and a keyed hash: nothing of what was said. `at`, in milliseconds,
// is when it happened; of a tablet from before there were events it is earlier than recorded_at.
using Event = state_machine::EventOf<DeviceId, EventKind>;

// The rows of today, each as its table has it.
struct DeviceRow {
  DeviceId id;
  UnitId unit;
  std::string label;
  Instant added_at;
  std::optional<Instant> revoked_at;
  bool operator==(const DeviceRow&) const = default;
};
struct BlockRow {
  cases::BlockId id;
  visits::VisitId visit;
  Instant given_at;
  bool operator==(const BlockRow&) const = default;
};

struct Tablet {
  std::int64_t seq = -1;
  DeviceRow device;
  std::vector<BlockRow> blocks;         // by id
  std::vector<StoredSession> sessions;  // by id
  bool operator==(const Tablet&) const = default;
};

// What the event says of its row.
DeviceRow device_in(const Event& event);
BlockRow block_in(const Event& event);
StoredSession session_in(const Event& event);
Instant time_in(const Event& event);
// And the other way round.
Facts facts_of(const DeviceRow& device);
Facts facts_of(const BlockRow& block);
Facts facts_of(const StoredSession& session);
Facts facts_of_revocation(Instant at);

// Fails with StorageFailure when the event cannot follow.
void apply(Tablet& tablet, const Event& event);

}  // namespace minhu::receptions
