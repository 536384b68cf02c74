// How fast and how well the nearest are found: adds the petitions of a file but for some that are
// drawn, then asks with those. With a second file its petitions are in the index, too, and as many
// of them are asked with.
//
//   measure_similar INPUT.csv QUESTIONS [SECOND.csv]
//
// A line of INPUT.csv, "p50 p99 recall add_mean add_p99 bytes_a_case commonest" (ms), and one of
// SECOND.csv, "p50 p99 recall". `commonest`: a question of the commonest terms of all questions.
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

using minhu::text::MatterTerms;

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
  if (times.empty()) return 0;
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

// The petitions of a file that are asked with, and which rows they are, in order.
struct Questions {
  std::vector<MatterTerms> terms;
  std::vector<std::uint64_t> rows;
};

// Counts the others of the file.
Questions draw(const char* file, std::size_t wanted, minhu::Dice& dice,
               minhu::text::GroundCounter& counter) {
  std::vector<std::pair<std::uint64_t, MatterTerms>> drawn;
  std::uint64_t rows = 0;
  bench::each_matter(file, [&](const MatterTerms& terms) {
    counter.add(terms);
    const std::uint64_t row = rows++;
    if (drawn.size() < wanted) {
      drawn.emplace_back(row, terms);
    } else if (const auto at = dice.next() % rows; at < wanted) {
      drawn[at] = {row, terms};
    }
  });
  std::sort(drawn.begin(), drawn.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  Questions questions;
  for (auto& [row, terms] : drawn) {
    counter.remove(terms);
    questions.rows.push_back(row);
    questions.terms.push_back(std::move(terms));
  }
  return questions;
}

constexpr std::size_t most = 10;

struct Asked {
  std::vector<double> times;
  double recall = 0;
};

Asked ask(const minhu::text::SimilarIndex& index, const std::vector<MatterTerms>& questions) {
  constexpr std::size_t asked_exactly = 100;  // comparing with every case takes a second or two
  Asked asked;
  std::size_t found = 0;
  std::size_t all = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const double begun = now();
    const auto near = index.nearest(questions[i], most);
    asked.times.push_back(since(begun));
    if (i >= asked_exactly) continue;
    const auto exact = index.nearest_by_all(questions[i], most);
    all += exact.size();
    // Equally near ones may stand for each other.
    for (std::size_t j = 0; j < exact.size() && j < near.size(); ++j) {
      found += near[j].score >= exact[j].score ? 1U : 0U;
    }
  }
  asked.recall = static_cast<double>(found) / static_cast<double>(std::max<std::size_t>(all, 1));
  return asked;
}

// Nothing that people write: as many long lists as there can be.
MatterTerms of_the_commonest(const minhu::text::Ground& ground,
                             const std::vector<MatterTerms>& questions) {
  MatterTerms all;
  for (const MatterTerms& one : questions) {
    for (minhu::text::TermCount term : one.terms) {
      term.in_all = 1;
      if (ground.about(term.term) * 2 < ground.cases()) all.terms.push_back(term);
    }
  }
  const auto by_term = [](const auto& a, const auto& b) { return a.term < b.term; };
  const auto same = [](const auto& a, const auto& b) { return a.term == b.term; };
  std::sort(all.terms.begin(), all.terms.end(), by_term);
  all.terms.erase(std::unique(all.terms.begin(), all.terms.end(), same), all.terms.end());
  std::sort(all.terms.begin(), all.terms.end(), [&](const auto& a, const auto& b) {
    const auto cases_a = ground.about(a.term);
    const auto cases_b = ground.about(b.term);
    return cases_a != cases_b ? cases_a > cases_b : a.term < b.term;
  });
  all.terms.resize(std::min<std::size_t>(
      all.terms.size(), minhu::text::Matter::most_names + minhu::text::Matter::most_troubles));
  std::sort(all.terms.begin(), all.terms.end(), by_term);
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: measure_similar INPUT.csv QUESTIONS [SECOND.csv]\n");
    return 2;
  }
  const std::vector<const char*> files =
      argc > 3 ? std::vector<const char*>{argv[1], argv[3]} : std::vector<const char*>{argv[1]};
  const auto wanted = std::strtoull(argv[2], nullptr, 10);
  minhu::Dice dice(11);
  minhu::text::GroundCounter counter;
  std::vector<Questions> questions;
  for (const char* file : files) questions.push_back(draw(file, wanted, dice, counter));
  minhu::text::SimilarIndex index(counter.ground());
  std::vector<double> adding(counter.cases());
  counter = {};
  const std::size_t before = resident_bytes();
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::uint64_t row = 0;
    bench::each_matter(files[i], [&](const MatterTerms& terms) {
      if (std::ranges::binary_search(questions[i].rows, row++)) return;
      const double begun = now();
      index.add(key, terms);
      adding[key++] = since(begun);
    });
  }
  const std::size_t bytes = resident_bytes() - std::min(before, resident_bytes());
  double sum = 0;
  for (const double time : adding) sum += time;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Asked asked = ask(index, questions[i].terms);
    std::printf("%.3f %.3f %.4f", at_share(asked.times, 0.5), at_share(asked.times, 0.99),
                asked.recall);
    if (i == 0) {
      const auto worst =
          ask(index, {of_the_commonest(index.ground(), questions[0].terms)}).times.at(0);
      std::printf(" %.4f %.4f %zu %.3f", sum / static_cast<double>(adding.size()),
                  at_share(adding, 0.99), bytes / std::max<std::size_t>(adding.size(), 1), worst);
    }
    std::printf("\n");
  }
  return 0;
}
