// Every statement of the features, as PostgreSQL reads it: against the schema of the whole program.
// What only a real run shows (types of parameters, results) is seen by the tests of the features,
// which run on both.
#include <gtest/gtest.h>
#include <libpq-fe.h>

#include "adapters/storage_postgres/dialect.h"
#include "adapters/storage_postgres/values.h"
#include "adapters/test_storage/test_schema.h"
#include "app/schema.h"
#include "feature_statements.h"
#include "features/cases/key_store.h"
#include "kernel/crypto.h"

namespace minhu::architecture {
namespace {

TEST(Postgresql, UnderstandsEveryStatementOfTheFeatures) {
  if (!test_storage::address_of_server()) {
    GTEST_SKIP() << "MINHU_TEST_SERVER names no PostgreSQL server";
  }
  start_crypto();
  // The key store is a file of its own; it speaks the same subset, and its tables have other names.
  std::vector<Migration> steps = app::schema();
  const auto keys = cases::key_store_migrations();
  steps.insert(steps.end(), keys.begin(), keys.end());
  const test_storage::Schema schema(steps);
  const std::unique_ptr<PGconn, decltype(&PQfinish)> server(PQconnectdb(schema.address().c_str()),
                                                            PQfinish);
  int understood = 0;
  for (const auto& [place, sql] : statements_of_the_features()) {
    if (sql.starts_with("CREATE ") || sql.starts_with("ALTER ") || sql.starts_with("DROP ")) {
      continue;  // steps of the schema: they have just run
    }
    const storage_postgres::Answer answer(
        PQprepare(server.get(), "", storage_postgres::translate(sql).text.c_str(), 0, nullptr));
    EXPECT_EQ(PQresultStatus(answer.get()), PGRES_COMMAND_OK)
        << place << ": " << PQresultErrorMessage(answer.get());
    ++understood;
  }
  EXPECT_GT(understood, 100);
}

}  // namespace
}  // namespace minhu::architecture
