#include "features/accounts/openid_link.h"

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"

namespace minhu::accounts {

Digest openid_subject_hash(const Keys& keys, std::string_view issuer, std::string_view subject) {
  return keyed_hash(keys.hash, {as_bytes("openid"), as_bytes(issuer), as_bytes(subject)});
}

void put_openid_link(Transaction& transaction, const Ground& ground, BytesView subject_hash,
                     AccountId account, Instant now) {
  transaction.execute("DELETE FROM openid_link WHERE region_id = ?1 AND account_id = ?2",
                      {param(ground.region), param(account)});
  transaction.execute(
      "INSERT INTO openid_link(region_id, subject_hash, account_id, linked_at) "
      "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (region_id, subject_hash) "
      "DO UPDATE SET account_id = excluded.account_id, linked_at = excluded.linked_at",
      {param(ground.region), subject_hash, param(account), param(now)});
  write_down(transaction, ground.region, ground.entropy, now,
             {{}, {}, Act::openid_linked, account, account, {}, {}});
}

std::optional<Account> find_by_openid(Reading& reading, RegionId region, BytesView subject_hash) {
  const auto account = reading.first(
      "SELECT account_id FROM openid_link WHERE region_id = ?1 AND subject_hash = ?2",
      {param(region), subject_hash}, [](const Row& row) { return row.id<AccountId>(0); });
  return account ? find_account(reading, region, *account) : std::nullopt;
}

bool has_openid_link(Reading& reading, RegionId region, AccountId account) {
  return reading
      .first("SELECT 1 FROM openid_link WHERE region_id = ?1 AND account_id = ?2",
             {param(region), param(account)}, [](const Row&) { return true; })
      .value_or(false);
}

}  // namespace minhu::accounts
