#include "adapters/http_beast/server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <unordered_set>

#include "adapters/http_beast/connection.h"
#include "adapters/http_beast/exception_class.h"

namespace minhu::http_beast {

namespace {

constexpr std::chrono::milliseconds longest_tick{250};
constexpr std::chrono::milliseconds shortest_tick{10};
constexpr std::chrono::milliseconds until_descriptors_are_free{50};
// Files of handlers, the database, spooled uploads.
constexpr rlim_t other_descriptors = 1024;

// Deadlines are kept to within a tick.
std::chrono::milliseconds tick_of(const Limits& limits) {
  const auto shortest = std::min({limits.idle_time, limits.header_time, limits.grace,
                                  limits.request_time, limits.linger_time, limits.stop_time});
  return std::clamp(shortest / 4, shortest_tick, longest_tick);
}

// The usual soft limit of 1024 is less than the connections we promise.
void allow_descriptors(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = connections + other_descriptors;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted) {
    spdlog::warn("http: only {} file descriptors are allowed; {} are wanted for {} connections",
                 limit.rlim_cur, wanted, connections);
  }
}

void report(std::exception_ptr failure) {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (...) {
    spdlog::error("http: a connection ended by {}", class_of_current_exception());
  }
}

}  // namespace

class Server::Running {
 public:
  Running(Options options, std::vector<http::Route> routes, http::Refusal refusal,
          std::function<void(const Seen&)> seen)
      : network_(1),
        service_(network_, std::move(options), std::move(routes), std::move(refusal),
                 std::move(seen)),
        acceptor_(network_),
        pause_(network_),
        tick_(network_) {
    allow_descriptors(service_.options.most_connections);
    listen();
  }

  // Handlers that outlived run() still own their request: first they end, then their connections
  // do.
  ~Running() {
    service_.workers.join();
    service_.spoolers.join();
    network_.restart();
    network_.run();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void run() {
    asio::co_spawn(network_, accept(), report);
    asio::co_spawn(network_, watch(), report);
    network_.run();
  }

  void stop() {
    asio::post(network_, [this] { begin_to_stop(); });
  }

 private:
  void listen() {
    const Options& options = service_.options;
    NetworkError error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) throw std::invalid_argument("not an address: " + options.address);
    const asio::ip::tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(Acceptor::max_listen_connections, error);
    if (error) {
      throw std::system_error(error, fmt::format("listen on {}:{}", options.address, options.port));
    }
  }

  Awaitable<void> accept() {
    while (!service_.stopping) {
      NetworkError error;
      Socket socket = co_await acceptor_.async_accept(into(error));
      if (!error) {
        if (connections_.size() >= service_.options.most_connections && !make_room()) {
          turn_away(socket);
        } else {
          asio::co_spawn(network_, serve(std::move(socket)), report);
        }
      } else if (!service_.stopping) {
        // No descriptor is free, or the peer has gone already.
        NetworkError ended;
        pause_.expires_after(until_descriptors_are_free);
        co_await pause_.async_wait(into(ended));
      }
    }
  }

  Awaitable<void> serve(Socket socket) {
    // Who was let in in the very turn of the stop was not there when the others were told of it,
    // and would be waited for; nobody has heard them yet.
    if (service_.stopping) co_return;
    Connection connection(service_, std::move(socket));
    const Registered registered(connections_, connection);
    co_await connection.serve();
  }

  // Deadlines of everybody, then the end of everybody.
  Awaitable<void> watch() {
    const auto tick = tick_of(service_.options.limits);
    while (!service_.stopping || !connections_.empty()) {
      NetworkError ended;
      tick_.expires_after(tick);
      co_await tick_.async_wait(into(ended));
      const Time now = std::chrono::steady_clock::now();
      for (Connection* connection : connections_) connection->check_deadline(now);
      if (service_.stopping && now >= stop_by_) {
        if (!connections_.empty()) {
          spdlog::warn("http: {} connections were cut off at the end", connections_.size());
        }
        for (Connection* connection : connections_) connection->abort();
        network_.stop();
        break;
      }
    }
  }

  void begin_to_stop() {
    if (service_.stopping) return;
    service_.stopping = true;
    stop_by_ = std::chrono::steady_clock::now() + service_.options.limits.stop_time;
    NetworkError ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (Connection* connection : connections_) connection->finish();
    tick_.cancel();
  }

  // Under a flood of peers that only hold a connection open, whoever has waited longest without a
  // request goes; a request that has begun never does.
  bool make_room() {
    Connection* longest = nullptr;
    for (Connection* candidate : connections_) {
      if (!candidate->is_between_requests()) continue;
      if (longest == nullptr || candidate->waits_since() < longest->waits_since()) {
        longest = candidate;
      }
    }
    if (longest == nullptr) return false;
    longest->abort();
    return true;
  }

  void turn_away(Socket& socket) {
    const http::Request nobody;
    const Refused why(503, Fault(FaultCode::unavailable, "http.busy"));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const Answer answer =
        make_answer(nobody, tell(service_.refusal, nobody, why), AfterAnswer::close, now);
    const std::string bytes = answer.head + answer.body;
    NetworkError ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(bytes), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
  }

  struct Registered {
    Registered(std::unordered_set<Connection*>& set, Connection& connection)
        : connections(set), self(&connection) {
      connections.insert(self);
    }
    ~Registered() { connections.erase(self); }
    Registered(const Registered&) = delete;
    Registered& operator=(const Registered&) = delete;

    std::unordered_set<Connection*>& connections;
    Connection* self;
  };

  std::unordered_set<Connection*> connections_;
  asio::io_context network_;
  Service service_;
  Acceptor acceptor_;
  Timer pause_;
  Timer tick_;
  Time stop_by_ = Time::max();
};

Server::Server(Options options, std::vector<http::Route> routes, http::Refusal refusal,
               std::function<void(const Seen&)> seen)
    : running_(std::make_unique<Running>(std::move(options), std::move(routes), std::move(refusal),
                                         std::move(seen))) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return running_->port();
}

void Server::run() {
  running_->run();
}

void Server::stop() {
  running_->stop();
}

}  // namespace minhu::http_beast
