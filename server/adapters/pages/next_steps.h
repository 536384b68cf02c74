// What happens after words are filed, and by when: read from the rule book of the county, never
// written into a page.
#pragma once

#include <string>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/cases/context.h"

namespace minhu::pages {

struct NextStep {
  std::string what;   // "转给有权处理的单位"
  std::string when;   // "12月8日前", or "受理后60天内" where the day is not known yet
  std::string basis;  // what the term rests on
};
std::vector<NextStep> next_steps(const cases::County& county, cases::Track track, Instant received,
                                 const catalogue::Catalogue& say);

}  // namespace minhu::pages
