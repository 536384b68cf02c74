// What is of a server alone: it goes away, its answers are lost, other regions are in it. What the
// port promises: adapters/test_storage/storage_conformance_test.cc.
#include "adapters/storage_postgres/postgres_database.h"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <atomic>
#include <optional>
#include <thread>

#include "adapters/storage_postgres/test_proxy.h"
#include "adapters/test_storage/test_schema.h"
#include "ports/migrate.h"

namespace minhu::storage_postgres {
namespace {

using test_storage::Schema;

const std::vector<Migration> thing_table{
    {1, "0001_thing",
     "CREATE TABLE thing (region_id BIGINT NOT NULL, id BIGINT NOT NULL, word TEXT, PRIMARY KEY "
     "(region_id, id))"}};

class PostgresServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!test_storage::address_of_server()) {
      GTEST_SKIP() << "MINHU_TEST_SERVER names no PostgreSQL server";
    }
    std::string name = (std::filesystem::temp_directory_path() / "minhu-proxy-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    schema_.emplace(thing_table);
  }
  void TearDown() override {
    database_.reset();
    proxy_.reset();
    std::filesystem::remove_all(folder_);
  }

  static Options options(std::string address) {
    Options chosen;
    chosen.address = std::move(address);
    chosen.readers = 1;
    chosen.limits.look_for_server = std::chrono::seconds(1);
    chosen.limits.quiet = std::chrono::milliseconds(300);
    return chosen;
  }
  PostgresDatabase& open(bool again = false) {
    Options chosen = options(schema_->address());
    chosen.jobs_may_run_again = again;
    return database_.emplace(chosen);
  }
  PostgresDatabase& open_through_proxy(bool again = false) {
    std::string address = schema_->address();
    const auto host = address.find("host=") + 5;
    const std::string server = address.substr(host, address.find('&', host) - host);
    proxy_.emplace(folder_, server);
    address.replace(host, server.size(), folder_.string());
    Options chosen = options(address);
    chosen.jobs_may_run_again = again;
    return database_.emplace(chosen);
  }
  static Outcome put(Transaction& transaction, std::int64_t region, std::int64_t id) {
    transaction.execute("INSERT INTO thing(region_id, id) VALUES (?1, ?2)", {region, id});
    return {};
  }
  // Counted without a region on purpose: what is seen at all.
  static std::int64_t count(Database& database) {
    return database.read([](Reading& reading) {
      return *reading.first("SELECT count(*) FROM thing", {},
                            [](const Row& row) { return row.integer(0); });
    });
  }
  // Ends every other connection of ours to the schema, as a restart of the server does.
  // Of this test: others may run on the same server at the same time.
  void end_all_connections() {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> other(
        PQconnectdb(schema_->address().c_str()), PQfinish);
    const Answer ended(PQexec(other.get(),
                              "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE "
                              "application_name = current_setting('application_name') "
                              "AND pid <> pg_backend_pid()"));
    ASSERT_EQ(PQresultStatus(ended.get()), PGRES_TUPLES_OK) << PQerrorMessage(other.get());
  }

  // For what the account of Minhu may not do.
  std::unique_ptr<PGconn, decltype(&PQfinish)> as_owner() const {
    std::string address = schema_->address();
    address.replace(address.find("minhu@"), 5, "owner");
    return {PQconnectdb(address.c_str()), PQfinish};
  }

  std::filesystem::path folder_;
  std::optional<Schema> schema_;
  std::optional<Proxy> proxy_;
  std::optional<PostgresDatabase> database_;
};

TEST_F(PostgresServer, AStatementThatForgotItsRegionReachesNoOther) {
  auto& database = open();
  ASSERT_TRUE(database.write_job([](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1, 1));
    return put(t, 2, 2);
  }));
  EXPECT_EQ(count(database), 2);
  database.keep_to(RegionId{1});
  EXPECT_EQ(count(database), 1);
  ASSERT_TRUE(database.write_job([](Transaction& t) -> Outcome {
    EXPECT_EQ(t.execute("UPDATE thing SET word = 'w'", {}), 1);
    EXPECT_EQ(t.execute("DELETE FROM thing WHERE region_id = 2", {}), 0);
    return {};
  }));
  EXPECT_THROW((void)database.write_job([](Transaction& t) { return put(t, 2, 3); }),
               StorageFailure);
  database.keep_to(RegionId{2});
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresServer, WhoeverNamesNoRegionSeesNothing) {
  ASSERT_TRUE(open().write_job([](Transaction& t) { return put(t, 1, 1); }));
  const std::unique_ptr<PGconn, decltype(&PQfinish)> other(PQconnectdb(schema_->address().c_str()),
                                                           PQfinish);
  const Answer seen(PQexec(other.get(), "SELECT count(*) FROM thing"));
  ASSERT_EQ(PQresultStatus(seen.get()), PGRES_TUPLES_OK);
  EXPECT_STREQ(PQgetvalue(seen.get(), 0, 0), "0");
}

