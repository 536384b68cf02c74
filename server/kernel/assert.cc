#include "kernel/assert.h"

#include <cstdio>
#include <cstdlib>

namespace minhu {

void assertion_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "minhu: bug: %s does not hold at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace minhu
