#include "adapters/storage_sqlite/filling.h"

#include <fcntl.h>
#include <unistd.h>

namespace minhu::storage_sqlite {

namespace {

constexpr std::int64_t cache_kib = 256 * 1024;

std::string insert_into(const TableShape& table) {
  std::string values;
  for (std::size_t i = 1; i <= table.columns.size(); ++i) {
    values += (i == 1 ? "?" : ", ?") + std::to_string(i);
  }
  return "INSERT INTO " + table.name + " (" + table.column_list() + ") VALUES (" + values + ")";
}

}  // namespace

Filling::Filling(const std::filesystem::path& file)
    : file_(file), connection_(file, Access::read_write, cache_kib) {
  // The rows come table by table; what belongs together is there at the end.
  connection_.run("PRAGMA foreign_keys = OFF");
  connection_.run("PRAGMA locking_mode = EXCLUSIVE");
  connection_.run("PRAGMA journal_mode = DELETE");  // folds the log of the schema in
  connection_.run("PRAGMA journal_mode = OFF");
  connection_.run("PRAGMA synchronous = OFF");
  connection_.run("BEGIN EXCLUSIVE");
  std::vector<std::string> names;
  connection_.query("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
                    {}, [&](const Row& row) {
                      names.emplace_back(row.text(0));
                      indexes_.emplace_back(row.text(1));
                    });
  for (const std::string& name : names) connection_.run_script("DROP INDEX \"" + name + "\"");
}

void Filling::begin(const TableShape& table) {
  table_ = table;
  rows_ = 0;
  connection_.run_script("DELETE FROM " + table.name);
  statements_.push_back(insert_into(table));
}

void Filling::add(const Row& row) {
  Parameters values;
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (row.is_null(column)) {
      values.add({});
    } else if (table_.columns[i].kind == ColumnKind::integer) {
      values.add(row.integer(column));
    } else if (table_.columns[i].kind == ColumnKind::text) {
      values.add(row.text(column));
    } else {
      values.add(row.bytes(column));
    }
  }
  const auto added = connection_.execute(statements_.back(), values);
  if (!added) throw StorageFailure("a row comes twice in " + table_.name);
  ++rows_;
}

std::int64_t Filling::end() {
  return rows_;
}

void Filling::commit() {
  for (const std::string& index : indexes_) connection_.run_script(index);
  connection_.run("COMMIT");
  const int descriptor = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool durable = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!durable) throw InputOutputFailure("the filled file could not be synced");
}

}  // namespace minhu::storage_sqlite
