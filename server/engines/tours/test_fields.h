// For tests: fields that are drawn.
#pragma once

#include <cstdlib>
#include <utility>
#include <vector>

#include "engines/tours/field.h"
#include "kernel/test_dice.h"

namespace minhu::tours::drawn_fields {

inline std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

inline constexpr std::int64_t demand = std::int64_t{1} << 40U;

struct Shape {
  int stops = 6;
  int routes = 2;
  int kinds = 1;
  int most_openings = 1;
  bool parties = false;
  bool fixed = false;
  bool metric = false;
  bool all_demanded = false;
};

inline Kind random_kind(minhu::Dice& dice, const Shape& shape) {
  Kind kind;
  for (int u = 0; u < shape.stops; ++u) {
    kind.from.push_back(static_cast<std::uint32_t>(kind.openings.size()));
    const bool closed = shape.kinds > 1 && dice.between(0, 3) == 0;
    Time open = static_cast<Time>(dice.between(0, 60));
    const auto count = closed ? 0 : dice.between(1, shape.most_openings);
    for (int k = 0; k < count; ++k) {
      const Time close = open + static_cast<Time>(dice.between(0, 40));
      kind.openings.push_back({open, close});
      open = close + static_cast<Time>(dice.between(1, 30));
    }
    kind.first.push_back(closed ? never : kind.openings[kind.from.back()].open);
    kind.last.push_back(closed ? -never : kind.openings.back().close);
    kind.value.push_back(dice.between(1, 9) * 100 + (shape.all_demanded ? demand : 0));
    if (count > 1) kind.single = false;
  }
  kind.from.push_back(static_cast<std::uint32_t>(kind.openings.size()));
  return kind;
}

inline Field random_field(minhu::Dice& dice, const Shape& shape) {
  Field field = empty_field(shape.stops, 2);
  std::vector<std::pair<std::int64_t, std::int64_t>> points;
  for (int node = 0; node < field.nodes; ++node) {
    points.emplace_back(dice.between(0, 30), dice.between(0, 30));
    field.service[at(node)] = node < shape.stops ? static_cast<Time>(dice.between(0, 10)) : 0;
  }
  for (int a = 0; a < field.nodes; ++a) {
    for (int b = 0; b < field.nodes; ++b) {
      const auto street = std::abs(points[at(a)].first - points[at(b)].first) +
                          std::abs(points[at(a)].second - points[at(b)].second);
      const auto way = shape.metric ? street : dice.between(0, 30);
      set_way(field, a, b, field.service[at(a)] + static_cast<Time>(a == b ? 0 : way));
    }
  }
  for (int k = 0; k < shape.kinds; ++k) field.kinds.push_back(random_kind(dice, shape));
  for (int r = 0; r < shape.routes; ++r) {
    Route route;
    route.kind = r % shape.kinds;
    route.begin = static_cast<Time>(dice.between(0, 20));
    route.end = route.begin + static_cast<Time>(dice.between(70, 140));
    route.start = shape.stops + static_cast<int>(dice.between(0, 1));
    route.finish = shape.stops + static_cast<int>(dice.between(0, 1));
    route.day = shape.parties ? r / 2 : 0;
    if (dice.between(0, 3) == 0) route.most = static_cast<int>(dice.between(1, 4));
    field.routes.push_back(route);
  }
  if (shape.parties) {
    field.parties = 2;
    for (int u = 0; u < 4 && u < shape.stops; ++u) field.party[at(u)] = u / 2;
  }
  finish_field(field, demand);
  return field;
}

}  // namespace minhu::tours::drawn_fields
