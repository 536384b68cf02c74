// A link that works once, for 24 hours: whoever has it sets the password of an account. No password
// ever travels, and nobody but its owner ever knows one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"

namespace minhu::accounts {

constexpr std::int64_t invitation_ms = 24 * 3'600'000;
// Where the link leads; the token stands behind # and so is sent to no server, and kept in no log.
inline constexpr std::string_view invitation_path = "/desk/invitation#";

struct Invitation {
  std::string token;  // the database keeps its hash
  Instant expires_at;
};

// For an account that is there. The one before it no longer works.
Invitation invite_account(Transaction& transaction, const Ground& ground, AccountId account,
                          Instant now);
// For the first security administrator of an installation; the account is made when it is accepted.
// Those before it go on working: each server of an installation prints one when it starts, and must
// not take away the one that another has printed. The first that is accepted ends all of them.
Invitation invite_first(Transaction& transaction, const Ground& ground, Instant now);

struct Invited {
  Account account;     // without a login when `first`
  bool first = false;  // chooses login and name
};
// Fault not_found accounts.no_such_invitation: never was, used, replaced or over.
Result<Invited> look_at_invitation(Reading& reading, RegionId region, std::string_view token,
                                   Instant now);

struct NewSelf {
  std::string login;         // for the first alone
  std::string display_name;  // for the first alone
  Sealed<std::string> password;
};
// The invitation is used up, sessions from before end, and the second factor is enrolled anew.
// Faults: as above; those of check_password; invalid_input accounts.bad_login,
// accounts.name_missing; conflict accounts.login_taken; unavailable accounts.busy.
Result<Account> accept_invitation(const Ground& ground, std::string_view token, NewSelf self,
                                  Instant now);
// The same without a password: who signs in elsewhere (openid_link.h) is the one who was invited.
Result<Account> accept_invitation_for_openid(const Ground& ground, std::string_view token,
                                             BytesView subject_hash, Instant now);

// 3 to 40 of a-z, 0-9, '.', '_', '-'. Fault invalid_input accounts.bad_login.
Outcome check_login(std::string_view login);
// What a password must not contain: login, shown name, county and unit.
std::vector<std::string> names_around(Reading& reading, RegionId region, const Account& account);

}  // namespace minhu::accounts
