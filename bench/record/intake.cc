// record_intake FOLDER SECONDS ROUNDS: what a leaf costs whoever hands in words, without HTTP. So
// many threads receive cases into a real database, by turns without the record, with its leaves,
// and with its leaves and a sequencer beside them. Prints `<name> <cases a second> <CPU
// microseconds a case>`, medians of the rounds, and what a promise costs.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "adapters/policies/policies.h"
#include "adapters/record_files/record_files.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/system/system.h"
#include "features/accounts/accounts.h"
#include "features/cases/key_store.h"
#include "features/cases/migrations.h"
#include "features/cases/receive.h"
#include "features/places_and_units/places_and_units.h"
#include "features/record/leaves.h"
#include "features/record/migrations.h"
#include "features/record/record.h"
#include "features/record/sequencer.h"
#include "ports/migrate.h"
#include "project_folder.h"

namespace {

using namespace minhu;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr int writers = 64;

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class Nobody final : public Witnesses {
 public:
  std::vector<WitnessReply> add_checkpoint(std::span<const WitnessRequest> requests) override {
    return std::vector<WitnessReply>(requests.size());
  }
  std::vector<WitnessReply> latest(std::span<const std::string> addresses,
                                   const std::string&) override {
    return std::vector<WitnessReply>(addresses.size());
  }
};

struct County {
  County(const fs::path& folder, bool with_leaves)
      : database(storage(folder, "minhu.db")),
        keys(storage(folder, "keys.db")),
        files(folder / "record"),
        leaves(keyring) {
    std::vector<Migration> steps;
    for (const auto more : {places_and_units::migrations(), accounts::migrations(),
                            cases::migrations(), record::migrations()}) {
      steps.insert(steps.end(), more.begin(), more.end());
    }
    minhu::migrate(database, steps, clock.now());
    minhu::migrate(keys, cases::key_store_migrations(), clock.now());
    keyring.store = &key_store;
    county.region = RegionId{339901};
    county.rules = policies::read_rule_book(project_folder() / "policies").value();
    county.petition_office = UnitId(Uuid{1, 1});
    county.hotline_body = UnitId(Uuid{1, 2});
    if (with_leaves) county.derivations = {&leaves};
    policy.quorum = "none";
    policy.logs.push_back({log.verifier(), ""});
  }
  static storage_sqlite::Options storage(const fs::path& folder, const char* file) {
    storage_sqlite::Options options;
    options.file = folder / file;
    return options;
  }
  cases::Installation installation() { return {database, county, keyring, entropy, clock}; }

  system::SystemClock clock;
  system::SystemEntropy entropy;
  cases::Keyring keyring = cases::Keyring::from_root(Key{1});
  storage_sqlite::SqliteDatabase database;
  storage_sqlite::SqliteDatabase keys;
  cases::KeyStore key_store{keys, keyring, entropy};
  record_files::FolderFiles files;
  record::Leaves leaves;
  Nobody nobody;
  merkle::Signer log{"bench.example/record", merkle::KeyKind::ed25519, merkle::Ed25519Key(Key{2})};
  merkle::TrustPolicy policy;
  cases::County county;
};

struct Measured {
  double rate = 0;
  double cpu_us = 0;
};

enum class Way { without, leaves, sequenced };

Measured measure(const fs::path& folder, double seconds, Way way) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  County here(folder, way != Way::without);
  const auto installation = here.installation();
  std::atomic<bool> over = false;
  std::atomic<std::int64_t> received = 0;
  const std::string text(900, 'x');
  std::vector<std::thread> threads;
  const auto begin = Clock::now();
  const double cpu = cpu_seconds();
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&] {
      while (!over) {
        const auto context = installation.as({});
        cases::Words words;
        words.token = here.entropy.bytes<16>();
        words.text = text;
        const auto prepared = cases::prepare(context, std::move(words));
        const auto receipt = here.database.write([&](Transaction& transaction) {
          return cases::receive(transaction, context, **prepared);
        });
        if (!receipt) std::abort();
        ++received;
      }
    });
  }
  if (way == Way::sequenced) {
    threads.emplace_back([&] {
      record::Sequencer sequencer({here.database, here.county.region, here.files, here.nobody,
                                   here.log, here.policy, here.entropy, here.clock});
      while (!over) {
        sequencer.run_once();
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
      }
      if (sequencer.standing().going != record::Going::well) std::abort();
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over = true;
  for (std::thread& thread : threads) thread.join();
  const double took = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto count = static_cast<double>(received.load());
  return {count / took, (cpu_seconds() - cpu) / count * 1e6};
}

double promise_microseconds(const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  County here(folder, true);
  const auto installation = here.installation();
  const auto context = installation.as({});
  cases::Words words;
  words.token = here.entropy.bytes<16>();
  words.text = "路灯坏了";
  const auto prepared = cases::prepare(context, std::move(words));
  const auto receipt = here.database.write(
      [&](Transaction& transaction) { return cases::receive(transaction, context, **prepared); });
  const record::Record record(installation, here.files, &here.log, {});
  constexpr int times = 5000;
  const double cpu = cpu_seconds();
  for (int i = 0; i < times; ++i) {
    here.database.read_job([&](Reading& reading) {
      if (!record.promise_of(reading, receipt->case_id, 0)) std::abort();
    });
  }
  return (cpu_seconds() - cpu) / times * 1e6;
}

Measured median(std::vector<Measured> all) {
  std::sort(all.begin(), all.end(),
            [](const Measured& a, const Measured& b) { return a.rate < b.rate; });
  return all[all.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  start_crypto();
  const fs::path folder = argv[1];
  const double seconds = std::atof(argv[2]);
  std::vector<Measured> without;
  std::vector<Measured> with_leaves;
  std::vector<Measured> sequenced;
  for (int round = std::atoi(argv[3]); round > 0; --round) {
    without.push_back(measure(folder / "one", seconds, Way::without));
    with_leaves.push_back(measure(folder / "one", seconds, Way::leaves));
    sequenced.push_back(measure(folder / "one", seconds, Way::sequenced));
  }
  const auto print = [](const char* name, const Measured& one) {
    std::printf("%s %.0f %.1f\n", name, one.rate, one.cpu_us);
  };
  print("without", median(without));
  print("leaves", median(with_leaves));
  print("sequenced", median(sequenced));
  std::printf("promise %.1f\n", promise_microseconds(folder / "one"));
  return 0;
}
