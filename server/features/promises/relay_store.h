// The rows of relays: SQL and nothing else. Inner header.
#pragma once

#include <optional>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/relay.h"
#include "features/state_machine/chronicle.h"
#include "ports/storage.h"

namespace minhu::promises {

std::vector<RelayEvent> load_relay_events(Reading& reading, RegionId region, RelayId id);
std::vector<RelayItem> load_items(Reading& reading, RegionId region, RelayId id);
void insert_items(Transaction& transaction, RegionId region, RelayId id,
                  const std::vector<RelayItem>& items);
std::optional<Relay> load_relay(Reading& reading, RegionId region, RelayId id);
// Also those of which only a row is left.
std::vector<RelayId> every_relay(Reading& reading, RegionId region);
void append(Transaction& transaction, const cases::County& county, Relay& relay,
            const RelayEvent& event);
std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      RelayId id);
// The row of today, for the rebuild.
struct RelayRow {
  RelayId id;
  PostId post;
  RelayState state = RelayState::frozen;
  std::int64_t seq = 0;
  Instant frozen_at;
  bool operator==(const RelayRow&) const = default;
};
RelayRow row_of(const Relay& relay);
std::optional<RelayRow> load_row(Reading& reading, RegionId region, RelayId id);
void write_row(Transaction& transaction, RegionId region, RelayId id,
               const std::optional<Relay>& relay);
// The relay of a post that has been neither signed by both nor called off.
std::optional<RelayId> relay_under_way(Reading& reading, RegionId region, PostId post);

}  // namespace minhu::promises
