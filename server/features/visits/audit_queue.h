// Nobody jumps: the proof from the events of a visit alone. It reads them with its own eyes, not
// through visit_file.h, so that an error there would be found here.
#pragma once

#include <string_view>
#include <vector>

#include "features/visits/event.h"
#include "ports/storage.h"

namespace minhu::visits {

enum class Finding : std::uint8_t {
  gap,                 // an event is missing, or stands twice
  earlier,             // it is dated before the one before it
  number_out_of_turn,  // a group's number is not the next one
  passed_by,           // a place was given although somebody stood on the list before
  turned_away,         // put on the list although a place was free
  too_many,            // more places given than there are
  moved_out_of_turn,   // somebody moved up before the first on the list
  left_empty,          // a place fell free and nobody moved up although somebody waited
  called_out_of_turn,  // called before a smaller number that waited
  unknown_group,
};
std::string_view name(Finding) noexcept;

struct Found {
  std::int64_t seq = 0;
  Finding finding = Finding::gap;
  std::int64_t number = 0;  // of the group; 0 where it is about none
  bool operator==(const Found&) const = default;
};
// Empty: the order was kept.
std::vector<Found> audit_queue(const std::vector<Event>& events);

struct QueueAudit {
  VisitId visit;
  std::vector<Found> found;
};
// Of every visit; only those in which something was found.
std::vector<QueueAudit> audit_queues(Reading& reading, RegionId region);

}  // namespace minhu::visits
