#include "features/accounts/sessions.h"

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/delegation.h"
#include "features/accounts/rows.h"
#include "features/accounts/second_factor.h"

namespace minhu::accounts {

namespace {

// A session's last use is written at most once a minute, or every page would be a write.
constexpr std::int64_t seen_again_after_ms = 60'000;

Digest hash_of(std::string_view token) {
  return sha256(as_bytes(token));
}

// One row of the table `session`.
struct Open {
  AccountId account;
  Instant opened_at;
  Instant last_seen_at;
  std::optional<Instant> full_at;
  DelegationId acting_for;
};

std::optional<Open> find_open(Reading& reading, RegionId region, const Digest& hash) {
  return reading.first(
      "SELECT account_id, opened_at, last_seen_at, full_at, acting_for FROM session "
      "WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(hash)}, [](const Row& row) {
        return Open{row.id<AccountId>(0), row.instant(1), row.instant(2), row.maybe_instant(3),
                    row.id<DelegationId>(4)};
      });
}

bool has_ended(const Open& open, Instant now) {
  return now.unix_ms - open.last_seen_at.unix_ms > Sessions::idle_ms ||
         now.unix_ms - open.opened_at.unix_ms > Sessions::absolute_ms ||
         (!open.full_at && now.unix_ms - open.opened_at.unix_ms > Sessions::half_open_ms);
}

}  // namespace

Sessions::Sessions(Database& database, RegionId region, Entropy& entropy, PasswordHasher& hasher,
                   Keys keys, std::vector<DemoLogin> demo_logins)
    : ground_{database, region, entropy, hasher, keys}, demo_logins_(std::move(demo_logins)) {}

const DemoLogin* Sessions::demo_login(std::string_view login,
                                      const Sealed<std::string>& password) const {
  for (const DemoLogin& demo : demo_logins_) {
    if (demo.account.login != login) continue;
    if (equal_in_constant_time(sha256(as_bytes(demo.password)),
                               sha256(as_bytes(password.reveal_because("it is compared here"))))) {
      return &demo;
    }
  }
  return nullptr;
}

std::optional<Account> Sessions::account_behind(Reading& reading, AccountId id) const {
  auto account = find_account(reading, ground_.region, id);
  const auto a_row = [](const Row& row) { return row.integer(0); };
  const bool was_disabled =
      !account && reading.first("SELECT 1 FROM account WHERE region_id = ?1 AND account_id = ?2",
                                {param(ground_.region), param(id)}, a_row);
  if (account || was_disabled) return account;
  for (const DemoLogin& demo : demo_logins_) {
    if (demo.account.id == id) return demo.account;
  }
  return std::nullopt;
}

bool Sessions::is_demo(AccountId account) const {
  for (const DemoLogin& demo : demo_logins_) {
    if (demo.account.id == account) return true;
  }
  return false;
}

Result<std::string> Sessions::open_for(const Account& account, SecondFactor factor, Instant now) {
  return open_if(account, factor, now, [](Reading&) { return Outcome(); });
}

Result<std::string> Sessions::open_if(const Account& account, SecondFactor factor, Instant now,
                                      const std::function<Outcome(Reading&)>& still) {
  const std::string token = to_base64url(ground_.entropy.bytes<32>());
  const Digest hash = hash_of(token);
  MINHU_CHECK_OK(ground_.database.write_job([&](Transaction& transaction) -> Outcome {
    if (Outcome holds = still(transaction); !holds) return holds;
    transaction.execute("DELETE FROM session WHERE region_id = ?1 AND opened_at < ?2",
                        {param(ground_.region), now.unix_ms - absolute_ms});
    const bool full = factor == SecondFactor::given;
    transaction.execute(
        "INSERT INTO session(region_id, token_hash, account_id, opened_at, last_seen_at, full_at) "
        "VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
        {param(ground_.region), BytesView(hash), param(account.id), param(now),
         full ? param(now) : Parameter{}});
    if (full) {
      write_down(transaction, ground_.region, ground_.entropy, now,
                 {{}, {}, Act::signed_in, account.id, account.id, {}, {}});
    }
    return {};
  }));
  return token;
}

Result<std::string> Sessions::sign_in(std::string_view login, const Sealed<std::string>& password,
                                      Instant now) {
  const DemoLogin* demo = demo_login(login, password);
  if (demo != nullptr && ground_.database.read([&](Reading& reading) {
        return account_behind(reading, demo->account.id).has_value();
      })) {
    return open_for(demo->account, SecondFactor::given, now);
  }
  struct Stored {
    Account account;
    std::string hash;
  };
  const auto stored = ground_.database.read([&](Reading& reading) {
    return reading.first(
        "SELECT account_id, login, display_name, role, unit_id, password_hash FROM account "
        "WHERE region_id = ?1 AND login = ?2 AND disabled_at IS NULL",
        {param(ground_.region), login},
        [](const Row& row) { return Stored{account_of(row), std::string(row.text(5))}; });
  });
  bool fits = false;
  if (stored && !stored->hash.empty()) {
    MINHU_TRY(fits, ground_.hasher.verify(stored->hash, password));
  } else {
    MINHU_CHECK_OK(ground_.hasher.pretend(password));
  }
  const auto wrong = fail(FaultCode::unauthenticated, "accounts.wrong_login");
  if (!fits) {
    const AccountId about = stored ? stored->account.id : AccountId();
    // A full disk does not change what is answered.
    (void)ground_.database.write_job([&](Transaction& transaction) -> Outcome {
      write_down(transaction, ground_.region, ground_.entropy, now,
                 {{}, {}, Act::password_refused, {}, about, {}, {}});
      return {};
    });
    return wrong;
  }
  // Comparing takes a while, under load seconds. Who was invited anew meanwhile has neither a
  // password nor a second factor: the old password would open a session that may enrol one.
  return open_if(stored->account, SecondFactor::owed, now, [&](Reading& reading) -> Outcome {
    if (password_hash_of(reading, ground_.region, stored->account.id) != stored->hash) return wrong;
    return {};
  });
}

