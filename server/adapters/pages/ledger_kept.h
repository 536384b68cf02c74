// The public ledger of classes, put together once in five minutes: whoever asks for it makes
// nobody count. Thread-safe (kept.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "features/cases/installation.h"
#include "features/classes/publishing.h"
#include "kernel/kept.h"

namespace minhu::pages {

struct KeptLine {
  classes::LedgerLine line;
  std::string where;            // names of its places; empty: the whole county
  std::string lead_unit;        // its name, or empty
  std::vector<std::string> by;  // who is to take each of line.measures, in their order
};

class LedgerKept {
 public:
  std::shared_ptr<const std::vector<KeptLine>> of(const cases::Installation& installation);
  void renew(const cases::Installation& installation);

 private:
  Kept<std::vector<KeptLine>> kept_{std::int64_t{5} * 60'000};
};

// "竹源镇 上溪村、东塘镇", or empty for the whole county.
std::string names_of_places(Reading& reading, RegionId region,
                            const std::vector<std::string>& codes);

}  // namespace minhu::pages
