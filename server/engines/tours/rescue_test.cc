#include "engines/tours/rescue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "engines/tours/oracle.h"
#include "engines/tours/search.h"
#include "engines/tours/test_fields.h"

namespace minhu::tours {
namespace {

using namespace drawn_fields;
using Throw = minhu::Dice;

const auto never_stop = [] { return false; };

Solution solution_of(std::vector<std::vector<int>> tours) {
  Solution solution;
  solution.tours = std::move(tours);
  return solution;
}

std::vector<std::vector<int>> nothing(const Field& field) {
  std::vector<std::vector<int>> tours(field.routes.size());
  for (const Fixed& visit : field.fixed) tours[at(visit.route)].push_back(visit.stop);
  return tours;
}

// Every order of a subset, walked through by the code of the oracle.
bool fits_in_some_order(const Field& field, std::vector<int> stops) {
  std::sort(stops.begin(), stops.end());
  do {
    auto tours = nothing(field);
    tours[0] = stops;
    if (check(field, solution_of(std::move(tours))).wrong.empty()) return true;
  } while (std::next_permutation(stops.begin(), stops.end()));
  return false;
}

TEST(Squeeze, knows_of_every_subset_whether_it_fits_in_some_order) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 40; ++round) {
    const Shape shape{.stops = 6, .routes = 1, .most_openings = 3, .metric = round % 2 == 0};
    const Field field = random_field(dice, shape);
    const Route& route = field.routes[0];
    Squeeze squeeze(field);
    const std::vector<int> stops = {0, 1, 2, 3, 4, 5};
    squeeze.look({route.kind, route.start, route.finish, route.begin, route.end, route.most},
                 stops);
    for (Squeeze::Subset subset = 1; subset < 64; ++subset) {
      std::vector<int> chosen;
      for (const int stop : stops) {
        if ((subset >> static_cast<unsigned>(stop) & 1U) != 0) chosen.push_back(stop);
      }
      ASSERT_EQ(squeeze.fits(subset), fits_in_some_order(field, chosen))
          << "field " << round << ", subset " << subset;
      if (!squeeze.fits(subset)) continue;
      std::vector<int> order = squeeze.order(subset);
      ASSERT_EQ(check(field, solution_of({order})).wrong, "");
      std::sort(order.begin(), order.end());
      ASSERT_EQ(order, chosen);
    }
  }
}

// From nothing, what is kept is as much as trying everything keeps.
void expect_as_many_as_exact(const Shape& shape, int fields) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < fields; ++round) {
    Field field = random_field(dice, shape);
    if (shape.fixed) {
      const Solution first = Exact(field).best();
      for (std::size_t r = 0; r < first.tours.size() && field.fixed.empty(); ++r) {
        if (first.tours[r].empty()) continue;
        const Route& route = field.routes[r];
        const int stop = first.tours[r][0];
        field.fixed.push_back({stop, static_cast<int>(r),
                               open_from(field.kinds[at(route.kind)], stop,
                                         route.begin + field.way(route.start, stop))});
      }
    }
    Rescue rescue(field, dice.next());
    rescue.begin(nothing(field));
    rescue.run(3'000'000, never_stop);
    const Checked checked = check(field, solution_of(rescue.tours()));
    ASSERT_EQ(checked.wrong, "") << "field " << round;
    ASSERT_EQ(checked.value / demand, rescue.kept()) << "field " << round;
    ASSERT_EQ(rescue.kept(), Exact(field).best().value / demand) << "field " << round;
  }
}

TEST(Rescue, keeps_as_many_as_trying_everything_does) {
  expect_as_many_as_exact({.stops = 6, .most_openings = 2, .metric = true, .all_demanded = true},
                          20);
}

TEST(Rescue, keeps_as_many_where_tours_differ) {
  expect_as_many_as_exact(
      {.stops = 5, .routes = 3, .kinds = 3, .metric = true, .all_demanded = true}, 20);
}

TEST(Rescue, keeps_as_many_with_stops_that_belong_on_one_day) {
  expect_as_many_as_exact(
      {.stops = 5, .routes = 3, .kinds = 3, .parties = true, .metric = true, .all_demanded = true},
      20);
}

TEST(Rescue, keeps_as_many_around_a_fixed_visit) {
  expect_as_many_as_exact({.stops = 5, .fixed = true, .metric = true, .all_demanded = true}, 20);
}

// Long tours, so that stretches are looked at; ways that break the triangle; parties.
TEST(Rescue, breaks_no_rule_on_long_tours) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 10; ++round) {
    const Shape shape{.stops = 60,
                      .routes = 3,
                      .kinds = 2,
                      .most_openings = 3,
                      .parties = true,
                      .all_demanded = true};
    Field field = random_field(dice, shape);
    for (Route& route : field.routes) route.end += 200;
    Rescue rescue(field, dice.next());
    rescue.begin(nothing(field));
    rescue.run(200'000, never_stop);
    const Checked checked = check(field, solution_of(rescue.tours()));
    ASSERT_EQ(checked.wrong, "") << "field " << round;
    ASSERT_EQ(checked.value / demand, rescue.kept()) << "field " << round;
    EXPECT_GT(rescue.kept(), 0);
  }
}

TEST(Rescue, does_not_count_what_no_tour_would_have) {
  Throw dice(7);
  Field field = random_field(dice, {.stops = 6, .metric = true, .all_demanded = true});
  for (Kind& kind : field.kinds) kind.last[0] = -never;
  EXPECT_LE(Rescue(field, 1).possible(), 5);
}

TEST(Rescue, ends_when_it_is_asked_to) {
  Throw dice(7);
  Field field = random_field(dice, {.stops = 30, .metric = true, .all_demanded = true});
  Rescue rescue(field, 1);
  rescue.begin(nothing(field));
  int asked = 0;
  rescue.run(std::int64_t{1} << 40U, [&] { return ++asked > 50; });
  EXPECT_EQ(asked, 51);
  EXPECT_EQ(check(field, solution_of(rescue.tours())).wrong, "");
}

// By time too: the clock goes on by each look at it.
TEST(Rescue, is_part_of_a_search_by_time) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 5; ++round) {
    const Field field =
        random_field(dice, {.stops = 6, .most_openings = 2, .metric = true, .all_demanded = true});
    std::atomic<int> looks{0};
    Work work;
    work.threads = 2;
    work.seed = dice.next();
    work.spent = [&] { return ++looks / 4000.0; };
    const Solution found = search(field, work);
    ASSERT_EQ(check(field, found).wrong, "");
    ASSERT_EQ(found.value / demand, Exact(field).best().value / demand) << "field " << round;
  }
}

TEST(Rescue, leaves_the_search_the_same_on_one_and_two_threads) {
  Throw dice(seed_of_this_run());
  for (int round = 0; round < 3; ++round) {
    const Field field = random_field(dice, {.stops = 20,
                                            .routes = 4,
                                            .kinds = 2,
                                            .most_openings = 2,
                                            .metric = true,
                                            .all_demanded = true});
    Work work;
    work.iterations = 400;
    const Solution alone = search(field, work);
    work.threads = 2;
    const Solution together = search(field, work);
    EXPECT_EQ(alone.tours, together.tours);
    EXPECT_EQ(check(field, alone).wrong, "");
  }
}

}  // namespace
}  // namespace minhu::tours
