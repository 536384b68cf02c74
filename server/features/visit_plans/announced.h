// What everybody was told last of an official: post, portfolio and rank of their latest public
// visit within a year, so that nobody types anew each month what no register says. A visit names
// its leader in words, so a name that two officials bear is nobody's here.
#pragma once

#include <optional>
#include <vector>

#include "features/accounts/accounts.h"
#include "features/visits/visits.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

// Within one reading: the visits are looked through once, for everybody who is asked about.
class Announced {
 public:
  Announced(Reading& reading, RegionId region, Instant now)
      : reading_(reading), region_(region), now_(now) {}

  std::optional<visits::Leader> last_of(const accounts::Account& account);

 private:
  Reading& reading_;
  RegionId region_;
  Instant now_;
  std::optional<std::vector<visits::VisitRow>> public_ones_;  // by beginning
};

}  // namespace minhu::visit_plans
