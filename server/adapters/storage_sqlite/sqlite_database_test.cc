#include "adapters/storage_sqlite/sqlite_database.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

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

TEST(SqliteDatabase, KeepsWhatWasCommittedAcrossAReopening) {
  TestDatabase database({thing_table});
  ASSERT_TRUE(database->write_job([](Transaction& t) { return put(t, 1); }));
  database.reopen();
  EXPECT_EQ(count(*database), 1);
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

TEST(SqliteDatabase, AFaultUndoesItsJobAlone) {
  TestDatabase database({thing_table});
  const Outcome outcome = database->write_job([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1));
    return fail(FaultCode::conflict, "test.no");
  });
  EXPECT_EQ(outcome.error().key, "test.no");
  EXPECT_EQ(count(*database), 0);
}

TEST(SqliteDatabase, AnExceptionReachesItsCallerAndNobodyElse) {
  TestDatabase database({thing_table});
  std::thread other([&] {
    for (std::int64_t i = 100; i < 150; ++i) {
      ASSERT_TRUE(database->write_job([i](Transaction& t) { return put(t, i); }));
    }
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_THROW(static_cast<void>(database->write_job([](Transaction& t) -> Outcome {
                   MINHU_CHECK_OK(put(t, 1));
                   throw std::runtime_error("a bug");
                 })),
                 std::runtime_error);
  }
  other.join();
  EXPECT_EQ(count(*database), 50);
}

TEST(SqliteDatabase, ADuplicateIsAFaultTheJobMayDecideOn) {
  TestDatabase database({thing_table});
  const Outcome outcome = database->write_job([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1));
    EXPECT_EQ(put(t, 1).error().key, "storage.already_there");
    return put(t, 2);
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(count(*database), 2);
}

TEST(SqliteDatabase, APartCanFailAlone) {
  TestDatabase database({thing_table});
  ASSERT_TRUE(database->write_job([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1));
    const Outcome part = t.savepoint([&]() -> Outcome {
      MINHU_CHECK_OK(put(t, 2));
      return fail(FaultCode::conflict, "test.no");
    });
    EXPECT_FALSE(part);
    return put(t, 3);
  }));
  EXPECT_EQ(count(*database), 2);
}

TEST(SqliteDatabase, AReadSeesOneMomentWhileOthersWrite) {
  TestDatabase database({thing_table});
  database->read_job([&](Reading& reading) {
    const auto rows = [&] {
      return *reading.first("SELECT count(*) FROM thing WHERE region_id = 1", {},
                            [](const Row& row) { return row.integer(0); });
    };
    EXPECT_EQ(rows(), 0);
    std::thread writer(
        [&] { ASSERT_TRUE(database->write_job([](Transaction& t) { return put(t, 1); })); });
    writer.join();
    EXPECT_EQ(rows(), 0);
  });
  EXPECT_EQ(count(*database), 1);
}

TEST(SqliteDatabase, ManyCallersShareACommit) {
  TestDatabase database({thing_table});
  const auto before = database->figures();
  std::vector<std::thread> callers;
  for (std::int64_t caller = 0; caller < 64; ++caller) {
    callers.emplace_back([&, caller] {
      for (std::int64_t i = 0; i < 20; ++i) {
        ASSERT_TRUE(database->write_job([&](Transaction& t) { return put(t, caller * 100 + i); }));
      }
    });
  }
  for (auto& caller : callers) caller.join();
  const auto after = database->figures();
  EXPECT_EQ(count(*database), 64 * 20);
  EXPECT_EQ(after.jobs - before.jobs, 64U * 20U);
  EXPECT_LT(after.commits - before.commits, 64U * 20U / 2U);
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

TEST(SqliteDatabase, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
  for (int round = 0; round < 3; ++round) {
    TestDatabase database({thing_table});
    const auto file = database.file();
    std::string folder_of_child = file.parent_path() / "child.db";
    int channel[2];
    ASSERT_EQ(::pipe(channel), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      Options options;
      options.file = folder_of_child;
      SqliteDatabase own(options);
      migrate(own, thing_table, Instant{});
      for (std::int64_t i = 0;; ++i) {
        if (!own.write_job([i](Transaction& t) { return put(t, i); })) ::_exit(1);
        if (::write(channel[1], &i, sizeof i) != sizeof i) ::_exit(1);
      }
    }
    ::close(channel[1]);
    std::int64_t acknowledged = -1;
    while (acknowledged < 100 + round * 37 &&
           ::read(channel[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
    }
    ::kill(child, SIGKILL);
    while (::read(channel[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
    }
    ::close(channel[0]);
    ::waitpid(child, nullptr, 0);
    Options options;
    options.file = folder_of_child;
    SqliteDatabase reopened(options);
    EXPECT_GE(count(reopened), acknowledged + 1);
  }
}

TEST(Migrate, RefusesAStepThatWasChangedAfterItRan) {
  TestDatabase database({thing_table});
  migrate(*database, thing_table, Instant{});  // again: nothing to do
  constexpr Migration changed[] = {{1, "0001_thing", "CREATE TABLE other (id BIGINT PRIMARY KEY)"}};
  EXPECT_THROW(migrate(*database, changed, Instant{}), StorageFailure);
  EXPECT_THROW(migrate(*database, {}, Instant{}), StorageFailure);
}

}  // namespace
}  // namespace minhu::storage_sqlite
