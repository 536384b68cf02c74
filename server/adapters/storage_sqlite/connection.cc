#include "adapters/storage_sqlite/connection.h"

#include <sqlite3.h>

#include <utility>

namespace minhu::storage_sqlite {

namespace {

class StatementRow final : public Row {
 public:
  explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  std::string_view text(int column) const override {
    const auto* data = sqlite3_column_text(statement_, column);
    if (data == nullptr) return {};
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  BytesView bytes(int column) const override {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

struct Bind {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(std::string_view text) const {
    return sqlite3_bind_text64(statement, index, text.data() == nullptr ? "" : text.data(),
                               text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(BytesView bytes) const {
    if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
};

// Whatever is written makes every reader begin with an empty cache: its pages lie in one piece for
// each connection, or some hundred would be asked of malloc and given back with each question.
// Taken as they are needed, not before.
constexpr int pages_in_one_piece = 1000;

// What SQLite asks of malloc it would also count, with a lock of the whole process around each
// piece: every reader would wait for every other, and nobody asks for the sum.
void settle_memory() {
  static const int done = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, pages_in_one_piece) |
                          sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(done);  // of somebody else's making where the library has begun already
}

}  // namespace

// A statement in use: parameters bound, and reset again however the use ends.
class Connection::Use {
 public:
  Use(Connection& connection, std::string_view sql, const Parameters& parameters)
      : statement_(connection.prepared(sql)) {
    int index = 1;
    for (const Parameter& parameter : parameters.span()) {
      const int code = std::visit(Bind{statement_, index++}, parameter);
      if (code != SQLITE_OK) connection.fail_with(code, sql);
    }
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  int step() { return sqlite3_step(statement_); }
  sqlite3_stmt* statement() const { return statement_; }

 private:
  sqlite3_stmt* statement_;
};

void Connection::CloseDatabase::operator()(sqlite3* handle) const noexcept {
  sqlite3_close_v2(handle);
}

void Connection::CloseStatement::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Connection::Connection(const std::filesystem::path& file, Access access, std::int64_t cache_kib) {
  const int flags = SQLITE_OPEN_NOMUTEX |
                    (access == Access::read_only ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  settle_memory();
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  handle_.reset(opened);
  if (code != SQLITE_OK) fail_with(code, "open " + file.string());
  sqlite3_extended_result_codes(handle_.get(), 1);
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(usual_wait.count()));
  run("PRAGMA foreign_keys = ON");
  run("PRAGMA trusted_schema = OFF");
  run("PRAGMA cell_size_check = ON");
  run("PRAGMA secure_delete = ON");
  run("PRAGMA temp_store = MEMORY");
  run_script("PRAGMA cache_size = -" + std::to_string(cache_kib));
  if (access == Access::read_only) {
    run("PRAGMA query_only = ON");
    // Not even when it is the last to go: one connection alone moves the log.
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
}

sqlite3_stmt* Connection::prepared(std::string_view sql) {
  auto& statement = statements_[sql.data()];
  if (!statement) {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) {
      statements_.erase(sql.data());
      fail_with(code, sql);
    }
    statement.reset(made);
  }
  return statement.get();
}

void Connection::fail_with(int code, std::string_view sql) const {
  const std::string what = std::string(sqlite3_errmsg(handle_.get())) + " (" +
                           std::to_string(code) + ") in: " + std::string(sql.substr(0, 200));
  switch (code & 0xFF) {
    case SQLITE_FULL:
      throw DiskFull(what);
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw InputOutputFailure(what);
    default:
      throw StorageFailure(what);
  }
}

void Connection::run(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_with(code, sql);
}

void Connection::run_script(const std::string& sql) {
  run(sql.c_str());
}

void Connection::query(std::string_view sql, const Parameters& parameters,
                       const std::function<void(const Row&)>& each) {
  Use use(*this, sql, parameters);
  const StatementRow row(use.statement());
  int code = use.step();
  for (; code == SQLITE_ROW; code = use.step()) each(row);
  if (code != SQLITE_DONE) fail_with(code, sql);
}

Result<std::int64_t> Connection::execute(std::string_view sql, const Parameters& parameters) {
  Use use(*this, sql, parameters);
  int code = use.step();
  while (code == SQLITE_ROW) code = use.step();
  if (code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE) {
    return fail(FaultCode::conflict, "storage.already_there");
  }
  if (code != SQLITE_DONE) fail_with(code, sql);
  return sqlite3_changes64(handle_.get());
}

Connection::Checkpoint Connection::checkpoint(int mode, std::chrono::milliseconds wait) {
  Checkpoint done;
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(wait.count()));
  const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, &done.frames_in_log,
                                             &done.frames_moved);
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(usual_wait.count()));
  // A reader that still needs old pages is no error; the next checkpoint gets further.
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) fail_with(code, "checkpoint");
  return done;
}

void Connection::copy_to(const std::filesystem::path& file) const {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &opened,
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const std::unique_ptr<sqlite3, CloseDatabase> to(opened);
  if (code != SQLITE_OK) fail_with(code, "open " + file.string());
  sqlite3_backup* copying = sqlite3_backup_init(to.get(), "main", handle_.get(), "main");
  if (copying == nullptr) throw StorageFailure("no copy can be made of this database");
  sqlite3_backup_step(copying, -1);
  if (const int end = sqlite3_backup_finish(copying); end != SQLITE_OK) {
    throw StorageFailure("the copy of the database ended with " + std::to_string(end));
  }
}

void Connection::count_log_frames() {
  sqlite3_wal_hook(
      handle_.get(),
      [](void* connection, sqlite3*, const char*, int frames) {
        static_cast<Connection*>(connection)->frames_in_log_ = frames;
        return SQLITE_OK;
      },
      this);
}

}  // namespace minhu::storage_sqlite
