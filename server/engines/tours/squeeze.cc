#include "engines/tours/squeeze.h"

#include <bit>

#include "kernel/assert.h"

namespace minhu::tours {

namespace {
std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}
}  // namespace

Squeeze::Squeeze(const Field& field)
    : field_(&field),
      ready_((std::size_t{1} << static_cast<unsigned>(most)) * at(most), never),
      fits_(std::size_t{1} << static_cast<unsigned>(most), 0),
      fixed_at_(at(field.stops), -1) {
  for (const Fixed& visit : field.fixed) fixed_at_[at(visit.stop)] = visit.at;
}

Time Squeeze::start(int stop, Time arrival) const {
  const Kind& kind = field_->kinds[at(stretch_.kind)];
  if (fixed_at_[at(stop)] >= 0) return arrival <= fixed_at_[at(stop)] ? fixed_at_[at(stop)] : never;
  return arrival <= kind.last[at(stop)] ? kind.start_after(stop, arrival) : never;
}

void Squeeze::look(const Stretch& stretch, const std::vector<int>& stops) {
  MINHU_ASSERT(static_cast<int>(stops.size()) <= most);
  constexpr int one_look = 100;  // costs as much, however few stops there are
  work_ += one_look;
  stretch_ = stretch;
  stops_ = stops;
  const int count = static_cast<int>(stops.size());
  const Subset end = Subset{1} << static_cast<unsigned>(count);
  fits_[0] = 1;
  for (Subset subset = 1; subset < end; ++subset) {
    const int size = std::popcount(subset);
    bool back = false;
    for (Subset left = subset; left != 0; left &= left - 1) {
      const int last = std::countr_zero(left);
      const int stop = stops[at(last)];
      Time best = never;
      if (size == 1) {
        best = start(stop, stretch_.begin + field_->way(stretch_.start, stop));
      } else if (size <= stretch_.most) {
        const Subset rest = subset & ~(Subset{1} << static_cast<unsigned>(last));
        const Time* arrive = field_->arrive_row(stop);
        Time arrival = never;
        for (Subset others = rest; others != 0; others &= others - 1) {
          const int before = std::countr_zero(others);
          const Time from = ready(rest, before);
          if (from < never) arrival = std::min(arrival, from + arrive[stops[at(before)]]);
        }
        if (arrival < never) best = start(stop, arrival);
      }
      ready(subset, last) = best;
      back = back || (best < never && best + field_->way(stop, stretch_.finish) <= stretch_.end);
    }
    fits_[subset] = back && size <= stretch_.most ? 1 : 0;
    work_ += size;
  }
}

std::vector<int> Squeeze::order(Subset subset) const {
  std::vector<int> order(at(std::popcount(subset)));
  int to = stretch_.finish;
  for (std::size_t place = order.size(); place-- > 0;) {
    int chosen = -1;
    Time earliest = never;
    for (Subset left = subset; left != 0; left &= left - 1) {
      const int last = std::countr_zero(left);
      const Time from = ready(subset, last);
      if (from >= never) continue;
      const Time arrival = from + field_->way(stops_[at(last)], to);
      if (chosen >= 0 && arrival >= earliest) continue;
      chosen = last;
      earliest = arrival;
    }
    MINHU_ASSERT(chosen >= 0);
    order[place] = stops_[at(chosen)];
    to = order[place];
    subset &= ~(Subset{1} << static_cast<unsigned>(chosen));
  }
  return order;
}

}  // namespace minhu::tours
