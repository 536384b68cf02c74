// The second factor: a code from an authenticator app, or one of ten recovery codes. Every account
// but a demo login has one before it may do anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"

namespace minhu::accounts {

constexpr int recovery_code_count = 10;

// What the app is given, once: the secret for typing and the address for the QR code.
struct Enrolment {
  std::string secret;
  std::string uri;
};
// A new secret, not yet good for anything; the one before it no longer is. `house` is what the app
// calls us. Fault conflict accounts.second_factor_is_set: nobody who only knows a password replaces
// it.
Result<Enrolment> begin_enrolment(const Ground& ground, const Account& account,
                                  std::string_view house);
bool has_second_factor(Reading& reading, RegionId region, AccountId account);

// Not empty when this code finished an enrolment: to be shown once and never again.
using RecoveryCodes = std::vector<std::string>;

// A code of the app or a recovery code; each is good once. After five wrong ones in a row the
// account's codes are refused for 30 seconds, then twice as long each time, 15 minutes at most:
// only somebody who has the password gets that far, so nobody can lock out a stranger. Faults
// unauthenticated accounts.wrong_code; too_many accounts.too_many_codes (details: seconds);
// conflict accounts.enrol_first.
Result<RecoveryCodes> present_code(const Ground& ground, const Account& account,
                                   std::string_view code, Instant now);

// Ten new ones in place of those that are left; after a code of the app. Faults as present_code.
Result<RecoveryCodes> replace_recovery_codes(const Ground& ground, const Account& account,
                                             std::string_view code, Instant now);
std::int64_t recovery_codes_left(Reading& reading, RegionId region, AccountId account);

// Enrols anew at the next sign-in.
void forget_second_factor(Transaction& transaction, RegionId region, AccountId account);

}  // namespace minhu::accounts