TEST_F(PostgresServer, ConnectionsThatWereEndedAreMadeAnewUnseen) {
  auto& database = open();
  ASSERT_TRUE(database.write_job([](Transaction& t) { return put(t, 1, 1); }));
  EXPECT_EQ(count(database), 1);
  end_all_connections();
  EXPECT_EQ(count(database), 1);
  end_all_connections();
  EXPECT_TRUE(database.write_job([](Transaction& t) { return put(t, 1, 2); }));
  EXPECT_EQ(count(database), 2);
}

// Kept by the session of the one reader or of the writer, whichever this is.
std::int64_t kept_by_the_server(Reading& reading) {
  return *reading.first("SELECT count(*) FROM pg_prepared_statements", {},
                        [](const Row& row) { return row.integer(0); });
}

TEST_F(PostgresServer, WhatIsAskedOftenIsPlannedOnce) {
  auto& database = open();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(count(database), 0);
  EXPECT_EQ(database.read(kept_by_the_server), 1);
  end_all_connections();
  EXPECT_EQ(count(database), 0);
  EXPECT_EQ(database.read(kept_by_the_server), 0);
}

TEST_F(PostgresServer, WhatFailsInARowOfKeptStatementsFailsAlone) {
  auto& database = open();
  for (std::int64_t id = 0; id < 6; ++id) {
    ASSERT_TRUE(database.write_job([&](Transaction& t) { return put(t, 1, id); }));
  }
  // Nobody waits for the answers to inserts: here the third of five is a duplicate, and one of
  // another kind is made to be kept while the row is broken already.
  const auto row = [](Transaction& t) -> Outcome {
    for (const std::int64_t id : {10, 11, 3, 12, 13}) {
      t.execute("INSERT INTO thing(region_id, id) VALUES (?1, ?2)", {std::int64_t{1}, id});
      t.execute("INSERT INTO thing(region_id, id, word) VALUES (?1, ?2, ?3)",
                {std::int64_t{1}, 100 + id, "w"});
    }
    return {};
  };
  EXPECT_THROW((void)database.write_job(row), StorageFailure);
  EXPECT_EQ(count(database), 6);
  for (std::int64_t id = 20; id < 26; ++id) {
    ASSERT_TRUE(database.write_job([&](Transaction& t) -> Outcome {
      t.execute("INSERT INTO thing(region_id, id, word) VALUES (?1, ?2, ?3)",
                {std::int64_t{1}, id, "w"});
      return put(t, 1, 100 + id);
    }));
  }
  EXPECT_EQ(count(database), 18);
}

TEST_F(PostgresServer, WhatIsWrittenLaterIsWhatWasGiven) {
  auto& database = open();
  const std::vector<std::string> words = {"", "short", std::string(100, 'l'),
                                          std::string(200'000, 'x'), std::string(1'000, 'y')};
  ASSERT_TRUE(database.write_job([&](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1, 100));
    for (std::int64_t id = 0; id < std::ssize(words); ++id) {
      std::string word = words[static_cast<std::size_t>(id)];
      t.execute("INSERT INTO thing(region_id, id, word) VALUES (?1, ?2, ?3)",
                {std::int64_t{1}, id, std::string_view(word)});
      word.assign(word.size(), '!');  // whoever gave it needs it no longer
    }
    return {};
  }));
  const auto found = database.read([](Reading& reading) {
    return reading.all("SELECT word FROM thing WHERE region_id = ?1 AND id < 100 ORDER BY id",
                       {std::int64_t{1}}, [](const Row& row) { return std::string(row.text(0)); });
  });
  EXPECT_EQ(found, words);
}

TEST_F(PostgresServer, ATableThatGrewAColumnIsReadOn) {
  auto& database = open();
  const auto words = [](Reading& reading) {
    return reading
        .all("SELECT id, word FROM thing WHERE region_id = ?1", {std::int64_t{1}},
             [](const Row& row) { return row.integer(0); })
        .size();
  };
  ASSERT_TRUE(database.write_job([](Transaction& t) { return put(t, 1, 1); }));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(database.read(words), 1U);
  const std::unique_ptr<PGconn, decltype(&PQfinish)> other(PQconnectdb(schema_->address().c_str()),
                                                           PQfinish);
  const Answer grown(PQexec(other.get(), "ALTER TABLE thing ADD COLUMN more TEXT"));
  ASSERT_EQ(PQresultStatus(grown.get()), PGRES_COMMAND_OK) << PQerrorMessage(other.get());
  EXPECT_EQ(database.read(words), 1U);
}

