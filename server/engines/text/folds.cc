#include "engines/text/folds.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "engines/text/features.h"
#include "engines/text/normal_text.h"

namespace minhu::text {

namespace {

constexpr std::size_t row_length = 6;
constexpr std::size_t most_sharing = 20;  // a row in more texts is a formula, not a copy

}  // namespace

std::vector<std::uint32_t> sketch_of(const Read& page) {
  std::u32string points;
  for (const Token& token : page.tokens) {
    if (token.kind == TokenKind::mark) continue;
    for (std::size_t at = token.normal_begin; at < token.normal_end;) {
      points.push_back(next_point(page.normal, at));
    }
  }
  std::vector<std::uint32_t> sketch;
  const std::size_t rows = points.size() >= row_length ? points.size() - row_length + 1 : 1;
  for (std::size_t i = 0; i < rows; ++i) {
    std::uint64_t hash = 0;
    for (std::size_t j = i; j < std::min(points.size(), i + row_length); ++j) {
      hash = mixed(hash ^ (points[j] + 0x9E3779B97F4A7C15U));
    }
    // Short texts keep every row: a sample of three would say nothing.
    if (rows < 64 || hash % 4 == 0) sketch.push_back(static_cast<std::uint32_t>(hash >> 32U));
  }
  std::sort(sketch.begin(), sketch.end());
  sketch.erase(std::unique(sketch.begin(), sketch.end()), sketch.end());
  return sketch;
}

std::vector<std::size_t> near_duplicates(std::span<const std::vector<std::uint32_t>> sketches) {
  std::vector<std::size_t> group(sketches.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  const auto find = [&](std::size_t page) {
    while (group[page] != page) page = group[page] = group[group[page]];
    return page;
  };
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> pages_of_row;
  for (std::size_t page = 0; page < sketches.size(); ++page) {
    for (const std::uint32_t row : sketches[page]) {
      std::vector<std::uint32_t>& pages = pages_of_row[row];
      if (pages.size() <= most_sharing) pages.push_back(static_cast<std::uint32_t>(page));
    }
  }
  std::unordered_map<std::size_t, std::size_t> shared;  // with earlier pages
  for (std::size_t page = 0; page < sketches.size(); ++page) {
    shared.clear();
    for (const std::uint32_t row : sketches[page]) {
      const std::vector<std::uint32_t>& pages = pages_of_row[row];
      if (pages.size() > most_sharing) continue;
      for (const std::uint32_t other : pages) {
        if (other < page) ++shared[other];
      }
    }
    for (const auto& [other, rows] : shared) {
      const std::size_t smaller = std::min(sketches[page].size(), sketches[other].size());
      if (rows * 5 < smaller * 2) continue;
      const std::size_t a = find(page);
      const std::size_t b = find(other);
      group[std::max(a, b)] = std::min(a, b);
    }
  }
  for (std::size_t page = 0; page < group.size(); ++page) group[page] = find(page);
  return group;
}

std::vector<std::size_t> deal_folds(std::span<const std::size_t> groups,
                                    std::span<const std::size_t> categories, std::size_t folds) {
  std::unordered_map<std::size_t, std::vector<std::size_t>> members;
  std::vector<std::size_t> order;
  for (std::size_t page = 0; page < groups.size(); ++page) {
    std::vector<std::size_t>& pages = members[groups[page]];
    if (pages.empty()) order.push_back(groups[page]);
    pages.push_back(page);
  }
  // Big groups first, while there is room to even them out; the rest in an order that has nothing
  // to do with what they say.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (members[a].size() != members[b].size()) return members[a].size() > members[b].size();
    return mixed(a + 1) < mixed(b + 1);
  });
  const std::size_t most =
      categories.empty() ? 0 : *std::max_element(categories.begin(), categories.end()) + 1;
  std::vector<std::size_t> filled(folds * most, 0);
  std::vector<std::size_t> pages_in(folds, 0);
  std::vector<std::size_t> fold_of(groups.size(), 0);
  for (const std::size_t group : order) {
    const std::vector<std::size_t>& pages = members[group];
    const std::size_t category = categories[pages.front()];
    std::size_t best = 0;
    for (std::size_t fold = 1; fold < folds; ++fold) {
      const auto load = [&](std::size_t f) {
        return std::pair(filled[f * most + category], pages_in[f]);
      };
      if (load(fold) < load(best)) best = fold;
    }
    for (const std::size_t page : pages) {
      fold_of[page] = best;
      ++filled[best * most + categories[page]];
      ++pages_in[best];
    }
  }
  return fold_of;
}

}  // namespace minhu::text
