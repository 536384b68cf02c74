// Who is acting: a role, the unit it is held in, and the account. Decisions about what they may do:
// permissions.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "features/places_and_units/unit_id.h"
#include "kernel/ids.h"

namespace minhu::accounts {

using AccountId = Id<struct AccountTag>;
using DelegationId = Id<struct DelegationTag>;

enum class Role : std::uint8_t {
  anyone,      // nobody is signed in
  speaker,     // holds the code of one case (or has activated it)
  clerk,       // receives: counter, phone, letters
  dispatcher,  // the body that sends cases to units and decides objections
  caller,      // calls back, in the body that dispatched, never in the unit that handled
  handler,     // of the unit that deals with it
  unit_head,   // of that unit: approves extensions
  leader,
  supervisor,
  auditor,
  system_admin,
  security_admin,
  audit_admin,
  system,  // the program itself: jobs, imports, the consequences of another step
};
std::string_view name(Role) noexcept;
std::optional<Role> role_named(std::string_view) noexcept;

struct Principal {
  Role role = Role::anyone;
  UnitId unit;                 // empty for anyone, speaker and system
  AccountId account;           // empty for the same
  bool by_delegation = false;  // in a colleague's post, for a time (delegation.h)
  bool operator==(const Principal&) const = default;
};

}  // namespace minhu::accounts
