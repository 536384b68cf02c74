#include "app/whole_database.h"

#include <algorithm>
#include <deque>

#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_postgres/tables.h"
#include "adapters/storage_sqlite/snapshot.h"
#include "adapters/storage_sqlite/tables.h"

namespace minhu::app {

namespace {

constexpr std::int64_t rows_at_once = 5000;

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

// Through a cursor: the whole of a large table would not fit into memory at once.
void read_whole_server(const std::string& address,
                       const std::function<void(const WholeDatabase&)>& use) {
  std::deque<std::string> statements;
  storage_postgres::Options options;
  options.address = address;
  options.readers = 1;
  storage_postgres::PostgresDatabase database(options);
  const std::string fetch = "FETCH " + std::to_string(rows_at_once) + " FROM rows_of_table";
  database.read_job([&](Reading& reading) {
    use({reading, "postgresql", without_steps(storage_postgres::tables_of(reading)),
         [&](const TableShape& table, const EachRow& each) {
           statements.push_back("DECLARE rows_of_table NO SCROLL CURSOR FOR " +
                                every_row_of(table));
           reading.query(statements.back(), {}, [](const Row&) {});
           for (bool there_is_more = true; there_is_more;) {
             there_is_more = false;
             reading.query(fetch, {}, [&](const Row& row) {
               there_is_more = true;
               each(row);
             });
           }
           reading.query("CLOSE rows_of_table", {}, [](const Row&) {});
         }});
  });
}

}  // namespace minhu::app
