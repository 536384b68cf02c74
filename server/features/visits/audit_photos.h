// Whether the photos that prove where a visit was posted are still there, and still the ones that
// were given. Read from the events alone. Inner header, of audit_period.h.
#pragma once

#include <vector>

#include "features/cases/context.h"
#include "features/visits/event.h"
#include "ports/storage.h"

namespace minhu::visits {

struct PhotosAudit {
  std::int64_t unaltered = 0;
  std::int64_t replaced = 0;  // for a reason that an event keeps; their bytes are gone
  // visits.audit_photo_missing, visits.audit_photo_altered, visits.audit_photo_kept (it was
  // replaced, and its bytes are still there); details: visit, photo.
  std::vector<Fault> findings;
};
// Of the events of one visit. StorageFailure when a list of postings cannot be read.
PhotosAudit audit_photos(Reading& reading, const cases::Context& context,
                         const std::vector<Event>& events);

}  // namespace minhu::visits
