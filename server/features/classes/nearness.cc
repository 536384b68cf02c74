#include "features/classes/nearness.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "kernel/utf8.h"

namespace minhu::classes {

namespace {

// A share of the weight of a title that must be found in the words; less, where the category is the
// same already.
constexpr double enough = 0.3;
constexpr double enough_in_category = 0.15;
constexpr double text_counts = 0.3;  // of a pair that only the text holds

// Pairs of neighbouring characters that are not ASCII: Chinese has no blanks between its words.
std::set<std::string> pairs_in(std::string_view text) {
  std::set<std::string> pairs;
  std::string_view before;
  while (!text.empty()) {
    const std::string_view one = first_code_points(text, 1);
    text.remove_prefix(one.size());
    // Punctuation of CJK is U+3000 to U+303F (E3 80 xx) and U+FF00 to U+FF0F (EF BC 8x).
    const bool letter =
        one.size() == 3 && !one.starts_with("\xE3\x80") && !one.starts_with("\xEF\xBC");
    if (letter && !before.empty()) pairs.insert(std::string(before) + std::string(one));
    before = letter ? one : std::string_view();
  }
  return pairs;
}

}  // namespace

std::vector<std::size_t> nearest(const std::vector<Described>& all, std::string_view words) {
  const auto said = pairs_in(words);
  std::vector<std::set<std::string>> titles;
  std::vector<std::set<std::string>> texts;
  std::map<std::string, double> held_by;
  for (const Described& one : all) {
    titles.push_back(pairs_in(one.title));
    texts.push_back(pairs_in(one.text));
    std::set<std::string> both = titles.back();
    both.insert(texts.back().begin(), texts.back().end());
    for (const std::string& pair : both) ++held_by[pair];
  }
  const double number = static_cast<double>(all.size());
  const auto weight = [&](const std::string& pair) { return std::log(1 + number / held_by[pair]); };

  struct Score {
    double value;
    std::size_t index;
  };
  std::vector<Score> scores;
  for (std::size_t i = 0; i < all.size(); ++i) {
    double whole = 0;
    double found = 0;
    for (const std::string& pair : titles[i]) {
      whole += weight(pair);
      if (said.contains(pair)) found += weight(pair);
    }
    for (const std::string& pair : texts[i]) {
      if (said.contains(pair) && !titles[i].contains(pair)) found += text_counts * weight(pair);
    }
    const double share = whole > 0 ? found / whole : 0;
    const double needed = all[i].same_category ? enough_in_category : enough;
    if (share >= needed) scores.push_back({share + (all[i].same_category ? 1.0 : 0.0), i});
  }
  std::stable_sort(scores.begin(), scores.end(),
                   [](const Score& a, const Score& b) { return a.value > b.value; });
  std::vector<std::size_t> order;
  for (const Score& score : scores) order.push_back(score.index);
  return order;
}

}  // namespace minhu::classes
