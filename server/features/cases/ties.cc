#include "features/cases/ties.h"

#include <algorithm>

#include "features/cases/closure.h"
#include "features/cases/keeping_away.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

using accounts::AccountId;

bool sees_no_case(accounts::Role role) {
  using accounts::Role;
  return role == Role::security_admin || role == Role::system_admin || role == Role::audit_admin;
}

Circle circle_of_actor(Reading& reading, const Context& context) {
  return circle_of(reading, context.county.region, context.actor, context.now);
}

template <class SomeId>
bool has(const std::vector<SomeId>& sorted, SomeId one) {
  return !one.empty() && std::binary_search(sorted.begin(), sorted.end(), one);
}

template <class SomeId>
bool has_all(const std::vector<SomeId>& sorted, const std::vector<SomeId>& some) {
  return std::includes(sorted.begin(), sorted.end(), some.begin(), some.end());
}

struct Sides {
  AccountId official;
  AccountId person;
  UnitId unit;
};

// Runs `end` unless it were an end of something of the actor's own. The circle is asked for again
// afterwards: whoever it kept from anything that it keeps them from no longer had a part in it.
template <class End>
Outcome end_as_another(Transaction& transaction, const Context& context, const Sides& sides,
                       const End& end) {
  if (sees_no_case(context.actor.role)) return end();
  const auto own = fail(FaultCode::not_allowed, "cases.own_tie");
  const Circle before = circle_of_actor(transaction, context);
  if (has(before.eyes, sides.official) || has(before.people, sides.person) ||
      has(before.units, sides.unit)) {
    return own;
  }
  MINHU_CHECK_OK(end());
  const Circle after = circle_of_actor(transaction, context);
  const bool kept = has_all(after.units, before.units) && has_all(after.people, before.people);
  if (!kept) return own;
  return {};
}

// The cases that accuse somebody and that this actor may read now.
std::vector<CaseId> readable(Reading& reading, const Context& context) {
  Sight sight(reading, context);
  std::vector<CaseId> all;
  for (const CaseId id : named_cases(reading, context.county.region)) {
    const auto file = load_file(reading, context.county.region, id);
    if (file && sight.may_read(*file)) all.push_back(id);
  }
  return all;
}

}  // namespace

Result<NewLeader> appoint_leader(Transaction& transaction, const accounts::Ground& ground,
                                 const Context& context, AccountId account, UnitId unit,
                                 const std::string& reason) {
  const bool counts = !sees_no_case(context.actor.role);
  const std::vector<CaseId> before =
      counts ? readable(transaction, context) : std::vector<CaseId>();
  NewLeader made;
  MINHU_TRY(made.leadership, accounts::appoint_leader(transaction, ground, context.actor.account,
                                                      account, unit, reason, context.now));
  const std::vector<CaseId> taken = take_out_of_wrong_hands(transaction, context);
  if (!counts) return made;
  const std::vector<CaseId> after = readable(transaction, context);
  const auto among = [](const std::vector<CaseId>& all, CaseId one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  made.rerouted = std::count_if(taken.begin(), taken.end(),
                                [&](CaseId id) { return among(before, id) && among(after, id); });
  return made;
}

Outcome end_leadership(Transaction& transaction, const accounts::Ground& ground,
                       const Context& context, accounts::LeadershipId id,
                       const std::string& reason) {
  const auto found = accounts::find_leadership(transaction, context.county.region, id, context.now);
  if (!found) return fail(FaultCode::not_found, "accounts.no_such_leadership");
  return end_as_another(transaction, context, {found->account, {}, found->unit}, [&] {
    return accounts::end_leadership(transaction, ground, context.actor.account, id, reason,
                                    context.now);
  });
}

Outcome end_interest(Transaction& transaction, const accounts::Ground& ground,
                     const Context& context, accounts::InterestId id, const std::string& reason) {
  const auto found = accounts::find_interest(transaction, context.county.region, id);
  if (!found) return fail(FaultCode::not_found, "accounts.no_such_interest");
  return end_as_another(transaction, context, {found->account, found->person, found->unit}, [&] {
    return accounts::end_interest(transaction, ground, context.actor.account, id, reason,
                                  context.now);
  });
}

}  // namespace minhu::cases
