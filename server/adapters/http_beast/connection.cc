#include "adapters/http_beast/connection.h"

#include <array>
#include <boost/asio/buffer.hpp>

#include "adapters/http_beast/beat.h"
#include "adapters/http_beast/header_scan.h"
#include "adapters/http_beast/header_value.h"

// Coroutines of this file never hold a temporary with captures inside co_await: g++ 12 destroys it
// twice.

namespace minhu::http_beast {

namespace {

constexpr std::size_t header_piece = 4 * 1024;
constexpr std::size_t body_piece = 64 * 1024;
// Uploads go to the disk in pieces of this size, so that a large file costs few errands.
constexpr std::uint64_t spool_piece = 256 * 1024;

std::chrono::sys_seconds wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Refused too_slow() {
  return {408, Fault(FaultCode::invalid_input, "http.too_slow")};
}

Refused endless() {
  return {400, Fault(FaultCode::invalid_input, "http.malformed")};
}

Refused busy() {
  return {503, Fault(FaultCode::unavailable, "http.busy")};
}

// Writes what belongs into the spool.
class SpoolErrand final : public Errand {
 public:
  SpoolErrand(Returns& returns, BodyReader& reader) : Errand(returns), reader_(reader) {}
  Outcome& outcome() noexcept { return outcome_; }

 private:
  void work() noexcept override {
    try {
      outcome_ = reader_.write_out();
    } catch (...) {
      outcome_ = fail(FaultCode::unavailable, "http.storage_down");
    }
  }

