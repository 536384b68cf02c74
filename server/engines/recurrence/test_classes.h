// For tests and the benchmark: classes whose truth is known. Troubles begin by chance with a
// season, in places of different size; each is heard of once or by many, over weeks; storms strike
// all places in a month; doors open and people speak more. From the measure on, `true_ratio` of the
// troubles remain.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "engines/recurrence/distributions.h"
#include "engines/recurrence/effect.h"
#include "kernel/test_dice.h"

namespace minhu::recurrence {

enum class Chance : std::uint8_t { single, matters, storms, both };

struct SimulatedClass {
  double a_month = 10;  // cases before, all places together, mean over the year
  int places = 4;
  Chance chance = Chance::single;
  double size_of_matters = 1;  // mean number of reports; `matters` and `both`
  double storms = 0;           // standard deviation / mean of a factor of the month
  double season = 0;           // how far the best month lies above the mean, as a part of it
  int peak = 6;                // its month
  double growth = 1;           // how much more people could speak from the measure on: known
  double drift = 1;            // the same, unknown: only a comparison can show it
  double true_ratio = 1;
  int months_before = 20;
  int months_after = 6;    // after the month of the measure and the one behind it
  int months_watched = 0;  // behind what is measured, with this ratio to the old rate
  double ratio_watched = 1;
  Against against = Against::nothing;
  double comparison_times = 5;  // cases of the comparison for each of the class
  bool matters_known = false;   // counted by the first word of a matter, sizes known
};

class Drawn {
 public:
  explicit Drawn(std::uint64_t seed) : dice_(seed) {}
  double unit() { return (static_cast<double>(dice_.next() >> 11U) + 0.5) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  double log_between(double low, double high) {
    return std::exp(between(std::log(low), std::log(high)));
  }
  int whole(int low, int high) { return static_cast<int>(dice_.between(low, high)); }
  template <class List>
  const auto& one_of(const List& list) {
    return dice_.one_of(list);
  }
  double exponential(double mean) { return -mean * std::log(unit()); }
  std::int64_t poisson(double mean) {
    return mean <= 0 ? 0 : CountDistribution(mean, 1).quantile(unit());
  }
  // Mean 1.
  double gamma(double deviation) {
    if (deviation <= 0) return 1;
    const double shape = 1 / (deviation * deviation);
    return gamma_quantile(shape, unit()) / shape;
  }
  // From 1 on, with this mean.
  std::int64_t geometric(double mean) {
    if (mean <= 1) return 1;
    return 1 + static_cast<std::int64_t>(std::log(unit()) / std::log(1 - 1 / mean));
  }

 private:
  Dice dice_;
};

class ClassDrawing {
 public:
  ClassDrawing(const SimulatedClass& one, Drawn& drawn) : one_(one), drawn_(drawn) {}

  Question draw() {
    const std::int64_t measured = period_of(*parse_date("2025-03-01"), Period::month);
    first_ = measured - one_.months_before;
    measured_ = measured;
    end_ = measured + 2 + one_.months_after;
    Question question;
    question.measured_on = first_day(measured, Period::month);
    question.known_until = first_day(end_, Period::month);
    watched_ = end_;
    end_ += one_.months_watched;
    question.against = one_.against;
    draw_group("here", one_.a_month, one_.true_ratio, one_.season, question.counts);
    if (one_.against == Against::same_class_elsewhere) {
      draw_group("elsewhere", one_.a_month * one_.comparison_times, 1, one_.season,
                 question.comparison);
    }
    if (one_.against == Against::other_classes_here) {
      draw_group("here", one_.a_month * one_.comparison_times, 1, 0, question.comparison);
    }
    return question;
  }

 private:
  double season(std::int64_t month, double height) const {
    const double turn = 2 * std::numbers::pi * static_cast<double>(month % 12 - one_.peak) / 12;
    // exp keeps it positive; the mean over the year stays near 1.
    const double power = std::log1p(height);
    double mean = 0;
    for (int i = 0; i < 12; ++i) {
      mean += std::exp(power * std::cos(2 * std::numbers::pi * i / 12)) / 12;
    }
    return std::exp(power * std::cos(turn)) / mean;
  }

