#include "engines/tours/sieve.h"

namespace minhu::tours {

namespace {

// Written without a branch, so that the compiler makes eight or sixteen of it at a time.
[[gnu::always_inline]] inline void pass(const Gap& gap, const Time* __restrict first,
                                        const Time* __restrict last, std::uint32_t bit,
                                        std::uint32_t* __restrict marks,
                                        Time* __restrict takes_least, int count) {
  const Time ready = gap.ready;
  const Time until = gap.until;
  const Time* __restrict depart = gap.depart;
  const Time* __restrict arrive = gap.arrive;
  const Time without = ready + gap.way;
  for (int u = 0; u < count; ++u) {
    const Time arrival = ready + depart[u];
    const Time start = arrival > first[u] ? arrival : first[u];
    const Time limit = until - arrive[u] < last[u] ? until - arrive[u] : last[u];
    marks[u] |= start <= limit ? bit : 0U;
    const Time takes = start <= limit ? start + arrive[u] - without : never;
    takes_least[u] = takes < takes_least[u] ? takes : takes_least[u];
  }
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void pass_avx2(const Gap& gap, const Time* first, const Time* last,
                                       std::uint32_t bit, std::uint32_t* marks, Time* takes_least,
                                       int count) {
  pass(gap, first, last, bit, marks, takes_least, count);
}
#endif

void pass_any(const Gap& gap, const Time* first, const Time* last, std::uint32_t bit,
              std::uint32_t* marks, Time* takes_least, int count) {
  pass(gap, first, last, bit, marks, takes_least, count);
}

using Pass = void (*)(const Gap&, const Time*, const Time*, std::uint32_t, std::uint32_t*, Time*,
                      int);

Pass best_pass() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return pass_avx2;
#endif
  return pass_any;
}

}  // namespace

void sieve(const Gap& gap, const Time* first, const Time* last, std::uint32_t bit,
           std::uint32_t* marks, Time* takes_least, int count) {
  static const Pass chosen = best_pass();
  chosen(gap, first, last, bit, marks, takes_least, count);
}

}  // namespace minhu::tours
