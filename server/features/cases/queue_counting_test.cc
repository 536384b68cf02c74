// How much waits in every part of a queue is asked of the database at once, and is what each part
// says by itself.
#include <gtest/gtest.h>

#include "features/cases/queue_summaries.h"
#include "features/cases/test_world.h"
#include "kernel/test_dice.h"
#include "ports/test_counting.h"

namespace minhu::cases {
namespace {

class QueueCounting : public World {
 protected:
  void move_below(UnitId unit_id, UnitId parent) {
    write([&](Transaction& t) {
      auto moved = *places_and_units::find_unit(t, county_.region, unit_id);
      moved.parent = parent;
      places_and_units::put_unit(t, county_.region, moved);
    });
  }

  // Somewhere in its life, at somebody's, naming nobody or anybody.
  CaseFile any_case(std::uint32_t number) {
    const std::vector<UnitId> units{county_.petition_office, county_.hotline_body, housing_, water_,
                                    town_};
    CaseFile file;
    file.id = entropy_.id<CaseId>(now_);
    file.number = std::to_string(number);
    file.state = static_cast<State>(dice_.between(0, static_cast<int>(State::voided)));
    file.received_at = file.registered_at = file.changed_at = now_;
    file.dispatching_unit = dice_.one_of(units);
    file.lead_unit = dice_.one_of(units);
    file.review_unit = dice_.one_of(units);
    if (dice_.coin()) file.co_units = {dice_.one_of(units)};
    if (dice_.between(0, 9) == 0) file.track = Track::accusation;
    if (dice_.between(0, 3) == 0) file.complained_of = {dice_.one_of(units)};
    if (dice_.between(0, 9) == 0) file.accused_people = {entropy_.id<accounts::AccountId>(now_)};
    if (dice_.coin()) file.supervised_units = {dice_.one_of(units)};
    if (dice_.between(0, 4) == 0) file.asks_again_at = now_;
    if (dice_.between(0, 4) == 0) file.question_day = 28;
    if (dice_.between(0, 4) == 0) file.recordings = 1;
    if (dice_.between(0, 4) == 0) file.returned = 1;
    if (dice_.between(0, 4) == 0) file.reopened = 1;
    if (dice_.coin()) {
      RunningClock clock;
      clock.rule = "answer";
      clock.started = now_;
      clock.due = Instant{now_.unix_ms + (dice_.between(-9, 9) * 24 * 3'600'000)};
      file.clocks = {clock};
    }
    return file;
  }

  void expect_the_same(const Context& context) {
    SCOPED_TRACE(std::string(accounts::name(context.actor.role)));
    database_->read_job([&](Reading& reading) {
      for (const QueueCount& one : queue_counts(reading, context)) {
        EXPECT_EQ(one.waiting, queue_count(reading, context, {one.part})) << name(one.part);
      }
      for (const QueueSummary& one : queue_summaries(reading, context)) {
        const auto alone = [&](QueueQuery query) {
          query.part = one.part;
          return queue_count(reading, context, query);
        };
        EXPECT_EQ(one.waiting, alone({})) << name(one.part);
        EXPECT_EQ(one.overdue, alone({.due = DueWithin::overdue})) << name(one.part);
        EXPECT_EQ(one.three_days, alone({.due = DueWithin::three_days})) << name(one.part);
        EXPECT_EQ(one.returned, alone({.returned = true})) << name(one.part);
        EXPECT_EQ(one.redo, alone({.redo = true})) << name(one.part);
      }
    });
  }

  Dice dice_{seed_of_this_run()};
};

TEST_F(QueueCounting, TellsOfAllPartsWhatEachOfThemTellsByItself) {
  for (int round = 0; round < 4; ++round) {
    write([&](Transaction& t) {
      for (std::uint32_t i = 0; i < 60; ++i) {
        save_file(t, county_.region, std::nullopt,
                  any_case(static_cast<std::uint32_t>(round) * 100 + i));
      }
    });
    // Whoever stands below whom a case complains of is kept from it.
    move_below(water_, dice_.coin() ? housing_ : UnitId());
    for (const Role role : {Role::dispatcher, Role::handler, Role::unit_head, Role::caller,
                            Role::clerk, Role::supervisor, Role::leader, Role::auditor}) {
      for (const UnitId at : {county_.petition_office, housing_, water_, town_}) {
        expect_the_same(as(role, at));
      }
    }
  }
}

TEST_F(QueueCounting, AsksOnceHoweverManyPartsThereAre) {
  const auto asked_by = [&](const Context& context) {
    return database_->read([&](Reading& reading) {
      CountingQuestions counting(reading);
      (void)queue_counts(counting, context);
      return counting.asked();
    });
  };
  EXPECT_EQ(asked_by(dispatcher()), 1);
  answer(received(1).case_id);
  (void)received(2);
  must(dispatcher(), received(3).case_id, EventKind::transferred, to(housing_));
  EXPECT_EQ(asked_by(dispatcher()), 1);
  EXPECT_EQ(asked_by(caller()), 1);
  EXPECT_EQ(asked_by(handler()), 1);
  EXPECT_EQ(asked_by(as(Role::speaker)), 0);
}

}  // namespace
}  // namespace minhu::cases
