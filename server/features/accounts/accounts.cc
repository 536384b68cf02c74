#include "features/accounts/accounts.h"

#include <sodium.h>

#include <algorithm>

#include "kernel/utf8.h"

namespace minhu::accounts {

namespace {

constexpr Migration steps[] = {{201, "0201_accounts", R"sql(
CREATE TABLE account (
  region_id     BIGINT NOT NULL,
  account_id    BLOB   NOT NULL,
  login         TEXT   NOT NULL,
  display_name  TEXT   NOT NULL,
  role          TEXT   NOT NULL,
  unit_id       BLOB,
  password_hash TEXT   NOT NULL,
  created_at    BIGINT NOT NULL,
  disabled_at   BIGINT,
  PRIMARY KEY (region_id, account_id)
);
CREATE UNIQUE INDEX account_by_login ON account(region_id, login);

CREATE TABLE session (
  region_id    BIGINT NOT NULL,
  token_hash   BLOB   NOT NULL,
  account_id   BLOB   NOT NULL,
  opened_at    BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, token_hash)
);
CREATE INDEX session_by_account ON session(region_id, account_id);
)sql"}};

constexpr unsigned long long passes = 3;
constexpr std::size_t memory = std::size_t{64} * 1024 * 1024;
constexpr int most_running = 2;
constexpr int most_waiting = 50;
// A session's last use is written at most once a minute, or every page would be a write.
constexpr std::int64_t seen_again_after_ms = 60'000;

Digest hash_of(std::string_view token) {
  return sha256(as_bytes(token));
}

Account account_of(const Row& row) {
  return {
      row.id<AccountId>(0),
      std::string(row.text(1)),
      std::string(row.text(2)),
      {role_named(row.text(3)).value_or(Role::anyone), row.id<UnitId>(4), row.id<AccountId>(0)}};
}

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

class PasswordHasher::Turn {
 public:
  static Result<Turn> take(PasswordHasher& hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.waiting_ >= most_waiting) return fail(FaultCode::unavailable, "accounts.busy");
    ++hasher.waiting_;
    hasher.free_.wait(lock, [&] { return hasher.running_ < most_running; });
    --hasher.waiting_;
    ++hasher.running_;
    return Turn(hasher);
  }
  Turn(Turn&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (hasher_ == nullptr) return;
    {
      const std::lock_guard lock(hasher_->mutex_);
      --hasher_->running_;
    }
    hasher_->free_.notify_one();
  }

 private:
  explicit Turn(PasswordHasher& hasher) : hasher_(&hasher) {}
  PasswordHasher* hasher_;
};

Result<std::string> PasswordHasher::hash(const Sealed<std::string>& password) {
  const std::string& plain = password.reveal_because("it is hashed here");
  if (code_points(plain) < 12) {
    return fail(FaultCode::invalid_input, "accounts.password_short", "password");
  }
  MINHU_TRY(const Turn turn, Turn::take(*this));
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(out.data(), plain.data(), plain.size(), passes, memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(FaultCode::unavailable, "accounts.busy");
  }
  out.resize(out.find('\0'));
  return out;
}

Result<bool> PasswordHasher::verify(const std::string& stored,
                                    const Sealed<std::string>& password) {
  const std::string& plain = password.reveal_because("it is compared here");
  MINHU_TRY(const Turn turn, Turn::take(*this));
  return crypto_pwhash_str_verify(stored.c_str(), plain.data(), plain.size()) == 0;
}

Outcome PasswordHasher::pretend(const Sealed<std::string>& password) {
  const std::string& plain = password.reveal_because("it is hashed and thrown away");
  MINHU_TRY(const Turn turn, Turn::take(*this));
  std::array<std::uint8_t, 32> out{};
  const std::array<std::uint8_t, crypto_pwhash_SALTBYTES> salt{};
  if (crypto_pwhash(out.data(), out.size(), plain.data(), plain.size(), salt.data(), passes, memory,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(FaultCode::unavailable, "accounts.busy");
  }
  return {};
}

Result<AccountId> create_account(Transaction& transaction, RegionId region, const Account& account,
                                 std::string password_hash, Instant now) {
  const auto made = transaction.try_execute(
      "INSERT INTO account(region_id, account_id, login, display_name, role, unit_id, "
      "password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      {param(region), param(account.id), std::string_view(account.login),
       std::string_view(account.display_name), name(account.principal.role),
       param(account.principal.unit), std::string_view(password_hash), param(now)});
  if (!made) return fail(FaultCode::conflict, "accounts.login_taken", "login");
  return account.id;
}

void disable_account(Transaction& transaction, RegionId region, AccountId id, Instant now) {
  transaction.execute(
      "UPDATE account SET disabled_at = ?3 WHERE region_id = ?1 AND account_id = ?2",
      {param(region), param(id), param(now)});
  transaction.execute("DELETE FROM session WHERE region_id = ?1 AND account_id = ?2",
                      {param(region), param(id)});
}

bool any_account(Reading& reading, RegionId region) {
  return reading
      .first("SELECT 1 FROM account WHERE region_id = ?1 LIMIT 1", {param(region)},
             [](const Row&) { return true; })
      .value_or(false);
}

Sessions::Sessions(Database& database, RegionId region, Entropy& entropy, PasswordHasher& hasher,
                   std::vector<DemoLogin> demo_logins)
    : database_(database),
      region_(region),
      entropy_(entropy),
      hasher_(hasher),
      demo_logins_(std::move(demo_logins)) {}

std::optional<Account> Sessions::demo_account(std::string_view login,
                                              const Sealed<std::string>& password) const {
  for (const DemoLogin& demo : demo_logins_) {
    if (demo.account.login != login) continue;
    if (equal_in_constant_time(sha256(as_bytes(demo.password)),
                               sha256(as_bytes(password.reveal_because("it is compared here"))))) {
      return demo.account;
    }
  }
  return std::nullopt;
}

std::string Sessions::open_session(const Account& account, Instant now) {
  const std::string token = to_base64url(entropy_.bytes<32>());
  const Digest hash = hash_of(token);
  const Outcome opened = database_.write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute("DELETE FROM session WHERE region_id = ?1 AND opened_at < ?2",
                        {param(region_), now.unix_ms - absolute_ms});
    transaction.execute(
        "INSERT INTO session(region_id, token_hash, account_id, opened_at, last_seen_at) "
        "VALUES (?1, ?2, ?3, ?4, ?4)",
        {param(region_), BytesView(hash), param(account.id), param(now)});
    return {};
  });
  return opened ? token : std::string();
}

