// A database moved from a file onto a server: everything arrives, nothing is mixed, and what would
// not do is refused before anything has changed.
#include "app/moving.h"

#include <gtest/gtest.h>

#include "adapters/test_storage/test_database.h"
#include "kernel/crypto.h"

namespace minhu::app {
namespace {

using test_storage::Engine;
using test_storage::TestDatabase;

const std::vector<Migration> steps{
    {1, "0001_letter",
     "CREATE TABLE letter (region_id BIGINT NOT NULL, letter_id BLOB NOT NULL, seq BIGINT NOT "
     "NULL, words TEXT, sealed BLOB, PRIMARY KEY (region_id, letter_id)); CREATE TABLE empty_one "
     "(region_id BIGINT NOT NULL, a BIGINT NOT NULL, PRIMARY KEY (region_id, a))"},
    {2, "0002_note",
     "CREATE TABLE note (number BIGINT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (number))"}};

Outcome put(Transaction& transaction, std::int64_t seq, const Parameter& words,
            const Parameter& sealed) {
  const Digest id = sha256(as_bytes(std::to_string(seq)));
  transaction.execute(
      "INSERT INTO letter(region_id, letter_id, seq, words, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
      {seq % 3, BytesView(id), seq, words, sealed});
  return {};
}

class Moving : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!test_storage::address_of_server()) {
      GTEST_SKIP() << "MINHU_TEST_SERVER names no PostgreSQL server";
    }
    start_crypto();
    from_.emplace(std::initializer_list<std::span<const Migration>>{steps}, Engine::sqlite);
    to_.emplace(std::initializer_list<std::span<const Migration>>{steps}, Engine::postgresql);
  }
  static std::int64_t letters(Database& database) {
    return database.read([](Reading& reading) {
      return *reading.first("SELECT count(*) FROM letter", {},
                            [](const Row& row) { return row.integer(0); });
    });
  }

  std::optional<TestDatabase> from_;
  std::optional<TestDatabase> to_;
};

TEST_F(Moving, EveryRowArrivesAsItWas) {
  constexpr std::int64_t many = 12'345;  // more than a cursor fetches at once
  Bytes bytes(700);
  ASSERT_TRUE((*from_)->write_job([&](Transaction& t) -> Outcome {
    for (std::int64_t i = 0; i < many; ++i) {
      const std::string words = "第 " + std::to_string(i) + " 封 \t\\N\n'";
      bytes[static_cast<std::size_t>(i) % bytes.size()] = static_cast<std::uint8_t>(i * 7);
      MINHU_CHECK_OK(put(t, i, std::string_view(words), BytesView(bytes)));
    }
    MINHU_CHECK_OK(put(t, many, Parameter{}, Parameter{}));
    MINHU_CHECK_OK(put(t, many + 1, std::string_view(), BytesView()));
    t.execute("INSERT INTO note(number, words) VALUES (-1, 'w')", {});
    return {};
  }));
  to_->close();
  const auto moved = move_to_server(**from_, to_->place(), steps, Instant{});
  ASSERT_TRUE(moved) << moved.error().key << ' ' << moved.error().details.begin()->second;
  EXPECT_EQ(moved->tables, 3);
  EXPECT_EQ(moved->rows, many + 3);
  to_->reopen();
  EXPECT_EQ(letters(**to_), many + 2);
  EXPECT_TRUE(to_->holds(as_bytes("第 12344 封 \t\\N\n'")));
  (*to_)->read_job([&](Reading& reading) {
    reading.query("SELECT words, sealed FROM letter WHERE seq >= ?1 ORDER BY seq", {many},
                  [&, empty = false](const Row& row) mutable {
                    EXPECT_EQ(row.is_null(0), !empty);
                    EXPECT_EQ(row.is_null(1), !empty);
                    empty = true;
                  });
  });
  EXPECT_EQ(letters(**from_), many + 2) << "the file is as it was";
}

TEST_F(Moving, ADatabaseThatHoldsSomethingIsLeftAlone) {
  ASSERT_TRUE((*from_)->write_job([](Transaction& t) { return put(t, 1, {}, {}); }));
  ASSERT_TRUE((*to_)->write_job([](Transaction& t) { return put(t, 2, {}, {}); }));
  const auto moved = move_to_server(**from_, to_->place(), steps, Instant{});
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().key, "app.server_has_data");
  EXPECT_EQ(letters(**to_), 1);
}

TEST_F(Moving, WordsThatTheServerCannotHoldMoveNothing) {
  const std::string_view words("a\0b", 3);
  ASSERT_TRUE((*from_)->write_job([&](Transaction& t) -> Outcome {
    MINHU_CHECK_OK(put(t, 1, std::string_view("whole"), {}));
    return put(t, 2, words, {});
  }));
  const auto moved = move_to_server(**from_, to_->place(), steps, Instant{});
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().key, "app.storage_unfit");
  EXPECT_EQ(letters(**to_), 0);
}

TEST_F(Moving, TheWallsStandAgainAfterwards) {
  ASSERT_TRUE((*from_)->write_job([](Transaction& t) { return put(t, 1, {}, {}); }));
  ASSERT_TRUE(move_to_server(**from_, to_->place(), steps, Instant{}));
  const auto open_tables = (*to_)->read([](Reading& reading) {
    return *reading.first(
        "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND "
        "relname IN ('letter', 'empty_one') AND NOT (relrowsecurity AND relforcerowsecurity)",
        {}, [](const Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(open_tables, 0);
}

}  // namespace
}  // namespace minhu::app
