// How long an answer waits before it goes out, where its time would tell what its words do not.
#pragma once

#include <chrono>

#include "kernel/fault.h"

namespace minhu::http {

// The waiting that the answer of a fault is given (Response::hold), the same in every adapter; none
// for most faults.
//
// Whether a case is hidden from somebody or not there takes a microsecond more or less: held back
// to a beat of the clock (adapters/http_beast/beat.h), the answer tells neither (docs/accused.md).
inline std::chrono::milliseconds held_back(const Fault& fault) {
  return std::chrono::milliseconds(fault.key == "cases.not_found" ? 1 : 0);
}

}  // namespace minhu::http
