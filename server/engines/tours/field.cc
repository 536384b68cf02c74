#include "engines/tours/field.h"

#include <algorithm>
#include <numeric>

namespace minhu::tours {

namespace {

constexpr std::int64_t mean_worth = std::int64_t{1} << 20U;
// How much a stop that must be visited weighs, in means of the others: enough that it is given up
// only to come back, little enough that the search can still walk through such a state.
constexpr std::int64_t must_worth = 6 * mean_worth;
constexpr std::size_t nearest = 100;
constexpr int near_sample = 10;

std::int64_t mean_value(const Field& field, std::int64_t must) {
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (const Kind& kind : field.kinds) {
    for (int u = 0; u < field.stops; ++u) {
      if (!kind.allows(u)) continue;
      sum += kind.value[static_cast<std::size_t>(u)] % must;
      ++count;
    }
  }
  return std::max<std::int64_t>(1, count == 0 ? 0 : sum / count);
}

void find_near(Field& field) {
  field.near.resize(static_cast<std::size_t>(field.stops));
  std::vector<std::int32_t> others(static_cast<std::size_t>(field.stops));
  for (int u = 0; u < field.stops; ++u) {
    std::iota(others.begin(), others.end(), 0);
    const Time* from = field.depart_row(u);
    const Time* to = field.arrive_row(u);
    const auto keep = std::min(nearest + 1, others.size());
    const auto way = [&](std::int32_t v) { return std::int64_t{from[v]} + to[v]; };
    std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(keep),
                      others.end(), [&](std::int32_t a, std::int32_t b) {
                        const auto way_a = a == u ? -1 : way(a);
                        const auto way_b = b == u ? -1 : way(b);
                        return way_a != way_b ? way_a < way_b : a < b;
                      });
    field.near[static_cast<std::size_t>(u)].assign(
        others.begin() + 1, others.begin() + static_cast<std::ptrdiff_t>(keep));
  }
}

}  // namespace

Field empty_field(int stops, int places) {
  constexpr int block = 16;
  Field field;
  field.stops = stops;
  field.nodes = stops + places;
  field.block = (stops + block - 1) / block * block;
  field.stride = (field.nodes + block - 1) / block * block;
  const auto cells = static_cast<std::size_t>(field.nodes) * static_cast<std::size_t>(field.stride);
  field.depart.assign(cells, never);
  field.arrive.assign(cells, never);
  field.service.assign(static_cast<std::size_t>(field.nodes), 0);
  field.party.assign(static_cast<std::size_t>(stops), -1);
  return field;
}

void set_way(Field& field, int from, int to, Time service_and_way) {
  const auto stride = static_cast<std::ptrdiff_t>(field.stride);
  field.depart[static_cast<std::size_t>(from * stride + to)] = service_and_way;
  field.arrive[static_cast<std::size_t>(to * stride + from)] = service_and_way;
}

void finish_field(Field& field, std::int64_t must) {
  const auto padded = static_cast<std::size_t>(field.block);
  const std::int64_t mean = mean_value(field, must);
  field.must = must;
  for (Kind& kind : field.kinds) {
    kind.first.resize(padded, never);
    kind.last.resize(padded, -never);
    kind.worth.resize(static_cast<std::size_t>(field.stops));
    for (std::size_t u = 0; u < kind.worth.size(); ++u) {
      kind.worth[u] = kind.value[u] / must * must_worth + kind.value[u] % must * mean_worth / mean;
    }
  }
  find_near(field);
  field.most_worth.assign(static_cast<std::size_t>(field.stops), 0);
  field.room.assign(static_cast<std::size_t>(field.stops), 0);
  field.closes.assign(static_cast<std::size_t>(field.stops), 0);
  for (const Kind& kind : field.kinds) {
    for (std::size_t u = 0; u < kind.worth.size(); ++u) {
      if (!kind.allows(static_cast<int>(u))) continue;
      Time room = 0;
      for (std::uint32_t k = kind.from[u]; k < kind.from[u + 1]; ++k) {
        room += kind.openings[k].close - kind.openings[k].open;
      }
      field.most_worth[u] = std::max(field.most_worth[u], kind.worth[u]);
      field.room[u] = std::max(field.room[u], room);
      field.closes[u] = std::max(field.closes[u], kind.last[u]);
    }
  }
  field.alike = field.fixed.empty() && field.parties == 0 &&
                std::all_of(field.routes.begin(), field.routes.end(),
                            [&](const Route& route) { return route == field.routes.front(); });
  field.mean_worth = mean_worth;
  std::int64_t way = 0;
  std::int64_t count = 0;
  for (int u = 0; u < field.stops; ++u) {
    const auto& near = field.near[static_cast<std::size_t>(u)];
    for (int k = 0; k < near_sample && k < static_cast<int>(near.size()); ++k) {
      const Time there = field.way(u, near[static_cast<std::size_t>(k)]);
      if (there >= never) continue;
      way += there - field.service[static_cast<std::size_t>(u)];
      ++count;
    }
  }
  const std::int64_t mean_way = std::max<std::int64_t>(1, count == 0 ? 1 : way / count);
  field.travel_cost = std::max<std::int64_t>(1, mean_worth / 10 / mean_way);
}

}  // namespace minhu::tours
