// Dispatch rules and categories, changed with a source and a line in the log; what a changed set of
// rules would have done with the cases of a month; and what the rules say of one matter, with
// everything that would keep a case from going there.
#pragma once

#include "features/administration/settings_log.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::administration {

struct RuleEntry {
  std::string code;
  std::string category;  // "scheme:code"; empty: any
  std::string area;      // a division code; empty: anywhere
  UnitId unit;
  std::string source;  // where it is written
  bool ended = false;  // not in force any more
  std::string reason;
  std::int64_t revision = 0;  // the one that was seen; 0 for a new rule
};

// Adds the rule or changes the one with its code. Faults invalid_input admin.bad_code,
// admin.no_such_category, admin.no_such_place, admin.no_such_unit, admin.unit_is_closed,
// admin.rule_against_duty (a county unit must do it itself: INV-36), admin.empty; conflict
// admin.changed_meanwhile.
Result<places_and_units::DispatchRule> put_rule(Transaction& transaction,
                                                const cases::Context& context,
                                                const RuleEntry& entry);

// From which unit to which how many matters would go; an empty unit is "no rule fits".
struct Moved {
  UnitId from;
  UnitId to;
  std::int64_t count = 0;
};
struct DryRun {
  Instant since;
  Instant until;
  std::int64_t looked_at = 0;
  std::int64_t moved_in_all = 0;
  std::vector<Moved> moved;  // the most first
};
// The rules as they are against the rules with this one put, on everything that came in during the
// last 30 days. Counts alone leave this function: no case, no word. Faults as put_rule.
Result<DryRun> try_rule(Reading& reading, const cases::Context& context, const RuleEntry& entry);

// ---- the test bench

struct Beaten {
  std::string rule;
  UnitId unit;
  // Why it lost to the one that fits most closely.
  enum class Because : std::uint8_t { wider_category, wider_area, later_code } because;
};
std::string_view name(Beaten::Because) noexcept;

enum class Obstacle : std::uint8_t { none, complained_of, closed, duty_of_department };
std::string_view name(Obstacle) noexcept;

struct Bench {
  std::optional<places_and_units::DispatchRule> rule;  // nothing: none fits
  std::vector<Beaten> beaten;
  Obstacle obstacle = Obstacle::none;
  UnitId department;  // whose duty it is, where that is the obstacle
};
// Where a matter of that kind at that place would be proposed to go if it complained of that unit
// (empty: of none).
Bench ask_rules(Reading& reading, const cases::Context& context, std::string_view category,
                std::string_view place, UnitId complains_of);

// ---- categories

struct CategoryEntry {
  std::string scheme;
  std::string code;
  std::string parent;  // within the scheme; empty: at the top
  std::string name;
  bool ended = false;
  std::string becomes;  // "scheme:code" of another scheme that it stands for, or empty
  std::string reason;
  std::int64_t revision = 0;
};
// Faults invalid_input admin.bad_scheme, admin.bad_category_code, admin.empty,
// admin.no_such_category (parent, becomes), admin.parent_circle; conflict admin.changed_meanwhile.
Outcome put_category(Transaction& transaction, const cases::Context& context,
                     const CategoryEntry& entry);

}  // namespace minhu::administration
