// Kept connections to the servers, asked by the clock and not by the answers.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "histogram.h"
#include "people.h"
#include "traffic.h"

namespace minhu::bench {

struct Tally {
  Histogram times;
  std::uint64_t refused = 0;  // 429, 503, 507: the server says that it is too much
  std::uint64_t wrong = 0;    // any other answer that was not expected, a lost connection, silence
};

struct Results {
  std::array<std::array<Tally, names_of_asked.size()>, names_of_phases.size()> of{};
  // Reads and writes that were answered well, by the minute since the beginning: whether it gets
  // worse.
  std::vector<std::array<Histogram, 2>> by_minute;
  // By how much the generator itself was late with what it could have sent at once.
  Histogram own_lateness;
  std::size_t most_connections = 0;
  // When the last answer came that took longer than a second, since the beginning.
  std::int64_t last_slow_us = 0;
  std::string first_wrong;
};

// Sends every arrival at its time, by turns to each port, over at most so many connections; one
// that finds none free waits, and its time counts from when it was due.
class Lines {
 public:
  Lines(std::vector<int> ports, std::size_t most, People& people, Results& results);
  ~Lines();
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  void run(const std::vector<Arrival>& arrivals);

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    int socket = -1;
    bool busy = false;
    Arrival arrival{};
    std::int64_t sent_us = 0;
    int expected = 0;
    std::string rest;  // of the request, not yet sent
    std::string answer;
  };

  std::int64_t now_us() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin_).count();
  }
  bool send_now(const Arrival& arrival);
  void open(std::size_t line);
  void close(std::size_t line);
  void push(std::size_t line);
  void hear(std::size_t line);
  void done(std::size_t line, int status);
  void give_up_on_silent();

  std::vector<int> ports_;
  std::size_t most_;
  People& people_;
  Results& results_;
  int poll_;
  Clock::time_point begin_;
  std::vector<Line> lines_;
  std::vector<std::size_t> idle_;
  std::deque<Arrival> waiting_;
  std::size_t next_port_ = 0;
  std::size_t busy_ = 0;
};

}  // namespace minhu::bench
