#include <cmath>
#include <map>

#include "engines/text/classifier.h"

namespace minhu::text {

namespace {

// Two-sided sign test: how likely `few` or fewer of `all` fair coins fall one way, or the other.
double sign_test(std::size_t few, std::size_t all) {
  if (all == 0) return 1;
  double sum = 0;
  double logarithm = -static_cast<double>(all) * std::log(2.0);  // of all choose 0, over 2^all
  for (std::size_t i = 0; i <= few; ++i) {
    sum += std::exp(logarithm);
    logarithm += std::log(static_cast<double>(all - i)) - std::log(static_cast<double>(i + 1));
  }
  return std::min(1.0, 2 * sum);
}

}  // namespace

double macro_f1(std::span<const std::string> truth, std::span<const std::string> predicted) {
  struct Counts {
    double both = 0;
    double true_ones = 0;
    double predicted_ones = 0;
  };
  std::map<std::string_view, Counts> of;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    of[truth[i]].true_ones += 1;
    of[predicted[i]].predicted_ones += 1;
    if (truth[i] == predicted[i]) of[truth[i]].both += 1;
  }
  double sum = 0;
  double categories = 0;
  for (const auto& [category, counts] : of) {
    if (counts.true_ones == 0) continue;
    categories += 1;
    sum += 2 * counts.both / (counts.true_ones + counts.predicted_ones);
  }
  return categories == 0 ? 0 : sum / categories;
}

Comparison compare(const Model& first, const Model& second, std::span<const LabelledPage> pages) {
  Comparison out;
  out.pages = pages.size();
  std::vector<std::string> truth;
  std::vector<std::string> by_first;
  std::vector<std::string> by_second;
  std::size_t first_right = 0;
  std::size_t second_right = 0;
  for (const LabelledPage& labelled : pages) {
    truth.push_back(labelled.category);
    by_first.push_back(first.categories()[first.suggest(labelled.page).category]);
    by_second.push_back(second.categories()[second.suggest(labelled.page).category]);
    const bool a = by_first.back() == labelled.category;
    const bool b = by_second.back() == labelled.category;
    first_right += a ? 1 : 0;
    second_right += b ? 1 : 0;
    out.only_first_right += a && !b ? 1 : 0;
    out.only_second_right += b && !a ? 1 : 0;
  }
  if (!pages.empty()) {
    out.first_accuracy = static_cast<double>(first_right) / static_cast<double>(pages.size());
    out.second_accuracy = static_cast<double>(second_right) / static_cast<double>(pages.size());
  }
  out.first_macro_f1 = macro_f1(truth, by_first);
  out.second_macro_f1 = macro_f1(truth, by_second);
  out.chance = sign_test(std::min(out.only_first_right, out.only_second_right),
                         out.only_first_right + out.only_second_right);
  return out;
}

}  // namespace minhu::text
