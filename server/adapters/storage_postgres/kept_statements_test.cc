#include "adapters/storage_postgres/kept_statements.h"

#include <gtest/gtest.h>

namespace minhu::storage_postgres {
namespace {

const std::vector<Parameter> a_number{std::int64_t{1}};
const std::vector<Parameter> a_text{std::string_view("a")};
const std::vector<Parameter> nothing_known{std::monostate{}};

// How often it is sent as a text before a name is given.
int texts_before_a_name(KeptStatements& kept, const Statement& statement,
                        const std::vector<Parameter>& parameters) {
  for (int sent = 0; sent < 10; ++sent) {
    if (kept.use(statement, Sent(parameters)).kept != nullptr) return sent;
  }
  return -1;
}

TEST(KeptStatements, WhatIsAskedOftenIsMadeOnceAndThenNamed) {
  KeptStatements kept;
  kept.begin_anew(true);
  const Statement statement = translate("SELECT a FROM t WHERE b = ?1");
  EXPECT_EQ(kept.use(statement, Sent(a_number)).kept, nullptr);
  EXPECT_EQ(kept.use(statement, Sent(a_number)).kept, nullptr);
  const auto third = kept.use(statement, Sent(a_number));
  ASSERT_NE(third.kept, nullptr);
  EXPECT_TRUE(third.has_to_be_made);
  const auto fourth = kept.use(statement, Sent(a_number));
  EXPECT_EQ(fourth.kept, third.kept);
  EXPECT_FALSE(fourth.has_to_be_made);
}

TEST(KeptStatements, TheSameTextWithOtherTypesIsAnotherStatement) {
  KeptStatements kept;
  kept.begin_anew(true);
  const Statement statement = translate("SELECT a FROM t WHERE b = ?1");
  EXPECT_EQ(texts_before_a_name(kept, statement, a_number), 2);
  EXPECT_EQ(texts_before_a_name(kept, statement, a_text), 2);
  EXPECT_EQ(texts_before_a_name(kept, statement, nothing_known), 2);
  EXPECT_NE(kept.use(statement, Sent(a_number)).kept->name,
            kept.use(statement, Sent(nothing_known)).kept->name);
}

TEST(KeptStatements, NothingIsKeptInASessionThatOthersGetToo) {
  KeptStatements kept;
  kept.begin_anew(false);
  EXPECT_EQ(texts_before_a_name(kept, translate("SELECT 1"), {}), -1);
}

TEST(KeptStatements, WhatMakesTablesOrMovesATransactionIsNot) {
  KeptStatements kept;
  kept.begin_anew(true);
  for (const char* sql :
       {"CREATE TABLE t(a BIGINT)", "ALTER TABLE t ADD b BIGINT", "SAVEPOINT s"}) {
    EXPECT_EQ(texts_before_a_name(kept, translate(sql), {}), -1) << sql;
  }
}

TEST(KeptStatements, WhatCouldNotBeMadeGetsAnotherNameLater) {
  KeptStatements kept;
  kept.begin_anew(true);
  const Statement statement = translate("DELETE FROM t WHERE b = ?1");
  (void)texts_before_a_name(kept, statement, a_number);
  auto& there = *kept.use(statement, Sent(a_number)).kept;
  const std::string name = there.name;
  kept.not_made(there);
  EXPECT_EQ(texts_before_a_name(kept, statement, a_number), 2);
  EXPECT_NE(kept.use(statement, Sent(a_number)).kept->name, name);
}

TEST(KeptStatements, OfANewConnectionNoneIsThere) {
  KeptStatements kept;
  kept.begin_anew(true);
  const Statement statement = translate("SELECT a FROM t WHERE b = ?1");
  (void)texts_before_a_name(kept, statement, a_number);
  kept.begin_anew(true);
  EXPECT_EQ(kept.use(statement, Sent(a_number)).kept, nullptr);
}

TEST(KeptStatements, ThereAreNotMoreThanTheServerHasRoomFor) {
  KeptStatements kept;
  kept.begin_anew(true);
  std::size_t named = 0;
  for (std::size_t i = 0; i < KeptStatements::most + 50; ++i) {
    const Statement statement = translate("SELECT " + std::to_string(i));
    if (texts_before_a_name(kept, statement, {}) >= 0) ++named;
  }
  EXPECT_EQ(named, KeptStatements::most);
}

}  // namespace
}  // namespace minhu::storage_postgres
