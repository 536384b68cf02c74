#include "engines/tours/plan.h"

#include <gtest/gtest.h>

#include "engines/tours/compile.h"
#include "engines/tours/oracle.h"
#include "engines/tours/plan_oracle.h"

namespace minhu::tours {
namespace {

using Throw = minhu::Dice;
constexpr DayTime hour = 3600;

Work short_work(std::int64_t iterations, std::uint64_t seed = 1) {
  Work work;
  work.iterations = iterations;
  work.seed = seed;
  return work;
}

const PlannedVisit* visit_of(const Plan& plan, int stop) {
  for (const PlannedDay& day : plan.days) {
    for (const PlannedVisit& visit : day.visits) {
      if (visit.stop == stop) return &visit;
    }
  }
  return nullptr;
}

std::string why_out(const Plan& plan, int stop) {
  for (const LeftOut& out : plan.left_out) {
    if (out.stop == stop) return out.reason.key;
  }
  return "visited";
}

std::string why_in(const Plan& plan, int stop) {
  const PlannedVisit* visit = visit_of(plan, stop);
  return visit == nullptr ? "left out" : visit->reason.key;
}

std::vector<std::string> broken_of(const Plan& plan, int stop) {
  std::vector<std::string> keys;
  for (const Broken& rule : plan.broken) {
    if (rule.stop == stop) keys.push_back(rule.reason.key);
  }
  return keys;
}

TEST(Plan, nobody_is_ever_sent_where_they_may_not_go) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 150; ++round) {
    const Problem problem = draw_problem(dice, {.stops = 14});
    const Plan plan = make_plan(problem, short_work(80, dice.next()));
    ASSERT_EQ(check_plan(problem, plan), "") << "problem " << round;
  }
}

// On wall clocks a plan is worth exactly what the search says, and the list of broken rules is as
// short as trying everything makes it.
TEST(Plan, breaks_as_few_limits_as_an_exact_solver) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 12; ++round) {
    Problem problem = draw_problem(dice, {.stops = 6, .leaders = 1, .days = 2, .rules = false});
    for (Stop& stop : problem.stops) stop.must = true;
    for (Day& day : problem.days) day.hours.to = 13 * hour;
    const Solution exact = Exact(compile(problem).field).best();
    const Plan plan = make_plan(problem, short_work(1500, dice.next()));
    ASSERT_EQ(check_plan(problem, plan), "");
    std::int64_t kept = static_cast<std::int64_t>(problem.stops.size()) -
                        static_cast<std::int64_t>(plan.left_out.size());
    ASSERT_EQ(kept, exact.value / demanded) << "problem " << round;
    double value = static_cast<double>(exact.value % demanded) / value_scale;
    ASSERT_DOUBLE_EQ(plan.value, value) << "problem " << round;
  }
}

// Problems in which a plan that keeps every limit was hidden: it, or another, is found.
TEST(Plan, keeps_every_limit_where_that_is_possible) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 6; ++round) {
    Problem problem = draw_problem(dice, {.stops = 30, .leaders = 2, .days = 4, .limits = false});
    const Plan hidden = make_plan(problem, short_work(60, dice.next()));
    for (const PlannedDay& day : hidden.days) {
      for (const PlannedVisit& visit : day.visits) {
        Stop& stop = problem.stops[static_cast<std::size_t>(visit.stop)];
        stop.months = 6;
        stop.last_visit = visit.date - std::chrono::days(183 - dice.between(0, 1));
        if (due_date(*stop.last_visit, 6) < visit.date)
          stop.last_visit = visit.date - std::chrono::days(181);
      }
    }
    const Plan plan = make_plan(problem, short_work(6000, dice.next()));
    EXPECT_EQ(check_plan(problem, plan), "");
    EXPECT_TRUE(plan.broken.empty()) << "problem " << round;
  }
}

TEST(Plan, is_the_same_on_one_and_two_threads) {
  Throw dice(seed_of_this_run());
  const Problem problem = draw_problem(dice, {.stops = 40, .days = 5});
  const auto text = [&](int threads) {
    Work work = short_work(400);
    work.threads = threads;
    return write_plan(problem, make_plan(problem, work), [](const Reason& why) { return why.key; });
  };
  EXPECT_EQ(text(1), text(2));
}

