#include "adapters/storage_postgres/connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <thread>

namespace minhu::storage_postgres {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view duplicate_key = "23505";
// More statements than this do not wait to be sent, nor one with more bytes.
constexpr std::size_t most_later = 64;
constexpr std::size_t most_bytes_later = 64 * 1024;

std::string_view state_of(const pg_result* answer) {
  const char* state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  return state == nullptr ? std::string_view() : std::string_view(state);
}

std::string one_line(const char* message) {
  std::string line(message == nullptr ? "" : message);
  std::replace(line.begin(), line.end(), '\n', ' ');
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

// Without the values: a message of the server may quote what a person wrote, DETAIL always does.
std::string message_of(const pg_result* answer) {
  const char* primary = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  return one_line(primary) + " (" + std::string(state_of(answer)) + ")";
}

bool starts_with_one_of(std::string_view state, std::initializer_list<std::string_view> all) {
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view start) { return state.starts_with(start); });
}

}  // namespace

void Connection::Close::operator()(pg_conn* connection) const noexcept {
  PQfinish(connection);
}

Connection::Connection(std::string address, Limits limits, Doors doors)
    : address_(std::move(address)), hosts_(hosts_of(address_)), limits_(limits), doors_(doors) {}

Connection::~Connection() = default;

// libpq goes on to the next host when nobody listens at one, but not when somebody does and hangs
// up, as a proxy does that has no server to lead to. So each is asked by itself.
std::vector<Connection::Host> Connection::hosts_of(const std::string& address) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(address.c_str(), nullptr), PQconninfoFree);
  const auto value_of = [&](std::string_view keyword) {
    for (const auto* one = options.get(); one != nullptr && one->keyword != nullptr; ++one) {
      if (one->keyword == keyword && one->val != nullptr) return std::string(one->val);
    }
    return std::string();
  };
  const auto parts = [](const std::string& list) {
    std::vector<std::string> all;
    std::istringstream reading(list);
    for (std::string part; std::getline(reading, part, ',');) all.push_back(part);
    return all;
  };
  const auto names = parts(value_of("host"));
  const auto ports = parts(value_of("port"));
  const bool plain = ports.size() <= 1 || ports.size() == names.size();
  if (names.size() < 2 || !plain || !value_of("hostaddr").empty()) return {Host{}};
  std::vector<Host> hosts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string port = ports.empty() ? "" : ports[std::min(i, ports.size() - 1)];
    hosts.push_back({names[i], port});
  }
  return hosts;
}

Connection::Handle Connection::connected(Found wanted) const {
  // A server that follows stands further down in an address, behind the door to the one that
  // writes.
  std::string why;
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    const Host& host = hosts_[wanted == Found::writer ? i : hosts_.size() - 1 - i];
    Handle handle = connected(host, wanted);
    if (handle != nullptr && PQstatus(handle.get()) == CONNECTION_OK) return handle;
    why += (why.empty() ? "" : "; ") + (handle == nullptr ? "no memory for a connection"
                                                          : one_line(PQerrorMessage(handle.get())));
  }
  throw StorageUnreachable(why);
}

// What stands before "dbname" is a default that the address may overrule; what stands after it may
// not be.
Connection::Handle Connection::connected(const Host& host, Found wanted) const {
  constexpr std::array names{"connect_timeout",
                             "keepalives_idle",
                             "keepalives_interval",
                             "keepalives_count",
                             "tcp_user_timeout",
                             "application_name",
                             "target_session_attrs",
                             "dbname",
                             "client_encoding",
                             "host",
                             "port",
                             static_cast<const char*>(nullptr)};
  const char* const attributes = wanted == Found::writer ? "read-write" : "standby";
  const std::array values{"2",
                          "2",
                          "1",
                          "2",
                          "4000",
                          "minhu",
                          attributes,
                          address_.c_str(),
                          "UTF8",
                          host.name.c_str(),
                          host.port.c_str(),
                          static_cast<const char*>(nullptr)};
  Handle handle(PQconnectdbParams(names.data(), values.data(), 1));
  if (handle == nullptr || PQstatus(handle.get()) != CONNECTION_OK) return handle;
  PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
  PQsetnonblocking(handle.get(), 1);
  PQenterPipelineMode(handle.get());
  return handle;
}

