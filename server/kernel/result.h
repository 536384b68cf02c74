// Result<T>: a value, or the Fault that explains why there is none.
#pragma once

#include <tl/expected.hpp>

#include "kernel/fault.h"

namespace minhu {

template <class T>
using Result = tl::expected<T, Fault>;

// A step that gives nothing back but may fail.
using Outcome = Result<void>;

template <class... Args>
tl::unexpected<Fault> fail(Args&&... args) {
  return tl::unexpected<Fault>(Fault(std::forward<Args>(args)...));
}

}  // namespace minhu

#define MINHU_CONCAT_INNER(a, b) a##b
#define MINHU_CONCAT(a, b) MINHU_CONCAT_INNER(a, b)
#define MINHU_TRY_IMPL(temporary, declaration, expression)                             \
  auto temporary = (expression);                                                       \
  if (!temporary) return tl::unexpected<::minhu::Fault>(std::move(temporary).error()); \
  declaration = std::move(*temporary)

// MINHU_TRY(auto number, parse(text)); — gives the value, or returns the Fault from the enclosing
// function.
#define MINHU_TRY(declaration, expression) \
  MINHU_TRY_IMPL(MINHU_CONCAT(minhu_try_, __LINE__), declaration, expression)

// MINHU_CHECK_OK(step()); — the same for a step without a value.
#define MINHU_CHECK_OK(expression)                                                               \
  do {                                                                                           \
    auto minhu_outcome = (expression);                                                           \
    if (!minhu_outcome) return tl::unexpected<::minhu::Fault>(std::move(minhu_outcome).error()); \
  } while (false)
