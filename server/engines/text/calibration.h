// From sums to confidences that mean what they say, and figures on how well they do.
#pragma once

#include <span>
#include <vector>

#include "engines/text/model_parts.h"

namespace minhu::text {

// Sums that a model gave to a page it had not seen, and the page's category.
struct Scored {
  std::vector<double> sums;
  std::size_t category = 0;
};

// Fits slope and offsets by maximum likelihood, the offsets held near 0. Deterministic.
Calibration calibrate(std::span<const Scored* const> scored, std::size_t categories);

struct Judged {
  std::size_t category = 0;  // the right one
  std::size_t predicted = 0;
  double confidence = 0;
};
// Expected calibration error: ten bins of equal width, weighted by how many fall into them.
double calibration_error(std::span<const Judged> pages);
double accuracy(std::span<const Judged> pages);
double macro_f1(std::span<const Judged> pages, std::size_t categories);
// The confidence that nine tenths of the pages reach.
double confidence_of_nine_tenths(std::span<const Judged> pages);

}  // namespace minhu::text
