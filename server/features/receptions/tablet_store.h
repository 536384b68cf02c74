// The rows of tablets: their events, and the rows of today that follow from them. Inner header; the
// rows of sessions: sessions.h.
#pragma once

#include <optional>
#include <vector>

#include "features/cases/installation.h"
#include "features/receptions/tablet.h"
#include "features/state_machine/chronicle.h"

namespace minhu::receptions {

std::optional<DeviceRow> find_device(Reading& reading, RegionId region, DeviceId id);
// Nothing where there is no device; `seq` is not of a row and stays -1.
std::optional<Tablet> rows_of(Reading& reading, RegionId region, DeviceId id);

std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      DeviceId id);
std::optional<Tablet> load_tablet(Reading& reading, RegionId region, DeviceId id);

// Keeps the event, the row that follows from it and what others derive from it. A tablet from
// before there were events gets those that it lacks first.
void append(Transaction& transaction, const cases::Context& context, DeviceId id, EventKind kind,
            Facts facts);
void write_rows(Transaction& transaction, RegionId region, const Tablet& tablet);

}  // namespace minhu::receptions
