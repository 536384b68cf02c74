#include "adapters/storage_postgres/dialect.h"

#include <gtest/gtest.h>

namespace minhu::storage_postgres {
namespace {

std::string translated(std::string_view sql) {
  return translate(sql).text;
}

TEST(Dialect, PlaceholdersAreNumberedAsPostgresqlDoes) {
  EXPECT_EQ(translated("SELECT a FROM t WHERE region_id = ?1 AND b = ?12 AND c = ?1"),
            "SELECT a FROM t WHERE region_id = $1 AND b = $12 AND c = $1");
}

TEST(Dialect, TextsInQuotesStayAsTheyAre) {
  EXPECT_EQ(translated("SELECT '?1 BLOB ''?2' || ?1"), "SELECT '?1 BLOB ''?2' || $1");
}

TEST(Dialect, TypesAreNamedAsPostgresqlDoes) {
  EXPECT_EQ(translated("CREATE TABLE t (region_id BIGINT NOT NULL, BLOB_size INTEGER, b BLOB)"),
            "CREATE TABLE t (region_id BIGINT NOT NULL, BLOB_size BIGINT, b BYTEA)");
  EXPECT_EQ(translated("SELECT substr(a, CAST(?1 AS INTEGER)) FROM t"),
            "SELECT substr(a, CAST($1 AS INTEGER)) FROM t");
}

TEST(Dialect, APlainInsertOfOneRowIsKnown) {
  for (const auto* sql :
       {"INSERT INTO t(a, b) VALUES (?1, (?2))", "INSERT INTO t(a) VALUES ('), (')"}) {
    EXPECT_TRUE(translate(sql).inserts_one_row) << sql;
  }
  for (const auto* sql : {"INSERT INTO t(a) VALUES (1), (2)",
                          "INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO NOTHING",
                          "INSERT INTO t(a) VALUES (1) RETURNING a",
                          "INSERT INTO t(a) SELECT a FROM u", "UPDATE t SET a = 1"}) {
    EXPECT_FALSE(translate(sql).inserts_one_row) << sql;
  }
}

TEST(Dialect, WhatChangesOneRowOrFailsIsKnown) {
  for (const auto* sql :
       {"INSERT INTO t(a, b) VALUES (?1, (?2))",
        "INSERT INTO t(a, b) VALUES (?1, ?2) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
        "INSERT INTO t(a, b) VALUES (?1, 'WHERE') ON CONFLICT (a) DO UPDATE SET b = t.b + 1"}) {
    EXPECT_TRUE(translate(sql).changes_one_row) << sql;
  }
  for (const auto* sql :
       {"INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO NOTHING",
        "INSERT INTO t(a) VALUES (1), (2) ON CONFLICT (a) DO UPDATE SET a = 1",
        "INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2 WHERE t.a < 1",
        "INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2 RETURNING a",
        "INSERT INTO t(a) SELECT a FROM u ON CONFLICT (a) DO UPDATE SET a = 1", "DELETE FROM t"}) {
    EXPECT_FALSE(translate(sql).changes_one_row) << sql;
  }
}

}  // namespace
}  // namespace minhu::storage_postgres
