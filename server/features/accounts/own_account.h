// What an official does to their own account: password and unlock passphrase.
#pragma once

#include <optional>
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

// ---- the unlock passphrase: apart from the password, asked before sealed content is opened, so
// that neither a stolen password nor a desk left open is enough.

// After the password, so that a desk left open cannot set it. Faults: conflict accounts.no_password
// for who signs in elsewhere; not_allowed accounts.unlock_not_for_you; those of check_password
// (passphrase); invalid_input accounts.same_as_password; unauthenticated accounts.wrong_password.
Outcome set_unlock_passphrase(const Ground& ground, const Account& account,
                              const Sealed<std::string>& password,
                              const Sealed<std::string>& passphrase, Instant now);
std::optional<Instant> unlock_passphrase_set_at(Reading& reading, RegionId region,
                                                AccountId account);
// Ask before each opening of sealed content; nothing is remembered. After five wrong ones in a row
// it waits as codes do (second_factor.h), also when they come at once. Faults: not_allowed
// accounts.unlock_not_for_you (the role opens nothing sealed, or acts in a colleague's post);
// conflict accounts.no_passphrase; unauthenticated accounts.wrong_passphrase; too_many
// accounts.too_many_passphrases (details: seconds); unavailable accounts.busy.
Outcome verify_unlock(const Ground& ground, const Principal& actor,
                      const Sealed<std::string>& passphrase, Instant now);

}  // namespace minhu::accounts
