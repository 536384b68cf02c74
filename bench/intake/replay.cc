// intake_replay DATABASE BATCHES SCRATCH: a bare SQLite program with prepared statements and
// nothing else writes the rows of DATABASE (made by a server run) into a new file, once in the
// batches that the server formed and once with one commit a case, at the same settings. Prints one
// line: cases, seconds and CPU seconds in batches, then cases, seconds and CPU seconds one by one.
#include <sqlite3.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {

using Value = std::variant<std::monostate, sqlite3_int64, std::string, std::vector<std::uint8_t>>;
using Row = std::vector<Value>;

constexpr int checkpoint_after_bytes = 16 * 1024 * 1024;
constexpr std::size_t most_one_by_one = 1500;

struct Table {
  std::string name;
  std::string create;
  std::string insert;
  int columns = 0;
};

// The rows of one case, table by table in the order in which the program writes them.
struct CaseRows {
  std::vector<std::pair<std::size_t, Row>> rows;
};

void check(int code, sqlite3* database) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(database));
  std::exit(1);
}

void run(sqlite3* database, const std::string& sql) {
  check(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), database);
}

sqlite3_stmt* prepared(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  check(
      sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
      database);
  return statement;
}

Value value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return sqlite3_column_int64(statement, column);
    case SQLITE_TEXT:
      return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
                         static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      return std::vector<std::uint8_t>(bytes, bytes + sqlite3_column_bytes(statement, column));
    }
    default:
      return std::monostate{};
  }
}

void bind(sqlite3_stmt* statement, int index, const Value& value) {
  if (const auto* number = std::get_if<sqlite3_int64>(&value)) {
    sqlite3_bind_int64(statement, index, *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text(statement, index, text->data(), static_cast<int>(text->size()),
                      SQLITE_STATIC);
  } else if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&value)) {
    if (bytes->empty()) {  // a null pointer would bind NULL
      sqlite3_bind_zeroblob(statement, index, 0);
      return;
    }
    sqlite3_bind_blob(statement, index, bytes->data(), static_cast<int>(bytes->size()),
                      SQLITE_STATIC);
  } else {
    sqlite3_bind_null(statement, index);
  }
}

std::vector<Table> tables_of(sqlite3* database) {
  std::vector<Table> tables;
  sqlite3_stmt* list = prepared(database,
                                "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql "
                                "LIKE '%case_id%' ORDER BY name");
  while (sqlite3_step(list) == SQLITE_ROW) {
    Table table;
    table.name = reinterpret_cast<const char*>(sqlite3_column_text(list, 0));
    table.create = reinterpret_cast<const char*>(sqlite3_column_text(list, 1));
    sqlite3_stmt* look = prepared(database, "SELECT * FROM " + table.name + " LIMIT 1");
    table.columns = sqlite3_column_count(look);
    sqlite3_finalize(look);
    table.insert = "INSERT INTO " + table.name + " VALUES (?";
    for (int i = 1; i < table.columns; ++i) table.insert += ",?";
    table.insert += ")";
    tables.push_back(std::move(table));
  }
  sqlite3_finalize(list);
  return tables;
}

std::vector<CaseRows> cases_of(sqlite3* database, const std::vector<Table>& tables) {
  std::map<std::vector<std::uint8_t>, CaseRows> by_case;  // ids grow with time
  for (std::size_t i = 0; i < tables.size(); ++i) {
    sqlite3_stmt* all = prepared(database, "SELECT * FROM " + tables[i].name);
    int case_column = 0;
    while (std::string_view(sqlite3_column_name(all, case_column)) != "case_id") ++case_column;
    while (sqlite3_step(all) == SQLITE_ROW) {
      Row row;
      for (int column = 0; column < tables[i].columns; ++column)
        row.push_back(value_of(all, column));
      const auto id =
          std::get<std::vector<std::uint8_t>>(row[static_cast<std::size_t>(case_column)]);
      by_case[id].rows.emplace_back(i, std::move(row));
    }
    sqlite3_finalize(all);
  }
  std::vector<CaseRows> cases;
  for (auto& [id, rows] : by_case) cases.push_back(std::move(rows));
  return cases;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Written {
  std::size_t cases = 0;
  double seconds = 0;
  double cpu = 0;
};

Written write(const std::filesystem::path& file, const std::vector<Table>& tables,
              const std::vector<CaseRows>& cases, const std::vector<std::size_t>& batches) {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
  sqlite3* database = nullptr;
  check(sqlite3_open(file.c_str(), &database), database);
  run(database, "PRAGMA journal_mode = WAL");
  run(database, "PRAGMA synchronous = FULL");
  run(database, "PRAGMA wal_autocheckpoint = 0");
  run(database, "PRAGMA cache_size = -65536");
  std::vector<sqlite3_stmt*> inserts;
  for (const Table& table : tables) {
    run(database, table.create);
    inserts.push_back(prepared(database, table.insert));
  }
  sqlite3_stmt* begin = prepared(database, "BEGIN IMMEDIATE");
  sqlite3_stmt* commit = prepared(database, "COMMIT");
  const auto step = [&](sqlite3_stmt* statement) {
    check(sqlite3_step(statement), database);
    sqlite3_reset(statement);
  };

  const double cpu_before = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  Written written;
  for (const std::size_t batch : batches) {
    if (written.cases + batch > cases.size()) break;
    step(begin);
    for (std::size_t i = 0; i < batch; ++i, ++written.cases) {
      for (const auto& [table, row] : cases[written.cases].rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
          bind(inserts[table], static_cast<int>(column) + 1, row[column]);
        }
        step(inserts[table]);
      }
    }
    step(commit);
    std::error_code none;
    const auto log = std::filesystem::file_size(file.string() + "-wal", none);
    if (!none && log > checkpoint_after_bytes) {
      sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    }
  }
  written.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  written.cpu = cpu_seconds() - cpu_before;
  for (sqlite3_stmt* statement : inserts) sqlite3_finalize(statement);
  sqlite3_finalize(begin);
  sqlite3_finalize(commit);
  sqlite3_close(database);
  return written;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: intake_replay DATABASE BATCHES SCRATCH\n");
    return 2;
  }
  sqlite3* source = nullptr;
  check(sqlite3_open_v2(argv[1], &source, SQLITE_OPEN_READONLY, nullptr), source);
  const auto tables = tables_of(source);
  const auto cases = cases_of(source, tables);
  sqlite3_close(source);

  std::vector<std::size_t> batches;
  std::ifstream sizes(argv[2]);
  for (std::size_t size = 0; sizes >> size;) batches.push_back(size);

  const std::filesystem::path scratch = argv[3];
  const Written in_batches = write(scratch / "batches.db", tables, cases, batches);
  const std::vector<std::size_t> ones(std::min(most_one_by_one, cases.size()), 1);
  const Written one_by_one = write(scratch / "ones.db", tables, cases, ones);
  std::printf("%zu %.3f %.2f %zu %.3f %.2f\n", in_batches.cases, in_batches.seconds, in_batches.cpu,
              one_by_one.cases, one_by_one.seconds, one_by_one.cpu);
}
