// The counts of "what got done", kept for five minutes: counting walks a year of cases, and a page
// that everybody may ask for must not do that each time. Thread-safe (kept.h).
#pragma once

#include <memory>
#include <vector>

#include "features/cases/counts.h"
#include "features/cases/installation.h"
#include "kernel/kept.h"

namespace minhu::pages {

class DoneCounts {
 public:
  std::shared_ptr<const std::vector<cases::MonthCounts>> of(
      const cases::Installation& installation);
  void renew(const cases::Installation& installation);

 private:
  Kept<std::vector<cases::MonthCounts>> kept_{std::int64_t{5} * 60'000};
};

}  // namespace minhu::pages
