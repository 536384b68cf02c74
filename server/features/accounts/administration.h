// What the security administrator does to accounts. Each is a line of the account log with its
// reason; nobody does any of it to themselves, so there is always a second pair of eyes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accounts/invitation.h"

namespace minhu::accounts {

struct Post {
  Role role = Role::anyone;
  UnitId unit;
};

struct Newcomer {
  std::string login;
  std::string display_name;
  Post post;
  std::string reason;
};
struct NewAccount {
  AccountId id;
  Invitation invitation;
};

// `by` is empty for the operator at the machine. Faults of all of these: invalid_input
// accounts.reason_missing, accounts.reason_long (reason); not_found accounts.no_such_account;
// not_allowed accounts.not_yourself. Of those that name a post: invalid_input accounts.no_such_role
// (role), accounts.no_such_unit, accounts.unit_missing (unit), accounts.unit_closed (unit: nobody
// comes to one that was closed; whoever is there may change their role).

// Also invalid_input accounts.bad_login, accounts.name_missing; conflict accounts.login_taken.
Result<NewAccount> invite(const Ground& ground, AccountId by, const Newcomer& newcomer,
                          Instant now);
// For a lost password or telephone, or to let a disabled account in again: what was set before no
// longer works from now on.
Result<Invitation> invite_again(const Ground& ground, AccountId by, AccountId account,
                                const std::string& reason, Instant now);
// Sessions end: whoever is at work signs in again, into the new post. So do delegations that they
// gave or keep, also when an account is disabled.
Outcome change_post(const Ground& ground, AccountId by, AccountId account, const Post& post,
                    const std::string& reason, Instant now);
Outcome disable(const Ground& ground, AccountId by, AccountId account, const std::string& reason,
                Instant now);
Outcome end_sessions(const Ground& ground, AccountId by, AccountId account,
                     const std::string& reason, Instant now);

enum class AccountState : std::uint8_t { invited, active, disabled };
std::string_view name(AccountState) noexcept;
struct Listed {
  Account account;
  AccountState state = AccountState::active;
  bool second_factor = false;
  std::optional<Instant> invited_until;  // while a link works
};
// By unit, then login.
std::vector<Listed> list_accounts(Reading& reading, RegionId region, Instant now);

// Roles that an account can have.
bool is_assignable(Role role);
// Those whose work is that of a unit.
bool needs_unit(Role role);

}  // namespace minhu::accounts