Result<std::string> Sessions::renew(std::string_view token, Instant now) {
  const Digest old_hash = hash_of(token);
  const std::string fresh = to_base64url(ground_.entropy.bytes<32>());
  const Digest hash = hash_of(fresh);
  MINHU_CHECK_OK(ground_.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto open = find_open(transaction, ground_.region, old_hash);
    if (!open || has_ended(*open, now)) {
      return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
    }
    // Eight hours count from the second factor; a later renewal does not lengthen them.
    transaction.execute(
        "UPDATE session SET token_hash = ?3, last_seen_at = ?4, opened_at = ?5, full_at = ?6 "
        "WHERE region_id = ?1 AND token_hash = ?2",
        {param(ground_.region), BytesView(old_hash), BytesView(hash), param(now),
         param(open->full_at ? open->opened_at : now), param(open->full_at.value_or(now))});
    if (!open->full_at) {
      write_down(transaction, ground_.region, ground_.entropy, now,
                 {{}, {}, Act::signed_in, open->account, open->account, {}, {}});
    }
    return {};
  }));
  return fresh;
}

std::optional<Seat> Sessions::seat(std::string_view token, Instant now) {
  if (token.empty()) return std::nullopt;
  const Digest hash = hash_of(token);
  Instant last_seen_at;
  auto found = ground_.database.read([&](Reading& reading) -> std::optional<Seat> {
    const auto open = find_open(reading, ground_.region, hash);
    if (!open || has_ended(*open, now)) return std::nullopt;
    last_seen_at = open->last_seen_at;
    std::optional<Account> account = account_behind(reading, open->account);
    if (!account) return std::nullopt;
    Seat seat{std::move(*account), Stage::open, open->opened_at, {}};
    if (!open->full_at) {
      seat.stage = has_second_factor(reading, ground_.region, open->account) ? Stage::second_factor
                                                                             : Stage::enrolling;
    } else if (!open->acting_for.empty()) {
      // What was handed over and is over, or no longer theirs who gave it: back in the own post.
      if (const auto post =
              post_of(reading, ground_.region, open->acting_for, open->account, now)) {
        seat.account.principal = *post;
        seat.acting_for = open->acting_for;
      }
    }
    return seat;
  });
  if (found && now.unix_ms - last_seen_at.unix_ms > seen_again_after_ms) {
    // A full disk must not sign anybody out: the session then lives until its idle time.
    (void)ground_.database.write_job([&](Transaction& transaction) -> Outcome {
      transaction.execute(
          "UPDATE session SET last_seen_at = ?3 WHERE region_id = ?1 AND token_hash = ?2",
          {param(ground_.region), BytesView(hash), param(now)});
      return {};
    });
  }
  return found;
}

std::optional<Account> Sessions::who(std::string_view token, Instant now) {
  auto found = seat(token, now);
  if (!found || found->stage != Stage::open) return std::nullopt;
  return std::move(found->account);
}

Outcome Sessions::act_for(std::string_view token, DelegationId delegation, Instant now) {
  const Digest hash = hash_of(token);
  return ground_.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto open = find_open(transaction, ground_.region, hash);
    if (!open || !open->full_at || has_ended(*open, now)) {
      return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
    }
    if (!delegation.empty()) {
      const auto handed = find_delegation(transaction, ground_.region, delegation);
      if (!handed || !post_of(transaction, ground_.region, delegation, open->account, now)) {
        return fail(FaultCode::not_found, "accounts.no_such_delegation");
      }
      write_down(transaction, ground_.region, ground_.entropy, now,
                 {{}, {}, Act::acted_for, open->account, handed->from, {}, {}});
    }
    transaction.execute(
        "UPDATE session SET acting_for = ?3 WHERE region_id = ?1 AND token_hash = ?2",
        {param(ground_.region), BytesView(hash), param(delegation)});
    return {};
  });
}

void Sessions::sign_out(std::string_view token, Instant now) {
  const Digest hash = hash_of(token);
  (void)ground_.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto open = find_open(transaction, ground_.region, hash);
    if (!open) return {};
    transaction.execute("DELETE FROM session WHERE region_id = ?1 AND token_hash = ?2",
                        {param(ground_.region), BytesView(hash)});
    write_down(transaction, ground_.region, ground_.entropy, now,
               {{}, {}, Act::signed_out, open->account, open->account, {}, {}});
    return {};
  });
}

void end_sessions_of(Transaction& transaction, RegionId region, AccountId account) {
  transaction.execute("DELETE FROM session WHERE region_id = ?1 AND account_id = ?2",
                      {param(region), param(account)});
}

bool end_other_sessions_of(Transaction& transaction, RegionId region, AccountId account,
                           std::string_view token) {
  const Digest hash = hash_of(token);
  const auto open = find_open(transaction, region, hash);
  if (!open || open->account != account) return false;
  transaction.execute(
      "DELETE FROM session WHERE region_id = ?1 AND account_id = ?2 AND token_hash <> ?3",
      {param(region), param(account), BytesView(hash)});
  return true;
}

void Sessions::revoke_all(AccountId account) {
  (void)ground_.database.write_job([&](Transaction& transaction) -> Outcome {
    end_sessions_of(transaction, ground_.region, account);
    return {};
  });
}

}  // namespace minhu::accounts