// Two stops beside the hall; one day from 8 to 12.
Problem small_problem(int stops = 2) {
  Problem problem;
  problem.places = {{"hall", 119.70, 29.48, true}};
  problem.leaders = {{"zhang", "Zhang", {"普通话"}, {}}};
  problem.days = {{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1),
                   {8 * hour, 12 * hour},
                   std::nullopt,
                   {0},
                   0,
                   0,
                   0}};
  for (int k = 0; k < stops; ++k) {
    Stop stop;
    stop.id = stop.name = "v" + std::to_string(k);
    stop.place = static_cast<int>(problem.places.size());
    problem.places.push_back({stop.id, 119.70 + 0.01 * (k + 1), 29.48, true});
    stop.service = hour;
    stop.value = 10;
    problem.stops.push_back(stop);
  }
  return problem;
}

Plan planned(const Problem& problem) {
  const Plan plan = make_plan(problem, short_work(200));
  EXPECT_EQ(check_plan(problem, plan), "");
  return plan;
}

TEST(Plan, says_why_a_stop_is_visited) {
  Problem problem = small_problem(3);
  problem.stops[0].must = true;
  problem.stops[1].months = 6;
  problem.stops[1].last_visit = problem.days[0].date - std::chrono::days(100);
  Plan plan = planned(problem);
  EXPECT_EQ(why_in(plan, 0), "tours.in_must");
  EXPECT_EQ(why_in(plan, 1), "tours.in_value");  // its limit ends after the plan
  EXPECT_EQ(why_in(plan, 2), "tours.in_value");
  problem.stops[1].last_visit = due_date(problem.days[0].date, -6);
  EXPECT_EQ(why_in(planned(problem), 1), "tours.in_due");
  problem.stops[1].last_visit = problem.days[0].date - std::chrono::days(400);
  plan = planned(problem);
  EXPECT_EQ(why_in(plan, 1), "tours.in_overdue");
  EXPECT_EQ(broken_of(plan, 1), std::vector<std::string>{"tours.broken_before"});
  problem.stops[1].last_visit.reset();
  EXPECT_EQ(why_in(planned(problem), 1), "tours.in_never_seen");
}

TEST(Plan, says_why_a_stop_is_left_out) {
  Problem problem = small_problem();
  const auto reason = [&] { return why_out(planned(problem), 0); };
  Stop& stop = problem.stops[0];
  const Stop before = stop;

  stop.never = {0};
  EXPECT_EQ(reason(), "tours.out_recused");
  stop.person = 0;
  EXPECT_EQ(reason(), "tours.out_person_recused");
  stop = before;
  stop.languages = {"畲语"};
  EXPECT_EQ(reason(), "tours.out_language");
  stop = before;
  stop.not_on = {problem.days[0].date};
  EXPECT_EQ(reason(), "tours.out_no_date");
  stop = before;
  stop.hours = {{14 * hour, 16 * hour}};
  EXPECT_EQ(reason(), "tours.out_other_hours");
  stop.hours = {{9 * hour, 9 * hour + 1800}, {10 * hour, 10 * hour + 1800}};
  EXPECT_EQ(reason(), "tours.out_hours_short");
  stop = before;
  problem.places[1].longitude = 121.5;
  EXPECT_EQ(reason(), "tours.out_too_far");
  problem.places[1].longitude = 119.71;
  stop.value = 1;
  stop.service = 3 * hour;
  EXPECT_EQ(reason(), "tours.out_outweighed");
  problem.stops[1].must = true;
  EXPECT_EQ(reason(), "tours.out_demanded_first");
  problem.stops[1].must = false;
  problem.announced = {{1, "zhang", problem.days[0].date, 10 * hour}};
  EXPECT_EQ(reason(), "tours.out_announced_first");
  problem.leaders[0].leave = {problem.days[0].date};
  EXPECT_EQ(reason(), "tours.out_nobody_there");
}

TEST(Plan, a_stop_that_must_be_visited_and_cannot_is_named) {
  Problem problem = small_problem();
  problem.stops[0].must = true;
  problem.stops[0].never = {0};
  const Plan plan = planned(problem);
  EXPECT_EQ(broken_of(plan, 0), std::vector<std::string>{"tours.broken_must"});
  ASSERT_EQ(plan.notes.size(), 1U);
  EXPECT_EQ(plan.notes[0].key, "tours.note_short");
}

TEST(Plan, a_hole_in_the_table_is_named_and_nobody_is_sent_along_it) {
  Problem problem = small_problem();
  problem.travel = {0, -1, 600, -1, 0, -1, 600, -1, 0};
  const Plan plan = planned(problem);
  EXPECT_EQ(why_out(plan, 0), "tours.out_no_way");
  ASSERT_EQ(plan.notes.size(), 1U);
  EXPECT_EQ(plan.notes[0].facts.at("count"), "4");
}

