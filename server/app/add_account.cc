#include <fmt/core.h>

#include <iostream>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/accounts/accounts.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::app {

int add_account(const FoundationOptions& foundation_options, const AccountOptions& options) {
  const auto role = accounts::role_named(options.role);
  if (!role || *role == accounts::Role::anyone || *role == accounts::Role::speaker ||
      *role == accounts::Role::system) {
    return refuse(Fault(FaultCode::invalid_input, "app.no_such_role", "role"));
  }
  auto foundation = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!foundation) return refuse(foundation.error());
  const auto profile = (*foundation)->profile();
  if (!profile) return refuse(profile.error());

  std::string password;
  std::getline(std::cin, password);
  accounts::PasswordHasher hasher;
  const auto hash = hasher.hash(Sealed<std::string>(std::move(password)));
  if (!hash) return refuse(hash.error());

  const Instant now = (*foundation)->clock.now();
  const auto made =
      (*foundation)->database->write([&](Transaction& t) -> Result<accounts::AccountId> {
        accounts::Account account;
        account.id = (*foundation)->entropy.id<accounts::AccountId>(now);
        account.login = options.login;
        account.display_name = options.name;
        account.principal.role = *role;
        account.principal.account = account.id;
        if (!options.unit.empty()) {
          const auto unit = places_and_units::find_unit_by_code(t, profile->region, options.unit);
          if (!unit) return fail(FaultCode::not_found, "app.no_such_unit", "unit");
          account.principal.unit = unit->id;
        }
        return accounts::create_account(t, profile->region, account, *hash, now);
      });
  if (!made) return refuse(made.error());
  return finish(fmt::format("account {} as {}", options.login, options.role));
}

}  // namespace minhu::app
