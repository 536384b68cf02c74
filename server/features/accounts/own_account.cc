#include "features/accounts/own_account.h"

#include "features/accounts/account_log.h"
#include "features/accounts/gate.h"
#include "features/accounts/invitation.h"
#include "features/accounts/rows.h"
#include "features/accounts/tries.h"

namespace minhu::accounts {

namespace {

std::vector<std::string> names(const Ground& ground, const Account& account) {
  return ground.database.read(
      [&](Reading& reading) { return names_around(reading, ground.region, account); });
}

bool may_unlock(const Principal& actor) {
  return !actor.by_delegation && role_has(actor.role, "sealed:unlock");
}

struct Passphrase {
  std::string hash;
  std::int64_t wrong_tries = 0;
  Instant wait_until;
};

// The hash to compare with. The try is counted as a wrong one before it is compared, until it has
// proved right: of many sent at once none is looked at for which somebody has to wait.
Result<std::string> count_try(const Ground& ground, AccountId account, Instant now) {
  return ground.database.write([&](Transaction& transaction) -> Result<std::string> {
    const auto stored = transaction.first(
        "SELECT passphrase_hash, wrong_tries, wait_until FROM unlock_passphrase "
        "WHERE region_id = ?1 AND account_id = ?2",
        {param(ground.region), param(account)}, [](const Row& row) {
          return Passphrase{std::string(row.text(0)), row.integer(1), row.instant(2)};
        });
    if (!stored) return fail(FaultCode::conflict, "accounts.no_passphrase");
    if (now < stored->wait_until) {
      return wait_first("accounts.too_many_passphrases", stored->wait_until, now);
    }
    const std::int64_t wrong = stored->wrong_tries + 1;
    transaction.execute(
        "UPDATE unlock_passphrase SET wrong_tries = ?3, wait_until = ?4 "
        "WHERE region_id = ?1 AND account_id = ?2",
        {param(ground.region), param(account), wrong, now.unix_ms + wait_after(wrong)});
    return stored->hash;
  });
}

tl::unexpected<Fault> wrong_password() {
  return fail(FaultCode::unauthenticated, "accounts.wrong_password", "password");
}

// The hash that the password fits, so that what rests on the proof can ask whether it still holds.
// Faults of prove_password.
Result<std::string> proved_hash(const Ground& ground, const Account& account,
                                const Sealed<std::string>& password, Instant now) {
  std::string hash = ground.database.read(
      [&](Reading& reading) { return password_hash_of(reading, ground.region, account.id); });
  if (hash.empty()) return fail(FaultCode::conflict, "accounts.no_password");
  MINHU_TRY(const bool fits, ground.hasher.verify(hash, password));
  if (fits) return hash;
  MINHU_CHECK_OK(ground.database.write_job([&](Transaction& transaction) -> Outcome {
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::password_refused, account.id, account.id, {}, {}});
    return {};
  }));
  return wrong_password();
}

}  // namespace

Outcome prove_password(const Ground& ground, const Account& account,
                       const Sealed<std::string>& password, Instant now) {
  MINHU_CHECK_OK(proved_hash(ground, account, password, now));
  return {};
}

Outcome change_password(const Ground& ground, const Account& account, std::string_view token,
                        const Sealed<std::string>& password,
                        const Sealed<std::string>& new_password, Instant now) {
  MINHU_CHECK_OK(check_password(new_password, names(ground, account), "new_password"));
  MINHU_TRY(const std::string proved, proved_hash(ground, account, password, now));
  MINHU_TRY(const std::string hash, ground.hasher.hash(new_password));
  return ground.database.write_job([&](Transaction& transaction) -> Outcome {
    // Two passwords took a while: an administrator who ended the sessions, invited anew or disabled
    // the account meanwhile is not undone by whoever they shut out.
    if (password_hash_of(transaction, ground.region, account.id) != proved) return wrong_password();
    if (!end_other_sessions_of(transaction, ground.region, account.id, token)) {
      return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
    }
    transaction.execute(
        "UPDATE account SET password_hash = ?3 WHERE region_id = ?1 AND account_id = ?2",
        {param(ground.region), param(account.id), std::string_view(hash)});
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::password_changed, account.id, account.id, {}, {}});
    return {};
  });
}

Outcome set_unlock_passphrase(const Ground& ground, const Account& account,
                              const Sealed<std::string>& password,
                              const Sealed<std::string>& passphrase, Instant now) {
  if (!may_unlock(account.principal)) {
    return fail(FaultCode::not_allowed, "accounts.unlock_not_for_you");
  }
  MINHU_CHECK_OK(check_password(passphrase, names(ground, account), "passphrase"));
  if (password.reveal_because("they must differ") ==
      passphrase.reveal_because("they must differ")) {
    return fail(FaultCode::invalid_input, "accounts.same_as_password", "passphrase");
  }
  MINHU_TRY(const std::string proved, proved_hash(ground, account, password, now));
  MINHU_TRY(const std::string hash, ground.hasher.hash(passphrase));
  return ground.database.write_job([&](Transaction& transaction) -> Outcome {
    if (password_hash_of(transaction, ground.region, account.id) != proved) return wrong_password();
    transaction.execute(
        "INSERT INTO unlock_passphrase(region_id, account_id, passphrase_hash, set_at, "
        "wrong_tries, wait_until) VALUES (?1, ?2, ?3, ?4, 0, 0) "
        "ON CONFLICT (region_id, account_id) DO UPDATE SET "
        "passphrase_hash = excluded.passphrase_hash, set_at = excluded.set_at, wrong_tries = 0, "
        "wait_until = 0",
        {param(ground.region), param(account.id), std::string_view(hash), param(now)});
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::passphrase_set, account.id, account.id, {}, {}});
    return {};
  });
}

std::optional<Instant> unlock_passphrase_set_at(Reading& reading, RegionId region,
                                                AccountId account) {
  return reading.first(
      "SELECT set_at FROM unlock_passphrase WHERE region_id = ?1 AND account_id = ?2",
      {param(region), param(account)}, [](const Row& row) { return row.instant(0); });
}

Outcome verify_unlock(const Ground& ground, const Principal& actor,
                      const Sealed<std::string>& passphrase, Instant now) {
  if (!may_unlock(actor)) return fail(FaultCode::not_allowed, "accounts.unlock_not_for_you");
  MINHU_TRY(const std::string stored, count_try(ground, actor.account, now));
  MINHU_TRY(const bool fits, ground.hasher.verify(stored, passphrase));
  MINHU_CHECK_OK(ground.database.write_job([&](Transaction& transaction) -> Outcome {
    if (fits) {
      transaction.execute(
          "UPDATE unlock_passphrase SET wrong_tries = 0, wait_until = 0 "
          "WHERE region_id = ?1 AND account_id = ?2",
          {param(ground.region), param(actor.account)});
    }
    write_down(transaction, ground.region, ground.entropy, now,
               {{},
                {},
                fits ? Act::unlocked : Act::passphrase_refused,
                actor.account,
                actor.account,
                {},
                {}});
    return {};
  }));
  if (!fits) return fail(FaultCode::unauthenticated, "accounts.wrong_passphrase", "passphrase");
  return {};
}

}  // namespace minhu::accounts
