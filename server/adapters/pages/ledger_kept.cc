#include "adapters/pages/ledger_kept.h"

#include "features/places_and_units/places_and_units.h"

namespace minhu::pages {

std::string names_of_places(Reading& reading, RegionId region,
                            const std::vector<std::string>& codes) {
  std::string names;
  for (const std::string& code : codes) {
    if (!names.empty()) names += "、";
    names += places_and_units::place_path(reading, region, code);
  }
  return names;
}

namespace {

std::string name_of(Reading& reading, RegionId region, UnitId id) {
  const auto unit = places_and_units::find_unit(reading, region, id);
  return unit ? unit->name : std::string();
}

std::shared_ptr<const std::vector<KeptLine>> put_together(const cases::Installation& installation) {
  const RegionId region = installation.county.region;
  auto made = std::make_shared<std::vector<KeptLine>>();
  installation.database.read_job([&](Reading& reading) {
    for (classes::LedgerLine& line : classes::ledger(reading, installation.county)) {
      KeptLine kept{std::move(line), {}, {}, {}};
      kept.where = names_of_places(reading, region, kept.line.published.definition.places);
      kept.lead_unit = name_of(reading, region, kept.line.published.lead_unit);
      for (const classes::Measure& measure : kept.line.measures) {
        kept.by.push_back(name_of(reading, region, measure.unit));
      }
      made->push_back(std::move(kept));
    }
  });
  return made;
}

}  // namespace

std::shared_ptr<const std::vector<KeptLine>> LedgerKept::of(
    const cases::Installation& installation) {
  return kept_.of(installation.clock.now(), [&] { return put_together(installation); });
}

void LedgerKept::renew(const cases::Installation& installation) {
  kept_.renew(installation.clock.now(), [&] { return put_together(installation); });
}

}  // namespace minhu::pages
