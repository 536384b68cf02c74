// For tests: the small county of cases with twelve villages in two towns, a county leader, a
// supervisor, and two years of words.
#pragma once

#include "features/accounts/leadership.h"
#include "features/cases/test_world.h"
#include "features/classes/migrations.h"
#include "features/visit_plans/acceptance.h"
#include "features/visit_plans/coverage.h"
#include "features/visit_plans/cycle.h"
#include "features/visit_plans/draft.h"
#include "features/visit_plans/gather.h"
#include "features/visit_plans/investigations.h"
#include "features/visit_plans/lot.h"
#include "features/visit_plans/migrations.h"
#include "features/visit_plans/wishes.h"
#include "features/visits/migrations.h"
#include "features/visits/steps.h"
#include "features/visits/visits.h"

namespace minhu::visit_plans {

inline std::vector<Migration> all_steps() {
  std::vector<Migration> steps;
  for (const auto part : {classes::migrations(), visits::migrations(), migrations()}) {
    steps.insert(steps.end(), part.begin(), part.end());
  }
  return steps;
}

class PlansWorld : public cases::World {
 protected:
  using Context = cases::Context;
  using CaseKind = cases::EventKind;

  PlansWorld() : PlansWorld(all_steps()) {}
  explicit PlansWorld(const std::vector<Migration>& steps) : cases::World(steps) { set_up(); }

  Context maker() { return as(Role::dispatcher, county_.petition_office); }
  Context county_leader() { return as(Role::leader, government_); }
  Context drawer() { return as(Role::supervisor, inspection_); }

  static std::string village(int number) {
    return "33990110" + std::to_string(1 + number / 6) + std::to_string(201 + number % 6);
  }

