// MINHU_ASSERT(condition): a bug of ours, never something a user can trigger. Aborts in every
// build: a server that has lost its invariants must not go on acknowledging words, and the storage
// survives an abort by design.
#pragma once

namespace minhu {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;
}

#define MINHU_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::minhu::assertion_failed(#condition, __FILE__, __LINE__))
