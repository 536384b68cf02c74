#include "features/accounts/administration.h"

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/delegation.h"
#include "features/accounts/reason.h"
#include "features/accounts/rows.h"
#include "features/accounts/second_factor.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::accounts {

namespace {

constexpr std::size_t longest_reason = 200;

// `before` is the unit that the account is in already; empty: none.
Outcome check_post(Reading& reading, RegionId region, const Post& post, UnitId before) {
  if (!is_assignable(post.role)) {
    return fail(FaultCode::invalid_input, "accounts.no_such_role", "role");
  }
  if (post.unit.empty()) {
    if (needs_unit(post.role)) {
      return fail(FaultCode::invalid_input, "accounts.unit_missing", "unit");
    }
    return {};
  }
  const auto unit = places_and_units::find_unit(reading, region, post.unit);
  if (!unit) return fail(FaultCode::invalid_input, "accounts.no_such_unit", "unit");
  // What a closed unit still has open stays with it, and so may whoever finishes it.
  if (!unit->active && post.unit != before) {
    return fail(FaultCode::invalid_input, "accounts.unit_closed", "unit");
  }
  return {};
}

std::string text_of(const Principal& post) {
  return std::string(name(post.role)) + (post.unit.empty() ? "" : " " + post.unit.text());
}

// A disabled one too.
std::optional<Account> find_any(Reading& reading, RegionId region, AccountId id) {
  return reading.first(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND account_id = ?2",
      {param(region), param(id)}, account_of);
}

// Does `what` to the account of somebody else and writes it down.
Outcome administer(const Ground& ground, AccountId by, AccountId about, const std::string& reason,
                   Act act, Instant now,
                   const std::function<Result<std::string>(Transaction&, const Account&)>& what) {
  if (by == about) return fail(FaultCode::not_allowed, "accounts.not_yourself");
  MINHU_TRY(const std::string why, checked_reason(reason));
  return ground.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto account = find_any(transaction, ground.region, about);
    if (!account) return fail(FaultCode::not_found, "accounts.no_such_account");
    MINHU_TRY(const std::string detail, what(transaction, *account));
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, act, by, about, detail, why});
    return {};
  });
}

}  // namespace

Result<std::string> checked_reason(const std::string& reason) {
  MINHU_TRY(std::string text, clean_text(reason));
  if (text.empty()) return fail(FaultCode::invalid_input, "accounts.reason_missing", "reason");
  if (code_points(text) > longest_reason) {
    return fail(FaultCode::invalid_input, "accounts.reason_long", "reason");
  }
  return text;
}

bool is_assignable(Role role) {
  return role != Role::anyone && role != Role::speaker && role != Role::system;
}

bool needs_unit(Role role) {
  return role == Role::clerk || role == Role::dispatcher || role == Role::caller ||
         role == Role::handler || role == Role::unit_head;
}

Result<NewAccount> invite(const Ground& ground, AccountId by, const Newcomer& newcomer,
                          Instant now) {
  MINHU_TRY(const std::string reason, checked_reason(newcomer.reason));
  MINHU_CHECK_OK(check_login(newcomer.login));
  MINHU_TRY(const std::string shown, clean_text(newcomer.display_name));
  if (shown.empty() || code_points(shown) > 40) {
    return fail(FaultCode::invalid_input, "accounts.name_missing", "display_name");
  }
  Account account;
  account.id = ground.entropy.id<AccountId>(now);
  account.login = newcomer.login;
  account.display_name = shown;
  account.principal = {newcomer.post.role, newcomer.post.unit, account.id};
  return ground.database.write([&](Transaction& transaction) -> Result<NewAccount> {
    MINHU_CHECK_OK(check_post(transaction, ground.region, newcomer.post, {}));
    MINHU_CHECK_OK(create_account(transaction, ground.region, account, {}, now));
    write_down(transaction, ground.region, ground.entropy, now,
               {{}, {}, Act::invited, by, account.id, text_of(account.principal), reason});
    return NewAccount{account.id, invite_account(transaction, ground, account.id, now)};
  });
}

