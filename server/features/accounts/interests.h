// Who is close to whom: an official declares, or a supervisor writes down, that they are kin of
// another official, or bound to a unit. Whoever is close to somebody is treated as if they sat at
// that desk when a case complains of it (cases/closure.h). A register of officials, never of the
// people who bring matters. Rows get an end and are never removed. Whoever changes it while they
// work at a desk themselves comes through cases/ties.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/ground.h"
#include "features/accounts/principal.h"

namespace minhu::accounts {

using InterestId = Id<struct InterestTag>;

enum class Tie : std::uint8_t { kin, former_post, business, other };
std::string_view name(Tie) noexcept;
std::optional<Tie> tie_named(std::string_view) noexcept;

struct Interest {
  InterestId id;
  AccountId account;
  UnitId unit;       // one of the two
  AccountId person;  // …
  Tie tie = Tie::other;
  std::string reason;  // of whoever wrote it down of another; nobody gives one for themselves
  AccountId declared_by;
  Instant declared_at;
  std::optional<Instant> ended_at;
  AccountId ended_by;
  std::string ended_reason;
};

// Who declares is the account itself or a supervisor; the caller has asked the table. Faults:
// invalid_input accounts.interest_in_what (neither or both), accounts.no_such_unit (unit),
// accounts.reason_missing, accounts.reason_long (reason);
// not_found accounts.no_such_account; conflict accounts.declared_already.
Result<Interest> declare_interest(Transaction& transaction, const Ground& ground,
                                  const Interest& declared, Instant now);
// Another ends it than the one it is about: whoever wants to see a case does not clear themselves.
// Faults: not_allowed accounts.not_yourself; not_found accounts.no_such_interest; invalid_input
// accounts.reason_missing, accounts.reason_long (reason).
Outcome end_interest(Transaction& transaction, const Ground& ground, AccountId by, InterestId id,
                     const std::string& reason, Instant now);
// One in force.
std::optional<Interest> find_interest(Reading& reading, RegionId region, InterestId id);

// Those in force.
std::vector<Interest> interests_of(Reading& reading, RegionId region, AccountId account,
                                   Instant now);
// Also those that have ended, the latest first, at most `limit`.
std::vector<Interest> all_interests(Reading& reading, RegionId region, std::int64_t limit);

}  // namespace minhu::accounts
