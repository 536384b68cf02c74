// For tests of features: a fresh database in a folder of its own that goes with it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "adapters/storage_sqlite/sqlite_database.h"
#include "ports/migrate.h"

namespace minhu::storage_sqlite {

class TestDatabase {
 public:
  explicit TestDatabase(std::initializer_list<std::span<const Migration>> features,
                        Options options = {})
      : options_(std::move(options)) {
    std::string name = (std::filesystem::temp_directory_path() / "minhu-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    std::vector<Migration> steps;
    for (const auto feature : features) steps.insert(steps.end(), feature.begin(), feature.end());
    open();
    migrate(*database_, steps, Instant{});
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  SqliteDatabase& operator*() { return *database_; }
  SqliteDatabase* operator->() { return database_.get(); }
  std::filesystem::path file() const { return folder_ / "test.db"; }
  void close() { database_.reset(); }  // so that another process can take the file
  void reopen() {
    close();
    open();
  }

 private:
  void open() {
    options_.file = file();
    options_.readers = 2;
    database_ = std::make_unique<SqliteDatabase>(options_);
  }

  Options options_;
  std::filesystem::path folder_;
  std::unique_ptr<SqliteDatabase> database_;
};

}  // namespace minhu::storage_sqlite
