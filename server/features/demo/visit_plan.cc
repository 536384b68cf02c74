#include <array>

#include "features/accounts/accounts.h"
#include "features/demo/book.h"
#include "features/demo/demo.h"
#include "features/visit_plans/acceptance.h"
#include "features/visit_plans/draft.h"
#include "features/visit_plans/investigations.h"

namespace minhu::demo {

namespace {

using accounts::Role;

// They are sent and never sign in: no password fits an empty hash.
struct Deputy {
  std::string_view login;
  std::string_view name;
  std::string_view unit;
};
constexpr std::array deputies{
    Deputy{"yanshi-fuxianzhang-1", "演示副县长甲", "government"},
    Deputy{"yanshi-fuxianzhang-2", "演示副县长乙", "government"},
};

cases::Context acting(const cases::County& county, const cases::Keyring& keyring, Entropy& entropy,
                      Instant now, Role role) {
  return {county, keyring, entropy, now, {role, county.petition_office, {}}};
}

Outcome put_deputies(Transaction& transaction, const cases::County& county, Instant now) {
  for (const Deputy& deputy : deputies) {
    if (accounts::find_account_by_login(transaction, county.region, deputy.login)) continue;
    accounts::Account account;
    account.id = account_id(std::string(deputy.login));
    account.login = deputy.login;
    account.display_name = deputy.name;
    account.principal = {Role::leader, unit_id(deputy.unit), account.id};
    MINHU_TRY(const accounts::AccountId made,
              accounts::create_account(transaction, county.region, account, "", now));
    static_cast<void>(made);
  }
  return {};
}

// Each has two days a week of what is left of the month, never at a weekend.
visit_plans::Order days_of(const cases::County& county, const visit_plans::Month& month,
                           Date today) {
  visit_plans::Order order;
  order.iterations = 4000;
  for (std::size_t k = 0; k < deputies.size(); ++k) {
    visit_plans::LeaderDays days;
    days.account = account_id(std::string(deputies[k].login));
    days.post = "副县长";
    for (Date date = std::max(month.from, today + std::chrono::days(1)); date < month.until;
         date += std::chrono::days(1)) {
      const auto weekday = std::chrono::weekday(date).iso_encoding();
      const bool theirs = weekday == 2 + k || weekday == 4 + k;
      if (theirs && county.rules.calendar.works(date)) days.dates.push_back(date);
    }
    if (!days.dates.empty()) order.leaders.push_back(std::move(days));
  }
  return order;
}

}  // namespace

Outcome put_villages(Database& database) {
  const Book book = read_book();
  return database.write_job([&](Transaction& transaction) -> Outcome {
    const TrueVillage& first = book.villages.front().truth;
    visit_plans::Village hall;
    hall.code = std::to_string(book.region.value);
    hall.latitude_e7 = first.latitude_e7;
    hall.longitude_e7 = first.longitude_e7;
    MINHU_CHECK_OK(visit_plans::put_village(transaction, book.region, hall));
    for (const Village& village : book.villages) {
      visit_plans::Village one;
      one.code = village.truth.code;
      one.latitude_e7 = village.truth.latitude_e7;
      one.longitude_e7 = village.truth.longitude_e7;
      one.people = village.truth.population;
      one.signal = village.truth.terrain == "mountain" ? 70 : 95;
      MINHU_CHECK_OK(visit_plans::put_village(transaction, book.region, one));
    }
    return {};
  });
}

Outcome plan_a_month(Database& database, const cases::County& county, const cases::Keyring& keyring,
                     Entropy& entropy, Instant now) {
  MINHU_CHECK_OK(database.write_job([&](Transaction& t) { return put_deputies(t, county, now); }));
  const auto maker = acting(county, keyring, entropy, now, Role::dispatcher);
  const auto leader = acting(county, keyring, entropy, now, Role::leader);
  const Date today = to_date(now);
  // Late in a month there is nothing left to plan in it.
  std::string name = format_date(today).substr(0, 7);
  MINHU_TRY(visit_plans::Month month, visit_plans::month_named(name));
  if (month.until - today < std::chrono::days(12)) {
    name = format_date(month.until).substr(0, 7);
    MINHU_TRY(month, visit_plans::month_named(name));
  }
  const auto known = database.read(
      [&](Reading& reading) { return visit_plans::all_cycles(reading, county.region); });
  if (std::find(known.begin(), known.end(), name) != known.end()) return {};
  MINHU_TRY(const auto frozen, database.read([&](Reading& reading) {
    return visit_plans::prepare_cycle(reading, maker, name);
  }));
  MINHU_CHECK_OK(database.write_job(
      [&](Transaction& t) { return visit_plans::publish_cycle(t, maker, frozen); }));
  const auto order = days_of(county, month, today);
  MINHU_TRY(const auto draft, database.read([&](Reading& reading) {
    return visit_plans::begin_draft(reading, maker, name, order);
  }));
  const auto plan = tours::make_plan(draft.problem, visit_plans::work_of(draft.order));
  MINHU_TRY(const std::int64_t version, database.write([&](Transaction& t) {
    return visit_plans::keep_draft(t, maker, draft, plan);
  }));
  MINHU_TRY(const auto accepted, database.write([&](Transaction& t) {
    return visit_plans::accept_plan(t, leader, name, version);
  }));
  static_cast<void>(accepted);
  return {};
}

}  // namespace minhu::demo
