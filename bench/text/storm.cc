// A storm of letters that are the same but for a few words comes over a county that is grouped:
// what it costs, and whether others are answered meanwhile.
//
//   storm LETTERS [counted] > "compared settle add_p99 similar_p99 in_one_group"
//
// pairs compared, s, ms, ms, share of the letters. Times are those of the own thread's processor.
// `counted`: what is common in the county was settled when the letters were there.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>
#include <thread>
#include <vector>

#include "engines/text/groups.h"
#include "engines/text/invented_storm.h"
#include "engines/text/similar.h"

namespace {

double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double at_share(std::vector<double> times, double share) {
  if (times.empty()) return 0;
  std::sort(times.begin(), times.end());
  return times.at(static_cast<std::size_t>(share * static_cast<double>(times.size() - 1)));
}

std::vector<minhu::text::MatterTerms> read(const std::vector<minhu::text::Invented>& petitions) {
  minhu::text::TermReader reader;
  std::vector<minhu::text::MatterTerms> terms(petitions.size());
  for (std::size_t i = 0; i < petitions.size(); ++i) {
    if (!reader.read(petitions[i].title, petitions[i].detail, terms[i])) std::abort();
  }
  return terms;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: storm LETTERS [counted]\n");
    return 2;
  }
  constexpr int issues = 1000;  // some 4,000 petitions
  constexpr std::size_t letter_words = 60;
  constexpr std::size_t questions = 300;
  minhu::Dice dice(7);
  const auto county = read(minhu::text::invented_petitions(dice, issues, 2, 6));
  const auto letters =
      read(minhu::text::invented_storm(dice, std::strtoull(argv[1], nullptr, 10), letter_words));
  minhu::text::GroundCounter counter;
  for (const auto& terms : county) counter.add(terms);
  if (argc > 2) {
    for (const auto& terms : letters) counter.add(terms);
  }
  minhu::text::Groups groups(counter.ground());
  minhu::text::SimilarIndex similar(counter.ground());
  std::uint64_t key = 0;
  for (const auto& terms : county) {
    similar.add(key, terms);
    groups.add(key++, terms);
  }
  groups.settle();
  const std::uint64_t before = groups.compared();
  std::vector<double> adding;
  for (const auto& terms : letters) {
    const double begun = now();
    similar.add(key, terms);
    groups.add(key++, terms);
    adding.push_back(now() - begun);
  }
  double took = 0;
  std::jthread settling([&] {
    const double begun = now();
    groups.settle();
    took = now() - begun;
  });
  std::vector<double> asking;
  for (std::size_t i = 0; i < questions; ++i) {
    const double begun = now();
    similar.nearest(i % 2 == 0 ? dice.one_of(letters) : dice.one_of(county), 10);
    asking.push_back(now() - begun);
  }
  settling.join();
  std::map<std::uint64_t, std::size_t> sizes;
  std::size_t largest = 0;
  for (std::uint64_t letter = county.size(); letter < key; ++letter) {
    largest = std::max(largest, ++sizes[groups.group_of(letter).value()]);
  }
  std::printf("%llu %.3f %.3f %.3f %.4f\n",
              static_cast<unsigned long long>(groups.compared() - before), took / 1e3,
              at_share(adding, 0.99), at_share(asking, 0.99),
              static_cast<double>(largest) / static_cast<double>(letters.size()));
  return 0;
}
