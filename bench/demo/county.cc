// How fast the demo county is played and how fast many cases are loaded, into a fresh file.
//
//   demo_county play FILE CASES [MONTHS [SEED [TRUTH_FOLDER]]]
//   demo_county bulk FILE CASES
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "adapters/policies/policies.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/system/system.h"
#include "features/cases/key_store.h"
#include "features/cases/migrations.h"
#include "features/cases/rebuild.h"
#include "features/classes/migrations.h"
#include "features/demo/bulk.h"
#include "features/demo/demo.h"
#include "features/places_and_units/places_and_units.h"
#include "ports/migrate.h"
#include "project_folder.h"

namespace {

using namespace minhu;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double per_second(std::int64_t count, double seconds) {
  return static_cast<double>(count) / seconds;
}

int fault(const Fault& why) {
  std::fprintf(stderr, "refused: %s %s\n", why.key.c_str(), why.field.c_str());
  return 1;
}

struct Bench {
  explicit Bench(const std::string& file) : database(options(file)), keys(options(file + ".keys")) {
    keyring.store = &key_store;
    minhu::migrate(keys, cases::key_store_migrations(), Instant{});
    std::vector<Migration> steps;
    for (const auto feature : {places_and_units::migrations(), accounts::migrations(),
                               cases::migrations(), classes::migrations()}) {
      steps.insert(steps.end(), feature.begin(), feature.end());
    }
    minhu::migrate(database, steps, Instant{});
  }
  static storage_sqlite::Options options(const std::string& file) {
    storage_sqlite::Options chosen;
    chosen.file = file;
    chosen.writer_cache_kib = std::int64_t{256} * 1024;
    return chosen;
  }
  int check(std::int64_t sample) {
    const auto start = Clock::now();
    const auto rebuilt =
        cases::rebuild(database, RegionId{339901}, cases::OnDifference::report, sample);
    std::printf("rebuilt %lld cases in %.1f s, different: %zu\n",
                static_cast<long long>(rebuilt.cases), seconds_since(start),
                rebuilt.different.size());
    return rebuilt.different.empty() ? 0 : 1;
  }
  storage_sqlite::SqliteDatabase database;
  system::SeededEntropy entropy{7};
  storage_sqlite::SqliteDatabase keys;
  cases::Keyring keyring = cases::Keyring::from_root(Key{1});
  system::SystemEntropy system_entropy;
  cases::KeyStore key_store{keys, keyring, system_entropy};
};

int play(Bench& bench, const cases::County& county, const demo::Options& options,
         const std::string& truth) {
  const auto start = Clock::now();
  const auto played = demo::simulate(bench.database, county, bench.keyring, bench.entropy, options);
  if (!played) return fault(played.error());
  const double seconds = seconds_since(start);
  const demo::Summary& summary = played->summary;
  std::printf("%lld cases, %lld events in %.2f s: %.0f events/s; open %lld, overdue %lld\n",
              static_cast<long long>(summary.cases), static_cast<long long>(summary.events),
              seconds, per_second(summary.events, seconds), static_cast<long long>(summary.open),
              static_cast<long long>(summary.overdue));
  for (const auto& [key, count] : summary.refused) {
    std::printf("  refused %lld times: %s\n", static_cast<long long>(count), key.c_str());
  }
  if (!truth.empty()) {
    if (const auto written = demo::write_truth(played->truth, truth); !written) {
      return fault(written.error());
    }
  }
  return bench.check(10);
}

int bulk(Bench& bench, const cases::County& county, const demo::BulkOptions& options) {
  const auto start = Clock::now();
  const auto loaded =
      demo::load_bulk(bench.database, county, bench.keyring, bench.entropy, options);
  if (!loaded) return fault(loaded.error());
  const double seconds = seconds_since(start);
  std::printf("%lld cases, %lld events in %.1f s: %.0f cases/s\n",
              static_cast<long long>(loaded->cases), static_cast<long long>(loaded->events),
              seconds, per_second(loaded->cases, seconds));
  return bench.check(std::max<std::int64_t>(1, options.cases / 1000));
}

}  // namespace

int main(int count, char** arguments) {
  const auto text = [&](int i) { return std::string(i < count ? arguments[i] : ""); };
  const auto number = [&](int i, std::int64_t otherwise) {
    return text(i).empty() ? otherwise : std::atoll(arguments[i]);
  };
  const std::string what = text(1);
  if (count < 4 || (what != "play" && what != "bulk")) {
    std::fprintf(
        stderr,
        "demo_county play FILE CASES [MONTHS [SEED [TRUTH]]]\ndemo_county bulk FILE CASES\n");
    return 2;
  }
  start_crypto();
  Bench bench(text(2));
  auto rules = policies::read_rule_book(project_folder() / "policies");
  if (!rules) return fault(rules.error());
  const cases::County county = demo::county(std::move(*rules));
  if (const auto built = demo::build_county(bench.database); !built) return fault(built.error());
  const Date until = *parse_date("2026-11-25");
  if (what == "play") {
    demo::Options options;
    options.cases = number(3, 20000);
    options.months = static_cast<int>(number(4, 24));
    options.seed = static_cast<std::uint64_t>(number(5, 7));
    options.until = until;
    return play(bench, county, options, text(6));
  }
  demo::BulkOptions options;
  options.cases = number(3, 100000);
  options.until = until;
  return bulk(bench, county, options);
}
