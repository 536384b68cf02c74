// One connection to PostgreSQL. Not thread-safe.
//
// A pooler that hands out connections by the transaction (PgBouncer) may stand between: then
// statements are unnamed and nothing of a session outlives its transaction. Where none does, what
// is asked often is kept by the server (kept_statements.h). What needs no answer of its own (BEGIN,
// savepoints, settings, a row that is added) travels with the next statement: one round trip, not
// two.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/storage_postgres/dialect.h"
#include "adapters/storage_postgres/kept_statements.h"
#include "adapters/storage_postgres/values.h"
#include "ports/storage.h"

struct pg_conn;

namespace minhu::storage_postgres {

// The disk of the server is full: the transaction is lost, the data is whole.
class DiskFull : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Another transaction was in the way (a lock, a deadlock, a serialization failure): nothing was
// kept, and the whole may be tried again.
class InTheWay : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Limits {
  std::chrono::milliseconds statement{30'000};  // the server ends a longer one
  std::chrono::milliseconds lock{10'000};       // and a longer wait for another transaction
  // And a writer that has frozen and holds the others up: sooner than those would be refused.
  std::chrono::milliseconds idle_write{8'000};
  std::chrono::milliseconds idle_read{600'000};
  // Nothing heard for so long: another connection asks whether the server is still there. With the
  // two seconds that this may take, a frozen server is noticed within five.
  std::chrono::milliseconds quiet{2'500};
  std::chrono::milliseconds look_for_server{10'000};  // before a caller is told that it is away
  // Who comes later, while it is known to be away, is told so sooner.
  std::chrono::milliseconds look_again{1'000};
  // Whom nobody has asked for so long is asked first whether it still has everything.
  std::chrono::milliseconds believed_for{1'000};
  // A read that found no server that writes stays so long with one that follows, and looks again.
  std::chrono::milliseconds stay_with_follower{5'000};
};

// Where a connection may lead.
enum class Doors {
  to_the_writer,      // the server that takes writes
  to_a_follower_too,  // or, when that one is away, a standby that has all we were told is kept
};

class Connection {
 public:
  Connection(std::string address, Limits limits, Doors doors = Doors::to_the_writer);
  Connection(Connection&&) = delete;
  ~Connection();

  // A statement that says whether a server has everything that was acknowledged. Asked of a standby
  // before each transaction, and of any server that was just connected or not used for a while: it
  // may be one that was frozen and has not yet heard that another took over.
  void believe_only(std::function<std::string()> who_answers) {
    has_everything_ = std::move(who_answers);
  }

  // Opens a transaction with these statements, which go with the first that wants an answer. Until
  // that answer a lost connection is made anew without anybody noticing: nothing was seen yet.
  void begin(const std::vector<std::string>& opening);
  void defer(std::string statement);
  // The answer to one statement, after whatever was deferred. StorageFailure for broken SQL,
  // DiskFull, InTheWay, StorageUnreachable.
  Answer ask(const Statement& statement, std::span<const Parameter> parameters);
  Answer ask(const std::string& statement) { return ask(Statement{statement, false}, {}); }
  // A statement whose answer nobody waits for. It stays here until the next that somebody waits
  // for, and goes with that one: that it failed is thrown then, or by settle(). To send it at once
  // would gain little, for the server is not what takes long, and would cost a Sync of its own:
  // without one the server takes us for busy, whatever we are, and no limit of its own would free
  // it (and the lock of the region) from a process that freezes here.
  void send_later(const Statement& statement, std::span<const Parameter> parameters);
  // Sends what was to be sent later, and waits.
  void settle();
  // Ends the transaction durably. After StorageUnreachable from here nobody knows whether it did:
  // also when somebody cancelled its wait for a standby.
  void commit();
  // Ends it without a trace, however it stands; never throws. Does not wait for the answer, which
  // is read before that of the next statement: a read pays no round trip for its end.
  void roll_back() noexcept;

  // Whether nothing of this transaction was ever answered.
  bool nothing_seen() const { return !anything_seen_; }
  // Whether StorageUnreachable was thrown of this connection: then its transaction is over.
  bool is_lost() const { return handle_ == nullptr; }

  // A duplicate key; every other SQL error is thrown.
  static bool is_duplicate(const pg_result* answer);

 private:
  struct Close {
    void operator()(pg_conn* connection) const noexcept;
  };
  using Handle = std::unique_ptr<pg_conn, Close>;

  enum class Found { writer, follower };
  // One host of the address; empty where libpq finds it.
  struct Host {
    std::string name;
    std::string port;
  };
  static std::vector<Host> hosts_of(const std::string& address);
  Handle connected(Found wanted) const;
  Handle connected(const Host& host, Found wanted) const;
  void connect(Found wanted);
  bool nobody_stands_between();
  // The answers of one turn: the last, and the first that says that something failed.
  struct Turn {
    Answer last;
    Answer broken;
    std::size_t broken_at = 0;
  };

  void send(const std::string& text, const Sent& sent);
  void send(const Statement& statement, const Sent& sent);
  void send_all_later();
  void sync();
  void read_result(std::size_t index, Turn& turn, std::chrono::steady_clock::time_point end);
  void read_preparation(KeptStatements::Kept& kept, std::size_t index, Turn& turn,
                        std::chrono::steady_clock::time_point end);
  Turn read_turn();
  Answer converse(const Statement& statement, const Sent& sent);
  Answer next(std::chrono::steady_clock::time_point end);
  void read_owed_answer(std::chrono::steady_clock::time_point end);
  void refuse_one_that_lags();
  void wait_for_server(std::chrono::steady_clock::time_point end);
  bool server_is_there() const;
  [[noreturn]] void lost(std::string_view why);
  [[noreturn]] void fail_with(const pg_result* answer, std::string_view sql);

  std::string address_;
  std::vector<Host> hosts_;
  Limits limits_;
  Doors doors_;
  std::function<std::string()> has_everything_;
  Handle handle_;
  Found found_ = Found::writer;  // what handle_ leads to
  std::chrono::steady_clock::time_point found_at_;
  std::chrono::steady_clock::time_point heard_at_;  // the last answer
  std::vector<std::string> deferred_;
  struct Later {
    Statement statement;
    Sent sent;
  };
  std::vector<Later> later_;  // in their order; what was deferred before them among them
  KeptStatements kept_;
  // What was sent and has no answer yet.
  struct Owed {
    enum class Kind { statement, preparation, sync };
    Kind kind = Kind::statement;
    KeptStatements::Kept* kept = nullptr;  // of a preparation
  };
  std::deque<Owed> unanswered_;
  bool away_ = false;    // the last look for a server found none
  bool warned_ = false;  // the server has said something of class 01 beside its answers
  bool in_transaction_ = false;
  bool anything_seen_ = false;   // of this transaction
  bool owes_an_answer_ = false;  // to the ROLLBACK before it
};

}  // namespace minhu::storage_postgres
