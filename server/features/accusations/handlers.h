// Who may open reports: officials whom the security administrator named, each with a key pair whose
// private half is wrapped by a passphrase of their own. No administrator can be named, nobody acts
// in another's place, and the passphrase is stored nowhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"
#include "features/accusations/accusations.h"
#include "features/accusations/boxes.h"

namespace minhu::accusations {

using KeyId = Id<struct SealKeyTag>;

struct Handler {
  accounts::AccountId account;
  std::string display_name;
  std::string unit;
  std::optional<Instant> key_made_at;  // nothing: no report is sealed to them yet
};
// In the order in which they were named; without those whose account was disabled or who changed to
// a post that may not be named.
std::vector<Handler> handlers(Reading& reading, const Ground& ground);
// Named and still entitled. What is asked first of everything that a handler does.
bool is_handler(Reading& reading, const Ground& ground, const accounts::Principal& actor);

// Naming opens nothing of before: only what comes later is sealed to them, and what a colleague
// shares. Faults: not_found accusations.no_such_account; invalid_input
// accusations.cannot_be_named (a role without accusation:handle).
Outcome name_handler(Transaction& transaction, const Ground& ground, const accounts::Principal& by,
                     accounts::AccountId account);
// Their boxes are destroyed at once: no key of theirs opens anything any more, also if they had
// copied the wrapped key. Fault not_found accusations.no_such_handler.
Outcome unname_handler(Transaction& transaction, const Ground& ground,
                       const accounts::Principal& by, accounts::AccountId account);

// Makes their key pair; a key that there was is retired and opens what it opened before no more.
// The sign-in password is asked first, so that a desk left open makes none. Faults: not_found
// accusations.not_found (not named); those of accounts::prove_password and accounts::check_password
// (field passphrase); invalid_input accounts.same_as_password.
Outcome make_key(const Ground& ground, const accounts::Ground& accounts_ground,
                 const accounts::Account& account, const Sealed<std::string>& password,
                 const Sealed<std::string>& passphrase);

// The same key pair under another passphrase. Faults of unlock (field old_passphrase) and of
// accounts::check_password (passphrase).
Outcome change_passphrase(const Ground& ground, const accounts::Account& account,
                          const Sealed<std::string>& old_passphrase,
                          const Sealed<std::string>& passphrase);

// The key pair of whoever knows the passphrase, for this request alone. After five wrong ones in a
// row, also when they come at once, it waits, longer each time. Faults: not_found
// accusations.not_found; conflict accusations.no_key; unauthenticated accusations.wrong_passphrase
// (passphrase); too_many accounts.too_many_passphrases; unavailable accounts.busy.
struct Unlocked {
  KeyId key;
  KeyPair pair;
};
Result<Unlocked> unlock(const Ground& ground, const accounts::Principal& actor,
                        const Sealed<std::string>& passphrase);

// Public keys to which a new report is sealed: of every handler in force, and of the escrow.
struct PublicKey {
  KeyId key;
  accounts::AccountId account;  // empty: the escrow
  Key bytes{};
};
std::vector<PublicKey> keys_in_force(Reading& reading, const Ground& ground);

}  // namespace minhu::accusations