TEST_F(PostgresServer, AJobWhoseConnectionEndsIsToldThatNothingWasKept) {
  auto& database = open();
  const Outcome outcome = database.write_job([&](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1, 1));
    end_all_connections();
    return put(t, 1, 2);
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().key, "storage.unreachable");
  EXPECT_EQ(count(database), 0);
}

TEST_F(PostgresServer, OneThatMayRunAgainDoesAndIsKeptOnce) {
  auto& database = open(true);
  int runs = 0;
  ASSERT_TRUE(database.write_job([&](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1, 1));
    if (++runs == 1) end_all_connections();
    return put(t, 1, 2);
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(database), 2);
}

TEST_F(PostgresServer, AReadWhoseConnectionEndsInTheMiddleSaysSo) {
  auto& database = open();
  EXPECT_THROW(database.read_job([&](Reading& reading) {
    const auto one = [&] { reading.query("SELECT 1", {}, [](const Row&) {}); };
    one();
    end_all_connections();
    one();
  }),
               StorageUnreachable);
  EXPECT_EQ(count(database), 0);
}

TEST_F(PostgresServer, ACommitThatNeverArrivedIsToldAsNotKept) {
  auto& database = open_through_proxy();
  proxy_->next(Mishap::commit_does_not_arrive);
  const Outcome outcome = database.write_job([&](Transaction& t) { return put(t, 1, 1); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().key, "storage.unreachable");
  EXPECT_EQ(count(database), 0);
}

TEST_F(PostgresServer, ACommitThatNeverArrivedIsDoneAgainOnceWhereThatIsAllowed) {
  auto& database = open_through_proxy(true);
  int runs = 0;
  proxy_->next(Mishap::commit_does_not_arrive);
  ASSERT_TRUE(database.write_job([&](Transaction& t) -> Outcome {
    ++runs;
    return put(t, 1, 1);
  }));
  EXPECT_EQ(proxy_->mishaps(), 1);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresServer, ACommitWhoseAnswerIsLostIsFoundOutAndNotDoneAgain) {
  auto& database = open_through_proxy();
  int runs = 0;
  proxy_->next(Mishap::answer_does_not_arrive);
  // Would be a duplicate if it were done again.
  ASSERT_TRUE(database.write_job([&](Transaction& t) -> Outcome {
    ++runs;
    return put(t, 1, 1);
  }));
  EXPECT_EQ(proxy_->mishaps(), 1);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresServer, OneThatFreezesIsNoticedAndCallersAreToldThatNothingWasKept) {
  auto& database = open_through_proxy();
  ASSERT_TRUE(database.write_job([](Transaction& t) { return put(t, 1, 1); }));
  EXPECT_EQ(count(database), 1);
  proxy_->next(Mishap::frozen);
  EXPECT_THROW(count(database), StorageUnreachable);
  const Outcome refused = database.write_job([](Transaction& t) { return put(t, 1, 2); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "storage.unreachable");
  proxy_->next(Mishap::none);
  EXPECT_TRUE(database.write_job([](Transaction& t) { return put(t, 1, 3); }));
  EXPECT_EQ(count(database), 2);
}

// A process that freezes between two statements whose answers it did not wait for holds the lock of
// the region. The server ends it before whoever waits for that lock would be refused.
TEST_F(PostgresServer, AWriterThatFreezesInTheMiddleHoldsNobodyUpForLong) {
  Options chosen = options(schema_->address());
  chosen.limits.idle_write = std::chrono::milliseconds(500);
  auto& database = database_.emplace(chosen);
  PostgresDatabase another(options(schema_->address()));
  Outcome let_in;
  const Outcome outcome = database.write_job([&](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1, 1));
    MINHU_CHECK_OK(put(t, 1, 2));  // stays here; nothing is heard of us until the other is through
    let_in = another.write_job([](Transaction& o) { return put(o, 1, 3); });
    return put(t, 1, 4);
  });
  EXPECT_TRUE(let_in) << let_in.error().key;
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().key, "storage.unreachable");
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresServer, OneThatWouldLoseWhatItAcknowledgedIsRefused) {
  EXPECT_THROW(PostgresDatabase(options(schema_->address() + "%20-csynchronous_commit%3Doff")),
               StorageFailure);
}

