// What the port promises (ports/storage.h), asked of both databases. The half on PostgreSQL is
// skipped when MINHU_TEST_SERVER names none.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <limits>
#include <mutex>
#include <thread>

#include "adapters/test_storage/test_database.h"
#include "ports/migrate.h"

namespace minhu::test_storage {
namespace {

constexpr Migration thing_table[] = {
    {1, "0001_thing",
     "CREATE TABLE thing (region_id BIGINT NOT NULL, id BIGINT NOT NULL, word TEXT, data BLOB, "
     "PRIMARY KEY (region_id, id)); CREATE UNIQUE INDEX thing_word ON thing(region_id, word)"}};

Outcome put(Transaction& transaction, std::int64_t id) {
  const auto changed = transaction.try_execute(
      "INSERT INTO thing(region_id, id, word) VALUES (1, ?1, ?2)", {id, std::to_string(id)});
  if (!changed) return tl::unexpected(changed.error());
  return {};
}

std::int64_t count(Reading& reading) {
  return *reading.first("SELECT count(*) FROM thing WHERE region_id = 1", {},
                        [](const Row& row) { return row.integer(0); });
}

std::int64_t count(Database& database) {
  return database.read([](Reading& reading) { return count(reading); });
}

class StorageConformance : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::postgresql && !address_of_server()) {
      GTEST_SKIP() << "MINHU_TEST_SERVER names no PostgreSQL server";
    }
    opened_.emplace(std::initializer_list<std::span<const Migration>>{thing_table}, GetParam());
  }
  TestDatabase& database() { return *opened_; }
  Outcome write(const std::function<Outcome(Transaction&)>& job) {
    return (*opened_)->write_job(job);
  }
  // In one commit: they are queued while the one before them is under way.
  void write_together(const std::vector<std::function<void()>>& writers) {
    std::promise<void> begun;
    std::promise<void> all_are_queued;
    const auto queued = all_are_queued.get_future().share();
    std::thread before([&] {
      std::once_flag once;  // a job may run again
      EXPECT_TRUE(write([&](Transaction&) -> Outcome {
        std::call_once(once, [&] { begun.set_value(); });
        queued.wait();
        return {};
      }));
    });
    begun.get_future().wait();
    std::vector<std::thread> threads;
    for (const auto& writer : writers) {
      threads.emplace_back(writer);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    all_are_queued.set_value();
    before.join();
    for (std::thread& thread : threads) thread.join();
  }

 private:
  std::optional<TestDatabase> opened_;
};

INSTANTIATE_TEST_SUITE_P(On, StorageConformance,
                         ::testing::Values(Engine::sqlite, Engine::postgresql), [](const auto& of) {
                           return of.param == Engine::sqlite ? "Sqlite" : "Postgresql";
                         });

TEST_P(StorageConformance, KeepsWhatWasCommittedAcrossAReopening) {
  ASSERT_TRUE(write([](Transaction& t) { return put(t, 1); }));
  database().reopen();
  EXPECT_EQ(count(*database()), 1);
}

TEST_P(StorageConformance, EveryValueComesBackAsItWas) {
  const Bytes every_byte = [] {
    Bytes bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
    return bytes;
  }();
  const std::string words = "村口的路灯'坏'了 ?1 \\ \"$1\" 🀄 BLOB";
  ASSERT_TRUE(write([&](Transaction& t) -> Outcome {
    t.execute("INSERT INTO thing(region_id, id, word, data) VALUES (?1, ?2, ?3, ?4)",
              {1, std::numeric_limits<std::int64_t>::min(), std::string_view(words),
               BytesView(every_byte)});
    t.execute("INSERT INTO thing(region_id, id, word, data) VALUES (?1, ?2, ?3, ?4)",
              {1, std::numeric_limits<std::int64_t>::max(), std::string_view(), BytesView()});
    t.execute("INSERT INTO thing(region_id, id, word, data) VALUES (?1, ?2, ?3, ?4)",
              {1, 0, Parameter{}, Parameter{}});
    return {};
  }));
  int row_number = 0;
  database()->read_job([&](Reading& reading) {
    reading.query("SELECT id, word, data FROM thing WHERE region_id = ?1 ORDER BY id", {1},
                  [&](const Row& row) {
                    switch (row_number++) {
                      case 0:
                        EXPECT_EQ(row.integer(0), std::numeric_limits<std::int64_t>::min());
                        EXPECT_EQ(row.text(1), words);
                        EXPECT_TRUE(std::ranges::equal(row.bytes(2), every_byte));
                        break;
                      case 1:
                        EXPECT_TRUE(row.is_null(1));
                        EXPECT_TRUE(row.is_null(2));
                        EXPECT_EQ(row.text(1), "");
                        EXPECT_TRUE(row.bytes(2).empty());
                        break;
                      default:
                        EXPECT_EQ(row.integer(0), std::numeric_limits<std::int64_t>::max());
                        EXPECT_FALSE(row.is_null(1));
                        EXPECT_FALSE(row.is_null(2));
                    }
                  });
  });
  EXPECT_EQ(row_number, 3);
}

