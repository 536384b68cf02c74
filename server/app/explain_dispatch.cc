#include <fmt/core.h>

#include <cstdio>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::app {

int explain_dispatch(const FoundationOptions& foundation_options, const std::string& text,
                     const std::string& place, const std::string& category) {
  auto foundation = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!foundation) return refuse(foundation.error());
  const auto profile = (*foundation)->profile();
  if (!profile) return refuse(profile.error());
  const RegionId region = profile->region;
  return (*foundation)->database->read([&](Reading& reading) {
    std::string chosen = category;
    if (chosen.empty()) {
      const auto guess = places_and_units::guess_category(reading, region, text);
      if (guess) {
        chosen = guess->category;
        std::string words;
        for (const std::string& word : guess->words) words += " " + word;
        std::fprintf(stderr, "category %s (%s), because of:%s\n", chosen.c_str(),
                     places_and_units::category_name(reading, region, chosen).c_str(),
                     words.c_str());
      }
    }
    const auto suggestion = places_and_units::suggest_unit(reading, region, chosen, place);
    if (!suggestion) return refuse(Fault(FaultCode::not_found, "app.no_rule_fits"));
    std::fprintf(stderr, "%s\n", suggestion->because.c_str());
    for (const std::string& beaten : suggestion->beaten) {
      std::fprintf(stderr, "  fits less closely: %s\n", beaten.c_str());
    }
    return finish(fmt::format("unit {} by rule {}", suggestion->unit_name, suggestion->rule.code));
  });
}

}  // namespace minhu::app
