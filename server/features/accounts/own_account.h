// What an official does to their own account.
#pragma once

#include <string_view>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"

namespace minhu::accounts {

// Every session ends but the one of `token`, which asks and goes on under a new token
// (Sessions::renew). Faults: unauthenticated accounts.wrong_password (password),
// accounts.sign_in_first when that session was ended while the password was compared; those of
// check_password (new_password); conflict accounts.no_password for who signs in elsewhere;
// unavailable accounts.busy.
Outcome change_password(const Ground& ground, const Account& account, std::string_view token,
                        const Sealed<std::string>& password,
                        const Sealed<std::string>& new_password, Instant now);

// Before something that a desk left open must not be enough for; a wrong one is written down.
// Faults: unauthenticated accounts.wrong_password (password); conflict accounts.no_password for who
// signs in elsewhere; unavailable accounts.busy.
Outcome prove_password(const Ground& ground, const Account& account,
                       const Sealed<std::string>& password, Instant now);

// What releases before this one kept of a passphrase that no door asked for. Its table stays for a
// server of such a release that runs beside this one.
void forget_unlock_passphrases(Transaction& transaction, RegionId region);

}  // namespace minhu::accounts
