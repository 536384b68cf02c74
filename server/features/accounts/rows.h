// How rows of this feature are read. Inner header.
#pragma once

#include "features/accounts/sessions.h"

namespace minhu::accounts {

// account_id, login, display_name, role, unit_id
Account account_of(const Row& row);
// Empty for who has none, and for an account that was disabled.
std::string password_hash_of(Reading& reading, RegionId region, AccountId account);

}  // namespace minhu::accounts
