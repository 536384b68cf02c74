// When somebody came to a place: visits that were held (of any form) and days of a field
// investigation on which something was written down.
#pragma once

#include <string>
#include <vector>

#include "ports/storage.h"

namespace minhu::visit_plans {

struct Seen {
  std::string place;  // code
  Instant at;
  bool looked_around = false;  // an unannounced visit or an investigation: not only who came
};
// By time. Until before `until`.
std::vector<Seen> all_seen(Reading& reading, RegionId region, Instant until);

}  // namespace minhu::visit_plans
