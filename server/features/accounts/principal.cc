#include "features/accounts/principal.h"

#include <array>

namespace minhu::accounts {

namespace {

constexpr std::array<std::string_view, 14> role_names{
    "anyone", "speaker",    "clerk",   "dispatcher",   "caller",         "handler",     "unit_head",
    "leader", "supervisor", "auditor", "system_admin", "security_admin", "audit_admin", "system"};
static_assert(role_names.size() == static_cast<std::size_t>(Role::system) + 1);

}  // namespace

std::string_view name(Role role) noexcept {
  return role_names[static_cast<std::size_t>(role)];
}

std::optional<Role> role_named(std::string_view text) noexcept {
  for (std::size_t i = 0; i < role_names.size(); ++i) {
    if (role_names[i] == text) return static_cast<Role>(i);
  }
  return std::nullopt;
}

}  // namespace minhu::accounts
