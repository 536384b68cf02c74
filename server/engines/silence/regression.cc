#include "engines/silence/regression.h"

#include <algorithm>
#include <cmath>

namespace minhu::silence {

namespace {

using Matrix = std::vector<std::vector<double>>;

// Cholesky, in place; the matrix is symmetric and its diagonal is above nothing.
std::vector<double> solve(Matrix matrix, std::vector<double> right) {
  const std::size_t size = right.size();
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i][k] * matrix[j][k];
      matrix[i][j] = i == j ? std::sqrt(std::max(sum, 1e-9)) : sum / matrix[j][j];
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= matrix[i][k] * right[k];
    right[i] /= matrix[i][i];
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) right[i] -= matrix[k][i] * right[k];
    right[i] /= matrix[i][i];
  }
  return right;
}

}  // namespace

std::vector<double> regression_step(const std::vector<Row>& rows, std::size_t classes,
                                    const std::vector<double>& lean,
                                    const std::vector<double>& pull) {
  const std::size_t size = lean.size();
  Matrix matrix(size, std::vector<double>(size, 0.0));
  std::vector<double> right(size, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    matrix[i][i] = pull[i];
    right[i] = -pull[i] * lean[i];
  }
  for (const Row& row : rows) {
    const double residual = row.weight * (row.words - row.expected);
    const double curvature = row.weight * row.expected;
    right[row.kind] += residual;
    matrix[row.kind][row.kind] += curvature;
    for (std::size_t i = 0; i < row.values->size(); ++i) {
      const double value = (*row.values)[i];
      right[classes + i] += residual * value;
      matrix[classes + i][row.kind] += curvature * value;
      for (std::size_t j = 0; j <= i; ++j) {
        matrix[classes + i][classes + j] += curvature * value * (*row.values)[j];
      }
    }
  }
  std::vector<double> step = solve(std::move(matrix), std::move(right));
  for (double& change : step) change = std::clamp(change, -1.0, 1.0);
  return step;
}

}  // namespace minhu::silence
