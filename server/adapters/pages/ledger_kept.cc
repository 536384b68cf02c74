#include "adapters/pages/ledger_kept.h"

#include "features/places_and_units/places_and_units.h"

namespace minhu::pages {

namespace {

constexpr std::int64_t kept_for_ms = 5 * 60'000;

}  // namespace

std::string names_of_places(Reading& reading, RegionId region,
                            const std::vector<std::string>& codes) {
  std::string names;
  for (const std::string& code : codes) {
    if (!names.empty()) names += "、";
    names += places_and_units::place_path(reading, region, code);
  }
  return names;
}

std::shared_ptr<const std::vector<KeptLine>> LedgerKept::of(
    const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  const std::lock_guard lock(mutex_);
  const auto age = now.unix_ms - made_at_.unix_ms;
  if (kept_ && age >= 0 && age < kept_for_ms) return kept_;
  const RegionId region = installation.county.region;
  auto made = std::make_shared<std::vector<KeptLine>>();
  installation.database.read_job([&](Reading& reading) {
    for (classes::LedgerLine& line : classes::ledger(reading, installation.county)) {
      KeptLine kept{std::move(line), {}, {}};
      kept.where = names_of_places(reading, region, kept.line.published.definition.places);
      if (const auto unit =
              places_and_units::find_unit(reading, region, kept.line.published.lead_unit)) {
        kept.lead_unit = unit->name;
      }
      made->push_back(std::move(kept));
    }
  });
  kept_ = std::move(made);
  made_at_ = now;
  return kept_;
}

}  // namespace minhu::pages
