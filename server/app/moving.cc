#include "app/moving.h"

#include "adapters/storage_postgres/filling.h"
#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/storage_sqlite/tables.h"
#include "app/contents.h"
#include "app/cursor_rows.h"

namespace minhu::app {

namespace {

Contents moved(Reading& from, const TableShape& table, storage_postgres::Filling& into,
               const std::string& all_rows) {
  Contents contents;
  into.begin(table);
  from.query(all_rows, {}, [&](const Row& row) {
    contents.add(table, row);
    into.add(row);
  });
  if (into.end() != contents.rows()) throw StorageFailure(table.name + " was not taken whole");
  return contents;
}

class HasData : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void refuse_rows(Database& into, const std::vector<TableShape>& tables) {
  into.read_job([&](Reading& reading) {
    for (const TableShape& table : tables) {
      const std::string any = "SELECT 1 FROM " + table.name + " LIMIT 1";
      reading.query(any, {}, [&](const Row&) { throw HasData(table.name); });
    }
  });
}

Moved move_all(Database& from, const std::string& address, std::span<const Migration> steps,
               Instant now) {
  CursorRows rows_there;
  storage_postgres::Options options;
  options.address = address;
  options.readers = 1;
  storage_postgres::PostgresDatabase into(options);
  into.bring_up_to_date(steps, now);
  auto tables = storage_sqlite::tables_of(from);
  // The steps that ran here have run there; the times at which they did are each database's own.
  std::erase_if(tables, [](const TableShape& table) { return table.name == "schema_step"; });

  // Statements may be kept by their address, so each stays where it is.
  std::vector<std::string> all_rows;
  all_rows.reserve(tables.size());
  for (const TableShape& table : tables) {
    all_rows.push_back("SELECT " + table.column_list() + " FROM " + table.name);
  }
  refuse_rows(into, tables);
  std::vector<Contents> sent;
  storage_postgres::Filling filling(address);
  from.read_job([&](Reading& reading) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      sent.push_back(moved(reading, tables[i], filling, all_rows[i]));
    }
  });
  filling.commit();

  Moved done{static_cast<std::int64_t>(tables.size()), 0};
  std::string different;
  into.read_job([&](Reading& reading) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      Contents there;
      rows_there.read(reading, tables[i], [&](const Row& row) { there.add(tables[i], row); });
      if (!(there == sent[i])) different += (different.empty() ? "" : ", ") + tables[i].name;
      done.rows += there.rows();
    }
  });
  if (!different.empty()) {
    throw StorageFailure("what arrived is not what was sent: " + different);
  }
  return done;
}

tl::unexpected<Fault> told(const char* key, const char* reason) {
  return fail(FaultCode::unavailable, key, std::string(),
              std::map<std::string, std::string>{{"reason", reason}});
}

}  // namespace

Result<Moved> move_to_server(Database& from, const std::string& address,
                             std::span<const Migration> steps, Instant now) {
  try {
    return move_all(from, address, steps, now);
  } catch (const HasData& failure) {
    return fail(FaultCode::conflict, "app.server_has_data", std::string(),
                std::map<std::string, std::string>{{"table", failure.what()}});
  } catch (const StorageFailure& failure) {
    return told("app.storage_unfit", failure.what());
  } catch (const StorageUnreachable& failure) {
    return told("app.storage_unreachable", failure.what());
  }
}

}  // namespace minhu::app
