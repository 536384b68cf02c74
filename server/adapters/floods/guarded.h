// What the gate says of a request, and the routes that it stands before: those by which somebody
// without an account leaves something here that takes up room and somebody's time.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/floods/gate.h"
#include "kernel/result.h"
#include "ports/clock.h"
#include "ports/http.h"

namespace minhu::floods {

// Counts the request with the size of its body and files. Fault too_many "http.too_often" (details:
// minutes, seconds) where it has to wait.
Outcome admit(Gate& gate, const Clock& clock, const http::Request& request);

// Method POST, the patterns of their tables. Pages with a form to show again ask admit()
// themselves. Reports of wrongdoing and of retaliation are not among them: nobody who speaks up
// there is counted, and their pages have a pace of their own.
const std::vector<std::string_view>& guarded_patterns();

// The same routes; before the guarded ones admit() is asked, its fault told by `refusal` with
// Retry-After in seconds, and nothing is kept then. All references outlive the routes.
std::vector<http::Route> guarded(std::vector<http::Route> routes, Gate& gate, const Clock& clock,
                                 const http::Refusal& refusal);

}  // namespace minhu::floods
