// An official hands their own post to a colleague of the same unit, from a day to a day. The
// colleague chooses at the desk to act in it; what they do then is done by their own account in
// that role and unit. It ends by itself, cannot be handed on, is never an administrator's, is kept
// by nobody whose own role reads no case, and opens nothing that is sealed
// (Principal::by_delegation).
#pragma once

#include <optional>
#include <vector>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"

namespace minhu::accounts {

constexpr int longest_delegation_days = 60;

struct Delegation {
  DelegationId id;
  AccountId from;
  AccountId to;
  Role role = Role::anyone;  // the post, as it was when it was handed over
  UnitId unit;
  Instant starts_at;
  Instant ends_at;  // the first moment that is outside
};

// From the beginning of `first` to the end of `last`, in the county's time. Faults: not_allowed
// accounts.post_cannot_be_delegated; not_allowed accounts.delegated_on; invalid_input
// accounts.not_a_colleague, accounts.cannot_keep_a_post (to), accounts.bad_days (last_day);
// conflict accounts.already_delegated.
Result<Delegation> delegate_post(const Ground& ground, const Account& from, AccountId to,
                                 Date first, Date last, Instant now);
// Before its time, by whoever gave it. Fault not_found accounts.no_such_delegation.
Outcome end_delegation(const Ground& ground, const Account& from, DelegationId id, Instant now);

// Those that the account gave and those that it keeps, because it moves or goes: they do not begin
// again when it comes back. `by` is whoever moves it; the line of the log names who gave it.
void end_delegations_of(Transaction& transaction, const Ground& ground, AccountId account,
                        AccountId by, Instant now);

std::optional<Delegation> find_delegation(Reading& reading, RegionId region, DelegationId id);
// The post that `holder` may act in now by this delegation: nothing when it has not begun, is over,
// whoever gave it no longer has the post, or the holder could not be given it today.
std::optional<Principal> post_of(Reading& reading, RegionId region, DelegationId id,
                                 AccountId holder, Instant now);

// Those that are not over, the first to end first.
std::vector<Delegation> delegations_given(Reading& reading, RegionId region, AccountId from,
                                          Instant now);
std::vector<Delegation> delegations_held(Reading& reading, RegionId region, AccountId to,
                                         Instant now);
// Everybody's that are not over, the first to end first, at most `limit`.
std::vector<Delegation> all_delegations(Reading& reading, RegionId region, Instant now,
                                        std::int64_t limit);
// Who could be given it: active accounts of the same unit whose role reads cases.
std::vector<Account> colleagues_of(Reading& reading, RegionId region, const Account& account);

}  // namespace minhu::accounts
