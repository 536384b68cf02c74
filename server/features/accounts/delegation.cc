#include "features/accounts/delegation.h"

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/gate.h"
#include "features/accounts/rows.h"

namespace minhu::accounts {

namespace {

Delegation delegation_of(const Row& row) {
  return {row.id<DelegationId>(0), row.id<AccountId>(1),
          row.id<AccountId>(2),    role_named(row.text(3)).value_or(Role::anyone),
          row.id<UnitId>(4),       row.instant(5),
          row.instant(6)};
}

// Whoever keeps a post reads what the post reads. Administrators, auditors and leaders read the
// words of no case; a colleague's post is no way round that.
bool may_keep_a_post(const Account& account) {
  return role_has(account.principal.role, "case:read");
}

void end_now(Transaction& transaction, const Ground& ground, DelegationId id, Instant now) {
  transaction.execute(
      "UPDATE delegation SET ends_at = ?3 WHERE region_id = ?1 AND delegation_id = ?2",
      {param(ground.region), param(id), param(now)});
}

}  // namespace

Result<Delegation> delegate_post(const Ground& ground, const Account& from, AccountId to,
                                 Date first, Date last, Instant now) {
  if (from.principal.by_delegation) return fail(FaultCode::not_allowed, "accounts.delegated_on");
  if (!role_has(from.principal.role, "post:delegate") || from.principal.unit.empty()) {
    return fail(FaultCode::not_allowed, "accounts.post_cannot_be_delegated");
  }
  const auto days = (last - first).count() + 1;
  if (days < 1 || days > longest_delegation_days || last < to_date(now)) {
    return fail(FaultCode::invalid_input, "accounts.bad_days", "last_day");
  }
  const Delegation made{ground.entropy.id<DelegationId>(now),
                        from.id,
                        to,
                        from.principal.role,
                        from.principal.unit,
                        start_of_day(first),
                        start_of_day(last + std::chrono::days(1))};
  return ground.database.write([&](Transaction& transaction) -> Result<Delegation> {
    const auto colleague = find_account(transaction, ground.region, to);
    if (to == from.id || !colleague || colleague->principal.unit != from.principal.unit) {
      return fail(FaultCode::invalid_input, "accounts.not_a_colleague", "to");
    }
    if (!may_keep_a_post(*colleague)) {
      return fail(FaultCode::invalid_input, "accounts.cannot_keep_a_post", "to");
    }
    for (const Delegation& other : delegations_given(transaction, ground.region, from.id, now)) {
      if (other.starts_at < made.ends_at && made.starts_at < other.ends_at) {
        return fail(FaultCode::conflict, "accounts.already_delegated");
      }
    }
    transaction.execute(
        "INSERT INTO delegation(region_id, delegation_id, from_account, to_account, role, unit_id, "
        "starts_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        {param(ground.region), param(made.id), param(made.from), param(made.to), name(made.role),
         param(made.unit), param(made.starts_at), param(made.ends_at)});
    write_down(transaction, ground.region, ground.entropy, now,
               {{},
                {},
                Act::delegated,
                from.id,
                to,
                std::string(name(made.role)) + " " + format_date(first) + " " + format_date(last),
                {}});
    return made;
  });
}

Outcome end_delegation(const Ground& ground, const Account& from, DelegationId id, Instant now) {
  return ground.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto found = find_delegation(transaction, ground.region, id);
    if (!found || found->from != from.id || found->ends_at <= now) {
      return fail(FaultCode::not_found, "accounts.no_such_delegation");
    }
    end_now(transaction, ground, id, now);
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::delegation_ended, from.id, found->to, {}, {}});
    return {};
  });
}

void end_delegations_of(Transaction& transaction, const Ground& ground, AccountId account,
                        AccountId by, Instant now) {
  std::vector<Delegation> all = delegations_given(transaction, ground.region, account, now);
  const auto held = delegations_held(transaction, ground.region, account, now);
  all.insert(all.end(), held.begin(), held.end());
  for (const Delegation& each : all) {
    end_now(transaction, ground, each.id, now);
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::delegation_ended, by, each.to, each.from.text(), {}});
  }
}

std::optional<Delegation> find_delegation(Reading& reading, RegionId region, DelegationId id) {
  return reading.first(
      "SELECT delegation_id, from_account, to_account, role, unit_id, starts_at, ends_at "
      "FROM delegation WHERE region_id = ?1 AND delegation_id = ?2",
      {param(region), param(id)}, delegation_of);
}

std::optional<Principal> post_of(Reading& reading, RegionId region, DelegationId id,
                                 AccountId holder, Instant now) {
  const auto found = find_delegation(reading, region, id);
  if (!found || found->to != holder || now < found->starts_at || now >= found->ends_at) {
    return std::nullopt;
  }
  const auto giver = find_account(reading, region, found->from);
  const auto taker = find_account(reading, region, holder);
  if (!giver || giver->principal.role != found->role || giver->principal.unit != found->unit ||
      !taker || taker->principal.unit != found->unit || !may_keep_a_post(*taker)) {
    return std::nullopt;
  }
  return Principal{found->role, found->unit, holder, true};
}

std::vector<Delegation> delegations_given(Reading& reading, RegionId region, AccountId from,
                                          Instant now) {
  return reading.all(
      "SELECT delegation_id, from_account, to_account, role, unit_id, starts_at, ends_at "
      "FROM delegation WHERE region_id = ?1 AND from_account = ?2 AND ends_at > ?3 "
      "ORDER BY ends_at",
      {param(region), param(from), param(now)}, delegation_of);
}

std::vector<Delegation> delegations_held(Reading& reading, RegionId region, AccountId to,
                                         Instant now) {
  return reading.all(
      "SELECT delegation_id, from_account, to_account, role, unit_id, starts_at, ends_at "
      "FROM delegation WHERE region_id = ?1 AND to_account = ?2 AND ends_at > ?3 "
      "ORDER BY ends_at",
      {param(region), param(to), param(now)}, delegation_of);
}

std::vector<Delegation> all_delegations(Reading& reading, RegionId region, Instant now,
                                        std::int64_t limit) {
  return reading.all(
      "SELECT delegation_id, from_account, to_account, role, unit_id, starts_at, ends_at "
      "FROM delegation WHERE region_id = ?1 AND ends_at > ?2 ORDER BY ends_at, delegation_id "
      "LIMIT ?3",
      {param(region), param(now), limit}, delegation_of);
}

std::vector<Account> colleagues_of(Reading& reading, RegionId region, const Account& account) {
  if (account.principal.unit.empty()) return {};
  std::vector<Account> colleagues = reading.all(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND unit_id = ?2 AND account_id <> ?3 AND disabled_at IS NULL "
      "ORDER BY login",
      {param(region), param(account.principal.unit), param(account.id)}, account_of);
  std::erase_if(colleagues, [](const Account& each) { return !may_keep_a_post(each); });
  return colleagues;
}

}  // namespace minhu::accounts
