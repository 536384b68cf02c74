#include <fmt/core.h>

#include "app/commands.h"
#include "app/first_link.h"
#include "app/terminal.h"
#include "features/accounts/accounts.h"
#include "features/accounts/administration.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::app {

namespace {

// Written to the account log, where everybody else types a reason of their own.
constexpr const char* reason = "by the operator at the machine";

}  // namespace

int add_account(const FoundationOptions& foundation_options, const AccountOptions& options) {
  const auto role = accounts::role_named(options.role);
  if (!role || !accounts::is_assignable(*role)) {
    return refuse(Fault(FaultCode::invalid_input, "app.no_such_role", "role"));
  }
  auto foundation = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!foundation) return refuse(foundation.error());
  const auto profile = (*foundation)->profile();
  if (!profile) return refuse(profile.error());

  accounts::Newcomer newcomer{options.login, options.name, {*role, {}}, reason};
  if (!options.unit.empty()) {
    const auto unit = (*foundation)->database->read([&](Reading& reading) {
      return places_and_units::find_unit_by_code(reading, profile->region, options.unit);
    });
    if (!unit) return refuse(Fault(FaultCode::not_found, "app.no_such_unit", "unit"));
    newcomer.post.unit = unit->id;
  }
  accounts::PasswordHasher hasher;
  const auto made = accounts::invite(ground_of(**foundation, profile->region, hasher), {}, newcomer,
                                     (*foundation)->clock.now());
  if (!made) return refuse(made.error());
  return finish(fmt::format("account {} as {}: open {}{} within 24 hours, once", options.login,
                            options.role, accounts::invitation_path, made->invitation.token));
}

int invite_account(const FoundationOptions& foundation_options, const std::string& login) {
  auto foundation = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!foundation) return refuse(foundation.error());
  const auto profile = (*foundation)->profile();
  if (!profile) return refuse(profile.error());
  const auto account = (*foundation)->database->read([&](Reading& reading) {
    return accounts::find_account_by_login(reading, profile->region, login);
  });
  if (!account) return refuse(Fault(FaultCode::not_found, "accounts.no_such_account", "login"));
  accounts::PasswordHasher hasher;
  const auto made = accounts::invite_again(ground_of(**foundation, profile->region, hasher), {},
                                           account->id, reason, (*foundation)->clock.now());
  if (!made) return refuse(made.error());
  return finish(fmt::format("account {}: open {}{} within 24 hours, once", login,
                            accounts::invitation_path, made->token));
}

}  // namespace minhu::app
