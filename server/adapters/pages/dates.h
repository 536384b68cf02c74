// Days and moments as people say them: 11月23日 15:42, with the year only when it is another one.
#pragma once

#include <string>

#include "engines/catalogue/catalogue.h"
#include "engines/deadlines/deadlines.h"
#include "kernel/civil_time.h"

namespace minhu::pages {

std::string say_day(const catalogue::Catalogue& say, Date day, Date today);
std::string say_moment(const catalogue::Catalogue& say, Instant moment, Date today, FixedZone zone);
std::string say_month(const catalogue::Catalogue& say, Date day);
deadlines::Language deadline_language(const catalogue::Catalogue& say);

}  // namespace minhu::pages
