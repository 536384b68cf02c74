#include "features/visits/calendars.h"

#include "features/accounts/accounts.h"
#include "features/accounts/permissions.h"
#include "features/visits/step_fields.h"
#include "features/visits/store.h"
#include "kernel/bytes.h"

namespace minhu::visits {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::size_t longest_name = 40;

Digest hash_of(const cases::Keyring& keyring, std::string_view token) {
  return keyed_hash(keyring.token_hash, {as_bytes("minhu/visit-calendar/v1"), as_bytes(token)});
}

Calendar calendar_row(const Row& row) {
  return {row.id<CalendarId>(0), std::string(row.text(1)), row.instant(2)};
}

// Of an account that was disabled, or has another post now, nobody could take it back any more.
bool may_still_have_one(Reading& reading, RegionId region, accounts::AccountId id) {
  const auto account = accounts::find_account(reading, region, id);
  return account && accounts::decide(account->principal, "visit:calendar").allowed;
}

std::vector<Visit> around_today(Reading& reading, const cases::Context& context, auto wanted) {
  std::vector<Visit> visits;
  for (const VisitRow& row :
       between(reading, context.county.region, Instant{context.now.unix_ms - 31 * day_ms},
               Instant{context.now.unix_ms + 366 * day_ms})) {
    if (!wanted(row)) continue;
    if (auto visit = load_visit(reading, context.county.region, row.id)) {
      visits.push_back(std::move(*visit));
    }
  }
  return visits;
}

}  // namespace

Result<MadeCalendar> make_calendar(Transaction& transaction, const cases::Context& context,
                                   std::string_view leader) {
  const RegionId region = context.county.region;
  if (!accounts::decide(context.actor, "visit:calendar").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  MINHU_TRY(const std::string name, public_words(leader, "leader", longest_name));
  if (own_calendars(transaction, context).size() >= most_calendars) {
    return fail(FaultCode::conflict, "visits.too_many_calendars");
  }
  const std::string token = to_hex(context.entropy.bytes<32>());
  const Digest hash = hash_of(context.keyring, token);
  const Calendar made{context.entropy.id<CalendarId>(context.now), name, context.now};
  transaction.execute(
      "INSERT INTO visit_calendar(region_id, calendar_id, account_id, leader, token_hash, made_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(region), param(made.id), param(context.actor.account), std::string_view(made.leader),
       BytesView(hash), param(made.made_at)});
  return MadeCalendar{made, Sealed(token)};
}

std::vector<Calendar> own_calendars(Reading& reading, const cases::Context& context) {
  return reading.all(
      "SELECT calendar_id, leader, made_at FROM visit_calendar "
      "WHERE region_id = ?1 AND account_id = ?2 ORDER BY calendar_id",
      {param(context.county.region), param(context.actor.account)}, calendar_row);
}

Outcome revoke_calendar(Transaction& transaction, const cases::Context& context, CalendarId id) {
  const auto removed = transaction.execute(
      "DELETE FROM visit_calendar WHERE region_id = ?1 AND calendar_id = ?2 AND account_id = ?3",
      {param(context.county.region), param(id), param(context.actor.account)});
  if (removed == 0) return fail(FaultCode::not_found, "visits.no_such_calendar");
  return {};
}

std::vector<Visit> public_calendar(Reading& reading, const cases::Context& context) {
  return around_today(reading, context, [](const VisitRow& row) { return row.is_public; });
}

std::optional<OwnCalendar> calendar_of(Reading& reading, const cases::Context& context,
                                       std::string_view token) {
  const RegionId region = context.county.region;
  const Digest hash = hash_of(context.keyring, token);
  struct Found {
    std::string leader;
    accounts::AccountId made_by;
  };
  const auto calendar = reading.first(
      "SELECT leader, account_id FROM visit_calendar WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(hash)}, [](const Row& row) {
        return Found{std::string(row.text(0)), row.id<accounts::AccountId>(1)};
      });
  if (!calendar || !may_still_have_one(reading, region, calendar->made_by)) return std::nullopt;
  const std::string name = accounts::name_without_blanks(calendar->leader);
  return OwnCalendar{calendar->leader, around_today(reading, context, [&](const VisitRow& row) {
                       return accounts::name_without_blanks(row.leader_name) == name;
                     })};
}

}  // namespace minhu::visits
