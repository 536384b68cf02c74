#include "adapters/storage_postgres/transaction.h"

#include <libpq-fe.h>

#include <charconv>

namespace minhu::storage_postgres {

namespace {

void each_row(Connection& connection, std::string_view sql, const Parameters& parameters,
              const std::function<void(const Row&)>& each) {
  const Answer answer = connection.ask(translate(sql), parameters.span());
  if (Connection::is_duplicate(answer.get())) {
    throw StorageFailure("unexpected duplicate: " + std::string(sql));
  }
  const int rows = PQntuples(answer.get());
  for (int row = 0; row < rows; ++row) each(AnswerRow(answer.get(), row));
}

std::int64_t changed_by(const pg_result* answer) {
  // PQcmdTuples wants what it does not change as something it could.
  const std::string_view text = PQcmdTuples(const_cast<pg_result*>(answer));
  std::int64_t changed = 0;
  std::from_chars(text.data(), text.data() + text.size(), changed);
  return changed;
}

}  // namespace

void PostgresReading::query(std::string_view sql, const Parameters& parameters,
                            const std::function<void(const Row&)>& each) {
  each_row(connection_, sql, parameters, each);
}

void PostgresTransaction::query(std::string_view sql, const Parameters& parameters,
                                const std::function<void(const Row&)>& each) {
  each_row(connection_, sql, parameters, each);
}

std::int64_t PostgresTransaction::execute(std::string_view sql, const Parameters& parameters) {
  const Statement statement = translate(sql);
  if (statement.changes_one_row) {
    connection_.send_later(statement, parameters.span());
    return 1;
  }
  const Answer answer = connection_.ask(statement, parameters.span());
  if (Connection::is_duplicate(answer.get())) {
    throw StorageFailure("unexpected duplicate: " + std::string(sql));
  }
  return changed_by(answer.get());
}

Result<std::int64_t> PostgresTransaction::try_execute(std::string_view sql,
                                                      const Parameters& parameters) {
  Statement statement = translate(sql);
  if (statement.inserts_one_row) {
    statement.text += " ON CONFLICT DO NOTHING";
    const std::int64_t changed = changed_by(connection_.ask(statement, parameters.span()).get());
    if (changed == 0) return fail(FaultCode::conflict, "storage.already_there");
    return changed;
  }
  // An error would end the whole transaction, so the statement stands in a part of its own.
  connection_.defer("SAVEPOINT statement");
  const Answer answer = connection_.ask(statement, parameters.span());
  if (Connection::is_duplicate(answer.get())) {
    connection_.defer("ROLLBACK TO statement");
    connection_.defer("RELEASE statement");
    return fail(FaultCode::conflict, "storage.already_there");
  }
  connection_.defer("RELEASE statement");
  return changed_by(answer.get());
}

// Something has failed, and nobody knows yet on which side of the savepoint: what is sent later
// goes out together with what comes after it. Where it was before, there is no such savepoint, and
// to undo it is for whoever stands around this part.
bool PostgresTransaction::undone_after_failure(const std::string& savepoint) {
  try {
    connection_.settle();
  } catch (const StorageFailure&) {
    // Undone with the rest.
  }
  try {
    connection_.ask("ROLLBACK TO " + savepoint);
  } catch (const StorageFailure&) {
    return false;
  }
  connection_.defer("RELEASE " + savepoint);
  return true;
}

void PostgresTransaction::undo(const std::string& savepoint) {
  try {
    connection_.settle();
  } catch (const StorageFailure&) {
    if (!undone_after_failure(savepoint)) throw;
    return;
  }
  connection_.defer("ROLLBACK TO " + savepoint);
  connection_.defer("RELEASE " + savepoint);
}

Outcome PostgresTransaction::savepoint(const std::function<Outcome()>& part) {
  struct Deeper {
    int& depth;
    explicit Deeper(int& of) : depth(++of) {}
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { --depth; }
  };
  const Deeper deeper(depth_);
  // A name of its own, or one that was never made would be taken for the one around it.
  const std::string name = "part_" + std::to_string(depth_);
  connection_.defer("SAVEPOINT " + name);
  try {
    Outcome outcome = part();
    if (outcome) {
      connection_.settle();  // what was sent later may fail, and is of this part alone
      connection_.defer("RELEASE " + name);
    } else {
      undo(name);
    }
    return outcome;
  } catch (const DiskFull&) {
    throw;  // these have ended the whole transaction
  } catch (const InTheWay&) {
    throw;
  } catch (const StorageUnreachable&) {
    if (!connection_.is_lost()) undo(name);  // another database, which this part had asked
    throw;
  } catch (const StorageFailure&) {
    (void)undone_after_failure(name);
    throw;
  } catch (...) {
    undo(name);
    throw;
  }
}

}  // namespace minhu::storage_postgres
