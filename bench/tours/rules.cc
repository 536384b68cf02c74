// tours_rules [PROBLEMS [COUNTIES [ITERATIONS [SEED]]]]: what must never happen, counted.
//   rule_violations      of PROBLEMS drawn problems, plans in which a rule for people is broken
//   limits_exceeded      villages over their limit in COUNTIES drawn counties that hide a plan
//                        without
//   broken_too_many      rules broken beyond what trying everything breaks, on small problems
//   threads_differ       plans that are not byte for byte the same on two threads
//   lost_day_*           re-planning after one lost day
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "engines/tours/compile.h"
#include "engines/tours/oracle.h"
#include "engines/tours/plan_oracle.h"

namespace {

using namespace minhu::tours;
using Throw = minhu::Dice;

Work work_of(std::int64_t iterations, std::uint64_t seed) {
  Work work;
  work.iterations = iterations;
  work.seed = seed;
  return work;
}

void count_violations(Throw& dice, int problems) {
  int wrong = 0;
  for (int round = 0; round < problems; ++round) {
    const Problem problem = draw_problem(dice, {.stops = 14});
    const Plan plan = make_plan(problem, work_of(80, dice.next()));
    const std::string what = check_plan(problem, plan);
    if (what.empty()) continue;
    ++wrong;
    fmt::print(stderr, "problem {}: {}\n", round, what);
  }
  fmt::print("rule_problems {}\nrule_violations {}\n", problems, wrong);
}

// A plan is drawn first; then every village it visits gets a limit that ends on that very day or a
// few days later.
Problem with_hidden_plan(Throw& dice, int& limited) {
  Problem problem = draw_problem(dice, {.stops = 40, .leaders = 2, .days = 5, .limits = false});
  const Plan hidden = make_plan(problem, work_of(60, dice.next()));
  limited = 0;
  for (const PlannedDay& day : hidden.days) {
    for (const PlannedVisit& visit : day.visits) {
      Stop& stop = problem.stops[static_cast<std::size_t>(visit.stop)];
      stop.months = 6;
      stop.last_visit = due_date(visit.date + std::chrono::days(dice.between(0, 2)), -6);
      while (due_date(*stop.last_visit, 6) < visit.date) *stop.last_visit += std::chrono::days(1);
      ++limited;
    }
  }
  return problem;
}

void count_exceeded(Throw& dice, int counties, std::int64_t iterations) {
  std::size_t exceeded = 0;
  int villages = 0;
  int imperfect = 0;
  double value = 0;
  for (int round = 0; round < counties; ++round) {
    int limited = 0;
    const Problem problem = with_hidden_plan(dice, limited);
    const Plan plan = make_plan(problem, work_of(iterations, dice.next()));
    villages += limited;
    exceeded += plan.broken.size();
    imperfect += plan.broken.empty() ? 0 : 1;
    value += plan.value;
  }
  fmt::print(
      "planted_counties {}\nplanted_villages {}\nlimits_exceeded {}\nplanted_imperfect {}\n"
      "planted_mean_value {:.2f}\n",
      counties, villages, exceeded, imperfect, value / std::max(1, counties));
}

void compare_broken(Throw& dice, int problems) {
  std::int64_t too_many = 0;
  std::int64_t broken = 0;
  for (int round = 0; round < problems; ++round) {
    Problem problem = draw_problem(dice, {.stops = 7, .leaders = 1, .days = 2, .rules = false});
    for (Stop& stop : problem.stops) stop.must = true;
    for (Day& day : problem.days) day.hours.to = 12 * 3600 + 1800;
    for (Day& day : problem.days) day.lunch.reset();
    const Solution exact = Exact(compile(problem).field).best();
    const Plan plan = make_plan(problem, work_of(3000, dice.next()));
    const auto kept = static_cast<std::int64_t>(problem.stops.size() - plan.left_out.size());
    too_many += exact.value / demanded - kept;
    broken += static_cast<std::int64_t>(plan.left_out.size());
  }
  fmt::print("small_problems {}\nsmall_broken {}\nbroken_too_many {}\n", problems, broken,
             too_many);
}

// Counties that ask for more than can be kept, so that every part of the search has its say.
void compare_threads(Throw& dice, int problems) {
  int differ = 0;
  for (int round = 0; round < problems; ++round) {
    const Problem problem = draw_problem(dice, {.stops = 40, .days = 4});
    Work work = work_of(400, dice.next());
    const auto text = [&](int threads) {
      work.threads = threads;
      return write_plan(problem, make_plan(problem, work),
                        [](const Reason& reason) { return reason.key; });
    };
    differ += text(1) == text(2) ? 0 : 1;
  }
  fmt::print("threads_problems {}\nthreads_differ {}\n", problems, differ);
}

// Half of the visits are announced, then the second day is lost.
void lose_a_day(Throw& dice, int problems) {
  int moved_although_kept = 0;
  int without_word = 0;
  double replanned = 0;
  double fresh = 0;
  for (int round = 0; round < problems; ++round) {
    Problem problem = draw_problem(dice, {.stops = 60, .leaders = 2, .days = 6});
    const Plan first = make_plan(problem, work_of(2000, dice.next()));
    for (const PlannedDay& day : first.days) {
      for (const PlannedVisit& visit : day.visits) {
        problem.previous.push_back({visit.stop, visit.leader, visit.date});
        if (!dice.coin()) continue;
        problem.announced.push_back({visit.stop,
                                     problem.leaders[static_cast<std::size_t>(visit.leader)].id,
                                     visit.date, visit.from});
      }
    }
    const minhu::Date lost = problem.days[1].date;
    problem.days.erase(problem.days.begin() + 1);
    const Plan second = make_plan(problem, work_of(2000, dice.next()));
    const auto value_of_the_rest = [&](const Plan& plan) {
      double sum = 0;
      for (const PlannedDay& day : plan.days) {
        for (const PlannedVisit& visit : day.visits) {
          const bool told = std::any_of(problem.announced.begin(), problem.announced.end(),
                                        [&](const Announced& a) { return a.stop == visit.stop; });
          if (!told) sum += problem.stops[static_cast<std::size_t>(visit.stop)].value;
        }
      }
      return sum;
    };
    for (const Announced& told : problem.announced) {
      const auto is_it = [&](const PlannedVisit& visit) {
        return visit.stop == told.stop && visit.date == told.date && visit.from == told.at;
      };
      const bool kept = std::any_of(second.days.begin(), second.days.end(), [&](const auto& day) {
        return std::any_of(day.visits.begin(), day.visits.end(), is_it);
      });
      const bool said = std::any_of(second.broken.begin(), second.broken.end(),
                                    [&](const Broken& rule) { return rule.stop == told.stop; });
      if (told.date != lost && !kept) ++moved_although_kept;
      if (told.date == lost && !said) ++without_word;
    }
    replanned += value_of_the_rest(second);
    // Fresh: the same announced visits stand, but nothing else pulls towards the old plan.
    problem.previous.clear();
    fresh += value_of_the_rest(make_plan(problem, work_of(2000, dice.next())));
  }
  fmt::print(
      "lost_day_problems {}\nlost_day_announced_moved {}\nlost_day_without_word {}\n"
      "lost_day_value_below_fresh_percent {:.2f}\n",
      problems, moved_although_kept, without_word, 100 * (fresh - replanned) / fresh);
}

}  // namespace

int main(int argc, char** argv) {
  const int problems = argc > 1 ? std::atoi(argv[1]) : 10'000;
  const int counties = argc > 2 ? std::atoi(argv[2]) : 1'000;
  const std::int64_t iterations = argc > 3 ? std::atoll(argv[3]) : 5'000;
  Throw dice(argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 20261125);
  count_violations(dice, problems);
  count_exceeded(dice, counties, iterations);
  compare_broken(dice, std::min(200, counties));
  lose_a_day(dice, std::min(50, counties));
  compare_threads(dice, std::min(100, counties));
  return 0;
}
