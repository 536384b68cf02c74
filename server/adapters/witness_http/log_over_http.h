// The public files of a log under one address, as an outsider sees them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "adapters/witness_http/requests.h"
#include "kernel/bytes.h"

namespace minhu::witness_http {

// How long a log may take. A limit for each file alone would let one that answers a byte a second
// hold whoever watches it for months, and nobody would be told that nothing is seen any more: so
// all files of a round together get what the slowest honest line would take for them.
struct LogPatience {
  std::chrono::milliseconds a_file{60'000};
  std::chrono::milliseconds a_round{600'000};  // to begin with; for each file that came:
  std::chrono::milliseconds more_a_file{500};
  std::size_t bytes_a_second = std::size_t{32} << 10U;
};

// Not thread-safe.
class LogOverHttp {
 public:
  explicit LogOverHttp(std::string address, const LogPatience& patience = {});

  // From here on the time of a new round counts. The first begins with the log.
  void begin_round();

  // `path` as in C2SP tlog-tiles. Faults: not_found merkle.file_missing (404 and 410: there is
  // none); unavailable record.unreachable, with the reason, and record.too_slow, when the time of
  // the round is over: nothing is known about the file.
  Result<Bytes> get(std::string_view path);

 private:
  using Clock = std::chrono::steady_clock;

  std::string address_;
  LogPatience patience_;
  Requests requests_;
  Clock::time_point until_;
};

}  // namespace minhu::witness_http