TEST_F(PostgresServer, OneWhoseStandbyLagsBehindIsRefused) {
  // Whoever opens a database of this server meanwhile is refused, too: it runs alone (TESTS_ALONE).
  std::string address = *test_storage::address_of_server();
  address.replace(address.find("minhu@"), 5, "owner");
  const std::unique_ptr<PGconn, decltype(&PQfinish)> standby(
      PQconnectdb((address + "&replication=true").c_str()), PQfinish);
  ASSERT_EQ(PQstatus(standby.get()), CONNECTION_OK) << PQerrorMessage(standby.get());
  const Answer system(PQexec(standby.get(), "IDENTIFY_SYSTEM"));
  const std::string start =
      "START_REPLICATION PHYSICAL " + std::string(PQgetvalue(system.get(), 0, 2));
  const Answer streaming(PQexec(standby.get(), start.c_str()));
  ASSERT_EQ(PQresultStatus(streaming.get()), PGRES_COPY_BOTH) << PQerrorMessage(standby.get());
  EXPECT_THROW(PostgresDatabase(options(schema_->address())), StorageFailure);
}

// A server whose commits, those of others too, wait for a standby that never comes, until allow().
class WaitsForNobody {
 public:
  explicit WaitsForNobody(PGconn* owner) : owner_(owner) {
    ask("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    reload("nobody");
  }
  WaitsForNobody(const WaitsForNobody&) = delete;
  WaitsForNobody& operator=(const WaitsForNobody&) = delete;
  ~WaitsForNobody() { allow(); }

  void allow() {
    if (owner_ == nullptr) return;
    ask("ALTER SYSTEM RESET synchronous_standby_names");
    reload("");
    owner_ = nullptr;
  }

  // The process of the server whose commit waits now, another one than before; empty when `over`
  // comes first.
  std::string next_that_waits(const std::atomic<bool>& over) {
    std::string found;
    while (found.empty() && !over) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      found = ask(
          "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = "
          "current_setting('application_name') AND pid <> " +
          last_);
    }
    if (!found.empty()) last_ = found;
    return found;
  }
  void cancel(const std::string& process) { ask("SELECT pg_cancel_backend(" + process + ")"); }
  void end(const std::string& process) { ask("SELECT pg_terminate_backend(" + process + ")"); }

 private:
  std::string ask(const std::string& sql) {
    const Answer answer(PQexec(owner_, sql.c_str()));
    EXPECT_NE(PQresultStatus(answer.get()), PGRES_FATAL_ERROR) << PQerrorMessage(owner_);
    return PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
  }
  void reload(const std::string& wanted) {
    ask("SELECT pg_reload_conf()");
    while (ask("SHOW synchronous_standby_names") != wanted) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  PGconn* owner_;
  std::string last_ = "0";
};

TEST_F(PostgresServer, OneWhoseStandbyIsNotWaitedForAnyMoreIsNotBelieved) {
  auto& database = open();
  const auto owner = as_owner();
  WaitsForNobody server(owner.get());
  std::atomic<bool> told = false;
  Outcome outcome;
  std::thread writer([&] {
    outcome = database.write_job([](Transaction& t) { return put(t, 1, 1); });
    told = true;
  });
  // The commit, and the one by which it is found out whether a standby has it.
  for (int commit = 0; commit < 2; ++commit) {
    const std::string waits = server.next_that_waits(told);
    EXPECT_NE(waits, "") << "told before a standby had it";
    if (!waits.empty()) server.cancel(waits);
  }
  writer.join();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().key, "storage.perhaps_kept");
  server.allow();
  EXPECT_TRUE(database.write_job([](Transaction& t) { return put(t, 1, 2); }));
  EXPECT_EQ(count(database), 2);
}

TEST_F(PostgresServer, OneWhoseStandbyHasToComeFirstAnswersForACommitWhoseConnectionBroke) {
  auto& database = open();
  const auto owner = as_owner();
  WaitsForNobody server(owner.get());
  std::atomic<bool> told = false;
  Outcome outcome = fail(FaultCode::conflict, "storage.already_there");
  std::thread writer([&] {
    outcome = database.write_job([](Transaction& t) { return put(t, 1, 1); });
    told = true;
  });
  server.end(server.next_that_waits(told));
  EXPECT_NE(server.next_that_waits(told), "") << "told before a standby had it";
  server.allow();
  writer.join();
  EXPECT_TRUE(outcome);
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresServer, NobodyThereIsSaid) {
  EXPECT_THROW(PostgresDatabase(options("postgresql://minhu@/minhu?host=" + folder_.string())),
               StorageUnreachable);
}

}  // namespace
}  // namespace minhu::storage_postgres
