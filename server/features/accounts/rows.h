// How rows of this feature are read. Inner header.
#pragma once

#include "features/accounts/sessions.h"

namespace minhu::accounts {

// account_id, login, display_name, role, unit_id
Account account_of(const Row& row);

}  // namespace minhu::accounts
