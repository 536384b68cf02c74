// The HTTP/1.1 server: reads requests, refuses what is malformed, slow or too large, calls the
// handler of the route on a worker, and writes its answer.
//
// One thread (the one in run()) does all the network; handlers run on `workers` threads and may
// block there. A handler that throws is answered 503 (StorageFailure) or 500, and its worker goes
// on. Plain HTTP: TLS ends at a proxy named in `trusted_proxies`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/crypto.h"
#include "ports/http.h"

namespace minhu::http_beast {

// What one peer may ask of us. The defaults serve a phone on a poor network; tests shorten them.
struct Limits {
  using Duration = std::chrono::milliseconds;

  std::size_t target_bytes = 8 * 1024;        // above: 414
  std::size_t header_bytes = 64 * 1024;       // request line and headers; above: 431
  std::size_t urlencoded_bytes = 256 * 1024;  // a form that is not multipart is held in memory
  std::size_t parts = 200;                    // of one form; above: 413
  std::size_t part_header_bytes = 8 * 1024;
  std::size_t part_in_memory = 64 * 1024;  // a larger file is spooled, a larger field refused

  std::size_t waiting_requests = 1000;             // for a worker; above: 503 with Retry-After
  std::uint64_t bodies_in_memory = 128ULL << 20U;  // of all connections together; above: 503
  std::uint64_t spooled_bytes = 4ULL << 30U;       // of all connections together; above: 503

  Duration idle_time{15'000};    // a kept connection without a new request
  Duration header_time{10'000};  // from its first byte to the end of the headers; then 408
  Duration grace{10'000};        // a body, and a reader of an answer, may pause as long as this
  std::uint64_t slowest_rate = 1024;   // bytes a second after the grace; slower: 408, or dropped
  Duration request_time{15 * 60'000};  // reading one request, and writing one answer
  Duration half_open_time{30'000};     // a peer that vanished without a word
  Duration linger_time{2'000};         // after refusing a body, so that the peer can read why
  Duration stop_time{10'000};          // what was accepted is finished within it, or dropped
};

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8480;  // 0: any free one
  // Most of them wait for the group commit of the database, so there are many more than cores.
  std::size_t workers = 64;
  std::size_t most_connections = 2000;
  std::filesystem::path spool;  // for large uploads; made if missing, ours alone, emptied at start
  Key client_key{};             // Request::client is a keyed hash of the peer's address
  // Addresses or networks ("127.0.0.1", "10.0.0.0/8", "::1") whose X-Forwarded-For and
  // X-Forwarded-Proto we believe.
  std::vector<std::string> trusted_proxies;
  Limits limits;
};

// One answered request, for the metrics. `pattern` is that of the route ("/t/{number}"), never the
// path; empty when no route was found. Called on the network thread: it must not block.
struct Seen {
  std::string_view pattern;
  int status;
  std::chrono::nanoseconds took;  // from the end of the headers to the last byte of the answer
};

class Server {
 public:
  // Listens from here on. `refusal` runs on the network thread too and must not block; the request
  // that it receives holds what could be read so far. Throws std::system_error when the address
  // cannot be had, std::invalid_argument when an address or network is none; two routes for one
  // method and pattern are a bug (MINHU_ASSERT).
  Server(Options options, std::vector<http::Route> routes, http::Refusal refusal,
         std::function<void(const Seen&)> seen);
  // Waits for handlers that are still running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  void run();  // until stop(); once
  // From any thread: accepts nothing more, finishes what was accepted, and lets run() return within
  // Limits::stop_time.
  void stop();

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace minhu::http_beast
