#include "engines/text/linear_training.h"

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "kernel/assert.h"

namespace minhu::text {

namespace {

void be_quiet(const char*) {}

// How many pages a feature stands in, in all and by category.
struct Occurrence {
  std::uint32_t pages = 0;
  std::vector<std::uint32_t> by_category;
};

std::vector<Occurrence> count_pages(std::size_t vocabulary, std::span<const TrainingPage> pages,
                                    const std::vector<bool>& chosen, std::size_t categories) {
  std::vector<Occurrence> counted(vocabulary);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!chosen[i]) continue;
    for (const std::uint32_t feature : pages[i].features) {
      Occurrence& occurrence = counted[feature];
      if (occurrence.by_category.empty()) occurrence.by_category.resize(categories, 0);
      ++occurrence.pages;
      ++occurrence.by_category[pages[i].category];
    }
  }
  return counted;
}

// How telling each kept feature is. Words and characters: rarer counts more (inverse document
// frequency), and so does what stands unevenly among the categories (the root mean square of its
// naive Bayes log ratios, after Wang and Manning 2012). Themes: only how rare.
class Scales {
 public:
  Scales(std::span<const std::uint64_t> features, std::span<const Occurrence> occurrences,
         std::size_t pages, std::size_t categories)
      : features_(features), occurrences_(occurrences), pages_(pages), categories_(categories) {
    sum_in_.assign(categories, 0.0);
    sum_out_.assign(categories, 0.0);
    for (std::size_t i = 0; i < features_.size(); ++i) {
      if (!is_weighed(i)) continue;
      for (std::size_t c = 0; c < categories_; ++c) {
        sum_in_[c] += inside(i, c);
        sum_out_[c] += outside(i, c);
      }
    }
  }

  float scale(std::size_t i) const {
    const double rarity = std::log((1.0 + static_cast<double>(pages_)) /
                                   (1.0 + static_cast<double>(occurrences_[i].pages)));
    if (!is_weighed(i)) return static_cast<float>(rarity + 0.3);
    double squares = 0;
    for (std::size_t c = 0; c < categories_; ++c) {
      const double ratio = std::log((inside(i, c) / sum_in_[c]) / (outside(i, c) / sum_out_[c]));
      squares += ratio * ratio;
    }
    return static_cast<float>((rarity + 1.0) *
                              std::sqrt(squares / static_cast<double>(categories_)));
  }

 private:
  bool is_weighed(std::size_t i) const {
    const FeatureBlock block = block_of(features_[i]);
    return block == FeatureBlock::words || block == FeatureBlock::characters;
  }
  double inside(std::size_t i, std::size_t c) const { return 1.0 + occurrences_[i].by_category[c]; }
  double outside(std::size_t i, std::size_t c) const {
    return 1.0 + occurrences_[i].pages - occurrences_[i].by_category[c];
  }

  std::span<const std::uint64_t> features_;
  std::span<const Occurrence> occurrences_;
  std::size_t pages_;
  std::size_t categories_;
  std::vector<double> sum_in_;
  std::vector<double> sum_out_;
};

// The pages as liblinear wants them: rows of nodes that end in index -1, the bias last.
class Rows {
 public:
  void add(const LinearModel& model, std::span<const PlacedFeature> page) {
    const auto factors = block_factors(model, page);
    begins_.push_back(nodes_.size());
    for (const PlacedFeature& feature : page) {
      const auto block = static_cast<std::size_t>(block_of(model.features[feature.place]));
      const float value = value_of(feature.count, model.scale[feature.place]) * factors[block];
      nodes_.push_back({static_cast<int>(feature.place) + 1, value});
    }
    nodes_.push_back({static_cast<int>(model.features.size()) + 1, 1.0});
    nodes_.push_back({-1, 0.0});
  }

  std::vector<feature_node*> pointers() {
    std::vector<feature_node*> rows;
    for (const std::size_t begin : begins_) rows.push_back(&nodes_[begin]);
    return rows;
  }

 private:
  std::vector<feature_node> nodes_;
  std::vector<std::size_t> begins_;
};

