// `minhu migrate-storage`: everything of an installation out of its file onto a PostgreSQL server.
#include <fmt/core.h>

#include <array>

#include "adapters/storage_postgres/filling.h"
#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/storage_sqlite/tables.h"
#include "app/commands.h"
#include "app/foundation.h"
#include "app/schema.h"
#include "app/terminal.h"
#include "kernel/crypto.h"

namespace minhu::app {

namespace {

constexpr std::int64_t rows_at_once = 5000;

// How many rows, and what is in them whatever their order: the sum of their digests.
struct Contents {
  std::int64_t rows = 0;
  std::array<std::uint64_t, 4> sum{};
  bool operator==(const Contents&) const = default;

  void add(const TableShape& table, const Row& row) {
    bytes_.clear();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      const bool null = row.is_null(column);
      put(null ? 0 : 1 + static_cast<std::uint64_t>(table.columns[i].kind));
      if (null) continue;
      if (table.columns[i].kind == ColumnKind::integer) {
        put(static_cast<std::uint64_t>(row.integer(column)));
        continue;
      }
      const BytesView value = table.columns[i].kind == ColumnKind::text ? as_bytes(row.text(column))
                                                                        : row.bytes(column);
      put(value.size());
      bytes_.insert(bytes_.end(), value.begin(), value.end());
    }
    ++rows;
    const Digest digest = sha256(bytes_);
    for (std::size_t i = 0; i < digest.size(); ++i) {
      sum[i / 8] += std::uint64_t{digest[i]} << (8 * (i % 8));
    }
  }

 private:
  void put(std::uint64_t value) {
    for (unsigned i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  Bytes bytes_;
};

Contents moved(Reading& from, const TableShape& table, storage_postgres::Filling& into,
               const std::string& all_rows) {
  Contents contents;
  into.begin(table);
  from.query(all_rows, {}, [&](const Row& row) {
    contents.add(table, row);
    into.add(row);
  });
  if (into.end() != contents.rows) throw StorageFailure(table.name + " was not taken whole");
  return contents;
}

// Through a cursor: the whole of a large table would not fit into memory at once.
Contents arrived(Reading& reading, const TableShape& table, const std::string& all_rows) {
  Contents contents;
  reading.query("DECLARE rows_of_table NO SCROLL CURSOR FOR " + all_rows, {}, [](const Row&) {});
  const std::string fetch = "FETCH " + std::to_string(rows_at_once) + " FROM rows_of_table";
  for (std::int64_t before = -1; before != contents.rows;) {
    before = contents.rows;
    reading.query(fetch, {}, [&](const Row& row) { contents.add(table, row); });
  }
  reading.query("CLOSE rows_of_table", {}, [](const Row&) {});
  return contents;
}

tl::unexpected<Fault> unfit(const std::string& reason) {
  return fail(FaultCode::unavailable, "app.storage_unfit", std::string(),
              std::map<std::string, std::string>{{"reason", reason}});
}

struct Moved {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

Result<Moved> move_all(Database& from, const std::string& address, Instant now) {
  storage_postgres::Options options;
  options.address = address;
  options.readers = 1;
  storage_postgres::PostgresDatabase into(options);
  into.bring_up_to_date(schema(), now);
  const bool has_county = into.read(
      [](Reading& reading) { return places_and_units::find_county_profile(reading).has_value(); });
  if (has_county) {
    return fail(FaultCode::conflict, "app.server_has_county");
  }
  auto tables = storage_sqlite::tables_of(from);
  // The steps that ran here have run there; the times at which they did are each database's own.
  std::erase_if(tables, [](const TableShape& table) { return table.name == "schema_step"; });

  // Statements may be kept by their address, so each stays where it is.
  std::vector<std::string> all_rows;
  all_rows.reserve(tables.size());
  for (const TableShape& table : tables) {
    all_rows.push_back("SELECT " + table.column_list() + " FROM " + table.name);
  }
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
      const Contents there = arrived(reading, tables[i], all_rows[i]);
      if (there != sent[i]) different += (different.empty() ? "" : ", ") + tables[i].name;
      done.rows += there.rows;
    }
  });
  if (!different.empty()) return unfit("what arrived is not what was sent: " + different);
  return done;
}

// The file stays, under a name that no command opens.
Outcome put_aside(const DataFolder& folder) {
  std::error_code error;
  std::filesystem::rename(folder.database(), folder.database().string() + ".moved", error);
  if (!error) return {};
  return fail(FaultCode::unavailable, "app.cannot_make_folder", std::string(),
              std::map<std::string, std::string>{{"folder", folder.database().string()},
                                                 {"reason", error.message()}});
}

}  // namespace

int migrate_storage(const FoundationOptions& options) {
  if (options.storage.empty()) {
    return refuse(Fault(FaultCode::invalid_input, "app.no_storage_named", "storage"));
  }
  const auto address = chosen_storage(options.data, options.storage);
  if (!address) return refuse(address.error());
  FoundationOptions of_the_file = options;
  of_the_file.storage.clear();
  DataFolder folder;
  Moved done;
  {
    auto foundation = Foundation::open(of_the_file, WhenMissing::refuse);
    if (!foundation) return refuse(foundation.error());
    folder = (*foundation)->folder;
    if (!std::filesystem::exists(folder.database())) {
      return refuse(Fault(FaultCode::conflict, "app.not_in_a_file"));
    }
    const auto profile = (*foundation)->profile();
    if (!profile) return refuse(profile.error());
    try {
      const auto moved = move_all(*(*foundation)->database, *address, (*foundation)->clock.now());
      if (!moved) return refuse(moved.error());
      done = *moved;
    } catch (const StorageFailure& failure) {
      return refuse(unfit(failure.what()).value());
    } catch (const StorageUnreachable& failure) {
      return refuse(Fault(FaultCode::unavailable, "app.storage_unreachable", std::string(),
                          {{"reason", failure.what()}}));
    }
  }
  if (const Outcome put = put_aside(folder); !put) return refuse(put.error());
  if (const Outcome kept = remember_storage(folder, *address); !kept) return refuse(kept.error());
  return finish(fmt::format("moved {} rows of {} tables, each compared; the file is now {}.moved",
                            done.rows, done.tables, folder.database().string()));
}

}  // namespace minhu::app