  void draw_group(const std::string& name, double a_month, double ratio, double height,
                  std::vector<Count>& counts) {
    std::vector<double> sizes;
    double all = 0;
    for (int i = 0; i < one_.places; ++i) {
      sizes.push_back(drawn_.log_between(0.4, 2.5));
      all += sizes.back();
    }
    const bool storms = one_.chance == Chance::storms || one_.chance == Chance::both;
    const bool matters = one_.chance == Chance::matters || one_.chance == Chance::both;
    const double size = matters ? one_.size_of_matters : 1;
    const auto months = static_cast<std::size_t>(end_ - first_);
    std::vector<double> storm;
    for (std::size_t m = 0; m < months + 4; ++m) {
      storm.push_back(storms ? drawn_.gamma(one_.storms) : 1);
    }
    for (int place = 0; place < one_.places; ++place) {
      std::vector<std::int64_t> cases(months, 0);
      std::vector<std::int64_t> squares(months, 0);
      // What began before the first month is still heard of in it.
      for (std::int64_t month = first_ - 4; month < end_; ++month) {
        const bool after = month >= measured_;
        const bool of_class = ratio != 1;
        const double now = month >= watched_ && of_class ? one_.ratio_watched : ratio;
        const double rate = a_month * sizes[static_cast<std::size_t>(place)] / all / size *
                            season(month, height) *
                            storm[static_cast<std::size_t>(month - first_ + 4)] *
                            (after ? now * one_.growth * one_.drift : 1);
        for (std::int64_t begun = drawn_.poisson(rate); begun > 0; --begun) {
          tell(month, matters ? drawn_.geometric(size) : 1, cases, squares);
        }
      }
      for (std::size_t m = 0; m < months; ++m) {
        const std::int64_t month = first_ + static_cast<std::int64_t>(m);
        Count count{name + std::to_string(place),
                    month,
                    cases[m],
                    month >= measured_ ? one_.growth : 1,
                    {}};
        if (one_.matters_known) count.squares = squares[m];
        counts.push_back(std::move(count));
      }
    }
  }

  void tell(std::int64_t month, std::int64_t reports, std::vector<std::int64_t>& cases,
            std::vector<std::int64_t>& squares) {
    const double began = static_cast<double>(month - first_) + drawn_.unit();
    const auto last = static_cast<double>(cases.size());
    if (one_.matters_known) {
      if (began < 0) return;
      cases[static_cast<std::size_t>(began)] += reports;
      squares[static_cast<std::size_t>(began)] += reports * reports;
      return;
    }
    for (std::int64_t i = 0; i < reports; ++i) {
      const double heard = began + (i == 0 ? 0 : drawn_.exponential(0.5));  // half a month
      if (heard >= 0 && heard < last) ++cases[static_cast<std::size_t>(heard)];
    }
  }

  const SimulatedClass& one_;
  Drawn& drawn_;
  std::int64_t first_ = 0;
  std::int64_t measured_ = 0;
  std::int64_t watched_ = 0;
  std::int64_t end_ = 0;
};

inline Question draw_class(const SimulatedClass& one, Drawn& drawn) {
  return ClassDrawing(one, drawn).draw();
}

// One of many kinds that a county has.
inline SimulatedClass any_class(Drawn& drawn, double true_ratio) {
  constexpr std::array chances{Chance::single, Chance::matters, Chance::storms, Chance::both};
  constexpr std::array against{Against::nothing, Against::nothing, Against::other_classes_here,
                               Against::same_class_elsewhere};
  SimulatedClass one;
  one.a_month = drawn.log_between(1.5, 60);
  one.places = drawn.whole(1, 12);
  one.chance = drawn.one_of(chances);
  one.size_of_matters = drawn.between(1.3, 4);
  one.storms = drawn.between(0.1, 0.4);
  one.season = drawn.unit() < 0.5 ? 0 : drawn.log_between(0.3, 3);
  one.peak = drawn.whole(0, 11);
  one.growth = drawn.log_between(0.8, 1.6);
  one.months_after = drawn.whole(3, 12);
  one.months_before = drawn.whole(16, 36);
  one.true_ratio = true_ratio;
  one.against = drawn.one_of(against);
  one.comparison_times = drawn.log_between(1, 20);
  if (one.against != Against::nothing) one.drift = drawn.log_between(0.7, 1.5);
  one.matters_known = drawn.unit() < 0.4;
  return one;
}

}  // namespace minhu::recurrence
