#include "adapters/storage_sqlite/tables.h"

namespace minhu::storage_sqlite {

namespace {

ColumnKind kind_of(std::string_view type) {
  if (type == "BIGINT" || type == "INTEGER") return ColumnKind::integer;
  if (type == "TEXT") return ColumnKind::text;
  if (type == "BLOB") return ColumnKind::bytes;
  throw StorageFailure("a column is of type " + std::string(type));
}

}  // namespace

std::vector<TableShape> tables_of(Reading& reading) {
  auto tables = reading.all(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY "
      "name",
      {}, [](const Row& row) { return TableShape{std::string(row.text(0)), {}}; });
  for (TableShape& table : tables) {
    table.columns = reading.all(
        "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid", {std::string_view(table.name)},
        [](const Row& row) { return Column{std::string(row.text(0)), kind_of(row.text(1))}; });
  }
  return tables;
}

std::vector<TableShape> tables_of(Database& database) {
  return database.read([](Reading& reading) { return tables_of(reading); });
}

}  // namespace minhu::storage_sqlite
