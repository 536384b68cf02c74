// Fits the linear model: which features count, how telling each is, and its weights.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/text/model_parts.h"

namespace minhu::text {

// A page as numbers: its features as places in one vocabulary, in order.
struct TrainingPage {
  std::vector<std::uint32_t> features;
  std::vector<std::uint32_t> counts;
  std::size_t category = 0;
};

// Trains on the pages for which `chosen` is true. Deterministic.
LinearModel fit_linear(std::span<const std::uint64_t> vocabulary,
                       std::span<const TrainingPage> pages, const std::vector<bool>& chosen,
                       std::size_t categories);

// The value of a feature that stands `count` times in a page, before the page is brought to length.
float value_of(std::uint32_t count, float scale);

// The sums of a page: places and counts of its features in `model`.
struct PlacedFeature {
  std::uint32_t place = 0;
  std::uint32_t count = 0;
};
std::vector<double> sums_of(const LinearModel& model, std::span<const PlacedFeature> page);
// What each block is divided by, so that all pages weigh the same.
std::array<float, feature_blocks> block_factors(const LinearModel& model,
                                                std::span<const PlacedFeature> page);

}  // namespace minhu::text
