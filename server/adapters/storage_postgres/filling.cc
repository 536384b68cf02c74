#include "adapters/storage_postgres/filling.h"

#include <libpq-fe.h>

#include <cstdlib>

#include "adapters/storage_postgres/opening.h"

namespace minhu::storage_postgres {

namespace {

constexpr std::size_t sent_at_once = 256 * 1024;

// The binary form of COPY: a signature, flags and an extension of no bytes before the rows, -1
// after them (PostgreSQL manual, COPY, "Binary Format").
constexpr std::string_view before_the_rows("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view after_the_rows("\377\377", 2);

// The first line alone: what stands below may quote a row.
std::string why(const pg_result* answer) {
  const char* primary = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  return primary == nullptr ? "the server does not answer" : primary;
}

void put(std::string& out, std::uint64_t value, unsigned bytes) {
  for (unsigned i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i));
}

}  // namespace

void Filling::Close::operator()(pg_conn* connection) const noexcept {
  PQfinish(connection);
}

Filling::Filling(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
  if (connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) {
    throw StorageUnreachable(PQerrorMessage(connection_.get()));
  }
  Limits limits;
  limits.statement = std::chrono::hours(24);
  limits.idle_write = std::chrono::hours(24);
  for (const std::string& statement : opening_of_a_write(RegionId{}, limits)) run(statement);
}

Answer Filling::run(const std::string& sql) {
  Answer answer(PQexec(connection_.get(), sql.c_str()));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) {
    throw StorageFailure(why(answer.get()));
  }
  return answer;
}

void Filling::begin(const TableShape& table) {
  table_ = table;
  // COPY does not pass a wall between regions, not even for region 0: it is opened for as long as
  // nobody else sees the table.
  const Answer walled =
      run("SELECT relrowsecurity FROM pg_class WHERE oid = '" + table.name + "'::regclass");
  walled_ = std::string_view(PQgetvalue(walled.get(), 0, 0)) == "t";
  run("DELETE FROM " + table.name);
  if (walled_) run("ALTER TABLE " + table.name + " DISABLE ROW LEVEL SECURITY");
  run("COPY " + table.name + " (" + table.column_list() + ") FROM STDIN (FORMAT binary)");
  buffer_ = before_the_rows;
}

void Filling::add(const Row& row) {
  put(buffer_, table_.columns.size(), 2);
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (row.is_null(column)) {
      put(buffer_, 0xFFFFFFFF, 4);
    } else if (table_.columns[i].kind == ColumnKind::integer) {
      put(buffer_, 8, 4);
      put(buffer_, static_cast<std::uint64_t>(row.integer(column)), 8);
    } else if (table_.columns[i].kind == ColumnKind::text) {
      const std::string_view text = row.text(column);
      put(buffer_, text.size(), 4);
      buffer_ += text;
    } else {
      const BytesView bytes = row.bytes(column);
      put(buffer_, bytes.size(), 4);
      buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
  }
  if (buffer_.size() >= sent_at_once) send();
}

void Filling::send() {
  if (PQputCopyData(connection_.get(), buffer_.data(), static_cast<int>(buffer_.size())) != 1) {
    throw StorageFailure("the server takes no more rows of " + table_.name);
  }
  buffer_.clear();
}

std::int64_t Filling::end() {
  buffer_ += after_the_rows;
  send();
  if (PQputCopyEnd(connection_.get(), nullptr) != 1) {
    throw StorageFailure("the server takes no more rows of " + table_.name);
  }
  const Answer answer(PQgetResult(connection_.get()));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) {
    throw StorageFailure(why(answer.get()));
  }
  const std::int64_t rows = std::atoll(PQcmdTuples(answer.get()));
  while (const Answer rest{PQgetResult(connection_.get())}) {
  }
  if (walled_) run("ALTER TABLE " + table_.name + " ENABLE ROW LEVEL SECURITY");
  return rows;
}

void Filling::commit() {
  const Answer answer = run("COMMIT");
  if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT") {
    throw StorageFailure("nothing was moved: a statement had failed");
  }
}

}  // namespace minhu::storage_postgres
