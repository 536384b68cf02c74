// What a model is made of, inside.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engines/text/classifier.h"
#include "engines/text/features.h"

namespace minhu::text {

// How much each block weighs in a page, whatever its length: words, characters, themes, opening.
constexpr std::array<float, feature_blocks> block_share = {0.7F, 0.7F, 0.5F, 0.5F};

struct LinearModel {
  std::size_t categories = 0;
  std::vector<std::uint64_t> features;  // in order
  std::vector<float> scale;             // of each feature: how telling it is
  std::vector<float> weights;           // of each feature, one a category
  std::vector<float> bias;              // one a category

  const float* weights_of(std::size_t feature) const { return &weights[feature * categories]; }
};

// confidence of category c = softmax(slope · sum + offset) [c].
struct Calibration {
  double slope = 1;
  std::vector<double> offsets;

  std::vector<double> confidences(std::span<const double> sums) const;
};

// Finds features by their hash: open addressing, at most half full.
class FeatureIndex {
 public:
  FeatureIndex() = default;
  explicit FeatureIndex(std::span<const std::uint64_t> features);
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  std::uint32_t find(std::uint64_t feature) const noexcept {
    for (std::size_t at = place(feature);; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.index == none || slot.feature == feature) return slot.index;
    }
  }

 private:
  struct Slot {
    std::uint64_t feature = 0;
    std::uint32_t index = none;
  };
  std::size_t place(std::uint64_t feature) const noexcept {
    return static_cast<std::size_t>(feature >> 3U) & mask_;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1);
  std::size_t mask_ = 0;
};

struct ModelParts {
  std::vector<std::string> categories;
  LinearModel linear;
  Calibration calibration;
  double sure_from = 0;  // confidence
  ModelScores scores;
  std::uint64_t training_pages = 0;
  Digest training_data{};
  std::uint64_t words_version = 0;  // Lexicon::version()

  Bytes file;
  Digest version{};
  FeatureIndex index;
};

// Fills `file`, `version` and `index` from the rest.
void finish_model(ModelParts& parts);

}  // namespace minhu::text
