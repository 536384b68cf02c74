// Whom to ask to wait when more comes in than the county can read.
//
// Nobody is looked at while the whole of what comes is what a bad day of a county looks like. Above
// that, whoever sends the most waits first: many people behind one address of a mobile network are
// not held up by a limit an address that they share, and one who floods holds up nobody else.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "kernel/civil_time.h"

namespace minhu::floods {

// A store of permits that fills by itself: `burst` at once, and `an_hour` more in each hour.
struct Allowance {
  double burst;
  double an_hour;
};

// One permit is one request; files cost one more for each `bytes_a_permit`.
struct Limits {
  Allowance together{3'000, 18'000};
  Allowance each{120, 120};
  std::uint64_t bytes_a_permit = std::uint64_t{4} * 1024 * 1024;
  std::size_t most_clients = 10'000;  // of which it is remembered what they sent
};

// Thread-safe. Holds keyed hashes of addresses (http::Request::client) in memory, and nothing else.
class Gate {
 public:
  explicit Gate(Limits limits = {}) : limits_(limits) {}

  // These never wait and are not counted: this machine itself. Before the first pass().
  void leave_alone(std::set<std::string, std::less<>> local) { local_ = std::move(local); }

  // Zero: come in. Otherwise how long this client is to wait; nothing was counted then.
  std::chrono::seconds pass(std::string_view client, std::uint64_t bytes, Instant now);

  // Requests that had to wait since the start.
  std::uint64_t held_back() const;

 private:
  struct Store {
    double used = 0;  // of the burst
    Instant last;
  };
  static void refill(Store& store, const Allowance& allowance, Instant now);
  Store& store_of(std::string_view client, Instant now);

  Limits limits_;
  std::set<std::string, std::less<>> local_;
  mutable std::mutex mutex_;
  Store together_;
  std::map<std::string, Store, std::less<>> each_;
  std::uint64_t held_back_ = 0;
};

}  // namespace minhu::floods