void Connection::connect(Found wanted) {
  handle_ = connected(wanted);
  PQsetNoticeReceiver(
      handle_.get(),
      [](void* self, const pg_result* notice) {
        if (state_of(notice).starts_with("01")) static_cast<Connection*>(self)->warned_ = true;
      },
      this);
  found_ = wanted;
  found_at_ = Clock::now();
  heard_at_ = {};
  unanswered_.clear();
  kept_.begin_anew(false);
  kept_.begin_anew(nobody_stands_between());
}

// A pooler gives its clients numbers of its own for cancelling; a server gives that of the process.
bool Connection::nobody_stands_between() {
  send("SELECT pg_backend_pid()::bigint", Sent({}));
  sync();
  const Turn turn = read_turn();
  return turn.broken == nullptr && PQntuples(turn.last.get()) == 1 &&
         AnswerRow(turn.last.get(), 0).integer(0) == PQbackendPID(handle_.get());
}

// A server that lacks what somebody was told is kept would show them a page without it.
void Connection::refuse_one_that_lags() {
  if (!has_everything_ || anything_seen_) return;
  if (found_ == Found::writer && Clock::now() < heard_at_ + limits_.believed_for) return;
  send(has_everything_(), Sent({}));
  sync();
  const Turn turn = read_turn();
  const bool has = turn.broken == nullptr && PQntuples(turn.last.get()) == 1 &&
                   AnswerRow(turn.last.get(), 0).integer(0) == 1;
  if (!has) lost("the server lacks what was acknowledged");
}

void Connection::lost(std::string_view why) {
  handle_.reset();
  owes_an_answer_ = false;
  later_.clear();
  throw StorageUnreachable(std::string(why));
}

void Connection::fail_with(const pg_result* answer, std::string_view sql) {
  const std::string_view state = state_of(answer);
  const std::string what = message_of(answer) + " in: " + std::string(sql.substr(0, 200));
  // 57P01–03: the server is being stopped, has crashed, is starting; 25P03: it gave up on us;
  // 25006: it has become a standby.
  if (state.empty() || starts_with_one_of(state, {"08", "57P0", "25P03", "25006"})) lost(what);
  if (state == "53100") throw DiskFull(what);
  if (starts_with_one_of(state, {"40", "55P03"})) throw InTheWay(what);
  throw StorageFailure(what);
}

bool Connection::is_duplicate(const pg_result* answer) {
  return state_of(answer) == duplicate_key;
}

void Connection::begin(const std::vector<std::string>& opening) {
  if (found_ == Found::follower && Clock::now() > found_at_ + limits_.stay_with_follower) {
    handle_.reset();
    owes_an_answer_ = false;
  }
  deferred_ = opening;
  later_.clear();
  in_transaction_ = true;
  anything_seen_ = false;
}

void Connection::defer(std::string statement) {
  deferred_.push_back(std::move(statement));
}

// Sends what was not sent yet, too.
void Connection::sync() {
  if (PQpipelineSync(handle_.get()) == 0) lost(one_line(PQerrorMessage(handle_.get())));
  unanswered_.push_back({Owed::Kind::sync, nullptr});
}

void Connection::send(const std::string& text, const Sent& sent) {
  if (PQsendQueryParams(handle_.get(), text.c_str(), sent.count(), sent.types(), sent.values(),
                        sent.lengths(), sent.formats(), 1) == 0) {
    lost(one_line(PQerrorMessage(handle_.get())));
  }
  unanswered_.push_back({});
}

void Connection::send(const Statement& statement, const Sent& sent) {
  const auto use = kept_.use(statement, sent);
  if (use.kept == nullptr) {
    send(statement.text, sent);
    return;
  }
  const char* const name = use.kept->name.c_str();
  if (use.has_to_be_made) {
    if (PQsendPrepare(handle_.get(), name, statement.text.c_str(), sent.count(), sent.types()) ==
        0) {
      lost(one_line(PQerrorMessage(handle_.get())));
    }
    unanswered_.push_back({Owed::Kind::preparation, use.kept});
  }
  if (PQsendQueryPrepared(handle_.get(), name, sent.count(), sent.values(), sent.lengths(),
                          sent.formats(), 1) == 0) {
    lost(one_line(PQerrorMessage(handle_.get())));
  }
  unanswered_.push_back({});
}

