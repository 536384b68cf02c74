// `minhu visits audit`: did the days of a period go as they were announced? Read from the events
// alone, with its own eyes and not through visit_file.h, and then compared with the figures that
// everybody sees.
#pragma once

#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::visits {

// A day belongs to the period by when it was to be. A visit that was moved has two.
struct PeriodAudit {
  std::int64_t planned = 0;  // = held + moved + not_held + open, where nothing is wrong
  std::int64_t held = 0;
  std::int64_t moved = 0;            // to another day, or cancelled: with a reason
  std::int64_t not_held = 0;         // it passed, and nobody opened the doors or said why
  std::int64_t open = 0;             // is still to come
  std::int64_t heard = 0;            // groups
  std::int64_t receipts = 0;         // of them, with number and 告知单 in hand before they left
  std::int64_t photos = 0;           // of postings, there and unaltered
  std::int64_t photos_replaced = 0;  // for a reason
  // Each a Fault with a sentence (visits.audit_*) and the visit in its details. No word and no name
  // of anybody.
  std::vector<Fault> findings;
};
// Of [from, to).
PeriodAudit audit_period(Reading& reading, const cases::Context& context, Date from, Date to);

}  // namespace minhu::visits
