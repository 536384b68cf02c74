#include "adapters/storage_postgres/tables.h"

namespace minhu::storage_postgres {

namespace {

ColumnKind kind_of(std::string_view type) {
  if (type == "bigint") return ColumnKind::integer;
  if (type == "text") return ColumnKind::text;
  if (type == "bytea") return ColumnKind::bytes;
  throw StorageFailure("a column is of type " + std::string(type));
}

}  // namespace

std::vector<TableShape> tables_of(Reading& reading) {
  auto tables = reading.all(
      "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = "
      "current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'storage_mark' "
      "ORDER BY c.relname",
      {}, [](const Row& row) { return TableShape{std::string(row.text(0)), {}}; });
  for (TableShape& table : tables) {
    table.columns = reading.all(
        "SELECT a.attname::text, format_type(a.atttypid, NULL) FROM pg_attribute a JOIN pg_class c "
        "ON c.oid = a.attrelid WHERE c.relnamespace = current_schema()::regnamespace AND "
        "c.relname = ?1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        {std::string_view(table.name)},
        [](const Row& row) { return Column{std::string(row.text(0)), kind_of(row.text(1))}; });
  }
  return tables;
}

}  // namespace minhu::storage_postgres