  accounts::AccountId official(const char* login, const char* title, Role role, UnitId unit) {
    accounts::Account account;
    account.id = entropy_.id<accounts::AccountId>(now_);
    account.login = login;
    account.display_name = title;
    account.principal = {role, unit, account.id};
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, account, "", now_));
    });
    return account.id;
  }

  cases::CaseId told(int number, const char* category = "minhu:02", Fields more = {}) {
    const auto receipt = receive_words(as(Role::anyone), words_of(number));
    EXPECT_TRUE(receipt) << receipt.error().key;
    more["category"] = category;
    must(dispatcher(), receipt->case_id, CaseKind::triaged, more);
    return receipt->case_id;
  }
  void answered(cases::CaseId id) {
    must(dispatcher(), id, CaseKind::answered_on_spot,
         {{"public_answer", "今天派人去修。"}, {"outcome", "supported"}});
  }
  // Each village is spoken of now and then; the last one never. In one commit.
  void two_years_of_words() {
    const Instant end = now_;
    write([&](Transaction& t) {
      for (int month = 23; month >= 0; --month) {
        now_ = {end.unix_ms - std::int64_t{month} * 30 * 24 * 3'600'000 - 3'600'000};
        for (int number = 0; number < 11; ++number) {
          if ((month + number) % 3 != 0) continue;
          const auto first = told_within(t, number);
          if (number % 2 == 0) {
            take(t, told_within(t, number), CaseKind::merged, {{"into", first.text()}});
          }
          if (month <= 1) continue;
          take(t, first, CaseKind::answered_on_spot,
               {{"public_answer", "今天派人去修。"}, {"outcome", "supported"}});
        }
      }
    });
    now_ = end;
  }

  std::string frozen(const Context& context, std::string_view month) {
    const auto prepared =
        database_->read([&](Reading& reading) { return prepare_cycle(reading, context, month); });
    if (!prepared) return prepared.error().key;
    const Outcome kept =
        database_->write_job([&](Transaction& t) { return publish_cycle(t, context, *prepared); });
    return kept ? "frozen" : kept.error().key;
  }
  FrozenCycle cycle(std::string_view month) {
    return *database_->read(
        [&](Reading& reading) { return load_cycle(reading, county_.region, month); });
  }
  // The leader has every working day of the first two weeks.
  Order order(std::int64_t iterations = 400) {
    Order made;
    LeaderDays leader;
    leader.account = leader_;
    leader.post = "副县长";
    for (const int day : {7, 8, 9, 10, 11}) {
      leader.dates.push_back(*parse_date("2026-12-" + std::to_string(day)));
    }
    made.leaders.push_back(leader);
    made.iterations = iterations;
    return made;
  }
  std::string drafted(const Order& made, std::string_view month = "2026-12") {
    const auto draft = database_->read(
        [&](Reading& reading) { return begin_draft(reading, maker(), month, made); });
    if (!draft) return draft.error().key;
    const tours::Plan plan = tours::make_plan(draft->problem, work_of(draft->order));
    const auto version =
        database_->write([&](Transaction& t) { return keep_draft(t, maker(), *draft, plan); });
    return version ? "version " + std::to_string(*version) : version.error().key;
  }
  PlanFile plan(std::string_view month = "2026-12") {
    return *database_->read(
        [&](Reading& reading) { return load_plan(reading, county_.region, month); });
  }
  const PlanStop& stop(const PlanFile& file, int number) {
    for (const PlanStop& one : file.stops) {
      if (one.place == village(number)) return one;
    }
    throw std::runtime_error("no such stop");
  }
  std::string accepted(std::int64_t version) {
    const auto done = database_->write(
        [&](Transaction& t) { return accept_plan(t, county_leader(), "2026-12", version); });
    if (!done) return done.error().key + " " + done.error().field;
    return std::to_string(done->made) + " " + std::to_string(done->moved) + " " +
           std::to_string(done->given_up);
  }
  std::string wished(WishKind kind, int number, const char* date = "",
                     const char* reason = "村里这天有集市，人都在") {
    Wish wish{kind, village(number), std::nullopt, reason, now_};
    if (*date != 0) wish.date = *parse_date(date);
    const Outcome done = database_->write_job(
        [&](Transaction& t) { return add_wish(t, county_leader(), "2026-12", wish); });
    return done ? "kept" : done.error().key;
  }

  cases::CaseId told_within(Transaction& t, int number) {
    const auto words = cases::prepare(as(Role::anyone), words_of(number));
    EXPECT_TRUE(words);
    const auto receipt = cases::receive(t, as(Role::anyone), **words);
    EXPECT_TRUE(receipt);
    take(t, receipt->case_id, CaseKind::triaged, {{"category", "minhu:02"}});
    return receipt->case_id;
  }
  void take(Transaction& t, cases::CaseId id, CaseKind kind, Fields fields) {
    cases::Step taken;
    taken.kind = kind;
    taken.fields = std::move(fields);
    const auto done = cases::take_step(t, dispatcher(), id, taken);
    ASSERT_TRUE(done) << done.error().key;
  }
  cases::Words words_of(int number) {
    cases::Words words = some_words(0);
    words.token = {};
    ++serial_;
    for (std::size_t i = 0; i < sizeof serial_; ++i) {
      words.token[i] = static_cast<std::uint8_t>(serial_ >> (8 * i));
    }
    words.place = village(number);
    return words;
  }

  UnitId government_;
  UnitId inspection_;
  accounts::AccountId leader_;
  std::uint32_t serial_ = 0;

 private:
  void set_up() {
    now_ = *parse_instant("2026-11-26 09:00");
    government_ = unit("government", "县政府", {}, places_and_units::UnitLevel::county);
    inspection_ = unit("inspection", "县督查室", {}, places_and_units::UnitLevel::county);
    leader_ = official("leader", "周副县长", Role::leader, government_);
    write([&](Transaction& t) {
      places_and_units::put_place(t, county_.region, {"339901102", "339901", "白石镇"});
      Village middle{"339901", "", "", 294'800'000, 1'197'000'000, 0, 100, {}, {}, 0};
      ASSERT_TRUE(put_village(t, county_.region, middle));
      for (int number = 0; number < 12; ++number) {
        const std::string code = village(number);
        places_and_units::put_place(t, county_.region,
                                    {code, code.substr(0, 9), "村" + std::to_string(number)});
        Village one{code,
                    "",
                    "",
                    294'800'000 + 200'000 * number,
                    1'197'000'000 + 150'000 * number,
                    900 + 100 * number,
                    100 - number,
                    {},
                    {},
                    0};
        ASSERT_TRUE(put_village(t, county_.region, one));
      }
    });
  }
};

}  // namespace minhu::visit_plans