  BodyReader& reader_;
  Outcome outcome_;
};

Address address_of(const Socket& socket) {
  NetworkError error;
  const auto endpoint = socket.remote_endpoint(error);
  Address address;
  if (error) return address;
  const auto ip = endpoint.address();
  const auto bytes = ip.is_v4()
                         ? asio::ip::make_address_v6(asio::ip::v4_mapped, ip.to_v4()).to_bytes()
                         : ip.to_v6().to_bytes();
  std::copy(bytes.begin(), bytes.end(), address.bytes.begin());
  return address;
}

}  // namespace

Connection::Connection(Service& service, Socket socket)
    : service_(service),
      limits_(service.options.limits),
      socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      peer_(address_of(socket_)),
      client_of_peer_(client_of(service.options.client_key, peer_)),
      received_(limits_.header_bytes + body_piece),
      waits_since_(now()) {
  prepare(socket_, limits_);
}

Connection::~Connection() {
  service_.bodies_held -= held_;
}

Awaitable<void> Connection::serve() {
  Next next = Next::request;
  while (next == Next::request) {
    next = co_await serve_one();
    service_.bodies_held -= std::exchange(held_, 0);
    served_before_ = true;
    if (service_.stopping && received_.empty()) break;
  }
}

Awaitable<Connection::Next> Connection::serve_one() {
  phase_ = Phase::idle;
  waits_since_ = now();
  received_.shrink();
  RequestParser parser;
  OrEnd<Head> head = co_await read_head(parser);
  phase_ = Phase::busy;
  Course course{{}, now()};
  if (!head) {
    const http::Request unread;
    co_return co_await refuse(unread, std::move(head).error(), course);
  }
  identify(head->request);

  OrRefused<Admission> admission = admit(*head, service_.router, limits_);
  if (!admission) {
    if (!head->has_body()) course.after = after_answer(*head);
    End why = std::move(admission).error();
    co_return co_await refuse(head->request, std::move(why), course);
  }
  const http::Route& route = *admission->route;
  course.pattern = route.pattern;

  if (head->expects_continue && head->has_body() && received_.empty()) {
    const bool sent = co_await send("HTTP/1.1 100 Continue\r\n\r\n", {});
    if (!sent) co_return Next::close;
  }
  OrEnd<std::vector<SpoolFile>> files =
      co_await read_body(std::move(admission->body), parser, head->request);
  if (!files) co_return co_await refuse(head->request, std::move(files).error(), course);
  course.after = after_answer(*head);
  co_return co_await handle(route, std::move(head->request), std::move(*files), course);
}

Awaitable<Connection::OrEnd<Head>> Connection::read_head(RequestParser& parser) {
  HeaderScan scan(limits_.target_bytes, limits_.header_bytes);
  deadline_ = waits_since_ + (served_before_ ? limits_.idle_time : limits_.header_time);
  while (true) {
    // An empty line before a request is left over from the body before it (RFC 9112 §2.2).
    if (phase_ == Phase::idle && received_.view().starts_with("\r\n")) received_.use(2);
    if (phase_ == Phase::idle && !received_.empty() && received_.view() != "\r") {
      phase_ = Phase::head;
      deadline_ = now() + limits_.header_time;
    }
    if (phase_ == Phase::head) {
      const auto length = scan.look(received_.view());
      if (!length) co_return tl::unexpected<End>(length.error());
      if (*length) {
        OrRefused<Head> head = parser.read_head(received_.view().substr(0, **length));
        received_.use(**length);
        if (!head) co_return tl::unexpected<End>(std::move(head).error());
        co_return std::move(*head);
      }
    }
    const bool more = co_await receive(header_piece);
    if (more) continue;
    if (expired_ && phase_ == Phase::head) co_return tl::unexpected<End>(too_slow());
    co_return tl::unexpected<End>(std::nullopt);
  }
}

Awaitable<Connection::OrEnd<std::vector<SpoolFile>>> Connection::read_body(BodyPlan plan,
                                                                           RequestParser& parser,
                                                                           http::Request& request) {
  const Pace pace(limits_, now());
  BodyReader reader(std::move(plan), limits_, service_.spool);
  while (true) {
    const OrRefused<std::size_t> used = parser.read_body(received_.view(), reader);
    if (!used) co_return tl::unexpected<End>(used.error());
    received_.use(*used);
    if (!may_hold(reader.held())) co_return tl::unexpected<End>(busy());
    if (reader.unwritten() >= spool_piece || (parser.complete() && reader.unwritten() > 0)) {
      OrEnd<void> written = co_await write_out(reader);
      if (!written) co_return tl::unexpected<End>(std::move(written).error());
    }
    if (parser.complete()) break;
    // The parser waits for the end of something (a chunk extension, a trailer) that has no end.
    if (received_.room(body_piece).empty()) co_return tl::unexpected<End>(endless());
    deadline_ = pace.deadline(reader.received(), now());
    const bool more = co_await receive(body_piece);
    if (more) continue;
    if (expired_) co_return tl::unexpected<End>(too_slow());
    co_return tl::unexpected<End>(std::nullopt);
  }
  Result<std::vector<SpoolFile>> files = reader.finish(request);
  if (!files) co_return tl::unexpected<End>(Refused(std::move(files).error()));
  co_return std::move(*files);
}

Awaitable<Connection::OrEnd<void>> Connection::write_out(BodyReader& reader) {
  deadline_ = Time::max();
  SpoolErrand errand(service_.returns, reader);
  const bool taken = co_await errand.done_by(service_.spoolers);
  if (!taken) co_return tl::unexpected<End>(busy());
  if (!errand.outcome()) {
    co_return tl::unexpected<End>(Refused(std::move(errand.outcome()).error()));
  }
  co_return OrEnd<void>();
}

Awaitable<Connection::Next> Connection::handle(const http::Route& route, http::Request request,
                                               std::vector<SpoolFile> files, Course course) {
  deadline_ = Time::max();  // a handler cannot be interrupted
  Exchange exchange(service_, route, std::move(request), std::move(files), course.after);
  const bool taken = co_await exchange.done_by(service_.workers);
  if (!taken) {
    const http::Request given_back = exchange.take_request();
    co_return co_await refuse(given_back, busy(), course);
  }
  if (exchange.hold().count() > 0) co_await hold(exchange.hold());
  const bool sent = co_await send_answer(exchange.answer(), course);
  co_return sent&& course.after != AfterAnswer::close ? Next::request : Next::close;
}

Awaitable<Connection::Next> Connection::refuse(const http::Request& request, End why,
                                               Course course) {
  if (!why) co_return Next::close;
  expired_ = false;
  may_hold(0);  // what was read of the body is gone already
  http::Response response = tell(service_.refusal, request, *why);
  const Answer answer = make_answer(request, std::move(response), course.after, wall_clock());
  const bool sent = co_await send_answer(answer, course);
  if (sent && course.after != AfterAnswer::close) co_return Next::request;
  if (sent) co_await linger();
  co_return Next::close;
}

Awaitable<bool> Connection::send_answer(const Answer& answer, Course course) {
  const bool sent = co_await send(answer.head, answer.body);
  if (service_.seen) service_.seen({course.pattern, answer.status, now() - course.started});
  co_return sent;
}

Awaitable<bool> Connection::receive(std::size_t wanted) {
  const std::span<char> room = received_.room(wanted);
  if (room.empty()) co_return false;
  NetworkError error;
  const std::size_t count =
      co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), into(error));
  received_.add(count);
  co_return !error && !expired_ && !aborted_;
}

