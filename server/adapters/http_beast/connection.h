// One peer: its requests one after the other, each with its deadlines. Lives on the network thread.
#pragma once

#include <optional>

#include "adapters/http_beast/admission.h"
#include "adapters/http_beast/exchange.h"
#include "adapters/http_beast/network.h"
#include "adapters/http_beast/pace.h"
#include "adapters/http_beast/received.h"
#include "adapters/http_beast/service.h"

namespace minhu::http_beast {

class Connection {
 public:
  Connection(Service& service, Socket socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Awaitable<void> serve();  // until one side has had enough

  // The server looks at all deadlines now and then; a timer for each wait would cost more than the
  // wait.
  void check_deadline(Time now);
  void finish();  // ends it if no request has begun, and what it holds back is answered at once
  void abort();   // at once, whatever it does

  // Whether it may be sacrificed for a new peer, and since when it waits.
  bool is_between_requests() const noexcept { return phase_ <= Phase::head; }
  Time waits_since() const noexcept { return waits_since_; }

 private:
  enum class Phase { idle, head, busy };
  enum class Next { request, close };
  // Why a request ended early; nothing when the peer has gone and there is nobody to tell.
  using End = std::optional<Refused>;
  template <class T>
  using OrEnd = tl::expected<T, End>;
  // What stays the same from the headers to the answer.
  struct Course {
    std::string_view pattern;  // of the route; empty before there is one
    Time started;              // the end of the headers
    AfterAnswer after = AfterAnswer::close;
  };

  Awaitable<Next> serve_one();
  Awaitable<OrEnd<Head>> read_head(RequestParser& parser);
  Awaitable<OrEnd<std::vector<SpoolFile>>> read_body(BodyPlan plan, RequestParser& parser,
                                                     http::Request& request);
  Awaitable<OrEnd<void>> write_out(BodyReader& reader);
  Awaitable<Next> handle(const http::Route& route, http::Request request,
                         std::vector<SpoolFile> files, Course course);
  Awaitable<Next> refuse(const http::Request& request, End why, Course course);
  Awaitable<bool> send_answer(const Answer& answer, Course course);

  Awaitable<bool> receive(std::size_t wanted);  // false: gone, or the deadline has passed
  Awaitable<bool> send(std::string_view first, std::string_view second);
  Awaitable<void> hold(std::chrono::milliseconds time);
  Awaitable<void> linger();

  void identify(http::Request& request);
  AfterAnswer after_answer(const Head& head) const;
  // Sets our share of Service::bodies_held; false when it is more than all may have together.
  bool may_hold(std::uint64_t bytes);
  Time now() const { return std::chrono::steady_clock::now(); }

  Service& service_;
  const Limits& limits_;
  Socket socket_;
  Timer timer_;
  Address peer_;
  std::string client_of_peer_;
  Received received_;
  Phase phase_ = Phase::idle;
  Time waits_since_;
  Time deadline_ = Time::max();
  bool expired_ = false;
  bool aborted_ = false;
  bool served_before_ = false;
  std::uint64_t held_ = 0;
};

}  // namespace minhu::http_beast
