// Who sits here. A session is a random reference: the database keeps its hash, never the token. It
// is half open until the second factor has been given, and may do nothing before but that or leave.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "features/accounts/ground.h"
#include "features/accounts/principal.h"
#include "kernel/sealed.h"

namespace minhu::accounts {

struct Account {
  AccountId id;
  std::string login;
  std::string display_name;
  Principal principal;
};

// Made at every start of the demo and of nothing else. Their passwords are kept in memory and gone
// with the process; who they are are rows like everybody's (demo::put_officials). They have no
// second factor: what they open is invented.
struct DemoLogin {
  Account account;
  std::string password;
};

enum class Stage : std::uint8_t {
  enrolling,      // the password was right; there is no second factor yet
  second_factor,  // … and it has not been given yet
  open,
};

// `account.principal` is the post that the session acts in: the account's own, or one that was
// handed to it (delegation.h).
struct Seat {
  Account account;
  Stage stage = Stage::open;
  Instant opened_at;
  DelegationId acting_for;  // empty: in their own post
};

// Whether a sign-in has already had its second factor.
enum class SecondFactor : bool { owed, given };

class Sessions {
 public:
  static constexpr std::int64_t idle_ms = 30 * 60'000;
  static constexpr std::int64_t absolute_ms = 8 * 3'600'000;
  static constexpr std::int64_t half_open_ms = 15 * 60'000;

  Sessions(Database& database, RegionId region, Entropy& entropy, PasswordHasher& hasher, Keys keys,
           std::vector<DemoLogin> demo_logins = {});

  const Ground& ground() const { return ground_; }

  // The token for the cookie; half open but for a demo login. Fault unauthenticated
  // "accounts.wrong_login" says the same for an unknown login, a wrong password, and one that was
  // right when this began and no longer is.
  Result<std::string> sign_in(std::string_view login, const Sealed<std::string>& password,
                              Instant now);
  // For somebody known by other means: an invitation, OpenID Connect. Fault out_of_storage
  // storage.full.
  Result<std::string> open_for(const Account& account, SecondFactor factor, Instant now);
  // The second factor was given, or more may be done from here on: a new token, and the old one
  // opens nothing. Fault unauthenticated accounts.sign_in_first when there is no such session.
  Result<std::string> renew(std::string_view token, Instant now);

  // Nobody when the token is unknown, idle for 30 minutes, 8 hours old, or half open for 15
  // minutes.
  std::optional<Seat> seat(std::string_view token, Instant now);
  // The same, and only when the session is open.
  std::optional<Account> who(std::string_view token, Instant now);

  // Empty: back to their own post. Faults not_found accounts.no_such_delegation.
  Outcome act_for(std::string_view token, DelegationId delegation, Instant now);

  void sign_out(std::string_view token, Instant now);
  void revoke_all(AccountId account);

  bool is_demo(AccountId account) const;

 private:
  // By its row, so that another post or an end holds for a demo login, too; a demo login whose
  // county was played before there were rows has none and is what memory says.
  std::optional<Account> account_behind(Reading& reading, AccountId id) const;
  const DemoLogin* demo_login(std::string_view login, const Sealed<std::string>& password) const;
  // Opens nothing when `still`, asked in the transaction that opens, says why not.
  Result<std::string> open_if(const Account& account, SecondFactor factor, Instant now,
                              const std::function<Outcome(Reading&)>& still);

  Ground ground_;
  std::vector<DemoLogin> demo_logins_;
};

void end_sessions_of(Transaction& transaction, RegionId region, AccountId account);
// All but the one of `token`. False, and nothing ends, when that one has ended itself.
bool end_other_sessions_of(Transaction& transaction, RegionId region, AccountId account,
                           std::string_view token);

}  // namespace minhu::accounts
