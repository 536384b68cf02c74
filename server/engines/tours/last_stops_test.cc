#include "engines/tours/last_stops.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engines/tours/oracle.h"
#include "engines/tours/search.h"
#include "engines/tours/test_fields.h"

namespace minhu::tours {
namespace {

using namespace drawn_fields;
using Throw = minhu::Dice;

const auto never_stop = [] { return false; };

// Tours that are all alike, and stops with one opening each, in which a plan with all of them is
// hidden.
Field hidden_plan(Throw& dice, int routes, int visits) {
  Field field = empty_field(routes * visits, 1);
  std::vector<std::pair<std::int64_t, std::int64_t>> points;
  for (int node = 0; node < field.nodes; ++node) {
    points.emplace_back(dice.between(0, 60), dice.between(0, 60));
    field.service[at(node)] = node < field.stops ? static_cast<Time>(dice.between(2, 10)) : 0;
  }
  for (int a = 0; a < field.nodes; ++a) {
    for (int b = 0; b < field.nodes; ++b) {
      const auto way = std::abs(points[at(a)].first - points[at(b)].first) +
                       std::abs(points[at(a)].second - points[at(b)].second);
      set_way(field, a, b, field.service[at(a)] + static_cast<Time>(way));
    }
  }
  Kind kind;
  Route route;
  route.start = route.finish = field.stops;
  for (int r = 0; r < routes; ++r) {
    Time now = 0;
    int from = field.stops;
    for (int k = 0; k < visits; ++k) {
      const int stop = r * visits + k;
      now += field.way(from, stop);
      const auto from_open = static_cast<std::uint32_t>(kind.openings.size());
      kind.from.push_back(from_open);
      kind.openings.push_back({std::max<Time>(0, now - static_cast<Time>(dice.between(0, 30))),
                               now + static_cast<Time>(dice.between(0, 30))});
      kind.first.push_back(kind.openings.back().open);
      kind.last.push_back(kind.openings.back().close);
      kind.value.push_back(dice.between(1, 9) * 100);
      from = stop;
    }
    route.end = std::max(route.end, now + field.way(from, field.stops));
  }
  kind.from.push_back(static_cast<std::uint32_t>(kind.openings.size()));
  field.kinds.push_back(std::move(kind));
  field.routes.assign(at(routes), route);
  finish_field(field, demand);
  return field;
}

std::int64_t all_value(const Field& field) {
  std::int64_t sum = 0;
  for (const std::int64_t value : field.kinds[0].value) sum += value;
  return sum;
}

// Who is late goes back to the last start and pays.
std::int64_t late_walking(const Field& field, const std::vector<int>& tour) {
  const Route& route = field.routes[0];
  const Kind& kind = field.kinds[0];
  std::int64_t late = 0;
  Time now = route.begin;
  int from = route.start;
  for (const int stop : tour) {
    const Time arrival = now + field.way(from, stop);
    now = std::clamp(arrival, kind.first[at(stop)], kind.last[at(stop)]);
    late += std::max(0, arrival - kind.last[at(stop)]);
    from = stop;
  }
  return late + std::max(0, now + field.way(from, route.finish) - route.end);
}

std::int64_t late_walking(const Field& field, const LateTours& tours) {
  std::int64_t late = 0;
  for (const std::vector<int>& tour : tours.tours()) late += late_walking(field, tour);
  return late;
}

TEST(LateTours, are_as_late_as_whoever_walks_them) {
  Throw dice(7);
  for (int round = 0; round < 20; ++round) {
    const Field field = hidden_plan(dice, 3, 5);
    LateTours tours(field);
    for (int stop = 0; stop < field.stops; ++stop) {
      const int route = static_cast<int>(dice.between(0, 2));
      const int place =
          static_cast<int>(dice.between(0, static_cast<int>(tours.tour(route).size())));
      const std::int64_t expected = tours.late_with(stop, route, place);
      tours.insert(stop, route, place);
      ASSERT_EQ(tours.late(route), expected);
      ASSERT_EQ(tours.late(), late_walking(field, tours));
    }
    for (int k = 0; k < 200; ++k) {
      const auto piece = [&](int route, int& from, int& to) {
        const auto size = static_cast<int>(tours.tour(route).size());
        from = static_cast<int>(dice.between(0, size));
        to = dice.between(0, 2) == 0 ? size : static_cast<int>(dice.between(from, size));
      };
      Swap swap;
      swap.one = static_cast<int>(dice.between(0, 2));
      swap.other = (swap.one + 1) % 3;
      piece(swap.one, swap.from, swap.to);
      piece(swap.other, swap.other_from, swap.other_to);
      const std::int64_t expected = tours.late_after(swap);
      tours.apply(swap);
      ASSERT_EQ(tours.late(swap.one) + tours.late(swap.other), expected);
      ASSERT_EQ(tours.late(), late_walking(field, tours));

      const auto size = static_cast<int>(tours.tour(0).size());
      if (size == 0) continue;
      const auto from = static_cast<int>(dice.between(0, size - 1));
      const auto to = static_cast<int>(dice.between(0, size));
      const std::int64_t within = tours.late_after(0, from, to);
      tours.move_within(0, from, to);
      ASSERT_EQ(tours.late(0), within);
      ASSERT_EQ(tours.late(), late_walking(field, tours));
    }
    for (int route = 0; route < 3; ++route) {
      for (int k = 0; k < static_cast<int>(tours.tour(route).size()); ++k) {
        ASSERT_EQ(tours.route_of(tours.tour(route)[at(k)]), route);
        ASSERT_EQ(tours.place_of(tours.tour(route)[at(k)]), k);
      }
    }
  }
}

TEST(LastStops, finds_room_for_all_where_there_is) {
  Throw dice(7);
  for (int round = 0; round < 5; ++round) {
    const Field field = hidden_plan(dice, 4, 6);
    ASSERT_TRUE(LastStops::suits(field));
    LastStops last(field, 1);
    last.begin(std::vector<std::vector<int>>(field.routes.size()));
    last.run(3'000'000, never_stop);
    EXPECT_EQ(last.value_left_out(), 0) << "field " << round;
    Solution found;
    found.tours = last.tours();
    const Checked checked = check(field, found);
    EXPECT_EQ(checked.wrong, "");
    EXPECT_EQ(checked.value, all_value(field));
  }
}

// One tour in place of four: what is left out is counted, and no rule is broken for it.
TEST(LastStops, says_what_it_leaves_out_where_there_is_no_room) {
  Throw dice(8);
  for (int round = 0; round < 5; ++round) {
    Field field = hidden_plan(dice, 4, 6);
    field.routes.resize(1);
    LastStops last(field, 1);
    last.begin({{}});
    last.run(300'000, never_stop);
    Solution found;
    found.tours = last.tours();
    const Checked checked = check(field, found);
    EXPECT_EQ(checked.wrong, "");
    EXPECT_GT(checked.value, 0);
    EXPECT_GT(last.value_left_out(), 0);
    EXPECT_EQ(checked.value + last.value_left_out(), all_value(field));
  }
}

TEST(LastStops, is_not_for_several_openings_or_a_limit_of_visits) {
  Throw dice(7);
  Field field = hidden_plan(dice, 2, 3);
  ASSERT_TRUE(LastStops::suits(field));
  field.kinds[0].single = false;
  EXPECT_FALSE(LastStops::suits(field));
  field.kinds[0].single = true;
  for (Route& route : field.routes) route.most = 4;
  EXPECT_FALSE(LastStops::suits(field));
  for (Route& route : field.routes) route.most = 6;
  field.alike = false;
  EXPECT_FALSE(LastStops::suits(field));
}

TEST(LastStops, ends_when_it_is_asked_to) {
  Throw dice(7);
  Field field = hidden_plan(dice, 4, 6);
  field.routes.resize(1);
  LastStops last(field, 1);
  last.begin({{}});
  int asked = 0;
  last.run(std::int64_t{1} << 40U, [&] { return ++asked > 20; });
  EXPECT_EQ(asked, 21);
}

TEST(LastStops, are_found_by_the_search_the_same_on_one_and_two_threads) {
  Throw dice(9);
  for (int round = 0; round < 3; ++round) {
    const Field field = hidden_plan(dice, 6, 7);
    Work work;
    work.iterations = 2000;
    work.content_with_all = true;
    const Solution alone = search(field, work);
    work.threads = 2;
    const Solution together = search(field, work);
    EXPECT_EQ(alone.tours, together.tours);
    EXPECT_EQ(check(field, alone).wrong, "");
    EXPECT_EQ(alone.value, all_value(field)) << "field " << round;
  }
}

}  // namespace
}  // namespace minhu::tours