TEST_P(StorageConformance, SumsCountsAndComparisonsAreNumbers) {
  ASSERT_TRUE(write([](Transaction& t) -> Outcome {
    for (const std::int64_t id :
         {std::int64_t{-5'000'000'000}, std::int64_t{70'001}, std::int64_t{20'000}})
      MINHU_CHECK_OK(put(t, id));
    return {};
  }));
  database()->read_job([&](Reading& reading) {
    reading.query(
        "SELECT sum(id), count(*), max(id), sum(id) < 0, sum(id + 5000000000) FROM thing WHERE "
        "region_id = 1",
        {}, [](const Row& row) {
          EXPECT_EQ(row.integer(0), -4'999'909'999);
          EXPECT_EQ(row.integer(1), 3);
          EXPECT_EQ(row.integer(2), 70'001);
          EXPECT_EQ(row.integer(3), 1);
          EXPECT_EQ(row.integer(4), 10'000'090'001);
        });
  });
}

TEST_P(StorageConformance, TextsAreInTheOrderOfTheirBytes) {
  ASSERT_TRUE(write([](Transaction& t) -> Outcome {
    std::int64_t id = 0;
    for (const std::string_view word : {"b", "B", "é", "a b", "ab", "_", "中"}) {
      t.execute("INSERT INTO thing(region_id, id, word) VALUES (1, ?1, ?2)", {++id, word});
    }
    return {};
  }));
  const auto words = database()->read([](Reading& reading) {
    return reading.all("SELECT word FROM thing WHERE region_id = 1 ORDER BY word", {},
                       [](const Row& row) { return std::string(row.text(0)); });
  });
  EXPECT_EQ(words, (std::vector<std::string>{"B", "_", "a b", "ab", "b", "é", "中"}));
}

TEST_P(StorageConformance, AFaultUndoesItsJobAlone) {
  const Outcome outcome = write([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1));
    return fail(FaultCode::conflict, "test.no");
  });
  EXPECT_EQ(outcome.error().key, "test.no");
  EXPECT_EQ(count(*database()), 0);
}

TEST_P(StorageConformance, AnExceptionReachesItsCallerAndNobodyElse) {
  std::thread other([&] {
    for (std::int64_t i = 100; i < 150; ++i) {
      ASSERT_TRUE(write([i](Transaction& t) { return put(t, i); }));
    }
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_THROW(static_cast<void>(write([](Transaction& t) -> Outcome {
                   MINHU_CHECK_OK(put(t, 1));
                   throw std::runtime_error("a bug");
                 })),
                 std::runtime_error);
  }
  other.join();
  EXPECT_EQ(count(*database()), 50);
}

TEST_P(StorageConformance, BrokenSqlReachesItsCallerAndNobodyElse) {
  std::thread other([&] {
    for (std::int64_t i = 100; i < 150; ++i) {
      ASSERT_TRUE(write([i](Transaction& t) { return put(t, i); }));
    }
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_THROW(static_cast<void>(write([](Transaction& t) -> Outcome {
                   MINHU_CHECK_OK(put(t, 1));
                   t.execute("UPDATE no_such_table SET region_id = 1", {});
                   return {};
                 })),
                 StorageFailure);
  }
  other.join();
  EXPECT_EQ(count(*database()), 50);
  EXPECT_THROW(database()->read_job([](Reading& reading) {
    reading.query("SELECT no_such_column FROM thing", {}, [](const Row&) {});
  }),
               StorageFailure);
  EXPECT_EQ(count(*database()), 50);
}

TEST_P(StorageConformance, ADuplicateIsAFaultTheJobMayDecideOn) {
  const Outcome outcome = write([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1));
    EXPECT_EQ(put(t, 1).error().key, "storage.already_there");
    return put(t, 2);
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(count(*database()), 2);
}

TEST_P(StorageConformance, AStatementThatMeetsADuplicateIsUndoneAlone) {
  ASSERT_TRUE(write([](Transaction& t) -> Outcome {
    for (std::int64_t id = 1; id <= 4; ++id) MINHU_CHECK_OK(put(t, id));
    // Moves 1 and 2, and then meets 4 at 3.
    const auto moved = t.try_execute(
        "UPDATE thing SET id = CASE WHEN id = 3 THEN 4 ELSE id + 10 END WHERE region_id = 1 AND id "
        "< 4",
        {});
    EXPECT_EQ(moved.error().key, "storage.already_there");
    const auto copied = t.try_execute(
        "INSERT INTO thing(region_id, id, word) SELECT region_id, id + 3, 'w' || word FROM thing "
        "WHERE region_id = 1",
        {});
    EXPECT_EQ(copied.error().key, "storage.already_there");
    EXPECT_EQ(count(t), 4);
    return put(t, 5);
  }));
  EXPECT_EQ(count(*database()), 5);
}

TEST_P(StorageConformance, ADuplicateWhereOneWouldBeABugEndsTheJob) {
  EXPECT_THROW(static_cast<void>(write([](Transaction& t) -> Outcome {
                 MINHU_CHECK_OK(put(t, 1));
                 t.execute("INSERT INTO thing(region_id, id, word) VALUES (1, 1, 'w')", {});
                 return {};
               })),
               StorageFailure);
  EXPECT_EQ(count(*database()), 0);
}

TEST_P(StorageConformance, ADuplicateAmongManyEndsItsPartAloneWhereverItStands) {
  for (const int place : {0, 1, 63, 64, 150, 199}) {
    ASSERT_TRUE(write([&](Transaction& t) -> Outcome {
      t.execute("DELETE FROM thing WHERE region_id = 1", {});
      MINHU_CHECK_OK(put(t, 1000));
      EXPECT_THROW((void)t.savepoint([&]() -> Outcome {
        for (std::int64_t i = 0; i < 200; ++i) {
          const std::int64_t id = i == place ? 1000 : i;
          t.execute("INSERT INTO thing(region_id, id) VALUES (1, ?1)", {id});
        }
        return {};
      }),
                   StorageFailure)
          << place;
      EXPECT_EQ(count(t), 1);
      // A part that gives itself up after such a duplicate is undone as well.
      const Outcome given_up = t.savepoint([&]() -> Outcome {
        try {
          t.execute("INSERT INTO thing(region_id, id) VALUES (1, 7)", {});
          t.execute("INSERT INTO thing(region_id, id) VALUES (1, 1000)", {});
        } catch (const StorageFailure&) {
        }
        return fail(FaultCode::conflict, "test.no");
      });
      EXPECT_FALSE(given_up);
      t.execute("INSERT INTO thing(region_id, id) VALUES (1, 1)", {});
      return {};
    }));
    EXPECT_EQ(count(*database()), 2) << place;
  }
}

TEST_P(StorageConformance, ADuplicateAsTheLastThingOfAJobIsItsOwnAndNotThatOfTheNext) {
  std::thread other([&] {
    for (std::int64_t i = 100; i < 200; ++i) {
      ASSERT_TRUE(write([i](Transaction& t) { return put(t, i); }));
    }
  });
  ASSERT_TRUE(write([](Transaction& t) { return put(t, 1); }));
  for (int i = 0; i < 100; ++i) {
    EXPECT_THROW(static_cast<void>(write([](Transaction& t) -> Outcome {
                   EXPECT_GE(count(t), 1);
                   t.execute("INSERT INTO thing(region_id, id) VALUES (1, 2)", {});
                   t.execute("INSERT INTO thing(region_id, id) VALUES (1, 1)", {});
                   return {};
                 })),
                 StorageFailure);
  }
  other.join();
  EXPECT_EQ(count(*database()), 101);
}

TEST_P(StorageConformance, WhatFailsBeforeAPartIsOfItsOwnJobAndNotOfThoseBesideIt) {
  const auto beside = [&](std::int64_t id) {
    return [&, id] {
      EXPECT_NO_THROW(EXPECT_TRUE(write([id](Transaction& t) { return put(t, id); })));
    };
  };
  // The part asks, and so is the first to hear of what failed before it; or it gives itself up.
  for (const std::int64_t id : {10, 20}) {
    const auto fails = [&, id] {
      EXPECT_THROW(static_cast<void>(write([id](Transaction& t) -> Outcome {
                     MINHU_CHECK_OK(put(t, id));
                     t.execute("INSERT INTO thing(region_id, id) VALUES (1, ?1)", {id});
                     (void)t.savepoint([&]() -> Outcome {
                       if (id == 10) return put(t, id + 1);
                       t.execute("INSERT INTO thing(region_id, id) VALUES (1, ?1)", {id + 1});
                       return fail(FaultCode::conflict, "test.no");
                     });
                     return put(t, id + 2);
                   })),
                   StorageFailure);
    };
    write_together({beside(id + 3), fails, beside(id + 4)});
  }
  EXPECT_EQ(count(*database()), 4);
}

TEST_P(StorageConformance, AnotherDatabaseThatIsAwayIsOfTheJobThatAskedIt) {
  const auto beside = [&](std::int64_t id) {
    return [&, id] { EXPECT_TRUE(write([id](Transaction& t) { return put(t, id); })); };
  };
  const auto asks = [&] {
    EXPECT_THROW(static_cast<void>(write([](Transaction& t) -> Outcome {
                   MINHU_CHECK_OK(put(t, 1));
                   throw StorageUnreachable("the keys");
                 })),
                 StorageUnreachable);
  };
  write_together({beside(2), asks, beside(3)});
  EXPECT_EQ(count(*database()), 2);
}

TEST_P(StorageConformance, ChangedRowsAreCounted) {
  ASSERT_TRUE(write([](Transaction& t) -> Outcome {
    for (std::int64_t id = 1; id <= 4; ++id) MINHU_CHECK_OK(put(t, id));
    EXPECT_EQ(t.execute("DELETE FROM thing WHERE region_id = 1 AND id > ?1", {2}), 2);
    EXPECT_EQ(t.execute("UPDATE thing SET word = 'x' WHERE region_id = 1 AND id = ?1", {9}), 0);
    EXPECT_EQ(t.execute("INSERT INTO thing(region_id, id, word) VALUES (1, 1, 'y') ON CONFLICT "
                        "(region_id, id) DO UPDATE SET word = EXCLUDED.word",
                        {}),
              1);
    EXPECT_EQ(t.execute("INSERT INTO thing(region_id, id, word) VALUES (1, 1, 'z') ON CONFLICT "
                        "(region_id, id) DO NOTHING",
                        {}),
              0);
    return {};
  }));
}

TEST_P(StorageConformance, APartCanFailAlone) {
  ASSERT_TRUE(write([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1));
    const Outcome part = t.savepoint([&]() -> Outcome {
      MINHU_CHECK_OK(put(t, 2));
      const Outcome inner = t.savepoint([&] { return put(t, 3); });
      EXPECT_TRUE(inner);
      return fail(FaultCode::conflict, "test.no");
    });
    EXPECT_FALSE(part);
    EXPECT_THROW((void)t.savepoint([&]() -> Outcome {
      MINHU_CHECK_OK(put(t, 2));
      t.execute("UPDATE no_such_table SET region_id = 1", {});
      return {};
    }),
                 StorageFailure);
    return put(t, 3);
  }));
  EXPECT_EQ(count(*database()), 2);
}

TEST_P(StorageConformance, AQueryMayBeAskedWhileAnotherIsRead) {
  ASSERT_TRUE(write([](Transaction& t) -> Outcome {
    for (std::int64_t id = 1; id <= 3; ++id) MINHU_CHECK_OK(put(t, id));
    int rows = 0;
    t.query("SELECT id FROM thing WHERE region_id = 1", {}, [&](const Row&) {
      EXPECT_EQ(count(t), 3);
      ++rows;
    });
    EXPECT_EQ(rows, 3);
    return {};
  }));
}

TEST_P(StorageConformance, AReadSeesOneMomentWhileOthersWrite) {
  database()->read_job([&](Reading& reading) {
    EXPECT_EQ(count(reading), 0);
    std::thread writer([&] { ASSERT_TRUE(write([](Transaction& t) { return put(t, 1); })); });
    writer.join();
    EXPECT_EQ(count(reading), 0);
  });
  EXPECT_EQ(count(*database()), 1);
}

TEST_P(StorageConformance, ManyCallersShareACommit) {
  const auto before = database()->figures();
  std::vector<std::thread> callers;
  for (std::int64_t caller = 0; caller < 64; ++caller) {
    callers.emplace_back([&, caller] {
      for (std::int64_t i = 0; i < 20; ++i) {
        ASSERT_TRUE(write([&](Transaction& t) { return put(t, caller * 100 + i); }));
      }
    });
  }
  for (auto& caller : callers) caller.join();
  const auto after = database()->figures();
  EXPECT_EQ(count(*database()), 64 * 20);
  EXPECT_EQ(after.jobs - before.jobs, 64U * 20U);
  EXPECT_LT(after.commits - before.commits, 64U * 20U / 2U);
}

TEST_P(StorageConformance, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
  std::int64_t all = 0;
  for (int round = 0; round < 3; ++round) {
    const std::string place = database().place();
    database().close();
    int channel[2];
    ASSERT_EQ(::pipe(channel), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto own = TestDatabase::open(place);
      for (std::int64_t i = 0;; ++i) {
        if (!own->write_job([&](Transaction& t) { return put(t, round * 1'000'000 + i); })) {
          ::_exit(1);
        }
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
    database().reopen();
    EXPECT_GE(acknowledged, 100);
    const std::int64_t kept = count(*database());
    EXPECT_GE(kept, all + acknowledged + 1);
    EXPECT_LE(kept, all + acknowledged + 2);  // the one whose answer nobody heard
    all = kept;
  }
}

TEST_P(StorageConformance, AStepThatWasChangedAfterItRanStopsTheStart) {
  migrate(*database(), thing_table, Instant{});  // again: nothing to do
  constexpr Migration changed[] = {{1, "0001_thing", "CREATE TABLE other (id BIGINT PRIMARY KEY)"}};
  EXPECT_THROW(migrate(*database(), changed, Instant{}), StorageFailure);
  EXPECT_THROW(migrate(*database(), {}, Instant{}), StorageFailure);
}

TEST_P(StorageConformance, ATestFindsBytesWhereverTheyLie) {
  const Bytes bytes = {0, 255, 17, 4, '\'', 9};
  ASSERT_TRUE(write([&](Transaction& t) -> Outcome {
    t.execute("INSERT INTO thing(region_id, id, word, data) VALUES (1, 1, ?1, ?2)",
              {std::string_view("村口的路灯"), BytesView(bytes)});
    return {};
  }));
  EXPECT_TRUE(database().holds(as_bytes("路灯")));
  EXPECT_TRUE(database().holds(BytesView(bytes).subspan(1, 4)));
  EXPECT_FALSE(database().holds(as_bytes("路障")));
}

TEST_P(StorageConformance, ACopyCanBeGoneBackTo) {
  ASSERT_TRUE(write([](Transaction& t) { return put(t, 1); }));
  database().keep_copy();
  ASSERT_TRUE(write([](Transaction& t) { return put(t, 2); }));
  database().go_back();
  EXPECT_EQ(count(*database()), 1);
}

}  // namespace
}  // namespace minhu::test_storage
