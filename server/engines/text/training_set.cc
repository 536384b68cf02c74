#include <algorithm>
#include <map>

#include "engines/text/calibration.h"
#include "engines/text/classifier.h"
#include "engines/text/folds.h"
#include "engines/text/linear_training.h"

namespace minhu::text {

namespace {

constexpr std::size_t folds = 10;

struct Kept {
  std::string category;
  std::vector<CountedFeature> features;
  std::vector<std::uint32_t> sketch;
};

// The pages of a set as training needs them, in the order of their keys.
struct Prepared {
  std::vector<std::string> categories;
  std::vector<std::uint64_t> vocabulary;
  std::vector<TrainingPage> pages;
  std::vector<std::vector<std::uint32_t>> sketches;
};

std::vector<std::string> categories_with_enough(const std::map<std::string, Kept>& kept) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [key, page] : kept) ++counts[page.category];
  std::vector<std::string> categories;
  for (const auto& [category, count] : counts) {
    if (count >= least_pages_of_category) categories.push_back(category);
  }
  return categories;
}

Prepared prepare(const std::map<std::string, Kept>& kept) {
  Prepared out;
  out.categories = categories_with_enough(kept);
  for (const auto& [key, page] : kept) {
    for (const CountedFeature& counted : page.features) out.vocabulary.push_back(counted.feature);
  }
  std::sort(out.vocabulary.begin(), out.vocabulary.end());
  out.vocabulary.erase(std::unique(out.vocabulary.begin(), out.vocabulary.end()),
                       out.vocabulary.end());
  for (const auto& [key, page] : kept) {
    const auto category =
        std::lower_bound(out.categories.begin(), out.categories.end(), page.category);
    if (category == out.categories.end() || *category != page.category) continue;
    TrainingPage prepared;
    prepared.category = static_cast<std::size_t>(category - out.categories.begin());
    auto from = out.vocabulary.begin();  // both are in order
    for (const CountedFeature& counted : page.features) {
      from = std::lower_bound(from, out.vocabulary.end(), counted.feature);
      prepared.features.push_back(static_cast<std::uint32_t>(from - out.vocabulary.begin()));
      prepared.counts.push_back(counted.count);
    }
    out.pages.push_back(std::move(prepared));
    out.sketches.push_back(page.sketch);
  }
  return out;
}

// Sums for every page from a model that was trained without it and without its near-duplicates.
std::vector<Scored> score_unseen(const Prepared& prepared, std::span<const std::size_t> fold_of) {
  std::vector<Scored> scored(prepared.pages.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<bool> chosen;
    for (const std::size_t other : fold_of) chosen.push_back(other != fold);
    const LinearModel model =
        fit_linear(prepared.vocabulary, prepared.pages, chosen, prepared.categories.size());
    const FeatureIndex index(model.features);
    std::vector<PlacedFeature> placed;
    for (std::size_t i = 0; i < prepared.pages.size(); ++i) {
      if (chosen[i]) continue;
      const TrainingPage& page = prepared.pages[i];
      placed.clear();
      for (std::size_t j = 0; j < page.features.size(); ++j) {
        const std::uint32_t place = index.find(prepared.vocabulary[page.features[j]]);
        if (place != FeatureIndex::none) placed.push_back({place, page.counts[j]});
      }
      scored[i] = {sums_of(model, placed), page.category};
    }
  }
  return scored;
}

// Each page judged by a calibration that was fitted on the other folds.
std::vector<Judged> judge_unseen(std::span<const Scored> scored,
                                 std::span<const std::size_t> fold_of, std::size_t categories) {
  std::vector<Judged> judged(scored.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<const Scored*> others;
    for (std::size_t i = 0; i < scored.size(); ++i) {
      if (fold_of[i] != fold) others.push_back(&scored[i]);
    }
    const Calibration calibration = calibrate(others, categories);
    for (std::size_t i = 0; i < scored.size(); ++i) {
      if (fold_of[i] != fold) continue;
      const std::vector<double> confidences = calibration.confidences(scored[i].sums);
      const auto best = std::max_element(confidences.begin(), confidences.end());
      judged[i] = {scored[i].category, static_cast<std::size_t>(best - confidences.begin()), *best};
    }
  }
  return judged;
}

