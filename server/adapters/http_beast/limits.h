// What one peer may ask of us.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace minhu::http_beast {

// The defaults serve a phone on a poor network; tests shorten them.
struct Limits {
  using Duration = std::chrono::milliseconds;

  std::size_t target_bytes = 8 * 1024;        // above: 414
  std::size_t header_bytes = 64 * 1024;       // request line and headers; above: 431
  std::size_t urlencoded_bytes = 256 * 1024;  // a form that is not multipart is held in memory
  std::size_t parts = 200;                    // fields and files of one form; above: 413
  std::size_t part_header_bytes = 8 * 1024;
  std::size_t part_in_memory = 64 * 1024;  // a larger file is spooled, a larger field refused

  std::size_t waiting_requests = 1000;             // for a worker; above: 503 with Retry-After
  std::uint64_t bodies_in_memory = 128ULL << 20U;  // of all connections together; above: 503
  std::uint64_t spooled_bytes = 4ULL << 30U;       // of all connections together; above: 503

  Duration idle_time{15'000};          // a kept connection without a new request
  Duration header_time{10'000};        // from the first byte to the end of the headers; then 408
  Duration grace{10'000};              // how long a body, or a reader of an answer, may pause
  std::uint64_t slowest_rate = 1024;   // bytes a second after the grace; slower: 408, or dropped
  Duration request_time{15 * 60'000};  // reading one request, and writing one answer
  Duration half_open_time{30'000};     // a peer that vanished without a word
  Duration linger_time{10'000};        // after refusing a body, so that the peer can read why
  std::uint64_t linger_bytes = 32ULL << 20U;  // of that body, read and thrown away
  Duration stop_time{10'000};                 // what was accepted is finished within it, or dropped
};

}  // namespace minhu::http_beast
