#include "engines/text/classifier.h"

#include <algorithm>
#include <cmath>

#include "engines/text/calibration.h"
#include "engines/text/linear_training.h"

namespace minhu::text {

namespace {

// A feature of the model where it stands in a page.
struct Occurrence {
  std::uint32_t place = 0;
  std::uint32_t token = 0;
};

// The features of a page that the model knows, with how often each stands in it. Each occurrence is
// handed to `keep` as well.
template <class Keep>
std::vector<PlacedFeature> place_features(const ModelParts& parts, const Read& page, Keep keep) {
  std::vector<std::uint8_t> counts(parts.linear.features.size(), 0);
  std::vector<PlacedFeature> placed;
  placed.reserve(page.normal.size() / 2);
  each_feature(page, [&](std::uint64_t feature, std::size_t token) {
    const std::uint32_t place = parts.index.find(feature);
    if (place == FeatureIndex::none) return;
    if (counts[place] == 0) placed.push_back({place, 0});
    if (counts[place] < 255) ++counts[place];  // a word that comes 255 times says no more
    keep(Occurrence{place, static_cast<std::uint32_t>(token)});
  });
  for (PlacedFeature& feature : placed) feature.count = counts[feature.place];
  return placed;
}

Suggestion suggestion_of(const ModelParts& parts, std::span<const PlacedFeature> placed) {
  const std::vector<double> confidences =
      parts.calibration.confidences(sums_of(parts.linear, placed));
  std::vector<std::size_t> order(confidences.size());
  for (std::size_t c = 0; c < order.size(); ++c) order[c] = c;
  std::partial_sort(
      order.begin(), order.begin() + 2, order.end(), [&](std::size_t a, std::size_t b) {
        return confidences[a] != confidences[b] ? confidences[a] > confidences[b] : a < b;
      });
  Suggestion found;
  found.category = order[0];
  found.confidence = confidences[order[0]];
  found.runner_up = order[1];
  found.runner_up_confidence = confidences[order[1]];
  // A text without a single known feature says nothing, whatever the categories' shares are.
  found.sure = found.confidence >= parts.sure_from && !placed.empty();
  return found;
}

// Tokens that may be shown as a reason.
std::vector<bool> may_be_shown(const Read& page) {
  std::vector<bool> shown;
  for (const Token& token : page.tokens) {
    shown.push_back(token.kind == TokenKind::word || token.kind == TokenKind::single);
  }
  for (const Entity& entity : page.entities) {
    // Where it happened is no reason why it belongs to a category.
    if (!is_masked(entity.kind) && entity.kind != EntityKind::place) continue;
    for (std::size_t i = 0; i < page.tokens.size(); ++i) {
      const Token& token = page.tokens[i];
      if (token.normal_begin < entity.normal_end && token.normal_end > entity.normal_begin) {
        shown[i] = false;
      }
    }
  }
  return shown;
}

// A word's weight is the sum over all places where it stands.
std::vector<Reason> heaviest_words(const Read& page, std::span<const double> of_token,
                                   std::size_t most) {
  const std::vector<bool> shown = may_be_shown(page);
  struct Weighed {
    std::uint64_t word = 0;
    std::size_t token = 0;
    double weight = 0;
  };
  std::vector<Weighed> words;
  for (std::size_t i = 0; i < page.tokens.size(); ++i) {
    if (shown[i]) words.push_back({page.tokens[i].word, i, of_token[i]});
  }
  std::sort(words.begin(), words.end(), [](const Weighed& a, const Weighed& b) {
    return a.word != b.word ? a.word < b.word : a.token < b.token;
  });
  std::size_t distinct = 0;
  for (const Weighed& word : words) {
    if (distinct > 0 && words[distinct - 1].word == word.word) {
      words[distinct - 1].weight += word.weight;
    } else {
      words[distinct++] = word;
    }
  }
  words.resize(distinct);
  std::sort(words.begin(), words.end(), [](const Weighed& a, const Weighed& b) {
    return std::abs(a.weight) != std::abs(b.weight) ? std::abs(a.weight) > std::abs(b.weight)
                                                    : a.token < b.token;
  });
  std::vector<Reason> chosen;
  for (const bool is_for : {true, false}) {
    std::size_t left = most;
    for (const Weighed& word : words) {
      if (left == 0) break;
      if ((word.weight > 0) != is_for || word.weight == 0) continue;
      chosen.push_back({std::string(page.text_of(page.tokens[word.token])), word.weight});
      --left;
    }
  }
  return chosen;
}

}  // namespace

Bytes Model::file() const {
  return parts_->file;
}
const Digest& Model::version() const {
  return parts_->version;
}
const std::vector<std::string>& Model::categories() const {
  return parts_->categories;
}
const ModelScores& Model::scores() const {
  return parts_->scores;
}
std::size_t Model::training_pages() const {
  return static_cast<std::size_t>(parts_->training_pages);
}
const Digest& Model::training_data() const {
  return parts_->training_data;
}
bool Model::knows_these_words() const {
  return parts_->words_version == packed_words().version;
}
std::size_t Model::features() const {
  return parts_->linear.features.size();
}

std::vector<double> Model::sums(const Read& page) const {
  return sums_of(parts_->linear, place_features(*parts_, page, [](const Occurrence&) {}));
}

Suggestion Model::suggest(const Read& page) const {
  return suggestion_of(*parts_, place_features(*parts_, page, [](const Occurrence&) {}));
}

Explained Model::explain(const Read& page, std::size_t most) const {
  const LinearModel& linear = parts_->linear;
  std::vector<Occurrence> occurrences;
  const std::vector<PlacedFeature> placed = place_features(
      *parts_, page, [&](const Occurrence& occurrence) { occurrences.push_back(occurrence); });
  Explained out;
  out.suggestion = suggestion_of(*parts_, placed);

  // What each feature adds to the difference, and each occurrence its share of it.
  const auto factors = block_factors(linear, placed);
  std::vector<float> share(linear.features.size(), 0.0F);
  for (const PlacedFeature& feature : placed) {
    const auto block = static_cast<std::size_t>(block_of(linear.features[feature.place]));
    const float* const weights = linear.weights_of(feature.place);
    share[feature.place] = value_of(feature.count, linear.scale[feature.place]) * factors[block] *
                           (weights[out.suggestion.category] - weights[out.suggestion.runner_up]) /
                           static_cast<float>(feature.count);
  }
  std::vector<double> of_token(page.tokens.size(), 0.0);
  for (const Occurrence& occurrence : occurrences) {
    of_token[occurrence.token] += static_cast<double>(share[occurrence.place]);
  }
  out.reasons = heaviest_words(page, of_token, most);
  return out;
}

}  // namespace minhu::text
