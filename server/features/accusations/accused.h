// A report that was an ordinary case before may say whom it accuses. One of these can have been
// named to handle reports: nothing of this one is sealed to them, listed to them or opened by them.
#pragma once

#include <span>
#include <vector>

#include "features/accounts/accounts.h"
#include "features/accusations/accusations.h"
#include "features/accusations/handlers.h"
#include "features/cases/case_file.h"

namespace minhu::accusations {

// By the registers as they stand now (cases/closure.h): of the accused, and of whoever is close to
// them or keeps their post.
bool is_kept_from(Reading& reading, const Ground& ground, const accounts::Principal& handler,
                  cases::CaseId id);

// The keys of the others, and of the custodians, who are asked together and write it down.
std::vector<PublicKey> keys_of_others(Reading& reading, const Ground& ground, cases::CaseId id);

}  // namespace minhu::accusations
