// What the public list and the reporter's own page say of a promise in the same words. Inner
// header.
#pragma once

#include <string>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "engines/templates/templates.h"
#include "features/promises/promise.h"

namespace minhu::pages {

// 6月30日; of "2026-06" 2026年6月.
std::string say_promised_day(const catalogue::Catalogue& say, const std::string& day, Date today);
std::string say_promise_state(const catalogue::Catalogue& say, promises::State state);
// MOVED for each change of the due day, WHY for a reason.
void show_what_changed(const catalogue::Catalogue& say, Date today,
                       const std::vector<promises::DueChange>& changes, const std::string& reason,
                       templates::Values& values);

}  // namespace minhu::pages
