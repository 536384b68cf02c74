// For tests: the keys of one installation with a key store in a database of its own.
#pragma once

#include "adapters/storage_sqlite/test_database.h"
#include "adapters/system/system.h"
#include "features/cases/key_store.h"

namespace minhu::cases {

class TestKeys {
 public:
  explicit TestKeys(const Key& root = Key{1}) : keyring_(Keyring::from_root(root)) { open(); }
  TestKeys(const TestKeys&) = delete;
  TestKeys& operator=(const TestKeys&) = delete;

  const Keyring& operator*() const { return keyring_; }
  KeyStore& store() { return *store_; }
  storage_sqlite::TestDatabase& database() { return database_; }
  void close() { database_.close(); }
  void reopen() {
    database_.reopen();
    open();
  }

 private:
  void open() {
    store_ = std::make_unique<KeyStore>(*database_, keyring_, entropy_);
    keyring_.store = store_.get();
  }

  static storage_sqlite::Options options() {
    storage_sqlite::Options chosen;
    chosen.fold_log_at_once = true;
    return chosen;
  }

  system::SystemEntropy entropy_;
  storage_sqlite::TestDatabase database_{{key_store_migrations()}, options()};
  Keyring keyring_;
  std::unique_ptr<KeyStore> store_;
};

}  // namespace minhu::cases
