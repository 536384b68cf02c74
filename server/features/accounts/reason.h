// What somebody gives as the reason for what they do to another's account. Inner header.
#pragma once

#include <string>

#include "kernel/result.h"

namespace minhu::accounts {

// Faults invalid_input accounts.reason_missing, accounts.reason_long (reason).
Result<std::string> checked_reason(const std::string& reason);

}  // namespace minhu::accounts
