// For tests: a fresh database that goes with the test, on SQLite, or on PostgreSQL when
// MINHU_TEST_STORAGE says "postgresql" (`./dev test --postgresql`, which starts the server of
// MINHU_TEST_SERVER). With MINHU_TEST_STORAGE_TWICE every job on PostgreSQL runs twice, the first
// time for nothing.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/test_storage/test_schema.h"
#include "ports/storage.h"

namespace minhu::test_storage {

class TestDatabase {
 public:
  explicit TestDatabase(std::initializer_list<std::span<const Migration>> features,
                        Engine engine = chosen_engine());
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  void close();  // so that another process can take it
  void reopen();

  // How another process opens the same, when this one has closed it.
  std::string place() const;
  static std::unique_ptr<Database> open(const std::string& place);

  // A copy of everything as it stands; going back to it is what restoring a backup does.
  void keep_copy();
  void go_back();

  std::vector<std::string> tables();
  // Whether these bytes lie anywhere in it, as they are.
  bool holds(BytesView needle);
  const std::filesystem::path& folder() const { return folder_; }  // for files of the test

 private:
  std::filesystem::path file() const { return folder_ / "test.db"; }

  std::filesystem::path folder_;
  std::optional<Schema> schema_;  // on PostgreSQL
  std::unique_ptr<Database> database_;
  std::deque<std::string>
      texts_;  // statements that were put together, for as long as they may be kept
};

}  // namespace minhu::test_storage