Awaitable<bool> Connection::send(std::string_view first, std::string_view second) {
  const Pace pace(limits_, now());
  const std::size_t total = first.size() + second.size();
  std::size_t done = 0;
  while (done < total) {
    const std::string_view head = first.substr(std::min(done, first.size()));
    const std::string_view body = second.substr(done > first.size() ? done - first.size() : 0);
    const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head.data(), head.size()),
                                                       asio::buffer(body.data(), body.size())};
    NetworkError error;
    done += socket_.write_some(buffers, error);
    if (!error) continue;
    if (error != asio::error::would_block && error != asio::error::try_again) co_return false;
    deadline_ = pace.deadline(done, now());
    error = {};
    co_await socket_.async_wait(Socket::wait_write, into(error));
    if (error || expired_) co_return false;
  }
  co_return true;
}

Awaitable<void> Connection::hold(std::chrono::milliseconds time) {
  if (service_.stopping) co_return;
  NetworkError ended;
  timer_.expires_at(end_of_hold(now(), time));
  co_await timer_.async_wait(into(ended));
}

// Closing with unread bytes makes the kernel send a reset, and a reset makes the peer throw away
// the answer it has not read yet.
Awaitable<void> Connection::linger() {
  NetworkError error;
  socket_.shutdown(Socket::shutdown_send, error);
  deadline_ = now() + limits_.linger_time;
  bool more = !error;
  std::uint64_t thrown_away = 0;
  while (more && thrown_away < limits_.linger_bytes) {
    thrown_away += received_.view().size();
    received_.use(received_.view().size());
    more = co_await receive(body_piece);
  }
}

void Connection::check_deadline(Time time) {
  if (expired_ || time < deadline_) return;
  expired_ = true;
  NetworkError ignored;
  socket_.cancel(ignored);
}

// Only the wait ends, not the connection: the next request may have been read already without the
// coroutine knowing of it yet. Then it is heard, and somebody must be there to be answered.
void Connection::finish() {
  timer_.cancel();
  NetworkError ignored;
  if (phase_ == Phase::idle && received_.empty()) socket_.cancel(ignored);
}

// What was read already, and nobody has looked at, counts as never heard.
void Connection::abort() {
  aborted_ = true;
  NetworkError ignored;
  timer_.cancel();
  socket_.close(ignored);
}

void Connection::identify(http::Request& request) {
  request.client = client_of_peer_;
  if (!service_.proxies.trusts(peer_)) return;
  const Address origin = service_.proxies.origin(peer_, request.header("x-forwarded-for"));
  request.client = client_of(service_.options.client_key, origin);
  request.secure = equal_ignoring_case(request.header("x-forwarded-proto"), "https");
}

AfterAnswer Connection::after_answer(const Head& head) const {
  if (!head.keep_alive || service_.stopping) return AfterAnswer::close;
  return head.http_1_0 ? AfterAnswer::keep_old_client : AfterAnswer::keep;
}

bool Connection::may_hold(std::uint64_t bytes) {
  service_.bodies_held = service_.bodies_held - held_ + bytes;
  held_ = bytes;
  return service_.bodies_held <= limits_.bodies_in_memory;
}

}  // namespace minhu::http_beast