Result<std::string> Sessions::sign_in(std::string_view login, const Sealed<std::string>& password,
                                      Instant now) {
  const auto wrong = fail(FaultCode::unauthenticated, "accounts.wrong_login");
  std::optional<Account> account = demo_account(login, password);
  if (!account) {
    struct Stored {
      Account account;
      std::string hash;
    };
    const auto stored = database_.read([&](Reading& reading) {
      return reading.first(
          "SELECT account_id, login, display_name, role, unit_id, password_hash FROM account "
          "WHERE region_id = ?1 AND login = ?2 AND disabled_at IS NULL",
          {param(region_), login},
          [](const Row& row) { return Stored{account_of(row), std::string(row.text(5))}; });
    });
    if (!stored) {
      MINHU_CHECK_OK(hasher_.pretend(password));
      return wrong;
    }
    MINHU_TRY(const bool fits, hasher_.verify(stored->hash, password));
    if (!fits) return wrong;
    account = stored->account;
  }
  std::string token = open_session(*account, now);
  if (token.empty()) return fail(FaultCode::out_of_storage, "storage.full");
  return token;
}

std::optional<Account> Sessions::who(std::string_view token, Instant now) {
  if (token.empty()) return std::nullopt;
  const Digest hash = hash_of(token);
  struct Open {
    AccountId account;
    Instant opened_at;
    Instant last_seen_at;
    std::optional<Account> stored;
  };
  const auto open = database_.read([&](Reading& reading) {
    auto found = reading.first(
        "SELECT account_id, opened_at, last_seen_at FROM session "
        "WHERE region_id = ?1 AND token_hash = ?2",
        {param(region_), BytesView(hash)}, [](const Row& row) {
          return Open{row.id<AccountId>(0), row.instant(1), row.instant(2), std::nullopt};
        });
    if (found) {
      found->stored = reading.first(
          "SELECT account_id, login, display_name, role, unit_id FROM account "
          "WHERE region_id = ?1 AND account_id = ?2 AND disabled_at IS NULL",
          {param(region_), param(found->account)}, account_of);
    }
    return found;
  });
  if (!open || now.unix_ms - open->last_seen_at.unix_ms > idle_ms ||
      now.unix_ms - open->opened_at.unix_ms > absolute_ms) {
    return std::nullopt;
  }
  std::optional<Account> account = open->stored;
  for (const DemoLogin& demo : demo_logins_) {
    if (demo.account.id == open->account) account = demo.account;
  }
  if (account && now.unix_ms - open->last_seen_at.unix_ms > seen_again_after_ms) {
    // A full disk must not sign anybody out: the session then lives until its idle time.
    (void)database_.write_job([&](Transaction& transaction) -> Outcome {
      transaction.execute(
          "UPDATE session SET last_seen_at = ?3 WHERE region_id = ?1 AND token_hash = ?2",
          {param(region_), BytesView(hash), param(now)});
      return {};
    });
  }
  return account;
}

void Sessions::sign_out(std::string_view token) {
  const Digest hash = hash_of(token);
  (void)database_.write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute("DELETE FROM session WHERE region_id = ?1 AND token_hash = ?2",
                        {param(region_), BytesView(hash)});
    return {};
  });
}

void Sessions::revoke_all(AccountId account) {
  (void)database_.write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute("DELETE FROM session WHERE region_id = ?1 AND account_id = ?2",
                        {param(region_), param(account)});
    return {};
  });
}

}  // namespace minhu::accounts
