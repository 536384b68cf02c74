// Officials: one account, one role, in one unit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/accounts/password.h"
#include "features/accounts/principal.h"
#include "features/accounts/sessions.h"
#include "ports/storage.h"

namespace minhu::accounts {

std::span<const Migration> migrations();  // numbers 0200 to 0299

// Fault conflict accounts.login_taken. An empty hash fits no password: the account waits for its
// invitation to be used.
Result<AccountId> create_account(Transaction& transaction, RegionId region, const Account& account,
                                 std::string password_hash, Instant now);
void disable_account(Transaction& transaction, RegionId region, AccountId id, Instant now);
bool any_account(Reading& reading, RegionId region);
// Whether anybody can make accounts: without one, the first link is printed (invitation.h).
bool any_security_admin(Reading& reading, RegionId region);

// Where somebody sits, also one who was disabled; empty for who sits in no unit.
UnitId unit_of(Reading& reading, RegionId region, AccountId id);
// Active ones, by login.
std::vector<Account> accounts_in(Reading& reading, RegionId region, UnitId unit);
// Active ones who sit in none, as a leader may who is in charge of several. By login.
std::vector<Account> accounts_in_no_unit(Reading& reading, RegionId region);
// Not one that was disabled.
std::optional<Account> find_account(Reading& reading, RegionId region, AccountId id);
std::optional<Account> find_account_by_login(Reading& reading, RegionId region,
                                             std::string_view login);
// The name without the blanks that are set into it: a name of two characters is often written with
// one between them, and a Chinese keyboard gives the wide one.
std::string name_without_blanks(std::string_view name);
// Active ones that are shown under this name, blanks aside: who is meant where somebody wrote a
// name and no account. By login.
std::vector<Account> accounts_shown_as(Reading& reading, RegionId region, std::string_view name);

}  // namespace minhu::accounts
