// Instances of the benchmarks: whatever is accepted can be solved, and what comes out keeps its
// rules.
#include "engines/tours/benchmark.h"
#include "engines/tours/oracle.h"
#include "engines/tours/search.h"
#include "kernel/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto field = tours::read_benchmark(text, 1, 2);
  if (!field || field->stops > 100) return 0;
  tours::Work work;
  work.iterations = 20;
  const tours::Solution found = tours::search(*field, work);
  const tours::Checked checked = tours::check(*field, found);
  MINHU_ASSERT(checked.wrong.empty());
  MINHU_ASSERT(checked.value == found.value);
  return 0;
}
