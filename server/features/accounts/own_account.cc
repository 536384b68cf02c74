#include "features/accounts/own_account.h"

#include "features/accounts/account_log.h"
#include "features/accounts/gate.h"
#include "features/accounts/invitation.h"
#include "features/accounts/rows.h"

namespace minhu::accounts {

namespace {

std::vector<std::string> names(const Ground& ground, const Account& account) {
  return ground.database.read(
      [&](Reading& reading) { return names_around(reading, ground.region, account); });
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

void forget_unlock_passphrases(Transaction& transaction, RegionId region) {
  transaction.execute("DELETE FROM unlock_passphrase WHERE region_id = ?1", {param(region)});
}

}  // namespace minhu::accounts
