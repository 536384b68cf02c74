// Units and their duties, changed with a reason and a line in the log. A unit is never removed: it
// is closed, and what it did stays readable.
//
// Where a case may go, and who may see it, is asked of the units as they stand each time a case is
// read or sent (cases/closure.h); a unit that comes to stand below one that a case accuses gives
// the case back in the same transaction (cases/keeping_away.h).
#pragma once

#include "features/administration/settings_log.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::administration {

struct UnitEntry {
  std::string code;
  std::string name;
  places_and_units::UnitKind kind = places_and_units::UnitKind::department;
  places_and_units::UnitLevel level = places_and_units::UnitLevel::county;
  UnitId parent;      // empty: stands at the top
  std::string place;  // a division code, or empty
  std::string leader_post;
  std::string phone;
  bool active = true;
  std::string reason;         // needed when the unit is closed or opened again
  std::int64_t revision = 0;  // the one that was seen
};

// Faults invalid_input admin.bad_code, admin.empty, admin.too_long, admin.no_such_unit (parent),
// admin.no_such_place; conflict admin.code_taken.
Result<places_and_units::Unit> create_unit(Transaction& transaction, const cases::Context& context,
                                           const UnitEntry& entry);
// The code stays. The same faults, and: not_found admin.unit_not_found; invalid_input
// admin.parent_circle; conflict admin.unit_needed (takes words in for the county, cannot be
// closed), admin.changed_meanwhile.
Result<places_and_units::Unit> change_unit(Transaction& transaction, const cases::Context& context,
                                           UnitId id, const UnitEntry& entry);

// What hangs on a unit, for whoever is about to close it.
struct UnitStanding {
  places_and_units::Unit unit;
  std::int64_t revision = 0;
  std::int64_t open_cases = 0;
  std::int64_t rules = 0;  // in force, that send to it
  std::int64_t duties = 0;
  std::int64_t children = 0;  // active units below it
};
Result<UnitStanding> standing_of(Reading& reading, const cases::Context& context, UnitId id);

struct DutyEntry {
  std::string category;  // "scheme:code"
  UnitId unit;
  std::string source;
  std::string reason;
  std::int64_t revision = 0;
};
// Faults invalid_input admin.no_such_category, admin.no_such_unit, admin.duty_needs_department,
// admin.empty (source); conflict admin.changed_meanwhile.
Outcome put_duty(Transaction& transaction, const cases::Context& context, const DutyEntry& entry);
// Faults not_found admin.duty_not_found; conflict admin.changed_meanwhile; invalid_input
// admin.empty (reason).
Outcome remove_duty(Transaction& transaction, const cases::Context& context,
                    std::string_view category, std::string_view reason, std::int64_t revision);

// Is there a category of that name ("scheme:code")?
bool is_category(Reading& reading, RegionId region, std::string_view category);

}  // namespace minhu::administration
