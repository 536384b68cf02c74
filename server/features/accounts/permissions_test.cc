#include "features/accounts/permissions.h"

#include <gtest/gtest.h>

#include <set>

namespace minhu::accounts {
namespace {

constexpr Relation every_relation = Relation::own_receipt | Relation::dispatching_body |
                                    Relation::lead_unit | Relation::co_unit | Relation::review_unit;

TEST(Permissions, EverythingThatIsNotWrittenIsRefused) {
  for (int role = 0; role <= static_cast<int>(Role::system); ++role) {
    EXPECT_FALSE(decide({static_cast<Role>(role), {}, {}}, "case:made_up", every_relation).allowed);
  }
}

TEST(Permissions, AdministratorsNeverReadOrTouchACase) {
  for (const Role role :
       {Role::system_admin, Role::security_admin, Role::audit_admin, Role::auditor, Role::leader}) {
    for (const PermissionRow& row : permission_table()) {
      if (!row.permission.starts_with("case:") && !row.permission.starts_with("receipt:")) continue;
      EXPECT_FALSE(decide({role, {}, {}}, row.permission, every_relation).allowed)
          << name(role) << ' ' << row.permission;
    }
  }
}

TEST(Permissions, TheThreeAdministratorsShareNothingButTheirOwnSession) {
  std::set<std::string_view> seen;
  for (const PermissionRow& row : permission_table()) {
    const bool admin = row.role == Role::system_admin || row.role == Role::security_admin ||
                       row.role == Role::audit_admin;
    if (!admin || row.permission.starts_with("session:")) continue;
    EXPECT_TRUE(seen.insert(row.permission).second) << row.permission;
  }
}

TEST(Permissions, WhoHandledDoesNotCallBack) {
  const Principal caller{Role::caller, {}, {}};
  EXPECT_TRUE(decide(caller, "case:callback", Relation::dispatching_body).allowed);
  EXPECT_FALSE(
      decide(caller, "case:callback", Relation::dispatching_body | Relation::lead_unit).allowed);
  EXPECT_FALSE(decide({Role::handler, {}, {}}, "case:callback", every_relation).allowed);
}

TEST(Permissions, AHandlerSeesOnlyTheCasesOfTheUnit) {
  const Principal handler{Role::handler, {}, {}};
  EXPECT_FALSE(decide(handler, "case:read", Relation::none).allowed);
  EXPECT_FALSE(decide(handler, "case:read", Relation::dispatching_body).allowed);
  EXPECT_TRUE(decide(handler, "case:read", Relation::lead_unit).allowed);
  EXPECT_TRUE(decide(handler, "case:read", Relation::co_unit).allowed);
}

TEST(Permissions, OnlyTheHeadOfTheUnitLengthensATerm) {
  EXPECT_TRUE(
      decide({Role::unit_head, {}, {}}, "case:approve_extension", Relation::lead_unit).allowed);
  for (int role = 0; role <= static_cast<int>(Role::system); ++role) {
    if (static_cast<Role>(role) == Role::unit_head) continue;
    EXPECT_FALSE(decide({static_cast<Role>(role), {}, {}}, "case:approve_extension", every_relation)
                     .allowed);
  }
}

TEST(Permissions, AHeldCaseIsClosedToEverybodyButItsSpeaker) {
  for (int role = 0; role <= static_cast<int>(Role::system); ++role) {
    for (const PermissionRow& row : permission_table()) {
      if (!row.permission.starts_with("case:") && !row.permission.starts_with("receipt:")) continue;
      const auto decision =
          decide({static_cast<Role>(role), {}, {}}, row.permission, every_relation, Held::yes);
      EXPECT_EQ(decision.allowed,
                static_cast<Role>(role) == Role::speaker && row.permission.starts_with("receipt:"));
    }
  }
}

TEST(Permissions, ACodeOpensNothingButItsOwnCase) {
  const Principal speaker{Role::speaker, {}, {}};
  EXPECT_TRUE(decide(speaker, "receipt:read", Relation::own_receipt).allowed);
  EXPECT_FALSE(decide(speaker, "receipt:read", Relation::none).allowed);
  EXPECT_FALSE(decide(speaker, "case:read", every_relation).allowed);
}

}  // namespace
}  // namespace minhu::accounts
