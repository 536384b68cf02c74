// The way in to an installation that has no security administrator yet: no password is built in, a
// link is printed instead.
#pragma once

#include <optional>
#include <string>

#include "app/foundation.h"
#include "features/accounts/invitation.h"

namespace minhu::app {

accounts::Ground ground_of(Foundation& foundation, RegionId region,
                           accounts::PasswordHasher& hasher);

// A fresh link, as a path behind the installation's address; those that this or another server
// printed before go on working. Nothing when somebody can make accounts already. Fault
// out_of_storage storage.full.
Result<std::optional<std::string>> first_link(Foundation& foundation, RegionId region);

}  // namespace minhu::app
