#include "engines/tours/search.h"

#include <gtest/gtest.h>

#include <atomic>

#include "engines/tours/oracle.h"
#include "engines/tours/test_fields.h"

namespace minhu::tours {
namespace {

using namespace drawn_fields;
using Throw = minhu::Dice;

Work short_work(std::int64_t iterations = 1500) {
  Work work;
  work.iterations = iterations;
  return work;
}

// Every shape of field against the exact answer.
void expect_exact(const Shape& shape, int fields, std::int64_t iterations) {
  const std::uint64_t seed = seed_of_this_run();
  Throw dice(seed);
  for (int round = 0; round < fields; ++round) {
    Field field = random_field(dice, shape);
    if (shape.fixed) {
      // A visit of a good solution is announced: it can be kept for certain.
      const Solution first = Exact(field).best();
      for (std::size_t r = 0; r < first.tours.size() && field.fixed.empty(); ++r) {
        if (first.tours[r].empty()) continue;
        const Route& route = field.routes[r];
        const int stop = first.tours[r][0];
        const Time start = open_from(field.kinds[at(route.kind)], stop,
                                     route.begin + field.way(route.start, stop));
        field.fixed.push_back({stop, static_cast<int>(r), start});
      }
    }
    const Solution exact = Exact(field).best();
    Work work = short_work(iterations);
    work.seed = dice.next();
    const Solution found = search(field, work);
    const Checked checked = check(field, found);
    ASSERT_EQ(checked.wrong, "") << "field " << round;
    ASSERT_EQ(checked.value, found.value) << "field " << round;
    ASSERT_EQ(checked.travel, found.travel) << "field " << round;
    ASSERT_EQ(found.value, exact.value) << "field " << round;
  }
}

TEST(Search, finds_what_trying_everything_finds) {
  expect_exact({.stops = 6, .routes = 2, .metric = true}, 15, 1200);
}

TEST(Search, finds_the_best_with_several_openings_a_day) {
  expect_exact({.stops = 6, .routes = 2, .most_openings = 3, .metric = true}, 15, 1200);
}

TEST(Search, finds_the_best_when_tours_differ) {
  expect_exact({.stops = 5, .routes = 3, .kinds = 3, .most_openings = 2, .metric = true}, 15, 2000);
}

TEST(Search, finds_the_best_with_stops_that_belong_on_one_day) {
  expect_exact({.stops = 5, .routes = 3, .kinds = 3, .parties = true, .metric = true}, 15, 3000);
}

TEST(Search, finds_the_best_around_a_fixed_visit) {
  expect_exact({.stops = 5, .routes = 2, .most_openings = 2, .fixed = true, .metric = true}, 15,
               1500);
}

TEST(Search, keeps_every_rule_where_ways_break_the_triangle) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 25; ++round) {
    const Shape shape{.stops = 20, .routes = 4, .kinds = 2, .most_openings = 3, .parties = true};
    const Field field = random_field(dice, shape);
    Work work = short_work(500);
    work.seed = dice.next();
    const Solution found = search(field, work);
    const Checked checked = check(field, found);
    ASSERT_EQ(checked.wrong, "") << "field " << round;
    ASSERT_EQ(checked.value, found.value) << "field " << round;
    ASSERT_EQ(checked.travel, found.travel) << "field " << round;
  }
}

TEST(Search, gives_the_same_on_one_and_two_threads) {
  Throw dice(seed_of_this_run());
  for (const int kinds : {1, 3}) {
    const Field field =
        random_field(dice, {.stops = 60, .routes = 5, .kinds = kinds, .metric = true});
    Work work = short_work(1500);
    const Solution alone = search(field, work);
    work.threads = 2;
    const Solution together = search(field, work);
    EXPECT_EQ(alone.tours, together.tours);
    EXPECT_EQ(alone.value, together.value);
  }
}

TEST(Search, another_seed_walks_elsewhere) {
  Throw dice(7);
  const Field field = random_field(dice, {.stops = 60, .routes = 5, .metric = true});
  Work work = short_work(40);
  const Solution one = search(field, work);
  work.seed = 2;
  EXPECT_NE(one.tours, search(field, work).tours);
}

TEST(Search, ends_when_it_is_asked_to_with_what_it_has) {
  Throw dice(7);
  const Field field = random_field(dice, {.stops = 60, .routes = 5, .metric = true});
  Work work;
  std::atomic<int> asked{0};
  work.threads = 2;
  work.spent = [] { return 0.0; };  // a clock that stands still: only the interruption ends it
  work.stop = [&] { return ++asked > 50; };
  const Solution found = search(field, work);
  EXPECT_EQ(check(field, found).wrong, "");
  EXPECT_GT(found.value, 0);
}

TEST(Search, tells_how_far_it_is) {
  Throw dice(7);
  const Field field = random_field(dice, {.stops = 60, .routes = 5, .metric = true});
  Work work = short_work(400);
  std::vector<Progress> told;
  work.tell = [&](const Progress& now) { told.push_back(now); };
  const Solution found = search(field, work);
  ASSERT_FALSE(told.empty());
  EXPECT_DOUBLE_EQ(told.back().spent, 1.0);
  EXPECT_EQ(told.back().value, found.value);
  for (std::size_t k = 1; k < told.size(); ++k) EXPECT_GE(told[k].value, told[k - 1].value);
}

TEST(Search, a_field_in_which_nothing_is_possible_gives_empty_tours) {
  Field field = empty_field(3, 1);
  for (int node = 0; node < field.nodes; ++node) set_way(field, node, node, 0);
  Kind kind;
  for (std::uint32_t u = 0; u < 3; ++u) {
    kind.first.push_back(0);
    kind.last.push_back(10);
    kind.from.push_back(u);
    kind.openings.push_back({0, 10});
    kind.value.push_back(1);
  }
  kind.from.push_back(3);
  field.kinds.push_back(kind);
  field.routes.push_back({.kind = 0, .begin = 0, .end = 100, .start = 3, .finish = 3});
  finish_field(field, 1000);
  const Solution found = search(field, short_work(100));
  EXPECT_EQ(found.value, 0);
  EXPECT_EQ(found.tours, std::vector<std::vector<int>>{{}});
}

}  // namespace
}  // namespace minhu::tours
