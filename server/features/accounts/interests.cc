#include "features/accounts/interests.h"

#include <algorithm>
#include <limits>

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/reason.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/enum_names.h"

namespace minhu::accounts {

namespace {

constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();
#define MINHU_INTEREST_COLUMNS                                                             \
  "interest_id, account_id, unit_id, person_id, tie, declared_by, declared_at, ended_at, " \
  "ended_by, reason, ended_reason"

Interest interest_of(const Row& row) {
  Interest one{row.id<InterestId>(0),
               row.id<AccountId>(1),
               row.id<UnitId>(2),
               row.id<AccountId>(3),
               tie_named(row.text(4)).value_or(Tie::other),
               std::string(row.text(9)),
               row.id<AccountId>(5),
               row.instant(6),
               std::nullopt,
               row.id<AccountId>(8),
               std::string(row.text(10))};
  if (row.integer(7) != no_end) one.ended_at = row.instant(7);
  return one;
}

std::string detail_of(const Interest& one) {
  const std::string subject =
      one.unit.empty() ? "person " + one.person.text() : "unit " + one.unit.text();
  return subject + " " + std::string(name(one.tie));
}

}  // namespace

MINHU_ENUM_NAMES(Tie, other, "kin", "former_post", "business", "other")

std::optional<Tie> tie_named(std::string_view text) noexcept {
  return Tie_names.named(text);
}

Result<Interest> declare_interest(Transaction& transaction, const Ground& ground,
                                  const Interest& declared, Instant now) {
  if (declared.unit.empty() == declared.person.empty() || declared.person == declared.account) {
    return fail(FaultCode::invalid_input, "accounts.interest_in_what", "unit");
  }
  const RegionId region = ground.region;
  if (!find_account(transaction, region, declared.account) ||
      (!declared.person.empty() && !find_account(transaction, region, declared.person))) {
    return fail(FaultCode::not_found, "accounts.no_such_account");
  }
  if (!declared.unit.empty() && !places_and_units::find_unit(transaction, region, declared.unit)) {
    return fail(FaultCode::invalid_input, "accounts.no_such_unit", "unit");
  }
  const auto known = interests_of(transaction, region, declared.account, now);
  if (std::any_of(known.begin(), known.end(), [&](const Interest& one) {
        return one.unit == declared.unit && one.person == declared.person;
      })) {
    return fail(FaultCode::conflict, "accounts.declared_already");
  }
  Interest made = declared;
  made.reason.clear();
  if (declared.declared_by != declared.account) {
    MINHU_TRY(made.reason, checked_reason(declared.reason));
  }
  made.id = ground.entropy.id<InterestId>(now);
  made.declared_at = now;
  made.ended_at.reset();
  made.ended_by = AccountId();
  made.ended_reason.clear();
  transaction.execute("INSERT INTO interest(region_id, " MINHU_INTEREST_COLUMNS
                      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '')",
                      {param(region), param(made.id), param(made.account), param(made.unit),
                       param(made.person), name(made.tie), param(made.declared_by), param(now),
                       no_end, Parameter{}, std::string_view(made.reason)});
  write_down(transaction, region, ground.entropy, now,
             {{},
              {},
              Act::interest_declared,
              made.declared_by,
              made.account,
              detail_of(made),
              made.reason});
  return made;
}

std::optional<Interest> find_interest(Reading& reading, RegionId region, InterestId id) {
  auto found = reading.first("SELECT " MINHU_INTEREST_COLUMNS
                             " FROM interest WHERE region_id = ?1 AND interest_id = ?2",
                             {param(region), param(id)}, interest_of);
  if (found && found->ended_at) return std::nullopt;
  return found;
}

Outcome end_interest(Transaction& transaction, const Ground& ground, AccountId by, InterestId id,
                     const std::string& reason, Instant now) {
  MINHU_TRY(const std::string why, checked_reason(reason));
  const auto found = find_interest(transaction, ground.region, id);
  if (!found) return fail(FaultCode::not_found, "accounts.no_such_interest");
  if (found->account == by) return fail(FaultCode::not_allowed, "accounts.not_yourself");
  transaction.execute(
      "UPDATE interest SET ended_at = ?3, ended_by = ?4, ended_reason = ?5 "
      "WHERE region_id = ?1 AND interest_id = ?2",
      {param(ground.region), param(id), param(now), param(by), std::string_view(why)});
  write_down(transaction, ground.region, ground.entropy, now,
             {{}, {}, Act::interest_ended, by, found->account, detail_of(*found), why});
  return {};
}

std::vector<Interest> interests_of(Reading& reading, RegionId region, AccountId account,
                                   Instant now) {
  return reading.all("SELECT " MINHU_INTEREST_COLUMNS
                     " FROM interest WHERE region_id = ?1 AND account_id = ?2 AND ended_at > ?3 "
                     "ORDER BY interest_id",
                     {param(region), param(account), param(now)}, interest_of);
}

std::vector<Interest> all_interests(Reading& reading, RegionId region, std::int64_t limit) {
  return reading.all("SELECT " MINHU_INTEREST_COLUMNS
                     " FROM interest WHERE region_id = ?1 ORDER BY interest_id DESC LIMIT ?2",
                     {param(region), limit}, interest_of);
}

}  // namespace minhu::accounts
