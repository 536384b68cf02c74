// Passwords: what one must be, and how it is kept. A password that somebody else could think of is
// refused when it is set; how it is made up, and how old it is, is nobody's business.
#pragma once

#include <condition_variable>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/bytes.h"
#include "kernel/result.h"
#include "kernel/sealed.h"

namespace minhu::accounts {

// How much Argon2id has to do for one password.
struct HashingCost {
  unsigned long long passes = 3;
  std::size_t memory = std::size_t{64} * 1024 * 1024;  // bytes
};
// Where a test needs somebody who can sign in, and asks nothing about how passwords are kept.
inline constexpr HashingCost nearly_free_for_tests{1, std::size_t{8} * 1024};

// Argon2id (64 MiB, 3 passes: about 0.2 s of one core). At most two run at once and fifty wait;
// above that Fault unavailable "accounts.busy", so that signing in is no lever against the whole
// server. Thread-safe.
class PasswordHasher {
 public:
  static constexpr int most_running = 2;
  static constexpr int most_waiting = 50;

  explicit PasswordHasher(HashingCost cost = {}) : cost_(cost) {}

  // Fault invalid_input accounts.password_short (12 characters at least).
  Result<std::string> hash(const Sealed<std::string>& password);
  Result<bool> verify(const std::string& stored, const Sealed<std::string>& password);
  // Bytes out of a secret, as costly to guess at as a hash; the same `salt` (16 bytes) gives the
  // same ones. For what a person's secret opens and nothing stored does.
  Outcome derive(const Sealed<std::string>& secret, BytesView salt, std::span<std::uint8_t> out);
  // As slow as verify, for a login that does not exist.
  Outcome pretend(const Sealed<std::string>& password);

 private:
  class Turn;
  const HashingCost cost_;
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0;
  int waiting_ = 0;
};

constexpr std::size_t shortest_password = 12;  // characters
constexpr std::size_t longest_password = 1000;

// `names` are those of the person, the county and the unit: whoever guesses begins there. Faults
// invalid_input accounts.password_short, accounts.password_long, accounts.password_common,
// accounts.password_has_name; `field` is the input that is named.
Outcome check_password(const Sealed<std::string>& password, const std::vector<std::string>& names,
                       std::string_view field = "password");

}  // namespace minhu::accounts
