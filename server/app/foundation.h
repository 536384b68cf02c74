// What every command stands on: the data folder, its keys, the open database with its schema up to
// date, the rules and the county.
#pragma once

#include <memory>
#include <optional>

#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/system/system.h"
#include "app/data_folder.h"
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
  std::size_t readers = 4;
  bool record_batches = false;  // for ./dev bench intake
};

class Foundation {
 public:
  // Faults of data_folder.h, of storage.h and of the rule files; conflict seal.another_key_store.
  static Result<std::unique_ptr<Foundation>> open(const FoundationOptions& options,
                                                  WhenMissing when_missing);

  DataFolder folder;
  system::SystemClock clock;
  system::SystemEntropy entropy;
  deadlines::RuleBook rules;
  std::unique_ptr<Database> database;
  std::unique_ptr<storage_sqlite::SqliteDatabase> keys;
  std::unique_ptr<cases::KeyStore> key_store;
  cases::Keyring keyring{};  // lends key_store
  record::Leaves leaves{keyring};

  // The county of the database. Fault not_found app.not_set_up before `minhu init` or `minhu demo`.
  Result<places_and_units::CountyProfile> profile() const;
  Result<cases::County> county() const;

 private:
  void open_key_store(std::size_t readers);
  Outcome check_key_store();
};

}  // namespace minhu::app
