// tours_instances FOLDER TABLE.csv SECONDS THREADS EVERY: each EVERY-th case of the table
// (instance,tours,best) for SECONDS on THREADS; every solution is checked by other code than found
// it. Prints one line a case on standard error and at the end: cases, average and worst gap in
// percent, cases at the best.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engines/tours/benchmark.h"
#include "engines/tours/oracle.h"
#include "engines/tours/search.h"

namespace {

using namespace minhu::tours;
using Steady = std::chrono::steady_clock;

double since(Steady::time_point began) {
  return std::chrono::duration<double>(Steady::now() - began).count();
}

struct Case {
  std::string instance;
  int tours = 0;
  double best = 0;
};

std::vector<Case> read_table(const std::filesystem::path& file) {
  std::vector<Case> cases;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);  // the header
  while (std::getline(in, line)) {
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    if (second == std::string::npos) continue;
    cases.push_back({line.substr(0, first), std::atoi(line.c_str() + first + 1),
                     std::atof(line.c_str() + second + 1)});
  }
  return cases;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    fmt::print(stderr, "tours_instances FOLDER TABLE.csv SECONDS THREADS EVERY\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const double seconds = std::atof(argv[3]);
  const int every = std::max(1, std::atoi(argv[5]));
  const std::vector<Case> cases = read_table(argv[2]);
  double sum = 0;
  double worst = 0;
  int count = 0;
  int reached = 0;
  for (std::size_t k = 0; k < cases.size(); k += static_cast<std::size_t>(every)) {
    const Case& now = cases[k];
    std::ifstream in(folder / (now.instance + ".txt"), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto began = Steady::now();
    const auto field = read_benchmark(text, now.instance.starts_with("pr") ? 2 : 1, now.tours);
    if (!field) {
      fmt::print(stderr, "{}: {}\n", now.instance, field.error().key);
      return 1;
    }
    Work work;
    work.threads = std::atoi(argv[4]);
    work.spent = [&] { return since(began) / seconds; };
    work.content_with_all = true;
    const Solution found = search(*field, work);
    const Checked checked = check(*field, found);
    if (!checked.wrong.empty() || checked.value != found.value) {
      fmt::print(stderr, "{} {}: {}\n", now.instance, now.tours, checked.wrong);
      return 1;
    }
    const double score = static_cast<double>(found.value) / benchmark_value;
    const double gap = 100 * (now.best - score) / now.best;
    fmt::print(stderr, "{} {} score {:g} best {:g} gap {:.3f} % after {:.1f} s\n", now.instance,
               now.tours, score, now.best, gap, since(began));
    sum += gap;
    worst = std::max(worst, gap);
    ++count;
    if (gap <= 0) ++reached;
  }
  fmt::print("{} {:.4f} {:.3f} {}\n", count, count == 0 ? 0 : sum / count, worst, reached);
  return count == 0 ? 1 : 0;
}
