#include "app/first_link.h"

#include "features/accounts/accounts.h"

namespace minhu::app {

accounts::Ground ground_of(Foundation& foundation, RegionId region,
                           accounts::PasswordHasher& hasher) {
  return {*foundation.database,
          region,
          foundation.entropy,
          hasher,
          {foundation.keyring.account_seal, foundation.keyring.account_hash}};
}

Result<std::optional<std::string>> first_link(Foundation& foundation, RegionId region) {
  accounts::PasswordHasher hasher;
  const accounts::Ground ground = ground_of(foundation, region, hasher);
  return foundation.database->write(
      [&](Transaction& transaction) -> Result<std::optional<std::string>> {
        if (accounts::any_security_admin(transaction, region)) return std::nullopt;
        const auto invitation = accounts::invite_first(transaction, ground, foundation.clock.now());
        return std::string(accounts::invitation_path) + invitation.token;
      });
}

}  // namespace minhu::app
