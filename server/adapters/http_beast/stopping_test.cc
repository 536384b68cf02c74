// What stops meets what arrives in the same turn of the network: whoever is heard is answered.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "adapters/http_beast/server_for_tests.h"

namespace minhu::http_beast {
namespace {

using http::Body;
using http::Method;
using http::Request;

constexpr std::string_view heard = "GET /heard HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view held_up = "GET /holds-up HTTP/1.1\r\nHost: a\r\n\r\n";

// A server whose network thread stands still after it has answered /holds-up, until `go_on`.
class StandsStill {
 public:
  StandsStill() {
    Options options;
    options.port = 0;
    options.spool = folder_.path();
    const auto answer = [this](const Request& request) {
      if (request.path == "/heard") ++heard_;
      return http::json("{}", 200);
    };
    server_ = std::make_unique<Server>(
        options,
        std::vector<http::Route>{{Method::get, "/heard", "public", Body::none, 0, answer},
                                 {Method::get, "/holds-up", "public", Body::none, 0, answer}},
        [](const Request&, int status, const Fault&) { return http::json("{}", status); },
        [this](const Seen& seen) {
          if (seen.pattern != "/holds-up") return;
          stands_.set_value();
          go_on_.get_future().wait();
        });
    thread_ = std::thread([this] { server_->run(); });
  }
  ~StandsStill() { end(); }

  std::uint16_t port() const { return server_->port(); }
  Server& server() { return *server_; }
  void wait_until_it_stands() { stands_.get_future().wait(); }
  void go_on() { go_on_.set_value(); }

  // How many were heard in its whole life, which ends here.
  int heard() {
    end();
    return heard_;
  }

 private:
  void end() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
    server_.reset();  // whatever outlived it has run
  }

  TemporaryFolder folder_;
  std::promise<void> stands_;
  std::promise<void> go_on_;
  std::atomic<int> heard_ = 0;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// The next request of somebody who was just answered is there before the server reads on: it is
// read at once, and the stop comes before anybody has looked at what was read.
TEST(Stopping, WhoeverIsHeardInTheTurnOfTheStopIsAnswered) {
  StandsStill server;
  RawClient client(server.port());
  EXPECT_EQ(client.ask(held_up).status, 200);
  server.wait_until_it_stands();
  client.send(heard);
  server.server().stop();
  server.go_on();
  const int told = client.answer().status == 200 ? 1 : 0;
  EXPECT_EQ(server.heard(), told);
}

}  // namespace
}  // namespace minhu::http_beast
