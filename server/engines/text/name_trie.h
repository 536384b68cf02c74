// The names that a county adds at run time. Few against the built-in words (a county has some
// thousand places and units), so a hash table of steps is enough.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engines/text/packed_words.h"

namespace minhu::text {

class NameTrie {
 public:
  void add(std::u32string_view name, std::uint32_t value) {
    std::uint32_t node = 0;
    for (const char32_t point : name) {
      const auto [at, is_new] =
          steps_.try_emplace(step_key(node, point), static_cast<std::uint32_t>(values_.size()));
      node = at->second;
      if (is_new) values_.push_back(0);
    }
    if (values_[node] == 0) ++count_;
    values_[node] = value;
    begins_.set(name.front() % begins_.size());
  }

  std::size_t size() const { return count_; }

  // False for nearly every character that no name begins with.
  bool may_begin(char32_t point) const { return begins_[point % begins_.size()]; }

  // Calls use(length, value) for each name that stands at the front of `text`.
  template <class Use>
  void each_prefix(std::u32string_view text, Use use) const {
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto at = steps_.find(step_key(node, text[i]));
      if (at == steps_.end()) return;
      node = at->second;
      if (values_[node] != 0) use(i + 1, values_[node]);
    }
  }

 private:
  static std::uint64_t step_key(std::uint32_t node, char32_t point) {
    return std::uint64_t{node} << 32U | point;
  }

  std::unordered_map<std::uint64_t, std::uint32_t> steps_;
  std::vector<std::uint32_t> values_ = {0};
  std::bitset<65536> begins_;
  std::size_t count_ = 0;
};

}  // namespace minhu::text
