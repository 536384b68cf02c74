#include "adapters/storage_postgres/walls.h"

namespace minhu::storage_postgres {

void raise_walls(Transaction& transaction) {
  const auto tables = transaction.all(
      "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = "
      "current_schema()::regnamespace "
      "AND c.relkind = 'r' AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND "
      "a.attname = 'region_id' AND NOT a.attisdropped) AND NOT EXISTS (SELECT 1 FROM pg_policy p "
      "WHERE p.polrelid = c.oid AND p.polname = 'one_region') ORDER BY c.relname",
      {}, [](const Row& row) { return std::string(row.text(0)); });
  for (const std::string& table : tables) {
    transaction.execute("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY", {});
    transaction.execute("ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY", {});
    // The inner SELECT is asked once a statement; without it the setting would be read for every
    // row.
    transaction.execute(
        "CREATE POLICY one_region ON " + table +
            " USING ((SELECT nullif(current_setting('minhu.region', true), '')::bigint) "
            "IN (0, region_id))",
        {});
  }
}

}  // namespace minhu::storage_postgres
