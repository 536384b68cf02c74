// Slows whoever guesses codes or passwords. Only wrong answers are delayed, by doubling steps for
// the same client; a right one is answered at once, so nobody can lock somebody else out. And
// shares out the places in which passwords are compared: whoever sends many at once takes them from
// nobody else.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

  // Of one client that are compared, or wait for it, at once. A comparison takes 0.2 s of one of
  // two places and 52 are taken in (password.h), so this is a second's work, and one client
  // leaves 44.
  static constexpr int most_at_once = 8;
  class Comparison;
  // Until it goes out of scope. Nothing when this client has as many as it may.
  std::optional<Comparison> compare(std::string_view client);

 private:
  struct Count {
    int wrong = 0;
    Instant last;
  };
  std::mutex mutex_;
  std::map<std::string, Count, std::less<>> counts_;
  std::map<std::string, int, std::less<>> at_once_;  // as many as there are requests, at most
};

class Guesses::Comparison {
 public:
  Comparison(Comparison&& other) noexcept
      : guesses_(std::exchange(other.guesses_, nullptr)), client_(std::move(other.client_)) {}
  Comparison& operator=(Comparison&&) = delete;
  ~Comparison();

 private:
  friend class Guesses;
  Comparison(Guesses& guesses, std::string client)
      : guesses_(&guesses), client_(std::move(client)) {}
  Guesses* guesses_;
  std::string client_;
};

}  // namespace minhu::accounts
