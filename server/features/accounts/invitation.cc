#include "features/accounts/invitation.h"

#include <algorithm>

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/openid_link.h"
#include "features/accounts/second_factor.h"
#include "features/places_and_units/county.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::accounts {

namespace {

Digest hash_of(std::string_view token) {
  return sha256(as_bytes(token));
}

Invitation put(Transaction& transaction, const Ground& ground, AccountId account, bool first,
               Instant now) {
  Invitation made{to_base64url(ground.entropy.bytes<32>()), {now.unix_ms + invitation_ms}};
  const Digest hash = hash_of(made.token);
  transaction.execute(
      "INSERT INTO invitation(region_id, token_hash, account_id, first, expires_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      {param(ground.region), BytesView(hash), param(account), std::int64_t{first ? 1 : 0},
       param(made.expires_at)});
  return made;
}

struct Stored {
  AccountId account;
  bool first = false;
  Instant expires_at;
};

Result<Account> accept(const Ground& ground, std::string_view token, const Account& chosen,
                       const std::string& password_hash, Instant now,
                       const std::function<void(Transaction&, AccountId)>& also) {
  const Digest hash = hash_of(token);
  return ground.database.write([&](Transaction& transaction) -> Result<Account> {
    MINHU_TRY(Invited invited, look_at_invitation(transaction, ground.region, token, now));
    transaction.execute("DELETE FROM invitation WHERE region_id = ?1 AND token_hash = ?2",
                        {param(ground.region), BytesView(hash)});
    Account account = invited.account;
    if (invited.first) {
      // Those that are left must not open anything again when this account is disabled one day.
      transaction.execute("DELETE FROM invitation WHERE region_id = ?1 AND first = 1",
                          {param(ground.region)});
      account.login = chosen.login;
      account.display_name = chosen.display_name;
      MINHU_CHECK_OK(create_account(transaction, ground.region, account, password_hash, now));
    } else {
      transaction.execute(
          "UPDATE account SET password_hash = ?3 WHERE region_id = ?1 AND account_id = ?2",
          {param(ground.region), param(account.id), std::string_view(password_hash)});
    }
    end_sessions_of(transaction, ground.region, account.id);
    forget_second_factor(transaction, ground.region, account.id);
    also(transaction, account.id);
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::accepted, account.id, account.id, {}, {}});
    return account;
  });
}

}  // namespace

Invitation invite_account(Transaction& transaction, const Ground& ground, AccountId account,
                          Instant now) {
  transaction.execute("DELETE FROM invitation WHERE region_id = ?1 AND account_id = ?2",
                      {param(ground.region), param(account)});
  return put(transaction, ground, account, false, now);
}

Invitation invite_first(Transaction& transaction, const Ground& ground, Instant now) {
  transaction.execute(
      "DELETE FROM invitation WHERE region_id = ?1 AND first = 1 AND expires_at <= ?2",
      {param(ground.region), param(now)});
  return put(transaction, ground, ground.entropy.id<AccountId>(now), true, now);
}

Result<Invited> look_at_invitation(Reading& reading, RegionId region, std::string_view token,
                                   Instant now) {
  const Digest hash = hash_of(token);
  const auto stored = reading.first(
      "SELECT account_id, first, expires_at FROM invitation "
      "WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(hash)}, [](const Row& row) {
        return Stored{row.id<AccountId>(0), row.integer(1) != 0, row.instant(2)};
      });
  const auto none = fail(FaultCode::not_found, "accounts.no_such_invitation");
  if (!stored || stored->expires_at <= now) return none;
  if (!stored->first) {
    const auto account = find_account(reading, region, stored->account);
    if (!account) return none;
    return Invited{*account, false};
  }
  // Somebody was faster with another first link: from then on they make the accounts.
  if (any_security_admin(reading, region)) return none;
  Account account;
  account.id = stored->account;
  account.principal = {Role::security_admin, {}, stored->account};
  return Invited{account, true};
}

Outcome check_login(std::string_view login) {
  const bool plain = std::all_of(login.begin(), login.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
  if (!plain || login.size() < 3 || login.size() > 40) {
    return fail(FaultCode::invalid_input, "accounts.bad_login", "login");
  }
  return {};
}

std::vector<std::string> names_around(Reading& reading, RegionId region, const Account& account) {
  std::vector<std::string> names{account.login, account.display_name};
  if (const auto county = places_and_units::find_county_profile(reading)) {
    names.push_back(county->name);
  }
  if (const auto unit = places_and_units::find_unit(reading, region, account.principal.unit)) {
    names.push_back(unit->name);
    names.push_back(unit->code);
  }
  return names;
}

Result<Account> accept_invitation(const Ground& ground, std::string_view token, NewSelf self,
                                  Instant now) {
  std::vector<std::string> names;
  Account chosen;
  const Outcome known = ground.database.read([&](Reading& reading) -> Outcome {
    MINHU_TRY(Invited invited, look_at_invitation(reading, ground.region, token, now));
    if (invited.first) {
      MINHU_CHECK_OK(check_login(self.login));
      MINHU_TRY(const std::string name, clean_text(self.display_name));
      if (name.empty() || code_points(name) > 40) {
        return fail(FaultCode::invalid_input, "accounts.name_missing", "display_name");
      }
      invited.account.login = self.login;
      invited.account.display_name = name;
    }
    chosen = invited.account;
    names = names_around(reading, ground.region, chosen);
    return {};
  });
  if (!known) return tl::unexpected<Fault>(known.error());
  MINHU_CHECK_OK(check_password(self.password, names));
  MINHU_TRY(const std::string hash, ground.hasher.hash(self.password));
  return accept(ground, token, chosen, hash, now, [](Transaction&, AccountId) {});
}

Result<Account> accept_invitation_for_openid(const Ground& ground, std::string_view token,
                                             BytesView subject_hash, Instant now) {
  const auto invited = ground.database.read(
      [&](Reading& reading) { return look_at_invitation(reading, ground.region, token, now); });
  if (!invited) return tl::unexpected<Fault>(invited.error());
  if (invited->first) return fail(FaultCode::not_allowed, "accounts.first_needs_password");
  return accept(ground, token, invited->account, {}, now,
                [&](Transaction& transaction, AccountId account) {
                  put_openid_link(transaction, ground, subject_hash, account, now);
                });
}

}  // namespace minhu::accounts
