// What is of the file alone; what the port promises:
// adapters/test_storage/storage_conformance_test.cc.
#include "adapters/storage_sqlite/sqlite_database.h"

#include <gtest/gtest.h>

#include "adapters/storage_sqlite/test_database.h"

namespace minhu::storage_sqlite {
namespace {

constexpr Migration thing_table[] = {
    {1, "0001_thing",
     "CREATE TABLE thing (region_id BIGINT NOT NULL, id BIGINT NOT NULL, word TEXT, "
     "PRIMARY KEY (region_id, id));"}};

Outcome put(Transaction& transaction, std::int64_t id) {
  const auto changed = transaction.try_execute(
      "INSERT INTO thing(region_id, id, word) VALUES (1, ?1, ?2)", {id, std::string_view("w")});
  if (!changed) return tl::unexpected(changed.error());
  return {};
}

std::int64_t count(Database& database) {
  return database.read([](Reading& reading) {
    return *reading.first("SELECT count(*) FROM thing WHERE region_id = 1", {},
                          [](const Row& row) { return row.integer(0); });
  });
}

TEST(SqliteDatabase, TheLogIsFoldedInNowAndThenAndNeverGrowsWithoutBound) {
  TestDatabase database({thing_table});
  const std::string megabyte(1024 * 1024, 'w');
  constexpr std::int64_t megabytes = 200;
  for (std::int64_t i = 0; i < megabytes; ++i) {
    ASSERT_TRUE(database->write_job([&](Transaction& t) -> Outcome {
      t.execute("INSERT INTO thing(region_id, id, word) VALUES (1, ?1, ?2)",
                {i, std::string_view(megabyte)});
      return {};
    }));
  }
  EXPECT_LE(std::filesystem::file_size(database.file().string() + "-wal"), 32ULL << 20U);
  // 16 MiB of log each time, not a little with every commit.
  EXPECT_GE(database->figures().checkpoints, 8U);
  EXPECT_LE(database->figures().checkpoints, 14U);
  EXPECT_EQ(count(*database), megabytes);
}

TEST(SqliteDatabase, AFullDiskIsAFaultAndReadingGoesOn) {
  TestDatabase database({thing_table});
  ASSERT_TRUE(database->write_job([](Transaction& t) -> Outcome {
    t.query("PRAGMA max_page_count = 20", {}, [](const Row&) {});
    return put(t, 1);
  }));
  const std::string long_word(200'000, 'x');
  const Outcome outcome = database->write_job([&](Transaction& t) -> Outcome {
    t.execute("INSERT INTO thing(region_id, id, word) VALUES (1, 2, ?1)",
              {std::string_view(long_word)});
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().key, "storage.full");
  EXPECT_EQ(count(*database), 1);
  EXPECT_TRUE(database->write_job([](Transaction& t) { return put(t, 3); }));
}

TEST(SqliteDatabase, ASecondProcessIsToldThatTheFileIsInUse) {
  TestDatabase database({thing_table});
  Options options;
  options.file = database.file();
  EXPECT_THROW(SqliteDatabase second(options), StorageFailure);
}

}  // namespace
}  // namespace minhu::storage_sqlite
