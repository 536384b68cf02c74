// What each step of grouping a file costs: adds every petition of it, then settles.
//
//   measure_groups INPUT.csv [WORKERS] > "read_s settle_s peak_mib pairs groups grouped largest
//   digest"
//
// Seconds of processor time of all threads. `digest` is of all keys and groups: equal digests are
// equal groups.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "bench/text/each_matter.h"
#include "engines/text/groups.h"

namespace {

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: measure_groups INPUT.csv [WORKERS]\n");
    return 2;
  }
  const unsigned workers = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 1;
  minhu::text::Ground ground;
  {
    minhu::text::GroundCounter counter;
    bench::each_matter(argv[1], [&](const minhu::text::MatterTerms& terms) { counter.add(terms); });
    ground = counter.ground();
  }
  minhu::text::Groups groups(std::move(ground), workers);
  std::uint64_t key = 0;
  bench::each_matter(argv[1],
                     [&](const minhu::text::MatterTerms& terms) { groups.add(key++, terms); });
  const double read = processor_seconds();
  std::fprintf(stderr, "read: %.1f s, %ld MiB\n", read, peak_mib());
  groups.settle();
  const double settled = processor_seconds() - read;
  std::unordered_map<std::uint64_t, std::size_t> sizes;
  std::uint64_t digest = 0;
  for (const auto& [petition, group] : groups.all()) {
    ++sizes[group];
    digest = (digest ^ petition) * 0x9E3779B97F4A7C15U;
    digest = (digest ^ group ^ digest >> 32U) * 0x9E3779B97F4A7C15U;
  }
  std::size_t of_many = 0;
  std::size_t grouped = 0;
  std::size_t largest = 0;
  for (const auto& [group, size] : sizes) {
    of_many += size > 1 ? 1U : 0U;
    grouped += size > 1 ? size : 0U;
    largest = std::max(largest, size);
  }
  std::printf("%.1f %.1f %ld %llu %zu %zu %zu %016llx\n", read, settled, peak_mib(),
              static_cast<unsigned long long>(groups.compared()), of_many, grouped, largest,
              static_cast<unsigned long long>(digest));
  return 0;
}
