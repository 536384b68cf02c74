#include "engines/text/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace minhu::text {

namespace {

constexpr double held_near_zero = 0.5;  // how strongly the offsets are
constexpr int most_steps = 300;

// Mean negative log likelihood with its gradient: slope first, then the offsets.
struct Loss {
  double value = 0;
  std::vector<double> gradient;
};

Loss loss_of(const Calibration& calibration, std::span<const Scored* const> scored) {
  const std::size_t categories = calibration.offsets.size();
  Loss loss;
  loss.gradient.assign(categories + 1, 0.0);
  for (const Scored* const page : scored) {
    const std::vector<double> confidences = calibration.confidences(page->sums);
    loss.value -= std::log(std::max(confidences[page->category], 1e-12));
    for (std::size_t c = 0; c < categories; ++c) {
      const double error = confidences[c] - (c == page->category ? 1.0 : 0.0);
      loss.gradient[0] += error * page->sums[c];
      loss.gradient[c + 1] += error;
    }
  }
  for (std::size_t c = 0; c < categories; ++c) {
    loss.value += held_near_zero * calibration.offsets[c] * calibration.offsets[c];
    loss.gradient[c + 1] += 2 * held_near_zero * calibration.offsets[c];
  }
  const double count = std::max<double>(1.0, static_cast<double>(scored.size()));
  loss.value /= count;
  for (double& part : loss.gradient) part /= count;
  return loss;
}

}  // namespace

std::vector<double> Calibration::confidences(std::span<const double> sums) const {
  std::vector<double> out(sums.size());
  double highest = 0;
  for (std::size_t c = 0; c < sums.size(); ++c) {
    out[c] = slope * sums[c] + offsets[c];
    highest = c == 0 ? out[c] : std::max(highest, out[c]);
  }
  double total = 0;
  for (double& value : out) {
    value = std::exp(value - highest);
    total += value;
  }
  for (double& value : out) value /= total;
  return out;
}

Calibration calibrate(std::span<const Scored* const> scored, std::size_t categories) {
  // Gradient descent with a step that grows while it helps: nine numbers, a convex function.
  Calibration best;
  best.slope = 2;
  best.offsets.assign(categories, 0.0);
  Loss at = loss_of(best, scored);
  double step = 1;
  for (int i = 0; i < most_steps && step > 1e-9; ++i) {
    Calibration next = best;
    next.slope = std::max(0.01, next.slope - step * at.gradient[0]);
    for (std::size_t c = 0; c < categories; ++c) next.offsets[c] -= step * at.gradient[c + 1];
    Loss there = loss_of(next, scored);
    if (there.value < at.value) {
      best = std::move(next);
      at = std::move(there);
      step *= 1.5;
    } else {
      step *= 0.5;
    }
  }
  return best;
}

double calibration_error(std::span<const Judged> pages) {
  struct Bin {
    double confidence = 0;
    double right = 0;
  };
  std::array<Bin, 10> bins{};
  for (const Judged& page : pages) {
    Bin& bin = bins[std::min<std::size_t>(9, static_cast<std::size_t>(page.confidence * 10))];
    bin.confidence += page.confidence;
    bin.right += page.predicted == page.category ? 1 : 0;
  }
  double error = 0;
  for (const Bin& bin : bins) error += std::abs(bin.confidence - bin.right);
  return pages.empty() ? 0 : error / static_cast<double>(pages.size());
}

double accuracy(std::span<const Judged> pages) {
  const auto right = std::count_if(pages.begin(), pages.end(), [](const Judged& page) {
    return page.predicted == page.category;
  });
  return pages.empty() ? 0 : static_cast<double>(right) / static_cast<double>(pages.size());
}

double macro_f1(std::span<const Judged> pages, std::size_t categories) {
  std::vector<double> both(categories, 0.0);
  std::vector<double> either(categories, 0.0);
  for (const Judged& page : pages) {
    either[page.category] += 1;
    either[page.predicted] += 1;
    if (page.category == page.predicted) both[page.category] += 2;
  }
  double total = 0;
  for (std::size_t c = 0; c < categories; ++c) total += either[c] > 0 ? both[c] / either[c] : 0;
  return categories == 0 ? 0 : total / static_cast<double>(categories);
}

double confidence_of_nine_tenths(std::span<const Judged> pages) {
  std::vector<double> confidences;
  for (const Judged& page : pages) confidences.push_back(page.confidence);
  if (confidences.empty()) return 0;
  std::sort(confidences.begin(), confidences.end());
  return confidences[confidences.size() / 10];
}

}  // namespace minhu::text
