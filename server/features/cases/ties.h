// The two registers that a closure is worked out from (closure.h), as officials keep them who may
// themselves stand in one: who is close to whom (accounts/interests.h), who leads which unit
// (accounts/leadership.h).
//
// A new tie only ever closes cases, and whoever may keep the register may write it down. An end may
// open some. So nobody ends a tie that they are a side of, sit below, or are kept from anything by:
// not for the case that they may have in mind, of which the program must not say whether there is
// one, but for every case that could be. Administrators never see a case and are asked the first of
// these alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "features/accounts/interests.h"
#include "features/accounts/leadership.h"
#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::cases {

struct NewLeader {
  accounts::Leadership leadership;
  // Cases that had to be taken out of a hand; of these only such as the actor could read before and
  // can read now, so that nobody learns from a number that somebody is accused. Nothing for those
  // who read no cases.
  std::optional<std::int64_t> rerouted;
};
// Whatever it keeps from whom it now must not reach is somebody else's in the same transaction.
// Faults of accounts::appoint_leader.
Result<NewLeader> appoint_leader(Transaction& transaction, const accounts::Ground& ground,
                                 const Context& context, accounts::AccountId account, UnitId unit,
                                 const std::string& reason);

// Faults of accounts::end_leadership and accounts::end_interest; not_allowed cases.own_tie.
Outcome end_leadership(Transaction& transaction, const accounts::Ground& ground,
                       const Context& context, accounts::LeadershipId id,
                       const std::string& reason);
Outcome end_interest(Transaction& transaction, const accounts::Ground& ground,
                     const Context& context, accounts::InterestId id, const std::string& reason);

}  // namespace minhu::cases
