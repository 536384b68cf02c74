#include "app/memory.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace minhu::app {

void keep_few_arenas() {
#ifdef __GLIBC__
  if (std::getenv("MALLOC_ARENA_MAX") != nullptr) return;
  mallopt(M_ARENA_MAX, static_cast<int>(std::max(2U, std::thread::hardware_concurrency())));
#endif
}

}  // namespace minhu::app
