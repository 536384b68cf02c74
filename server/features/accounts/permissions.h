// Who may do what: one declarative table, deny by default. A decision is a value that carries its
// reason.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "features/accounts/principal.h"

namespace minhu::accounts {

// What the actor has to do with the case, worked out by the feature that owns the case (a set of
// bits).
enum class Relation : std::uint8_t {
  none = 0,
  own_receipt = 1,       // proved with the query code of this case
  dispatching_body = 2,  // the actor's unit took it in and sends it on
  lead_unit = 4,         // the actor's unit has it
  co_unit = 8,           // … helps with it
  review_unit = 16,      // … was asked to review it
  asked_unit = 32,       // … owes an answer to a supervision order or a recommendation about it
};
constexpr Relation operator|(Relation a, Relation b) {
  return static_cast<Relation>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool overlaps(Relation a, Relation b) {
  return (static_cast<std::uint8_t>(a) & static_cast<std::uint8_t>(b)) != 0;
}

// One line of the table: this role may do this, if it stands in one of these relations to the case
// (none: to any case).
struct PermissionRow {
  std::string_view permission;
  Role role;
  Relation needs;
};
std::span<const PermissionRow> permission_table();
bool is_permission(std::string_view permission);
// What this role may do, in whatever relation to a case: in the order of the table, each once.
std::vector<std::string_view> permissions_of(Role role);

struct Decision {
  bool allowed = false;
  std::string_view reason;  // for the log and the tests, never for the one who was refused
  const PermissionRow* row = nullptr;  // the line that allowed it
};

// The case is held back from everybody: nothing but its speaker's own steps is allowed.
enum class Held : bool { no, yes };

Decision decide(const Principal& actor, std::string_view permission,
                Relation relation = Relation::none, Held held = Held::no);

}  // namespace minhu::accounts