TEST(Plan, lunch_is_nobodys_visit_but_a_way_may_wait_for_it) {
  Problem problem = small_problem(1);
  problem.days[0].hours = {8 * hour, 16 * hour};
  problem.days[0].lunch = Hours{12 * hour, 13 * hour};
  problem.places[1].longitude = 119.70 + 1.65;  // a good four hours of road
  problem.speed = 60;
  problem.detour = 1.5;
  problem.stops[0].service = 1800;
  Plan plan = planned(problem);
  EXPECT_EQ(why_out(plan, 0), "tours.out_too_far");
  problem.places[1].longitude = 119.70 + 1.1;
  problem.days[0].hours.to = 17 * hour;
  plan = planned(problem);
  ASSERT_EQ(why_in(plan, 0), "tours.in_value");
  const PlannedVisit* visit = visit_of(plan, 0);
  EXPECT_TRUE(visit->to <= 12 * hour || visit->from >= 13 * hour);
}

TEST(Plan, what_was_announced_stands_and_a_lost_day_moves_only_its_own) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 10; ++round) {
    Problem problem = draw_problem(dice, {.stops = 30, .leaders = 2, .days = 4});
    const Plan first = make_plan(problem, short_work(300, dice.next()));
    for (const PlannedDay& day : first.days) {
      for (const PlannedVisit& visit : day.visits) {
        if (!dice.coin()) continue;
        problem.announced.push_back({visit.stop,
                                     problem.leaders[static_cast<std::size_t>(visit.leader)].id,
                                     visit.date, visit.from});
      }
    }
    const Date lost = problem.days[1].date;
    problem.days.erase(problem.days.begin() + 1);
    const Plan second = make_plan(problem, short_work(300, dice.next()));
    ASSERT_EQ(check_plan(problem, second), "");
    for (const Announced& visit : problem.announced) {
      const PlannedVisit* now = visit_of(second, visit.stop);
      if (visit.date != lost) {
        ASSERT_NE(now, nullptr);
        EXPECT_TRUE(now->announced);
        EXPECT_EQ(now->date, visit.date);
        EXPECT_EQ(now->from, visit.at);
        EXPECT_EQ(problem.leaders[static_cast<std::size_t>(now->leader)].id, visit.leader);
        continue;
      }
      const auto broken = broken_of(second, visit.stop);
      const char* expected = now != nullptr ? "tours.broken_moved" : "tours.broken_announced";
      EXPECT_NE(std::find(broken.begin(), broken.end(), expected), broken.end());
    }
  }
}

TEST(Plan, of_two_announced_visits_that_cannot_both_stand_the_second_moves) {
  Problem problem = small_problem();
  problem.announced = {{0, "zhang", problem.days[0].date, 10 * hour},
                       {1, "zhang", problem.days[0].date, 10 * hour + 1800}};
  const Plan plan = planned(problem);
  EXPECT_EQ(visit_of(plan, 0)->from, 10 * hour);
  EXPECT_TRUE(visit_of(plan, 0)->announced);
  EXPECT_EQ(broken_of(plan, 1), std::vector<std::string>{"tours.broken_moved"});
  EXPECT_EQ(why_in(plan, 1), "tours.in_moved");
}

TEST(Plan, where_two_days_are_as_good_a_stop_stays_on_the_one_it_had) {
  Problem problem = small_problem(1);
  problem.days.push_back(problem.days[0]);
  problem.days[1].date += std::chrono::days(1);
  for (const Day& day : problem.days) {
    problem.previous = {{0, 0, day.date}};
    EXPECT_EQ(visit_of(planned(problem), 0)->date, day.date);
  }
}

TEST(Plan, nobody_at_work_on_any_day_is_a_plan_that_says_so) {
  Problem problem = small_problem();
  problem.leaders[0].leave = {problem.days[0].date};
  const Plan plan = planned(problem);
  EXPECT_TRUE(plan.days.empty());
  EXPECT_EQ(plan.left_out.size(), 2U);
}

TEST(Plan, a_limit_in_months_ends_on_the_same_day_or_the_last_of_a_short_month) {
  const auto date = [](int year, unsigned month, unsigned day) {
    return Date(std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) /
                                      static_cast<int>(day)));
  };
  EXPECT_EQ(due_date(date(2026, 8, 15), 6), date(2027, 2, 15));
  EXPECT_EQ(due_date(date(2026, 8, 31), 6), date(2027, 2, 28));
  EXPECT_EQ(due_date(date(2027, 8, 31), 6), date(2028, 2, 29));
}

}  // namespace
}  // namespace minhu::tours
