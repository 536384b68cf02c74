// A real server against peers that are slow or many, handlers that fail, and its own end.
#include "adapters/http_beast/hostile_client_for_tests.h"

namespace minhu::http_beast {
namespace {

TEST_F(HostileClient, HeadersThatNeverEndAreTimedOut) {
  start(impatient());
  RawClient client = connect();
  client.send("GET /hello HTTP/1.1\r\n");
  for (int i = 0; i < 20 && client.send("X: y\r\n"); ++i) std::this_thread::sleep_for(30ms);
  const RawAnswer answer = client.answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_TRUE(client.is_closed_by_server());
  expect_honest_requests_work();
}

TEST_F(HostileClient, SilentAndIdleConnectionsAreClosedWithoutAWord) {
  start(impatient());
  RawClient silent = connect();
  RawClient idle = connect();
  EXPECT_EQ(idle.ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
  EXPECT_TRUE(silent.is_closed_by_server());
  EXPECT_TRUE(idle.is_closed_by_server());
  EXPECT_EQ(silent.answer().status, 0);
  EXPECT_EQ(idle.answer().status, 0);
}

TEST_F(HostileClient, BodiesThatTrickleAreTimedOut) {
  Options options = impatient();
  start(options);
  const std::string head =
      "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Content-Length: 100000\r\n\r\n";
  for (const bool trickles : {false, true}) {
    RawClient client = connect();
    client.send(head);
    const auto begin = std::chrono::steady_clock::now();
    while (trickles && std::chrono::steady_clock::now() - begin < 1s && client.send("1")) {
      std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.is_closed_by_server());
  }
  // Above the slowest rate, for longer than the grace, on a machine that may be slow itself.
  server_.reset();
  options.limits.idle_time = options.limits.header_time = 60s;
  options.limits.request_time = 300s;
  start(options);
  RawClient steady = connect();
  steady.send(head);
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(steady.send(std::string(5000, '1')));
    std::this_thread::sleep_for(25ms);
  }
  EXPECT_EQ(steady.answer().body, "100000");
}

TEST_F(HostileClient, ReadersThatDoNotReadAreDropped) {
  start(impatient());
  const MemoryStaysBounded memory;
  RawClient client = connect(8 * 1024);
  client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(1500ms);
  std::size_t read = 0;
  while (const std::size_t count = client.read_some(64 * 1024)) read += count;
  EXPECT_LT(read, 16 * mebibyte);
  expect_honest_requests_work();
}

TEST_F(HostileClient, ReadersOfALargeAnswerGetAllOfIt) {
  start();
  EXPECT_EQ(ask("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").body.size(), 16 * mebibyte);
}

TEST_F(HostileClient, AThousandSlowPeersDoNotKeepHonestOnesOut) {
  Options options;
  options.most_connections = 400;
  start(options);
  const MemoryStaysBounded memory;
  std::vector<RawClient> slow;
  for (int i = 0; i < 1000; ++i) {
    slow.push_back(connect());
    slow.back().send(i % 2 == 0 ? "GET /hello HTTP/1.1\r\nX: " : "G");
    if (i % 100 == 0) expect_honest_requests_work();
  }
  expect_honest_requests_work();
}

TEST_F(HostileClient, WhenEverybodyIsBusyNewPeersAreTurnedAway) {
  Options options;
  options.most_connections = 2;
  options.workers = 2;
  start(options);
  RawClient first = connect();
  RawClient second = connect();
  first.send("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
  second.send("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
  wait_for_handlers(2);
  RawClient third = connect();
  const RawAnswer turned_away = third.answer();
  EXPECT_EQ(turned_away.status, 503);
  EXPECT_TRUE(turned_away.has("X-Content-Type-Options: nosniff"));
  let_go();
  EXPECT_EQ(first.answer().body, "kept");
  EXPECT_EQ(second.answer().body, "kept");
}

TEST_F(HostileClient, ManyConnectionsAtOnceAreServed) {
  start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 500; ++i) clients.push_back(connect());
  for (int round = 0; round < 3; ++round) {
    for (RawClient& client : clients) {
      client.send(post("/json", "application/json", std::string(500, '1')));
    }
    for (RawClient& client : clients) EXPECT_EQ(client.answer().body, "500");
  }
}

TEST_F(HostileClient, AHandlerThatThrowsIsAnsweredAndItsWorkerGoesOn) {
  Options options;
  options.workers = 1;
  start(options);
  for (int i = 0; i < 3; ++i) {
    expect_refused("GET /throws HTTP/1.1\r\nHost: a\r\n\r\n", 500, "http.internal");
    expect_refused("GET /throws-a-number HTTP/1.1\r\nHost: a\r\n\r\n", 500, "http.internal");
    expect_refused("GET /storage HTTP/1.1\r\nHost: a\r\n\r\n", 503, "http.storage_down");
    expect_refused("GET /splits HTTP/1.1\r\nHost: a\r\n\r\n", 500, "http.internal");
  }
  EXPECT_EQ(server_->times_seen("/throws", 500), 3);
}

TEST_F(HostileClient, AHeldAnswerHoldsNoWorker) {
  Options options;
  options.workers = 1;
  start(options);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ask("GET /held HTTP/1.1\r\nHost: a\r\n\r\n").body, "held");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, hold_);
  hold_ = 1h;  // until the server stops
  std::vector<RawClient> held;
  for (int i = 0; i < 20; ++i) {
    held.push_back(connect());
    held.back().send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  wait_for_handlers(21);
  expect_honest_requests_work();
  for (const RawClient& client : held) EXPECT_FALSE(client.has_news());
  std::thread stopping([&] { server_->stop(); });
  for (RawClient& client : held) EXPECT_EQ(client.answer().body, "held");
  stopping.join();
}

TEST_F(HostileClient, WhenTooMuchWaitsForAWorkerPeersAreAskedToComeAgain) {
  Options options;
  options.workers = 1;
  options.limits.waiting_requests = 1;
  start(options);
  RawClient served = connect();
  served.send("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
  wait_for_handlers(1);
  // One of them waits for the worker, the other finds that somebody waits already.
  std::vector<RawClient> others;
  for (int i = 0; i < 2; ++i) {
    others.push_back(connect());
    others.back().send("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  const std::size_t one = first_with_news(others);
  const RawAnswer refused = others[one].answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: 5\r\n"));
  let_go();
  EXPECT_EQ(served.answer().body, "kept");
  EXPECT_EQ(others[1 - one].answer().body, "kept");
}

TEST_F(HostileClient, StoppingFinishesWhatWasAccepted) {
  start();
  std::vector<RawClient> busy;
  for (int i = 0; i < 3; ++i) {
    busy.push_back(connect());
    busy.back().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  RawClient held = connect();
  held.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
  RawClient half = connect();
  const RawAnswer heard = half.ask(
      "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 6\r\n\r\n");
  EXPECT_EQ(heard.status, 100);
  half.send("123");
  RawClient idle = connect();
  wait_for_handlers(4);
  const std::uint16_t port = server_->port();
  std::thread stopping([&] { server_->stop(); });
  EXPECT_TRUE(idle.is_closed_by_server());
  half.send("456");
  for (RawClient& client : busy) EXPECT_EQ(client.answer().body, "slow");
  EXPECT_EQ(held.answer().body, "held");
  EXPECT_EQ(half.answer().body, "6");
  stopping.join();
  EXPECT_THROW(RawClient client(port), std::runtime_error);
}

TEST_F(HostileClient, StoppingCutsOffWhoeverDoesNotFinish) {
  Options options;
  options.limits.stop_time = 300ms;
  // Nothing but the stop cuts them off.
  options.limits.idle_time = options.limits.header_time = options.limits.grace = 1h;
  start(options);
  RawClient client = connect();
  client.send("GET /hello HTTP/1.1\r\n");
  RawClient reader = connect(8 * 1024);
  reader.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_GT(reader.read_some(1), 0U);
  server_->stop();
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HostileClient, AHandlerThatOutlivesTheStopIsWaitedFor) {
  Options options;
  options.limits.stop_time = 50ms;
  start(options);
  RawClient client = connect();
  client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  while (in_handler_ < 1) std::this_thread::sleep_for(1ms);
  server_->stop();
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HostileClient, AServerThatNeverRanIsTakenDownQuietly) {
  TemporaryFolder folder;
  Options options;
  options.port = 0;
  options.spool = folder.path();
  Server server(options, routes(), {}, {});
  EXPECT_NE(server.port(), 0);
}

TEST_F(HostileClient, AnAddressThatIsTakenStopsTheStart) {
  start();
  TemporaryFolder folder;
  Options options;
  options.port = server_->port();
  options.spool = folder.path();
  EXPECT_THROW(Server(options, routes(), {}, {}), std::system_error);
  options.address = "localhost";
  EXPECT_THROW(Server(options, routes(), {}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace minhu::http_beast
