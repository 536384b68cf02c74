#include "features/accounts/leadership.h"

#include <algorithm>
#include <limits>

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/reason.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::accounts {

namespace {

constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();
#define MINHU_LEADERSHIP_COLUMNS                                                       \
  "leadership_id, unit_id, account_id, since, until, appointed_by, reason, ended_by, " \
  "ended_reason"

Leadership leadership_of(const Row& row) {
  Leadership one{row.id<LeadershipId>(0),  row.id<UnitId>(1),    row.id<AccountId>(2),
                 row.instant(3),           std::nullopt,         row.id<AccountId>(5),
                 std::string(row.text(6)), row.id<AccountId>(7), std::string(row.text(8))};
  if (row.integer(4) != no_end) one.until = row.instant(4);
  return one;
}

void add(std::vector<AccountId>& all, AccountId one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace

Result<Leadership> appoint_leader(Transaction& transaction, const Ground& ground, AccountId by,
                                  AccountId account, UnitId unit, const std::string& reason,
                                  Instant now) {
  if (by == account) return fail(FaultCode::not_allowed, "accounts.not_yourself");
  MINHU_TRY(const std::string why, checked_reason(reason));
  if (!find_account(transaction, ground.region, account)) {
    return fail(FaultCode::not_found, "accounts.no_such_account");
  }
  if (!places_and_units::find_unit(transaction, ground.region, unit)) {
    return fail(FaultCode::invalid_input, "accounts.no_such_unit", "unit");
  }
  const auto led = led_by(transaction, ground.region, account, now);
  if (std::find(led.begin(), led.end(), unit) != led.end()) {
    return fail(FaultCode::conflict, "accounts.leads_it_already", "unit");
  }
  Leadership made;
  made.id = ground.entropy.id<LeadershipId>(now);
  made.unit = unit;
  made.account = account;
  made.since = now;
  made.appointed_by = by;
  made.reason = why;
  transaction.execute("INSERT INTO unit_leader(region_id, " MINHU_LEADERSHIP_COLUMNS
                      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '')",
                      {param(ground.region), param(made.id), param(unit), param(account),
                       param(now), no_end, param(by), std::string_view(why), Parameter{}});
  write_down(transaction, ground.region, ground.entropy, now,
             {{}, {}, Act::leader_appointed, by, account, unit.text(), why});
  return made;
}

Outcome end_leadership(Transaction& transaction, const Ground& ground, AccountId by,
                       LeadershipId id, const std::string& reason, Instant now) {
  MINHU_TRY(const std::string why, checked_reason(reason));
  const auto found = find_leadership(transaction, ground.region, id, now);
  if (!found) return fail(FaultCode::not_found, "accounts.no_such_leadership");
  if (by == found->account) return fail(FaultCode::not_allowed, "accounts.not_yourself");
  transaction.execute(
      "UPDATE unit_leader SET until = ?3, ended_by = ?4, ended_reason = ?5 "
      "WHERE region_id = ?1 AND leadership_id = ?2",
      {param(ground.region), param(id), param(now), param(by), std::string_view(why)});
  write_down(transaction, ground.region, ground.entropy, now,
             {{}, {}, Act::leader_ended, by, found->account, found->unit.text(), why});
  return {};
}

std::optional<Leadership> find_leadership(Reading& reading, RegionId region, LeadershipId id,
                                          Instant now) {
  auto found = reading.first("SELECT " MINHU_LEADERSHIP_COLUMNS
                             " FROM unit_leader WHERE region_id = ?1 AND leadership_id = ?2",
                             {param(region), param(id)}, leadership_of);
  if (found && found->until && *found->until <= now) return std::nullopt;
  return found;
}

std::vector<AccountId> leaders_of(Reading& reading, RegionId region, UnitId unit, Instant now) {
  const auto account = [](const Row& row) { return row.id<AccountId>(0); };
  std::vector<AccountId> leaders = reading.all(
      "SELECT account_id FROM unit_leader WHERE region_id = ?1 AND unit_id = ?2 AND until > ?3 "
      "AND since <= ?3",
      {param(region), param(unit), param(now)}, account);
  // One that was disabled may come back and still knows whom to ask.
  for (const AccountId head :
       reading.all("SELECT account_id FROM account WHERE region_id = ?1 AND unit_id = ?2 "
                   "AND role = ?3",
                   {param(region), param(unit), name(Role::unit_head)}, account)) {
    add(leaders, head);
  }
  return leaders;
}

std::vector<UnitId> led_by(Reading& reading, RegionId region, AccountId account, Instant now) {
  const auto unit = [](const Row& row) { return row.id<UnitId>(0); };
  std::vector<UnitId> led = reading.all(
      "SELECT unit_id FROM unit_leader WHERE region_id = ?1 AND account_id = ?2 AND until > ?3 "
      "AND since <= ?3",
      {param(region), param(account), param(now)}, unit);
  const auto own = reading.first(
      "SELECT unit_id FROM account WHERE region_id = ?1 AND account_id = ?2 AND role = ?3",
      {param(region), param(account), name(Role::unit_head)}, unit);
  if (own && !own->empty() && std::find(led.begin(), led.end(), *own) == led.end()) {
    led.push_back(*own);
  }
  return led;
}

std::vector<Leadership> all_leaderships(Reading& reading, RegionId region) {
  return reading.all("SELECT " MINHU_LEADERSHIP_COLUMNS
                     " FROM unit_leader WHERE region_id = ?1 ORDER BY leadership_id DESC",
                     {param(region)}, leadership_of);
}

}  // namespace minhu::accounts
