#include "adapters/test_storage/test_database.h"

#include <cstdlib>

#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "kernel/bytes.h"
#include "kernel/crypto.h"
#include "ports/migrate.h"

namespace minhu::test_storage {

namespace {

constexpr std::size_t readers = 2;

std::unique_ptr<Database> open_schema(const std::string& address) {
  storage_postgres::Options options;
  options.address = address;
  options.readers = readers;
  options.durability = storage_postgres::Durability::unsafe_for_tests;
  options.twice_for_tests = std::getenv("MINHU_TEST_STORAGE_TWICE") != nullptr;
  return std::make_unique<storage_postgres::PostgresDatabase>(options);
}

std::unique_ptr<Database> open_file(const std::filesystem::path& file) {
  storage_sqlite::Options options;
  options.file = file;
  options.readers = readers;
  return std::make_unique<storage_sqlite::SqliteDatabase>(options);
}

// Making the same tables anew is a good part of what a small test costs. In the folder that
// MINHU_TEST_SCHEMAS names, the first test on these tables leaves them empty for all others.
std::optional<std::filesystem::path> shelf_of(std::span<const Migration> steps) {
  const char* folder = std::getenv("MINHU_TEST_SCHEMAS");
  if (folder == nullptr) return std::nullopt;
  std::string all;
  for (const Migration& step : steps) {
    all += std::to_string(step.number) + " " + std::string(step.name) + "\n" +
           std::string(step.sql) + "\n";
  }
  return std::filesystem::path(folder) / (to_hex(sha256(as_bytes(all))) + ".db");
}

}  // namespace

TestDatabase::TestDatabase(std::initializer_list<std::span<const Migration>> features,
                           Engine engine) {
  std::string name = (std::filesystem::temp_directory_path() / "minhu-test-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  std::vector<Migration> steps;
  for (const auto feature : features) steps.insert(steps.end(), feature.begin(), feature.end());
  if (engine == Engine::postgresql) {
    schema_.emplace(steps);
    reopen();
    return;
  }
  const auto shelf = shelf_of(steps);
  const bool made_before = shelf && std::filesystem::exists(*shelf);
  if (made_before) std::filesystem::copy_file(*shelf, file());
  reopen();
  migrate(*database_, steps, Instant{});  // of tables that are there it compares every step
  if (!shelf || made_before) return;
  keep_copy();
  // Beside the others first: whoever looks there finds all of it or nothing.
  const auto beside = shelf->string() + folder_.filename().string();
  std::filesystem::copy_file(folder_ / "copy.db", beside);
  std::filesystem::rename(beside, *shelf);
}

TestDatabase::~TestDatabase() {
  database_.reset();
  std::filesystem::remove_all(folder_);
}

void TestDatabase::close() {
  database_.reset();
}

void TestDatabase::reopen() {
  close();
  database_ = open(place());
}

std::string TestDatabase::place() const {
  return schema_ ? schema_->address() : file().string();
}

std::unique_ptr<Database> TestDatabase::open(const std::string& place) {
  if (place.starts_with("postgresql://")) return open_schema(place);
  return open_file(place);
}

void TestDatabase::keep_copy() {
  if (schema_) return schema_->keep_copy();
  std::filesystem::remove(folder_ / "copy.db");
  static_cast<storage_sqlite::SqliteDatabase&>(*database_).copy_to(folder_ / "copy.db");
}

void TestDatabase::go_back() {
  if (schema_) return schema_->go_back();
  close();
  std::filesystem::rename(folder_ / "copy.db", file());
  for (const char* more : {"-wal", "-shm"}) std::filesystem::remove(file().string() + more);
  reopen();
}

std::vector<std::string> TestDatabase::tables() {
  if (schema_) return schema_->tables();
  return database_->read([](Reading& reading) {
    return reading.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", {},
                       [](const Row& row) { return std::string(row.text(0)); });
  });
}

bool TestDatabase::holds(BytesView needle) {
  const auto tables = this->tables();
  const char* columns_of = schema_ ? "SELECT attname::text FROM pg_attribute WHERE attrelid = "
                                     "?1::regclass AND attnum > 0 AND NOT attisdropped"
                                   : "SELECT name FROM pragma_table_info(?1)";
  // On PostgreSQL the text of bytes is their hex, and so every column is looked at as text.
  const std::string hex = to_hex(needle);
  return database_->read([&](Reading& reading) {
    for (const auto& table : tables) {
      const auto columns = reading.all(columns_of, {std::string_view(table)},
                                       [](const Row& row) { return std::string(row.text(0)); });
      for (const auto& column : columns) {
        texts_.push_back("SELECT count(*) FROM " + table + " WHERE " +
                         (schema_ ? "strpos(encode(convert_to(" + column +
                                        "::text, 'UTF8'), 'hex'), ?1) > 0 OR strpos(" + column +
                                        "::text, ?1) > 0"
                                  : "instr(CAST(" + column + " AS BLOB), ?1) > 0"));
        const Parameter wanted = schema_ ? Parameter(std::string_view(hex)) : Parameter(needle);
        const auto found =
            reading.first(texts_.back(), {wanted}, [](const Row& row) { return row.integer(0); });
        if (*found > 0) return true;
      }
    }
    return false;
  });
}

}  // namespace minhu::test_storage