Answer Connection::ask(const Statement& statement, std::span<const Parameter> parameters) {
  const Sent sent(parameters);
  const auto end = Clock::now() + (away_ ? limits_.look_again : limits_.look_for_server);
  Found look_for = Found::writer;
  for (auto pause = std::chrono::milliseconds(20);;) {
    const bool looked = handle_ == nullptr;
    try {
      if (looked) {
        if (in_transaction_ && anything_seen_) throw StorageUnreachable("the connection is gone");
        connect(look_for);
      }
      refuse_one_that_lags();
      Answer answer = converse(statement, sent);
      away_ = false;
      heard_at_ = Clock::now();
      return answer;
    } catch (const StorageUnreachable&) {
      if (anything_seen_) throw;
      if (!looked) continue;
      away_ = Clock::now() + pause > end;
      if (away_) throw;
      if (doors_ == Doors::to_a_follower_too) {  // whoever wants to read need not wait for a writer
        look_for = look_for == Found::writer ? Found::follower : Found::writer;
        if (look_for == Found::follower) continue;
      }
      std::this_thread::sleep_for(pause);
      pause = std::min(2 * pause, std::chrono::milliseconds(500));
    }
  }
}

void Connection::send_later(const Statement& statement, std::span<const Parameter> parameters) {
  // Before anything was seen it may have to be sent a second time, over another connection.
  if (!anything_seen_ || size_of(parameters) > most_bytes_later) {
    const Answer answer = ask(statement, parameters);
    if (is_duplicate(answer.get())) fail_with(answer.get(), statement.text);
    return;
  }
  for (std::string& text : deferred_) {
    later_.push_back({Statement{std::move(text)}, Sent({})});
  }
  deferred_.clear();
  later_.push_back({statement, Sent::with_bytes_of_its_own(parameters)});
  if (later_.size() >= most_later) settle();
}

void Connection::send_all_later() {
  for (const auto& [statement, sent] : later_) send(statement, sent);
}

void Connection::settle() {
  if (later_.empty()) return;
  if (handle_ == nullptr) throw StorageUnreachable("the connection is gone");
  send_all_later();
  sync();
  const Turn turn = read_turn();
  const std::string culprit = later_[turn.broken_at].statement.text;
  later_.clear();
  if (turn.broken != nullptr) fail_with(turn.broken.get(), culprit);
}

// One turn: what was to be sent later, everything deferred and the statement go out together, then
// one answer for each.
Answer Connection::converse(const Statement& statement, const Sent& sent) {
  const Sent nothing({});
  send_all_later();
  for (const std::string& text : deferred_) send(text, nothing);
  send(statement, sent);
  sync();

  const std::size_t before = later_.size() + deferred_.size();
  Turn turn = read_turn();
  if (turn.broken == nullptr) {
    later_.clear();
    deferred_.clear();
    anything_seen_ = true;
    return std::move(turn.last);
  }
  std::string culprit = statement.text;
  if (turn.broken_at < later_.size()) {
    culprit = later_[turn.broken_at].statement.text;
  } else if (turn.broken_at < before) {
    culprit = deferred_[turn.broken_at - later_.size()];
  }
  // A server that is being stopped has seen nothing of it, as far as a new connection goes.
  if (!state_of(turn.broken.get()).starts_with("57P0")) {
    later_.clear();
    deferred_.clear();
    anything_seen_ = true;
  }
  if (turn.broken_at == before && is_duplicate(turn.broken.get())) return std::move(turn.broken);
  fail_with(turn.broken.get(), culprit);
}

// The answer to a PREPARE. What fails here fails for the statement of that index, which is passed
// over by the server then.
void Connection::read_preparation(KeptStatements::Kept& kept, std::size_t index, Turn& turn,
                                  Clock::time_point end) {
  Answer answer = next(end);
  if (answer == nullptr) lost("an answer is missing");
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK) kept_.not_made(kept);
  if (status != PGRES_COMMAND_OK && status != PGRES_PIPELINE_ABORTED && turn.broken == nullptr) {
    turn.broken = std::move(answer);
    turn.broken_at = index;
  }
  if (next(end) != nullptr) lost("an answer too many");
}

