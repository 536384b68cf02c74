// Answering from one to many (举一反三): with each answer a unit may say where else it is so, and
// what was changed so that it does not come again. Empty is allowed; it is counted. Of units and
// months, never of people.
#pragma once

#include <string>
#include <vector>

#include "features/cases/derivation.h"
#include "features/places_and_units/unit_id.h"
#include "ports/storage.h"

namespace minhu::classes {

struct Lessons {
  UnitId unit;
  std::int64_t answers = 0;
  std::int64_t others_like_it = 0;   // in how many it said something
  std::int64_t changed_so_that = 0;  // …
};
// Of answers written down from the first of these months to the last ("2026-09"), by unit. What was
// answered in cases that are held, erased or accuse somebody counts for nobody.
std::vector<Lessons> lessons_in(Reading& reading, RegionId region, std::string_view from,
                                std::string_view to);

// Counts the answers of a case as its events come.
const cases::Derivation& learning();

}  // namespace minhu::classes
