// What an installation knows of the county it serves: one row a region, written by `minhu init` or
// the demo.
#pragma once

#include <optional>
#include <string>

#include "ports/storage.h"

namespace minhu::places_and_units {

// What the words on a page and the start of the program depend on.
enum class Profile { production, demo };

struct CountyProfile {
  RegionId region;
  std::string name;             // 青溪县
  std::string organiser;        // who runs the service, on the foot of each page
  std::string phone;            // of the reception desk, shown on every page
  std::string petition_office;  // unit code: takes in what comes by web, letter and visit
  std::string hotline_body;     // unit code: takes in what comes by phone
  std::string default_track = "petition";
  Profile profile = Profile::production;
  // Unit code: has what complains of the body that would have it; empty: the unit above that body,
  // or one of inspection.
  std::string upper_body = {};
};

void put_county_profile(Transaction& transaction, const CountyProfile& profile);
// The county of this database; nothing before it has been set up.
std::optional<CountyProfile> find_county_profile(Reading& reading);

}  // namespace minhu::places_and_units
