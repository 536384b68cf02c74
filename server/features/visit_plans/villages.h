// What the planning knows of a place: where it lies, how many live there, how easily one is heard
// from there, when and in which language somebody can be met. Registers of an office, never of a
// person.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "engines/tours/problem.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

struct Village {
  std::string code;
  std::string name;
  std::string town;  // code
  std::int64_t latitude_e7 = 0;
  std::int64_t longitude_e7 = 0;
  std::int64_t people = 0;
  std::int64_t signal = 100;           // part of the houses with a usable mobile signal, in percent
  std::vector<std::string> languages;  // whoever goes speaks one of them; none: any
  std::vector<tours::Hours> hours;     // none: any time
  std::int64_t minutes = 0;            // of a visit; 0: as the policy says
};

// Faults invalid_input plans.bad_village (details: place, what). The county's own code is where
// the days begin and end.
Outcome put_village(Transaction& transaction, RegionId region, const Village& village);
// By code; without the county itself.
std::vector<Village> all_villages(Reading& reading, RegionId region);
// Where the days begin and end.
std::optional<Village> hall(Reading& reading, RegionId region);

// Columns code, lon, lat, people; and if there are any: signal, languages, hours ("08:00-11:00
// 14:00-17:00"), minutes. Safe to run twice.
struct ImportedVillages {
  std::int64_t kept = 0;
  std::vector<std::string> faults;  // "line 7: …"
};
Result<ImportedVillages> import_villages(Transaction& transaction, RegionId region,
                                         std::istream& csv);

}  // namespace minhu::visit_plans
