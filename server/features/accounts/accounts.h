// Officials and their sessions. A session is a random reference: the database keeps its hash, never
// the token.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "kernel/crypto.h"
#include "kernel/sealed.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::accounts {

std::span<const Migration> migrations();  // numbers 0200 to 0299

struct Account {
  AccountId id;
  std::string login;
  std::string display_name;
  Principal principal;
};

// Argon2id (64 MiB, 3 passes: about 0.2 s of one core). At most two run at once and fifty wait;
// above that Fault unavailable "accounts.busy", so that signing in is no lever against the whole
// server. Thread-safe.
class PasswordHasher {
 public:
  Result<std::string> hash(const Sealed<std::string>& password);
  Result<bool> verify(const std::string& stored, const Sealed<std::string>& password);
  // As slow as verify, for a login that does not exist.
  Outcome pretend(const Sealed<std::string>& password);

 private:
  class Turn;
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0;
  int waiting_ = 0;
};

// Faults: invalid_input accounts.password_short (12 characters at least), accounts.login_taken.
Result<AccountId> create_account(Transaction& transaction, RegionId region, const Account& account,
                                 std::string password_hash, Instant now);
void disable_account(Transaction& transaction, RegionId region, AccountId id, Instant now);
bool any_account(Reading& reading, RegionId region);

// Made at every start of the demo and of nothing else; kept in memory, gone with the process.
struct DemoLogin {
  Account account;
  std::string password;
};

class Sessions {
 public:
  static constexpr std::int64_t idle_ms = 30 * 60'000;
  static constexpr std::int64_t absolute_ms = 8 * 3'600'000;

  Sessions(Database& database, RegionId region, Entropy& entropy, PasswordHasher& hasher,
           std::vector<DemoLogin> demo_logins = {});

  // The token for the cookie. Fault unauthenticated "accounts.wrong_login" says the same for an
  // unknown login and a wrong password.
  Result<std::string> sign_in(std::string_view login, const Sealed<std::string>& password,
                              Instant now);
  // Nobody when the token is unknown, idle for 30 minutes or 8 hours old.
  std::optional<Account> who(std::string_view token, Instant now);
  void sign_out(std::string_view token);
  void revoke_all(AccountId account);

 private:
  std::optional<Account> demo_account(std::string_view login,
                                      const Sealed<std::string>& password) const;
  std::string open_session(const Account& account, Instant now);

  Database& database_;
  RegionId region_;
  Entropy& entropy_;
  PasswordHasher& hasher_;
  std::vector<DemoLogin> demo_logins_;
};

}  // namespace minhu::accounts
