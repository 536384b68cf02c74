#include "features/accounts/principal.h"

#include "kernel/enum_names.h"

namespace minhu::accounts {

MINHU_ENUM_NAMES(Role, system, "anyone", "speaker", "clerk", "dispatcher", "caller", "handler",
                 "unit_head", "leader", "supervisor", "auditor", "system_admin", "security_admin",
                 "audit_admin", "system")

std::optional<Role> role_named(std::string_view text) noexcept {
  return Role_names.named(text);
}

}  // namespace minhu::accounts
