// Slows whoever guesses codes or passwords. Only wrong answers are delayed, by doubling steps for
// the same client; a right one is answered at once, so nobody can lock somebody else out.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "kernel/civil_time.h"

namespace minhu::accounts {

// Thread-safe; remembers at most `most_clients`, the longest quiet are forgotten first.
class Guesses {
 public:
  static constexpr std::size_t most_clients = 10'000;
  static constexpr std::int64_t forgotten_after_ms = 15 * 60'000;
  static constexpr std::chrono::milliseconds first_delay{250};
  static constexpr std::chrono::milliseconds longest_delay{16'000};

  // Counts a wrong guess of this client and gives how long its answer is to be held
  // (http::Response::hold).
  std::chrono::milliseconds wrong(std::string_view client, Instant now);
  void right(std::string_view client);

 private:
  struct Count {
    int wrong = 0;
    Instant last;
  };
  std::mutex mutex_;
  std::map<std::string, Count, std::less<>> counts_;
};

}  // namespace minhu::accounts
