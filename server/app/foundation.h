// What every command stands on: the data folder, its keys, the open database with its schema up to
// date, the rules and the county.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/system/system.h"
#include "app/data_folder.h"
#include "app/folder_lock.h"
#include "app/storage.h"
#include "features/cases/installation.h"
#include "features/cases/key_store.h"
#include "features/places_and_units/county.h"
#include "features/record/leaves.h"

namespace minhu::app {

struct FoundationOptions {
  std::filesystem::path data = "var";
  std::filesystem::path policies;  // empty: the rules that are built in
  std::string storage;             // empty: what the folder says (app/storage.h)
  std::string key_storage;         // likewise, of the keys of cases
  std::size_t readers = 4;
  bool record_batches = false;  // for ./dev bench intake

  // For simulations (tests/simulation). Both outlive the foundation; nullptr: those of the machine.
  const Clock* clock = nullptr;
  Entropy* entropy = nullptr;
  // Gives back what stands before a database that was opened and brought up to date.
  std::function<std::unique_ptr<Database>(std::unique_ptr<Database>, Kept)> around;
};

class Foundation {
 public:
  // Faults of data_folder.h, of storage.h, of folder_lock.h and of the rule files; conflict
  // seal.another_key_store.
  static Result<std::unique_ptr<Foundation>> open(const FoundationOptions& options,
                                                  WhenMissing when_missing);

  explicit Foundation(const FoundationOptions& options)
      : clock(options.clock != nullptr ? *options.clock : machine_clock_),
        entropy(options.entropy != nullptr ? *options.entropy : machine_entropy_) {}

  DataFolder folder;
  const Clock& clock;
  Entropy& entropy;
  deadlines::RuleBook rules;
  std::unique_ptr<Database> database;
  std::unique_ptr<Database> keys;
  std::unique_ptr<cases::KeyStore> key_store;
  cases::Keyring keyring{};  // lends key_store
  record::Leaves leaves{keyring};

  // Data and keys are on servers: there may be other servers of Minhu beside this one, and what
  // must be done once goes by lease (features/leases).
  bool is_shared() const { return is_shared_; }
  // Of the keys, where they are in a file of the folder.
  const storage_sqlite::SqliteDatabase* key_file() const;

  // The county of the database. Fault not_found app.not_set_up before `minhu init` or `minhu demo`.
  Result<places_and_units::CountyProfile> profile() const;
  Result<cases::County> county() const;

 private:
  Outcome open_key_store(const FoundationOptions& options, const std::string& key_storage,
                         const std::string& storage);
  Outcome check_key_store();

  system::SystemClock machine_clock_;
  system::SystemEntropy machine_entropy_;
  FolderLock lock_;
  bool is_shared_ = false;
};

}  // namespace minhu::app
