#include "app/whole_database.h"

#include <algorithm>
#include <deque>

#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_postgres/tables.h"
#include "adapters/storage_sqlite/snapshot.h"
#include "adapters/storage_sqlite/tables.h"

namespace minhu::app {

namespace {

std::vector<TableShape> without_steps(std::vector<TableShape> tables) {
  std::erase_if(tables, [](const TableShape& table) { return table.name == "schema_step"; });
  return tables;
}

std::string every_row_of(const TableShape& table) {
  return "SELECT " + table.column_list() + " FROM " + table.name;
}

}  // namespace

void read_whole_file(const std::filesystem::path& file,
                     const std::function<void(const WholeDatabase&)>& use) {
  std::deque<std::string> statements;  // kept by their address for as long as the snapshot lives
  storage_sqlite::Snapshot snapshot(file);
  use({snapshot, "sqlite", without_steps(storage_sqlite::tables_of(snapshot)),
       [&](const TableShape& table, const EachRow& each) {
         statements.push_back(every_row_of(table));
         snapshot.query(statements.back(), {}, each);
       }});
}

void read_whole_server(const std::string& address,
                       const std::function<void(const WholeDatabase&)>& use) {
  CursorRows rows;
  storage_postgres::Options options;
  options.address = address;
  options.readers = 1;
  storage_postgres::PostgresDatabase database(options);
  database.read_job([&](Reading& reading) {
    use({reading, "postgresql", without_steps(storage_postgres::tables_of(reading)),
         [&](const TableShape& table, const EachRow& each) { rows.read(reading, table, each); }});
  });
}

}  // namespace minhu::app
