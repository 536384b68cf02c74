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

#include "adapters/http_beast/limits.h"
#include "kernel/crypto.h"
#include "ports/http.h"

namespace minhu::http_beast {

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
  // Listens from here on. `refusal` is called on the network thread and on workers: it must not
  // block, and the request that it receives holds only what could be read so far. Throws
  // std::system_error when the address cannot be had, std::invalid_argument when an address or
  // network is none; two routes for one method and pattern are a bug (MINHU_ASSERT).
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
