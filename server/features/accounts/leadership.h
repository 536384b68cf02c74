// Who leads which unit, from a day on and until it is ended: a register, for a county leader is in
// charge of several bureaus and sits in none of them. The head of a unit (Role::unit_head) leads
// it without an entry here. Rows get an end and are never removed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accounts/ground.h"
#include "features/accounts/principal.h"

namespace minhu::accounts {

using LeadershipId = Id<struct LeadershipTag>;

struct Leadership {
  LeadershipId id;
  UnitId unit;
  AccountId account;
  Instant since;
  std::optional<Instant> until;  // the first moment that is outside
  AccountId appointed_by;        // empty: by the operator, or in a time that did not keep it
  std::string reason;
  AccountId ended_by;
  std::string ended_reason;
};

// From now on. Faults: not_allowed accounts.not_yourself; invalid_input accounts.reason_missing,
// accounts.reason_long (reason), accounts.no_such_unit (unit); not_found accounts.no_such_account;
// conflict accounts.leads_it_already.
Result<Leadership> appoint_leader(Transaction& transaction, const Ground& ground, AccountId by,
                                  AccountId account, UnitId unit, const std::string& reason,
                                  Instant now);
// From now on no longer. Faults: as above; not_found accounts.no_such_leadership.
Outcome end_leadership(Transaction& transaction, const Ground& ground, AccountId by,
                       LeadershipId id, const std::string& reason, Instant now);

// One in force at that moment.
std::optional<Leadership> find_leadership(Reading& reading, RegionId region, LeadershipId id,
                                          Instant now);
// By the register, and the unit's heads. Also of a unit that has been closed.
std::vector<AccountId> leaders_of(Reading& reading, RegionId region, UnitId unit, Instant now);
std::vector<UnitId> led_by(Reading& reading, RegionId region, AccountId account, Instant now);
// The register, those that have ended too, the latest first.
std::vector<Leadership> all_leaderships(Reading& reading, RegionId region);

}  // namespace minhu::accounts
