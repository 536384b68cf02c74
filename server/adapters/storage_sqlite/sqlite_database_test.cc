// What is of the file alone; what the port promises:
// adapters/test_storage/storage_conformance_test.cc.
#include "adapters/storage_sqlite/sqlite_database.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "adapters/storage_sqlite/test_database.h"
#include "ports/sole_writer.h"

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

// How often the log has begun anew: a number in its head.
std::uint32_t beginnings_of_log(const std::filesystem::path& file) {
  std::ifstream log(file.string() + "-wal", std::ios::binary);
  std::array<unsigned char, 16> head{};
  log.read(reinterpret_cast<char*>(head.data()), head.size());
  return static_cast<std::uint32_t>(head[12]) << 24U | static_cast<std::uint32_t>(head[13]) << 16U |
         static_cast<std::uint32_t>(head[14]) << 8U | head[15];
}

TEST(SqliteDatabase, TheLogBeginsAnewWhereSomebodyAlwaysReads) {
  TestDatabase database({thing_table});
  std::atomic<bool> over = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&, i] {
      while (!over) {
        database->read_job([&](Reading& reading) {
          reading.query("SELECT count(*) FROM thing WHERE region_id = 1", {}, [](const Row&) {});
          std::this_thread::sleep_for(std::chrono::milliseconds(3 + i));
        });
      }
    });
  }
  std::string half(512 * 1024, 'w');
  const std::uint32_t before = beginnings_of_log(database.file());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  std::int64_t written = 0;
  while (beginnings_of_log(database.file()) < before + 2 &&
         std::chrono::steady_clock::now() < deadline) {
    // Another letter each time: SQLite writes no page that stays as it was.
    half.assign(half.size(), static_cast<char>('a' + written % 25));
    EXPECT_TRUE(database->write_job([&](Transaction& t) -> Outcome {
      t.execute(
          "INSERT INTO thing(region_id, id, word) VALUES (1, ?1, ?2) "
          "ON CONFLICT (region_id, id) DO UPDATE SET word = excluded.word",
          {written++ % 8, std::string_view(half)});
      return {};
    }));
  }
  over = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GE(beginnings_of_log(database.file()), before + 2) << written << " half megabytes written";
  EXPECT_EQ(count(*database), std::min<std::int64_t>(written, 8));
}

TEST(SqliteDatabase, AViewHoldsTheCommitsUpToItsNumberAndKnowsWhatChangedSince) {
  TestDatabase database({thing_table});
  const Bytes one{1, 2, 3, 4, 5, 6, 7, 8};
  const Bytes other{8, 7, 6, 5, 4, 3, 2, 1};
  const auto view_of = [](Reading& reading) -> const SoleWritersView& {
    return dynamic_cast<const SoleWritersView&>(reading);
  };
  const auto number = [&] {
    return database->read([&](Reading& reading) { return view_of(reading).number(); });
  };
  const auto last_change = [&](const Bytes& thing) {
    return database->read(
        [&](Reading& reading) { return view_of(reading).table().last_change(thing); });
  };
  const std::uint64_t opened = number();
  EXPECT_GT(last_change(one), 0U) << "of what was there before nothing is known";
  EXPECT_LE(last_change(one), opened);
  std::uint64_t changing = 0;
  std::uint64_t meanwhile = 0;
  ASSERT_TRUE(database->write_job([&](Transaction& t) {
    changing = view_of(t).number();
    view_of(t).table().changes(one, changing);
    std::thread([&] { meanwhile = number(); }).join();
    return put(t, 1);
  }));
  EXPECT_GT(changing, opened);
  EXPECT_LT(meanwhile, changing) << "what is not committed is in no view";
  EXPECT_GE(number(), changing);
  EXPECT_EQ(last_change(one), changing);
  EXPECT_LE(last_change(other), opened);
  // Another file, or this one opened again, goes on behind: nothing known here holds there.
  TestDatabase another({thing_table});
  another->read_job(
      [&](Reading& reading) { EXPECT_GT(view_of(reading).table().last_change(one), changing); });
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
