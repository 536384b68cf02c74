// What stops meets what arrives in the same turn of the network: whoever is heard is answered.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
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
          if (seen.pattern == "/holds-up") first_.stand();
          if (seen.pattern.empty()) second_.stand();
        });
    thread_ = std::thread([this] { server_->run(); });
  }
  ~StandsStill() { end(); }

  std::uint16_t port() const { return server_->port(); }
  Server& server() { return *server_; }
  void wait_until_it_stands() { first_.stands.get_future().wait(); }
  void go_on() { first_.go_on.set_value(); }
  // And again, after it has refused what no route takes.
  void wait_until_it_stands_again() { second_.stands.get_future().wait(); }
  void go_on_again() { second_.go_on.set_value(); }

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

  struct Standing {
    std::promise<void> stands;
    std::promise<void> go_on;
    void stand() {
      stands.set_value();
      go_on.get_future().wait();
    }
  };

  TemporaryFolder folder_;
  Standing first_;
  Standing second_;
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

// The stop tells everybody who is there. Two peers were let in in its turn, of whom one is served
// when the others have been told: the server must not wait for what they never say.
TEST(Stopping, WhoComesInTheTurnOfTheStopAndSaysNothingHoldsNobodyUp) {
  StandsStill server;
  RawClient client(server.port());
  RawClient lost(server.port());
  EXPECT_EQ(lost.ask(heard).status, 200);
  EXPECT_EQ(client.ask(held_up).status, 200);
  server.wait_until_it_stands();
  lost.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
  RawClient silent(server.port());
  RawClient silent_too(server.port());
  server.go_on();
  // Here both have come, and the server is about to let them in.
  server.wait_until_it_stands_again();
  const auto asked = std::chrono::steady_clock::now();
  server.server().stop();
  server.go_on_again();
  EXPECT_TRUE(silent.is_closed_by_server());
  EXPECT_TRUE(silent_too.is_closed_by_server());
  EXPECT_EQ(server.heard(), 1);
  EXPECT_LT(std::chrono::steady_clock::now() - asked, Limits().header_time / 2);
}

}  // namespace
}  // namespace minhu::http_beast
