// The counts of "what got done", kept for five minutes: counting walks a year of cases, and a page
// that everybody may ask for must not do that each time. Thread-safe.
#pragma once

#include <mutex>
#include <vector>

#include "features/cases/counts.h"
#include "features/cases/installation.h"

namespace minhu::pages {

class DoneCounts {
 public:
  std::vector<cases::MonthCounts> of(const cases::Installation& installation);

 private:
  std::mutex mutex_;
  Instant counted_at_;
  std::vector<cases::MonthCounts> counts_;
};

}  // namespace minhu::pages
