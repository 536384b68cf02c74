// Inside the engine: one step of a Poisson regression with a share of every place in common.
#pragma once

#include <vector>

namespace minhu::silence {

struct Row {
  std::size_t kind = 0;
  double words = 0;
  double expected = 0;  // with the coefficients of now
  double weight = 1;
  const std::vector<double>* values = nullptr;  // of the place
};

// The change of the coefficients (of the classes, then of the values) by Newton's method. `lean`
// is how far each lies from where it is drawn to, `pull` how strongly, as that many words.
std::vector<double> regression_step(const std::vector<Row>& rows, std::size_t classes,
                                    const std::vector<double>& lean,
                                    const std::vector<double>& pull);

}  // namespace minhu::silence
