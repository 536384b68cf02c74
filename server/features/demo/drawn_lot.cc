// A lot that is over. A seed is published only after the month whose visits it drew, so a county
// that is played up to today can have none of this month: it gets that of the month before, each
// step at its own hour.
#include <algorithm>

#include "features/demo/book.h"
#include "features/demo/demo.h"
#include "features/visit_plans/cycle.h"
#include "features/visit_plans/lot.h"

namespace minhu::demo {

namespace {

using accounts::Role;

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t villages_drawn = 4;

// No lottery: whoever looks it up must find none.
constexpr std::string_view number_drawn = "演示用的号码，不是真的开奖：3 0 9 1 7";

class DrawnLot {
 public:
  DrawnLot(const cases::County& county, const cases::Keyring& keyring, Entropy& entropy,
           visit_plans::Month month)
      : county_(county), keyring_(keyring), entropy_(entropy), month_(std::move(month)) {}

  Outcome put(Database& database, Instant now) {
    const auto maker = as(Role::dispatcher, county_.petition_office, before(3, 9));
    MINHU_TRY(const auto frozen, database.read([&](Reading& reading) {
      return visit_plans::prepare_cycle(reading, maker, month_.name);
    }));
    const auto drawer = [&](Instant at) { return as(Role::supervisor, unit_id("inspection"), at); };
    return database.write_job([&](Transaction& transaction) -> Outcome {
      MINHU_CHECK_OK(visit_plans::publish_cycle(transaction, maker, frozen));
      MINHU_TRY(const std::string seed, visit_plans::commit_lot(transaction, drawer(before(2, 9)),
                                                                month_.name, villages_drawn));
      MINHU_TRY(const auto places, visit_plans::draw_lot(transaction, drawer(before(1, 15)),
                                                         month_.name, seed, number_drawn));
      static_cast<void>(places);
      const Instant over{start_of_day(month_.until, county_.rules.zone).unix_ms + 9 * hour_ms};
      return visit_plans::reveal_lot(transaction, drawer(std::min(over, now)), month_.name, seed);
    });
  }

 private:
  Instant before(int days, std::int64_t hour) const {
    const Date day = month_.from - std::chrono::days(days);
    return {start_of_day(day, county_.rules.zone).unix_ms + hour * hour_ms};
  }
  cases::Context as(Role role, UnitId unit, Instant now) const {
    return {county_, keyring_, entropy_, now, {role, unit, {}}};
  }

  const cases::County& county_;
  const cases::Keyring& keyring_;
  Entropy& entropy_;
  visit_plans::Month month_;
};

}  // namespace

Outcome put_drawn_lot(Database& database, const cases::County& county,
                      const cases::Keyring& keyring, Entropy& entropy, Instant now) {
  const auto name_of = [](Date day) { return format_date(day).substr(0, 7); };
  MINHU_TRY(const visit_plans::Month this_month,
            visit_plans::month_named(name_of(to_date(now, county.rules.zone))));
  MINHU_TRY(visit_plans::Month last_month,
            visit_plans::month_named(name_of(this_month.from - std::chrono::days(1))));
  const auto known = database.read(
      [&](Reading& reading) { return visit_plans::all_cycles(reading, county.region); });
  if (std::find(known.begin(), known.end(), last_month.name) != known.end()) return {};
  return DrawnLot(county, keyring, entropy, std::move(last_month)).put(database, now);
}

}  // namespace minhu::demo
