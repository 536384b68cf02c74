// shells DATA CASES: adds so many cases to the demo county in DATA, the closed ones without their
// histories (features/demo/bulk.h). For bench/growth.sh.
#include <charconv>
#include <cstring>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/demo/bulk.h"
#include "kernel/crypto.h"

int main(int count, char** words) {
  using namespace minhu;
  start_crypto();
  demo::BulkOptions options;
  options.closed_without_histories = true;
  if (count != 3 ||
      std::from_chars(words[2], words[2] + std::strlen(words[2]), options.cases).ec !=
          std::errc() ||
      options.cases < 1) {
    std::fputs("usage: shells DATA CASES\n", stderr);
    return 2;
  }
  app::FoundationOptions place;
  place.data = words[1];
  auto opened = app::Foundation::open(place, app::WhenMissing::refuse);
  if (!opened) return app::refuse(opened.error());
  app::Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return app::refuse(profile.error());
  if (profile->profile != places_and_units::Profile::demo) {
    return app::refuse(Fault(FaultCode::conflict, "app.not_a_demo"));
  }
  const auto county = foundation.county();
  if (!county) return app::refuse(county.error());
  options.until = to_date(foundation.clock.now());
  constexpr std::uint64_t stream = 0x7368656c6c000000;  // other ids than those of the demo
  system::SeededEntropy entropy(stream + options.seed);
  const auto loaded = demo::load_bulk(
      *foundation.database, *county, foundation.keyring, entropy, options,
      [](const demo::Bulk& now) { app::progress(std::to_string(now.cases) + " cases"); });
  if (!loaded) return app::refuse(loaded.error());
  return app::finish("loaded " + std::to_string(loaded->cases) + " cases");
}
