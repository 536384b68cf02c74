#include "engines/tours/sieve.h"

#include <gtest/gtest.h>

#include "engines/tours/draft.h"
#include "engines/tours/test_fields.h"

namespace minhu::tours {
namespace {

using namespace drawn_fields;

// What putting the stop into that gap takes, by going along the tour; `never` where it does not
// fit.
Time takes_in(const Field& field, const Tour& tour, std::size_t gap, const Kind& kind, int stop) {
  const int from = tour.node[gap];
  const int to = tour.node[gap + 1];
  const Time start = std::max(tour.ready[gap] + field.way(from, stop), kind.first[at(stop)]);
  if (start > kind.last[at(stop)]) return never;
  const Time behind = start + field.way(stop, to);
  if (behind > tour.until[gap + 1]) return never;
  return behind - (tour.ready[gap] + field.way(from, to));
}

TEST(Sieve, says_what_fits_and_the_least_time_that_it_takes) {
  minhu::Dice dice(20261126);
  int fits = 0;
  int refused = 0;
  for (int round = 0; round < 50; ++round) {
    const Field field = random_field(dice, {.stops = 37, .routes = 1, .metric = true});
    const Kind& kind = field.kinds.front();
    Draft draft(field);
    for (int stop = 0; stop < 3; ++stop) {
      if (!draft.may_join(stop, 0)) continue;
      const Draft::Place place = draft.cheapest(stop, 0);
      if (place.position >= 0) draft.insert(stop, 0, place.position);
    }
    const Tour& tour = draft.tour(0);
    std::vector<std::uint32_t> marks(at(field.block), 4);
    std::vector<Time> takes(at(field.block), never);
    for (std::size_t k = 0; k + 1 < tour.node.size(); ++k) {
      const Gap gap{tour.ready[k], tour.until[k + 1], field.depart_row(tour.node[k]),
                    field.arrive_row(tour.node[k + 1]), field.way(tour.node[k], tour.node[k + 1])};
      sieve(gap, kind.first.data(), kind.last.data(), 2, marks.data(), takes.data(), field.block);
    }
    for (int stop = 3; stop < field.stops; ++stop) {
      Time least = never;
      for (std::size_t k = 0; k + 1 < tour.node.size(); ++k) {
        least = std::min(least, takes_in(field, tour, k, kind, stop));
      }
      EXPECT_EQ(takes[at(stop)], least) << "field " << round << " stop " << stop;
      EXPECT_EQ(marks[at(stop)], least < never ? 6U : 4U) << "field " << round << " stop " << stop;
      (least < never ? fits : refused) += 1;
    }
  }
  EXPECT_GT(fits, 100);
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace minhu::tours
