#include <fmt/core.h>

#include "app/commands.h"
#include "app/first_link.h"
#include "app/library.h"
#include "app/record_setup.h"
#include "app/terminal.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::app {

namespace {

namespace units = places_and_units;

constexpr const char* petition_office_code = "petition";
constexpr const char* hotline_code = "hotline";

void put_office(Transaction& transaction, RegionId region, const char* code, std::string name,
                units::UnitKind kind, const InitOptions& options, Entropy& entropy, Instant now) {
  if (units::find_unit_by_code(transaction, region, code)) return;  // set up before
  units::Unit unit;
  unit.id = entropy.id<UnitId>(now);
  unit.code = code;
  unit.name = std::move(name);
  unit.kind = kind;
  unit.place = std::to_string(options.region);
  unit.phone = options.phone;
  units::put_unit(transaction, region, unit);
}

}  // namespace

int init(const FoundationOptions& foundation_options, const InitOptions& options) {
  if (options.region <= 0) {
    return refuse(Fault(FaultCode::invalid_input, "app.bad_region", "region"));
  }
  if (!options.origin.empty()) {
    if (const Outcome fits = check_origin(options.origin); !fits) return refuse(fits.error());
  }
  auto foundation = Foundation::open(foundation_options, WhenMissing::create);
  if (!foundation) return refuse(foundation.error());
  const auto before = (*foundation)->profile();
  if (before && before->region.value != options.region) {
    return refuse(Fault(FaultCode::conflict, "app.another_county", "region"));
  }
  units::CountyProfile profile;
  profile.region = RegionId{options.region};
  profile.name = options.name;
  profile.organiser = options.organiser;
  profile.phone = options.phone;
  profile.petition_office = petition_office_code;
  profile.hotline_body = hotline_code;
  const Instant now = (*foundation)->clock.now();
  const Outcome kept = (*foundation)->database->write_job([&](Transaction& t) -> Outcome {
    units::put_place(t, profile.region, {std::to_string(options.region), "", options.name});
    put_office(t, profile.region, petition_office_code, options.name + "信访局",
               units::UnitKind::petition_office, options, (*foundation)->entropy, now);
    put_office(t, profile.region, hotline_code, options.name + "12345热线中心",
               units::UnitKind::hotline_body, options, (*foundation)->entropy, now);
    units::put_county_profile(t, profile);
    return {};
  });
  if (!kept) return refuse(kept.error());
  const auto link = first_link(**foundation, profile.region);
  if (!link) return refuse(link.error());
  if (*link) tell_first_link(**link);
  if (const Outcome put = put_first_texts(**foundation, profile.region); !put) {
    return refuse(put.error());
  }
  const auto setup = open_record((*foundation)->folder, *(*foundation)->database, profile.region,
                                 (*foundation)->entropy, options.origin);
  if (setup.why) return refuse(*setup.why);
  return finish(
      fmt::format("set up {} in {}", options.region, (*foundation)->folder.root.string()));
}

}  // namespace minhu::app