Result<Invitation> invite_again(const Ground& ground, AccountId by, AccountId account,
                                const std::string& reason, Instant now) {
  std::optional<Invitation> made;
  MINHU_CHECK_OK(administer(
      ground, by, account, reason, Act::invited, now,
      [&](Transaction& transaction, const Account& found) -> Result<std::string> {
        transaction.execute(
            "UPDATE account SET password_hash = '', disabled_at = NULL "
            "WHERE region_id = ?1 AND account_id = ?2",
            {param(ground.region), param(account)});
        transaction.execute("DELETE FROM openid_link WHERE region_id = ?1 AND account_id = ?2",
                            {param(ground.region), param(account)});
        end_sessions_of(transaction, ground.region, account);
        forget_second_factor(transaction, ground.region, account);
        made = invite_account(transaction, ground, account, now);
        return text_of(found.principal);
      }));
  return std::move(*made);
}

Outcome change_post(const Ground& ground, AccountId by, AccountId account, const Post& post,
                    const std::string& reason, Instant now) {
  return administer(
      ground, by, account, reason, Act::post_changed, now,
      [&](Transaction& transaction, const Account& found) -> Result<std::string> {
        MINHU_CHECK_OK(check_post(transaction, ground.region, post, found.principal.unit));
        transaction.execute(
            "UPDATE account SET role = ?3, unit_id = ?4 "
            "WHERE region_id = ?1 AND account_id = ?2",
            {param(ground.region), param(account), name(post.role), param(post.unit)});
        end_sessions_of(transaction, ground.region, account);
        if (post.role != found.principal.role || post.unit != found.principal.unit) {
          end_delegations_of(transaction, ground, account, by, now);
        }
        return text_of(found.principal) + " > " + text_of({post.role, post.unit, account});
      });
}

Outcome disable(const Ground& ground, AccountId by, AccountId account, const std::string& reason,
                Instant now) {
  return administer(ground, by, account, reason, Act::disabled, now,
                    [&](Transaction& transaction, const Account&) -> Result<std::string> {
                      disable_account(transaction, ground.region, account, now);
                      end_delegations_of(transaction, ground, account, by, now);
                      transaction.execute(
                          "DELETE FROM invitation WHERE region_id = ?1 AND account_id = ?2",
                          {param(ground.region), param(account)});
                      return std::string();
                    });
}

Outcome end_sessions(const Ground& ground, AccountId by, AccountId account,
                     const std::string& reason, Instant now) {
  return administer(ground, by, account, reason, Act::sessions_ended, now,
                    [&](Transaction& transaction, const Account&) -> Result<std::string> {
                      end_sessions_of(transaction, ground.region, account);
                      return std::string();
                    });
}

std::string_view name(AccountState state) noexcept {
  switch (state) {
    case AccountState::invited:
      return "invited";
    case AccountState::active:
      return "active";
    case AccountState::disabled:
      return "disabled";
  }
  return "?";
}

std::vector<Listed> list_accounts(Reading& reading, RegionId region, Instant now) {
  return reading.all(
      "SELECT a.account_id, a.login, a.display_name, a.role, a.unit_id, a.disabled_at, "
      "a.password_hash, s.confirmed_at, o.account_id, i.expires_at FROM account AS a "
      "LEFT JOIN second_factor AS s ON s.region_id = a.region_id AND s.account_id = a.account_id "
      "LEFT JOIN openid_link AS o ON o.region_id = a.region_id AND o.account_id = a.account_id "
      "LEFT JOIN invitation AS i ON i.region_id = a.region_id AND i.account_id = a.account_id "
      "AND i.expires_at > ?2 "
      "WHERE a.region_id = ?1 ORDER BY a.unit_id IS NOT NULL, a.unit_id, a.login",
      {param(region), param(now)}, [](const Row& row) {
        Listed listed{account_of(row), AccountState::active, !row.is_null(7), {}};
        if (!row.is_null(9)) listed.invited_until = row.instant(9);
        if (row.text(6).empty() && row.is_null(8)) listed.state = AccountState::invited;
        if (!row.is_null(5)) listed.state = AccountState::disabled;
        return listed;
      });
}

}  // namespace minhu::accounts
