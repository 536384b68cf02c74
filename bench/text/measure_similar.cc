// How fast and how well the nearest are found: adds every petition of a file, then asks with some
// of them.
//
//   measure_similar INPUT.csv QUESTIONS > "p50 p99 recall add_mean add_p99 bytes_a_case"   (ms)
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "bench/text/each_matter.h"
#include "engines/text/similar.h"
#include "kernel/test_dice.h"

namespace {

// Of this thread's own processor time, so that what else the machine does is not measured.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}
double since(double begun) {
  return now() - begun;
}

double at_share(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  const auto last = static_cast<double>(times.size() - 1);
  return times.at(static_cast<std::size_t>(share * last));
}

std::size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t pages = 0;
  std::size_t resident = 0;
  in >> pages >> resident;
  return resident * 4096;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: measure_similar INPUT.csv QUESTIONS\n");
    return 2;
  }
  constexpr std::size_t most = 10;
  constexpr std::size_t asked_exactly = 100;  // looking at every case takes seconds
  minhu::text::GroundCounter counter;
  bench::each_matter(argv[1], [&](const minhu::text::MatterTerms& terms) { counter.add(terms); });
  minhu::text::SimilarIndex index(counter.ground());
  counter = {};
  const std::size_t before = resident_bytes();
  std::vector<double> adding;
  std::vector<minhu::text::MatterTerms> questions;
  const auto wanted = std::strtoull(argv[2], nullptr, 10);
  minhu::Dice dice(11);
  std::uint64_t key = 0;
  bench::each_matter(argv[1], [&](const minhu::text::MatterTerms& terms) {
    const double begun = now();
    index.add(key++, terms);
    adding.push_back(since(begun));
    if (questions.size() < wanted) {
      questions.push_back(terms);
    } else if (const auto at = dice.next() % key; at < wanted) {
      questions[at] = terms;
    }
  });
  const std::size_t bytes = resident_bytes() - std::min(before, resident_bytes());
  std::vector<double> asking;
  std::size_t found = 0;
  std::size_t all = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const double begun = now();
    const auto near = index.nearest(questions[i], most);
    asking.push_back(since(begun));
    if (i >= asked_exactly) continue;
    const auto exact = index.nearest_by_all(questions[i], most);
    all += exact.size();
    // Equally near ones may stand for each other.
    for (std::size_t j = 0; j < exact.size() && j < near.size(); ++j) {
      found += near[j].score >= exact[j].score ? 1U : 0U;
    }
  }
  double sum = 0;
  for (const double time : adding) sum += time;
  std::printf("%.3f %.3f %.4f %.4f %.4f %zu\n", at_share(asking, 0.5), at_share(asking, 0.99),
              static_cast<double>(found) / static_cast<double>(std::max<std::size_t>(all, 1)),
              sum / static_cast<double>(adding.size()), at_share(adding, 0.99),
              bytes / std::max<std::size_t>(adding.size(), 1));
  return 0;
}
