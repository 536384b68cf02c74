#include <fmt/core.h>

#include "adapters/system/system.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "features/demo/bulk.h"
#include "features/insight/sums.h"

namespace minhu::app {

int load_bulk(const FoundationOptions& foundation_options, std::int64_t cases) {
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return refuse(profile.error());
  if (profile->profile != places_and_units::Profile::demo) {
    return refuse(Fault(FaultCode::conflict, "app.not_a_demo"));
  }
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  demo::BulkOptions options;
  options.cases = cases;
  options.until = to_date(foundation.clock.now());
  // Another stream than the demo's own, or both would make the same ids.
  constexpr std::uint64_t bulk_stream = 0x62756c6b00000000;
  system::SeededEntropy entropy(bulk_stream + options.seed);
  const auto start = std::chrono::steady_clock::now();
  const auto loaded =
      demo::load_bulk(*foundation.database, *county, foundation.keyring, entropy, options,
                      [](const demo::Bulk& now) { progress(fmt::format("{} cases", now.cases)); });
  progress("");
  if (!loaded) return refuse(loaded.error());
  if (const auto folded = insight::fold(*foundation.database, county->region); !folded) {
    return refuse(folded.error());
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finish(fmt::format("loaded {} cases, {} events, {:.0f} cases/s", loaded->cases,
                            loaded->events, static_cast<double>(loaded->cases) / seconds));
}

}  // namespace minhu::app
