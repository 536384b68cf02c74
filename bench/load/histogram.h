// How long answers took: counts by time, each place at most 1.6 % wide, so that the last thousandth
// of a million answers is still read off exactly enough.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace minhu::bench {

class Histogram {
 public:
  void add(std::int64_t microseconds) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0));
    ++places_[place_of(value)];
    ++count_;
    longest_ = std::max(longest_, value);
  }

  void add(const Histogram& other) {
    for (std::size_t i = 0; i < places_.size(); ++i) places_[i] += other.places_[i];
    count_ += other.count_;
    longest_ = std::max(longest_, other.longest_);
  }

  std::uint64_t count() const { return count_; }
  double longest_ms() const { return static_cast<double>(longest_) / 1000; }

  // The time within which this part of the answers came, in ms; 0 when there were none.
  double within_ms(double part) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < places_.size() && wanted > 0; ++i) {
      seen += places_[i];
      if (seen >= wanted) {
        return static_cast<double>(std::min(end_of(i), longest_)) / 1000;
      }
    }
    return 0;
  }

 private:
  // The first 64 places are a microsecond wide; from there on every doubling has 64.
  static constexpr unsigned bits = 6;
  static constexpr std::uint64_t each = 1U << bits;
  static constexpr std::size_t doublings = 34;  // up to 19 hours

  static std::size_t place_of(std::uint64_t value) {
    if (value < each) return value;
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - bits - 1;
    return std::min<std::size_t>((shift + 1) * each + ((value >> shift) - each),
                                 doublings * each - 1);
  }
  static std::uint64_t end_of(std::size_t place) {
    if (place < each) return place;
    const std::uint64_t shift = place / each - 1;
    return ((place % each + each + 1) << shift) - 1;
  }

  std::array<std::uint64_t, doublings * each> places_{};
  std::uint64_t count_ = 0;
  std::uint64_t longest_ = 0;
};

}  // namespace minhu::bench