ModelScores scores_of(std::span<const Judged> judged, std::size_t categories) {
  ModelScores scores;
  scores.accuracy = accuracy(judged);
  scores.macro_f1 = macro_f1(judged, categories);
  scores.calibration_error = calibration_error(judged);
  const double from = confidence_of_nine_tenths(judged);
  std::vector<Judged> surest;
  for (const Judged& page : judged) {
    if (page.confidence >= from) surest.push_back(page);
  }
  scores.accuracy_of_surest = accuracy(surest);
  return scores;
}

void add_number(Bytes& out, std::uint64_t number) {
  for (unsigned byte = 0; byte < 8; ++byte) {
    out.push_back(static_cast<std::uint8_t>(number >> (8 * byte)));
  }
}

Digest digest_of(const std::map<std::string, Kept>& kept) {
  Bytes all;
  for (const auto& [key, page] : kept) {
    for (const std::string* text : {&key, &page.category}) {
      add_number(all, text->size());
      all.insert(all.end(), text->begin(), text->end());
    }
    add_number(all, page.features.size());
    for (const CountedFeature& counted : page.features) {
      add_number(all, counted.feature);
      add_number(all, counted.count);
    }
  }
  return sha256(all);
}

}  // namespace

struct TrainingSet::Parts {
  std::map<std::string, Kept> kept;
};

TrainingSet::TrainingSet() : parts_(std::make_unique<Parts>()) {}
TrainingSet::~TrainingSet() = default;
TrainingSet::TrainingSet(TrainingSet&&) noexcept = default;
TrainingSet& TrainingSet::operator=(TrainingSet&&) noexcept = default;

Outcome TrainingSet::add(const Lexicon& lexicon, std::string_view key, std::string_view title,
                         std::string_view detail, std::string_view category) {
  if (category.empty()) return fail(FaultCode::invalid_input, "text.no_category");
  MINHU_TRY(const Read page, read(lexicon, title, detail));
  parts_->kept.insert_or_assign(std::string(key),
                                Kept{std::string(category), count_features(page), sketch_of(page)});
  return {};
}

bool TrainingSet::remove(std::string_view key) {
  return parts_->kept.erase(std::string(key)) > 0;
}

std::size_t TrainingSet::size() const {
  return parts_->kept.size();
}

Result<Model> TrainingSet::train() const {
  const Prepared prepared = prepare(parts_->kept);
  if (parts_->kept.size() < least_training_pages) {
    return fail(
        FaultCode::invalid_input, "text.too_few_pages", "",
        std::map<std::string, std::string>{{"pages", std::to_string(parts_->kept.size())},
                                           {"least", std::to_string(least_training_pages)}});
  }
  if (prepared.categories.size() < 2) {
    return fail(
        FaultCode::invalid_input, "text.too_few_categories", "",
        std::map<std::string, std::string>{{"least", std::to_string(least_pages_of_category)}});
  }
  if (prepared.categories.size() > most_categories) {
    return fail(FaultCode::too_large, "text.too_many_categories", "",
                std::map<std::string, std::string>{{"most", std::to_string(most_categories)}});
  }
  std::vector<std::size_t> categories;
  for (const TrainingPage& page : prepared.pages) categories.push_back(page.category);
  const std::vector<std::size_t> fold_of =
      deal_folds(near_duplicates(prepared.sketches), categories, folds);
  const std::vector<Scored> scored = score_unseen(prepared, fold_of);
  const std::vector<Judged> judged = judge_unseen(scored, fold_of, prepared.categories.size());

  auto parts = std::make_shared<ModelParts>();
  parts->categories = prepared.categories;
  parts->scores = scores_of(judged, prepared.categories.size());
  parts->sure_from = confidence_of_nine_tenths(judged);
  std::vector<const Scored*> all;
  for (const Scored& page : scored) all.push_back(&page);
  parts->calibration = calibrate(all, prepared.categories.size());
  parts->linear =
      fit_linear(prepared.vocabulary, prepared.pages,
                 std::vector<bool>(prepared.pages.size(), true), prepared.categories.size());
  parts->training_pages = prepared.pages.size();
  parts->training_data = digest_of(parts_->kept);
  parts->words_version = packed_words().version;
  finish_model(*parts);
  return Model(std::move(parts));
}

}  // namespace minhu::text
