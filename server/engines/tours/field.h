// What the search sees of a problem: numbers alone. Stops are 0 … stops-1; behind them come the
// places where tours begin and end. Times are integers of any unit; so is travel.
//
// Several windows a day, a lunch and several kinds of tours cost the search nothing: a stop that
// can be begun at `a` can be begun at every earlier arrival too (one waits), so one latest start a
// position says exactly what still fits, however many windows there are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace minhu::tours {

using Time = std::int32_t;
// Beyond every day; two of them and a service still fit into a Time.
inline constexpr Time never = std::numeric_limits<Time>::max() / 4;

// When a stop may be begun: from `open` to `close`, both included.
struct Opening {
  Time open = 0;
  Time close = 0;
  bool operator==(const Opening&) const = default;
};

// Everything that may differ between two tours but their hours: who goes, and on which day.
struct Kind {
  // Per stop, padded to the stride of the field: first and last possible start. A stop that may not
  // be on such a tour has last < first.
  std::vector<Time> first;
  std::vector<Time> last;
  // Per stop: its openings are openings[from[u]] … openings[from[u + 1] - 1], in order, disjoint.
  std::vector<std::uint32_t> from;
  std::vector<Opening> openings;
  std::vector<std::int64_t> value;  // exact, what solutions are compared by
  std::vector<std::int64_t> worth;  // what the search weighs against travel; see Field::travel_cost
  bool single = true;               // no stop has more than one opening

  bool operator==(const Kind&) const = default;

  bool allows(int stop) const {
    const auto u = static_cast<std::size_t>(stop);
    return first[u] <= last[u];
  }
  // The earliest start after an arrival that is not later than last[stop].
  Time start_after(int stop, Time arrival) const {
    const auto u = static_cast<std::size_t>(stop);
    if (arrival <= first[u]) return first[u];
    if (single) return arrival;
    for (std::uint32_t at = from[u]; at < from[u + 1]; ++at) {
      if (openings[at].close >= arrival) return std::max(openings[at].open, arrival);
    }
    return never;
  }
  // The latest start that is not after `limit`; below first[stop] where there is none.
  Time start_before(int stop, Time limit) const {
    const auto u = static_cast<std::size_t>(stop);
    if (limit >= last[u]) return last[u];
    if (single || limit < first[u]) return limit;
    Time latest = -never;
    for (std::uint32_t at = from[u]; at < from[u + 1] && openings[at].open <= limit; ++at) {
      latest = std::min(openings[at].close, limit);
    }
    return latest;
  }
};

struct Route {
  int kind = 0;
  Time begin = 0;
  Time end = 0;
  int start = 0;   // node
  int finish = 0;  // node
  int day = 0;
  int most = std::numeric_limits<int>::max();  // stops

  bool operator==(const Route&) const = default;
};

// A visit that stands: the search never moves it.
struct Fixed {
  int stop = 0;
  int route = 0;
  Time at = 0;
};

struct Field {
  int stops = 0;
  int nodes = 0;
  int block = 0;              // stops rounded up to 16: rows are read in blocks
  int stride = 0;             // entries a row, at least `nodes` and `block`
  std::vector<Time> service;  // per node
  std::vector<Time> depart;   // [from * stride + to]: service at `from` and the way to `to`
  std::vector<Time> arrive;   // the same, transposed: [to * stride + from]
  std::vector<Kind> kinds;
  std::vector<Route> routes;
  std::vector<Fixed> fixed;
  std::vector<int> party;  // per stop: stops of one party are visited on one day; -1: none
  int parties = 0;
  std::int64_t must = std::numeric_limits<std::int64_t>::max();  // a value from here on says that
                                                                 // the stop has to be visited
  // Per stop, over the kinds that allow it, for the order in which stops are tried: the most it is
  // worth, how long its openings are in all, and its last start.
  std::vector<std::int64_t> most_worth;
  std::vector<Time> room;
  std::vector<Time> closes;
  bool alike = false;                           // any tour may take the place of any other
  std::int64_t travel_cost = 0;                 // worth of one unit of travel
  std::int64_t mean_worth = 0;                  // of a stop; the scale of temperatures
  std::vector<std::vector<std::int32_t>> near;  // per stop: others, the nearest first

  // Whether a visit on such a tour is one that has to be.
  bool demands(int kind, int stop) const {
    const Kind& tour = kinds[static_cast<std::size_t>(kind)];
    return tour.allows(stop) && tour.value[static_cast<std::size_t>(stop)] >= must;
  }
  Time way(int from, int to) const { return depart_row(from)[to]; }
  const Time* depart_row(int node) const {
    return depart.data() + static_cast<std::ptrdiff_t>(node) * stride;
  }
  const Time* arrive_row(int node) const {
    return arrive.data() + static_cast<std::ptrdiff_t>(node) * stride;
  }
};

// A field without ways, kinds and routes. Stops may be anything from 1 up.
Field empty_field(int stops, int places);
void set_way(Field& field, int from, int to, Time service_and_way);

// Fills kinds' padding, worth, travel_cost, mean_worth and near, once everything else is set. Each
// `must` in a value says that the stop has to be visited; the rest below it is what it is worth.
void finish_field(Field& field, std::int64_t must);

}  // namespace minhu::tours
