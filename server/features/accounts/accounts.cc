#include "features/accounts/accounts.h"

#include <algorithm>
#include <array>

#include "features/accounts/rows.h"

namespace minhu::accounts {

namespace {

// The plain one, the wide one, and the one at which no line is broken.
constexpr std::array<std::string_view, 3> blanks_in_names{" ", "\u3000", "\u00A0"};

}  // namespace

Account account_of(const Row& row) {
  return {
      row.id<AccountId>(0),
      std::string(row.text(1)),
      std::string(row.text(2)),
      {role_named(row.text(3)).value_or(Role::anyone), row.id<UnitId>(4), row.id<AccountId>(0)}};
}

std::string password_hash_of(Reading& reading, RegionId region, AccountId account) {
  return reading
      .first(
          "SELECT password_hash FROM account "
          "WHERE region_id = ?1 AND account_id = ?2 AND disabled_at IS NULL",
          {param(region), param(account)}, [](const Row& row) { return std::string(row.text(0)); })
      .value_or(std::string());
}

Result<AccountId> create_account(Transaction& transaction, RegionId region, const Account& account,
                                 std::string password_hash, Instant now) {
  const auto made = transaction.try_execute(
      "INSERT INTO account(region_id, account_id, login, display_name, role, unit_id, "
      "password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      {param(region), param(account.id), std::string_view(account.login),
       std::string_view(account.display_name), name(account.principal.role),
       param(account.principal.unit), std::string_view(password_hash), param(now)});
  if (!made) return fail(FaultCode::conflict, "accounts.login_taken", "login");
  return account.id;
}

void disable_account(Transaction& transaction, RegionId region, AccountId id, Instant now) {
  transaction.execute(
      "UPDATE account SET disabled_at = ?3 WHERE region_id = ?1 AND account_id = ?2",
      {param(region), param(id), param(now)});
  end_sessions_of(transaction, region, id);
}

bool any_account(Reading& reading, RegionId region) {
  return reading
      .first("SELECT 1 FROM account WHERE region_id = ?1 LIMIT 1", {param(region)},
             [](const Row&) { return true; })
      .value_or(false);
}

bool any_security_admin(Reading& reading, RegionId region) {
  return reading
      .first(
          "SELECT 1 FROM account WHERE region_id = ?1 AND role = ?2 AND disabled_at IS NULL "
          "LIMIT 1",
          {param(region), name(Role::security_admin)}, [](const Row&) { return true; })
      .value_or(false);
}

std::optional<Account> find_account(Reading& reading, RegionId region, AccountId id) {
  return reading.first(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND account_id = ?2 AND disabled_at IS NULL",
      {param(region), param(id)}, account_of);
}

UnitId unit_of(Reading& reading, RegionId region, AccountId id) {
  return reading
      .first("SELECT unit_id FROM account WHERE region_id = ?1 AND account_id = ?2",
             {param(region), param(id)}, [](const Row& row) { return row.id<UnitId>(0); })
      .value_or(UnitId());
}

std::vector<Account> accounts_in_no_unit(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND unit_id IS NULL AND disabled_at IS NULL ORDER BY login",
      {param(region)}, account_of);
}

std::vector<Account> accounts_in(Reading& reading, RegionId region, UnitId unit) {
  return reading.all(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND unit_id = ?2 AND disabled_at IS NULL ORDER BY login",
      {param(region), param(unit)}, account_of);
}

std::optional<Account> find_account_by_login(Reading& reading, RegionId region,
                                             std::string_view login) {
  return reading.first(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND login = ?2 AND disabled_at IS NULL",
      {param(region), login}, account_of);
}

std::string name_without_blanks(std::string_view name) {
  std::string plain;
  while (!name.empty()) {
    const auto blank = std::find_if(blanks_in_names.begin(), blanks_in_names.end(),
                                    [&](std::string_view one) { return name.starts_with(one); });
    if (blank == blanks_in_names.end()) plain.push_back(name.front());
    name.remove_prefix(blank == blanks_in_names.end() ? 1 : blank->size());
  }
  return plain;
}

std::vector<Account> accounts_shown_as(Reading& reading, RegionId region, std::string_view name) {
  const std::string plain = name_without_blanks(name);
  return reading.all(
      "SELECT account_id, login, display_name, role, unit_id FROM account "
      "WHERE region_id = ?1 AND disabled_at IS NULL "
      "AND replace(replace(replace(display_name, ' ', ''), ?3, ''), ?4, '') = ?2 ORDER BY login",
      {param(region), std::string_view(plain), blanks_in_names[1], blanks_in_names[2]}, account_of);
}

}  // namespace minhu::accounts
