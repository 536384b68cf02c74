#include "features/administration/units.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "features/cases/counts.h"
#include "features/cases/keeping_away.h"
#include "features/places_and_units/deepest_tree.h"

namespace minhu::administration {

namespace {

namespace pu = places_and_units;

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_phone = 40;
constexpr std::size_t longest_reason = 500;
constexpr std::size_t longest_source = 200;

std::string code_of_unit(Reading& reading, RegionId region, UnitId id) {
  const auto unit = pu::find_unit(reading, region, id);
  return unit ? unit->code : std::string();
}

// Codes and facts of an office; the post of its head, never a name.
std::string logged(Reading& reading, RegionId region, const pu::Unit& unit) {
  return boost::json::serialize(
      boost::json::object{{"name", unit.name},
                          {"kind", std::string(pu::name(unit.kind))},
                          {"level", std::string(pu::name(unit.level))},
                          {"parent", code_of_unit(reading, region, unit.parent)},
                          {"place", unit.place},
                          {"leader_post", unit.leader_post},
                          {"phone", unit.phone},
                          {"active", unit.active}});
}

Outcome parent_exists(Reading& reading, RegionId region, UnitId parent) {
  if (parent.empty() || pu::find_unit(reading, region, parent)) return {};
  return fail(FaultCode::invalid_input, "admin.no_such_unit", "parent");
}

Outcome makes_no_circle(Reading& reading, RegionId region, UnitId unit, UnitId parent) {
  for (int depth = 0; depth < pu::deepest_tree && !parent.empty(); ++depth) {
    if (parent == unit) return fail(FaultCode::invalid_input, "admin.parent_circle", "parent");
    const auto above = pu::find_unit(reading, region, parent);
    parent = above ? above->parent : UnitId();
  }
  return {};
}

// Everything of the entry but the code.
Outcome fill(Reading& reading, RegionId region, const UnitEntry& entry, pu::Unit& unit) {
  MINHU_TRY(unit.name, filled(entry.name, "name", longest_name));
  MINHU_TRY(unit.leader_post, kept(entry.leader_post, "leader_post", longest_name));
  MINHU_TRY(unit.phone, kept(entry.phone, "phone", longest_phone));
  MINHU_CHECK_OK(parent_exists(reading, region, entry.parent));
  if (!entry.place.empty() && !pu::find_place(reading, region, entry.place)) {
    return fail(FaultCode::invalid_input, "admin.no_such_place", "place");
  }
  unit.kind = entry.kind;
  unit.level = entry.level;
  unit.parent = entry.parent;
  unit.place = entry.place;
  return {};
}

}  // namespace

Result<pu::Unit> create_unit(Transaction& transaction, const cases::Context& context,
                             const UnitEntry& entry) {
  const RegionId region = context.county.region;
  pu::Unit unit;
  MINHU_TRY(unit.code, code_of(entry.code, "code"));
  if (pu::find_unit_by_code(transaction, region, unit.code)) {
    return fail(FaultCode::conflict, "admin.code_taken", "code");
  }
  MINHU_CHECK_OK(fill(transaction, region, entry, unit));
  MINHU_TRY(std::string reason, kept(entry.reason, "reason", longest_reason));
  unit.id = context.entropy.id<UnitId>(context.now);
  pu::put_unit(transaction, region, unit);
  record(transaction, context,
         {Subject::unit,
          unit.code,
          Action::created,
          {},
          logged(transaction, region, unit),
          std::move(reason)});
  return unit;
}

Result<pu::Unit> change_unit(Transaction& transaction, const cases::Context& context, UnitId id,
                             const UnitEntry& entry) {
  const RegionId region = context.county.region;
  const auto before = pu::find_unit(transaction, region, id);
  if (!before) return fail(FaultCode::not_found, "admin.unit_not_found");
  MINHU_CHECK_OK(expect_revision(transaction, region, Subject::unit, before->code, entry.revision));
  pu::Unit unit = *before;
  MINHU_CHECK_OK(fill(transaction, region, entry, unit));
  MINHU_CHECK_OK(makes_no_circle(transaction, region, id, entry.parent));
  unit.active = entry.active;
  const bool opens_or_closes = unit.active != before->active;
  const bool takes_words_in =
      id == context.county.petition_office || id == context.county.hotline_body;
  if (!unit.active && takes_words_in) {
    return fail(FaultCode::conflict, "admin.unit_needed", "active");
  }
  MINHU_TRY(std::string reason, opens_or_closes ? filled(entry.reason, "reason", longest_reason)
                                                : kept(entry.reason, "reason", longest_reason));
  std::string was = logged(transaction, region, *before);
  std::string is = logged(transaction, region, unit);
  if (was == is) return unit;  // nothing to tell in a log
  pu::put_unit(transaction, region, unit);
  const Action action = !opens_or_closes ? Action::changed
                        : unit.active    ? Action::opened_again
                                         : Action::closed;
  record(transaction, context,
         {Subject::unit, unit.code, action, std::move(was), std::move(is), std::move(reason)});
  // Whoever comes to stand below somebody accused gives back what they have, at once.
  if (unit.parent != before->parent) cases::keep_all_away(transaction, context);
  return unit;
}

Result<UnitStanding> standing_of(Reading& reading, const cases::Context& context, UnitId id) {
  const RegionId region = context.county.region;
  auto unit = pu::find_unit(reading, region, id);
  if (!unit) return fail(FaultCode::not_found, "admin.unit_not_found");
  UnitStanding standing;
  standing.revision = revision_of(reading, region, Subject::unit, unit->code);
  standing.open_cases = cases::open_cases_at(reading, context, id);
  const auto rules = pu::all_dispatch_rules(reading, region);
  standing.rules = std::count_if(rules.begin(), rules.end(), [&](const pu::DispatchRule& rule) {
    return rule.unit == id && !rule.ended_at;
  });
  const auto duties = pu::all_duties(reading, region);
  standing.duties = std::count_if(duties.begin(), duties.end(),
                                  [&](const pu::Duty& duty) { return duty.unit == id; });
  const auto units = pu::all_units(reading, region);
  standing.children = std::count_if(units.begin(), units.end(), [&](const pu::Unit& each) {
    return each.parent == id && each.active;
  });
  standing.unit = std::move(*unit);
  return standing;
}

bool is_category(Reading& reading, RegionId region, std::string_view category) {
  return !pu::category_name(reading, region, category).empty();
}

Outcome put_duty(Transaction& transaction, const cases::Context& context, const DutyEntry& entry) {
  const RegionId region = context.county.region;
  if (!is_category(transaction, region, entry.category)) {
    return fail(FaultCode::invalid_input, "admin.no_such_category", "category");
  }
  const auto unit = pu::find_unit(transaction, region, entry.unit);
  if (!unit) return fail(FaultCode::invalid_input, "admin.no_such_unit", "unit");
  // A duty keeps a matter from being pushed down; one of a town would keep it from nobody.
  if (unit->level != pu::UnitLevel::county) {
    return fail(FaultCode::invalid_input, "admin.duty_needs_department", "unit");
  }
  MINHU_CHECK_OK(
      expect_revision(transaction, region, Subject::duty, entry.category, entry.revision));
  pu::Duty duty{entry.category, entry.unit, {}};
  MINHU_TRY(duty.source, filled(entry.source, "source", longest_source));
  MINHU_TRY(std::string reason, kept(entry.reason, "reason", longest_reason));
  const auto shown = [&](const pu::Duty& each) {
    return boost::json::serialize(boost::json::object{
        {"unit", code_of_unit(transaction, region, each.unit)}, {"source", each.source}});
  };
  std::string was;
  for (const pu::Duty& each : pu::all_duties(transaction, region)) {
    if (each.category == duty.category) was = shown(each);
  }
  std::string is = shown(duty);
  if (was == is) return {};
  const Action action = was.empty() ? Action::created : Action::changed;
  pu::put_duty(transaction, region, duty);
  record(transaction, context,
         {Subject::duty, duty.category, action, std::move(was), std::move(is), std::move(reason)});
  return {};
}

Outcome remove_duty(Transaction& transaction, const cases::Context& context,
                    std::string_view category, std::string_view why, std::int64_t revision) {
  const RegionId region = context.county.region;
  const auto duties = pu::all_duties(transaction, region);
  const auto found = std::find_if(duties.begin(), duties.end(),
                                  [&](const pu::Duty& duty) { return duty.category == category; });
  if (found == duties.end()) return fail(FaultCode::not_found, "admin.duty_not_found");
  MINHU_CHECK_OK(expect_revision(transaction, region, Subject::duty, category, revision));
  MINHU_TRY(std::string reason, filled(why, "reason", longest_reason));
  std::string was = boost::json::serialize(boost::json::object{
      {"unit", code_of_unit(transaction, region, found->unit)}, {"source", found->source}});
  pu::remove_duty(transaction, region, category);
  record(transaction, context,
         {Subject::duty, found->category, Action::removed, std::move(was), {}, std::move(reason)});
  return {};
}

}  // namespace minhu::administration