void Connection::read_result(std::size_t index, Turn& turn, Clock::time_point end) {
  turn.last = next(end);
  if (turn.last == nullptr) lost("an answer is missing");
  const auto status = PQresultStatus(turn.last.get());
  const bool fine =
      status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_ABORTED;
  if (!fine && turn.broken == nullptr) {
    turn.broken = std::move(turn.last);
    turn.broken_at = index;
  }
  if (next(end) != nullptr) lost("an answer too many");
}

// Everything up to the last Sync. After a failure the server passes over what came before the next
// Sync and refuses what came after it: the first that failed says why.
Connection::Turn Connection::read_turn() {
  const auto end = Clock::now() + limits_.statement + limits_.lock;
  read_owed_answer(end);
  Turn turn;
  for (std::size_t index = 0; !unanswered_.empty();) {
    const Owed owed = unanswered_.front();
    unanswered_.pop_front();
    switch (owed.kind) {
      case Owed::Kind::preparation:
        read_preparation(*owed.kept, index, turn, end);
        break;
      case Owed::Kind::statement:
        read_result(index++, turn, end);
        break;
      case Owed::Kind::sync:
        next(end);  // nothing follows it
        if (PQstatus(handle_.get()) == CONNECTION_BAD)
          lost(one_line(PQerrorMessage(handle_.get())));
        break;
    }
  }
  return turn;
}

void Connection::read_owed_answer(Clock::time_point end) {
  if (!owes_an_answer_) return;
  // The ROLLBACK, the end of its answers, and the end of its turn.
  for (int part = 0; part < 3; ++part) next(end);
  owes_an_answer_ = false;
  if (PQstatus(handle_.get()) == CONNECTION_BAD) lost(one_line(PQerrorMessage(handle_.get())));
}

Answer Connection::next(Clock::time_point end) {
  for (;;) {
    const int left = PQflush(handle_.get());
    if (left < 0) lost(one_line(PQerrorMessage(handle_.get())));
    if (left == 0 && PQisBusy(handle_.get()) == 0) return Answer(PQgetResult(handle_.get()));
    wait_for_server(end);
    if (PQconsumeInput(handle_.get()) == 0) lost(one_line(PQerrorMessage(handle_.get())));
  }
}

void Connection::wait_for_server(Clock::time_point end) {
  pollfd socket{PQsocket(handle_.get()), POLLIN, 0};
  if (PQflush(handle_.get()) == 1) socket.events |= POLLOUT;
  for (;;) {
    if (::poll(&socket, 1, static_cast<int>(limits_.quiet.count())) != 0) return;
    if (Clock::now() > end) lost("the server is there, but no answer came in time");
    if (!server_is_there()) lost("the server does not answer");
  }
}

// A frozen machine is noticed by the kernel (keepalives, tcp_user_timeout); a frozen process on a
// machine that lives is not. That it lets somebody in says that it is there; that another server of
// the address does says the contrary.
bool Connection::server_is_there() const {
  try {
    const Handle other = connected(found_);
    return std::string_view(PQhost(other.get())) == PQhost(handle_.get()) &&
           std::string_view(PQport(other.get())) == PQport(handle_.get());
  } catch (const StorageUnreachable&) {
    return false;
  }
}

void Connection::commit() {
  warned_ = false;
  const Answer answer = ask("COMMIT");
  in_transaction_ = false;
  if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT") {
    throw StorageFailure("a job went on after a statement of it had failed; nothing was kept");
  }
  // Whoever cancels a COMMIT that waits for a standby has it answered as if nothing were wrong, and
  // with a warning. It is on the disk of one server then.
  if (warned_) lost("the server gave up waiting for a standby");
}

void Connection::roll_back() noexcept {
  later_.clear();
  const bool open = in_transaction_ && anything_seen_ && handle_ != nullptr;
  deferred_.clear();
  if (open) {
    const bool sent = PQsendQueryParams(handle_.get(), "ROLLBACK", 0, nullptr, nullptr, nullptr,
                                        nullptr, 1) == 1 &&
                      PQpipelineSync(handle_.get()) == 1 && PQflush(handle_.get()) == 0;
    owes_an_answer_ = sent;
    if (!sent) handle_.reset();  // the server rolls back what nobody holds
  }
  in_transaction_ = false;
}

}  // namespace minhu::storage_postgres
