// What was done to accounts and with them: who, what, about which account, when, why. Rows are only
// added; after three years they go (the law asks for six months at least). Ids only: no login, no
// name, no word of anybody but the reason that an administrator typed for the auditor to read.
#pragma once

#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::accounts {

using AccountEventId = Id<struct AccountEventTag>;

enum class Act : std::uint8_t {
  signed_in,         // password, or OpenID, and second factor where there is one
  password_refused,  // `about` is empty when nobody has that login
  code_refused,      // the second factor
  signed_out,
  invited,       // a link was made; whatever was set before no longer works
  accepted,      // … and used
  post_changed,  // detail: role and unit, before and after
  disabled,
  sessions_ended,  // by the security administrator
  password_changed,
  second_factor_set,
  recovery_code_used,
  recovery_codes_made,
  // Of a passphrase that opened nothing and is gone; read where they were written.
  passphrase_set,
  passphrase_refused,
  unlocked,
  delegated,         // `about` may act in the post of `by`; detail: from when to when
  delegation_ended,  // before its time; detail: who had given it, when that is not `by`
  acted_for,         // `by` sat down in the post of `about`
  openid_linked,
  leader_appointed,   // `about` leads a unit from now on; detail: the unit
  leader_ended,       // … and no longer
  interest_declared,  // `about` is close to a unit or a person; detail: kind, id, tie
  interest_ended,
  accusation_handler_named,  // `about` may open reports of wrongdoing from now on
  accusation_handler_ended,
  accusation_key_made,
};
std::string_view name(Act) noexcept;

struct AccountEvent {
  AccountEventId id;
  Instant at;
  Act act = Act::signed_in;
  AccountId by;
  AccountId about;
  std::string detail;  // ids, roles and dates
  std::string reason;
};

// Id and time are set here.
void write_down(Transaction& transaction, RegionId region, Entropy& entropy, Instant now,
                AccountEvent event);
// The newest first, from before `before` (empty: from the newest), at most `limit`.
std::vector<AccountEvent> account_events(Reading& reading, RegionId region, AccountEventId before,
                                         std::int64_t limit);
void forget_old_events(Transaction& transaction, RegionId region, Instant now);

}  // namespace minhu::accounts
