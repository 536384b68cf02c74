// The words of a real petition as another issue would have them. Four thousand real texts in a
// million petitions would bring each of their names two hundred times, as no county has it: the
// frequent characters stay, each rarer one becomes another that is about as rare, the same one
// throughout an issue. So what is common stays common, and names stay names. For make_petitions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engines/text/normal_text.h"

namespace minhu::text {

class OtherWords {
 public:
  explicit OtherWords(const std::vector<std::string>& texts) {
    std::unordered_map<char32_t, std::uint64_t> times;
    NormalText normal;
    for (const std::string& text : texts) {
      normalise(text, normal);
      for (std::size_t i = 0; i < normal.size(); ++i) {
        if (normal.classes[i] == CharacterClass::han) ++times[normal.points[i]];
      }
    }
    std::vector<std::pair<std::uint64_t, char32_t>> by_times;
    for (const auto& [point, count] : times) by_times.emplace_back(count, point);
    std::sort(by_times.rbegin(), by_times.rend());
    for (std::size_t i = frequent; i < by_times.size(); ++i) {
      place_of_.emplace(by_times[i].second, static_cast<std::uint32_t>(rare_.size()));
      rare_.push_back(by_times[i].second);
    }
  }

  // `issue`: which others they become.
  std::string of(std::string_view text, std::uint64_t issue) {
    normalise(text, normal_);
    std::string out;
    for (const char32_t point : normal_.points) {
      const auto found = place_of_.find(point);
      append_utf8(found == place_of_.end() ? point : other(found->second, issue), out);
    }
    return out;
  }

 private:
  static constexpr std::size_t frequent = 400;        // the characters of every text
  static constexpr std::uint64_t about_as_rare = 64;  // that follow one another by frequency

  char32_t other(std::uint64_t place, std::uint64_t issue) const {
    const std::uint64_t block = place / about_as_rare;
    const std::uint64_t first = block * about_as_rare;
    const std::uint64_t count = std::min<std::uint64_t>(about_as_rare, rare_.size() - first);
    std::uint64_t turn = (issue + 1) * 0x9E3779B97F4A7C15U + block * 0xC4CEB9FE1A85EC53U;
    turn ^= turn >> 29U;
    turn *= 0xBF58476D1CE4E5B9U;
    return rare_[first + (place - first + (turn >> 32U)) % count];
  }

  std::vector<char32_t> rare_;
  std::unordered_map<char32_t, std::uint32_t> place_of_;
  NormalText normal_;
};

}  // namespace minhu::text