// One category against the rest. The primal Newton solver, because it draws no random numbers.
void fit_category(LinearModel& model, std::vector<feature_node*>& rows,
                  std::span<const std::size_t> category_of_row, std::size_t category) {
  std::vector<double> labels;
  for (const std::size_t c : category_of_row) labels.push_back(c == category ? 1.0 : -1.0);
  problem task{};
  task.l = static_cast<int>(rows.size());
  task.n = static_cast<int>(model.features.size()) + 1;
  task.y = labels.data();
  task.x = rows.data();
  task.bias = 1;
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC;
  how.C = 1;
  how.eps = 0.001;
  how.p = 0.1;
  set_print_string_function(be_quiet);
  MINHU_ASSERT(check_parameter(&task, &how) == nullptr);
  struct Free {
    void operator()(::model* fitted) const { free_and_destroy_model(&fitted); }
  };
  const std::unique_ptr<::model, Free> fitted(train(&task, &how));
  // The weights are for the label that came first.
  const double sign = fitted->label[0] == 1 ? 1.0 : -1.0;
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    model.weights[i * model.categories + category] = static_cast<float>(sign * fitted->w[i]);
  }
  model.bias[category] = static_cast<float>(sign * fitted->w[model.features.size()]);
}

}  // namespace

float value_of(std::uint32_t count, float scale) {
  // Counts are small: the logarithm of most is looked up.
  static const auto logarithms = [] {
    std::array<float, 64> table{};
    for (std::size_t i = 1; i < table.size(); ++i) {
      table[i] = static_cast<float>(1.0 + std::log(static_cast<double>(i)));
    }
    return table;
  }();
  const float much = count < logarithms.size()
                         ? logarithms[count]
                         : static_cast<float>(1.0 + std::log(static_cast<double>(count)));
  return much * scale;
}

std::array<float, feature_blocks> block_factors(const LinearModel& model,
                                                std::span<const PlacedFeature> page) {
  std::array<double, feature_blocks> squares{};
  for (const PlacedFeature& feature : page) {
    const float value = value_of(feature.count, model.scale[feature.place]);
    squares[static_cast<std::size_t>(block_of(model.features[feature.place]))] +=
        static_cast<double>(value) * static_cast<double>(value);
  }
  std::array<float, feature_blocks> factors{};
  for (std::size_t block = 0; block < feature_blocks; ++block) {
    if (squares[block] > 0) {
      factors[block] = block_share[block] / static_cast<float>(std::sqrt(squares[block]));
    }
  }
  return factors;
}

std::vector<double> sums_of(const LinearModel& model, std::span<const PlacedFeature> page) {
  const auto factors = block_factors(model, page);
  std::vector<double> sums(model.bias.begin(), model.bias.end());
  for (const PlacedFeature& feature : page) {
    const auto block = static_cast<std::size_t>(block_of(model.features[feature.place]));
    const float value = value_of(feature.count, model.scale[feature.place]) * factors[block];
    const float* const weights = model.weights_of(feature.place);
    for (std::size_t c = 0; c < model.categories; ++c) {
      sums[c] += static_cast<double>(value * weights[c]);
    }
  }
  return sums;
}

LinearModel fit_linear(std::span<const std::uint64_t> vocabulary,
                       std::span<const TrainingPage> pages, const std::vector<bool>& chosen,
                       std::size_t categories) {
  const std::vector<Occurrence> all = count_pages(vocabulary.size(), pages, chosen, categories);
  LinearModel model;
  model.categories = categories;
  std::vector<Occurrence> kept;
  std::vector<std::uint32_t> place_of(vocabulary.size(), FeatureIndex::none);
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    if (all[i].pages < least_pages) continue;
    place_of[i] = static_cast<std::uint32_t>(model.features.size());
    model.features.push_back(vocabulary[i]);
    kept.push_back(all[i]);
  }
  const auto count = static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), true));
  const Scales scales(model.features, kept, count, categories);
  for (std::size_t i = 0; i < model.features.size(); ++i) model.scale.push_back(scales.scale(i));
  model.weights.assign(model.features.size() * categories, 0.0F);
  model.bias.assign(categories, 0.0F);

  Rows rows;
  std::vector<std::size_t> category_of_row;
  std::vector<PlacedFeature> placed;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!chosen[i]) continue;
    placed.clear();
    for (std::size_t j = 0; j < pages[i].features.size(); ++j) {
      const std::uint32_t place = place_of[pages[i].features[j]];
      if (place != FeatureIndex::none) placed.push_back({place, pages[i].counts[j]});
    }
    rows.add(model, placed);
    category_of_row.push_back(pages[i].category);
  }
  std::vector<feature_node*> pointers = rows.pointers();
  for (std::size_t c = 0; c < categories; ++c) fit_category(model, pointers, category_of_row, c);
  return model;
}

}  // namespace minhu::text
