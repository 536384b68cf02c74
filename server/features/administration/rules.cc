#include "features/administration/rules.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "features/administration/units.h"
#include "features/cases/counts.h"
#include "features/cases/guard.h"

namespace minhu::administration {

namespace {

namespace pu = places_and_units;

constexpr std::size_t longest_source = 200;
constexpr std::size_t longest_reason = 500;
constexpr std::int64_t days_tried = 30;
constexpr std::int64_t day_ms = 24 * 3'600'000;

std::string logged(Reading& reading, RegionId region, const pu::DispatchRule& rule) {
  const auto unit = pu::find_unit(reading, region, rule.unit);
  return boost::json::serialize(boost::json::object{{"category", rule.category},
                                                    {"area", rule.area},
                                                    {"unit", unit ? unit->code : std::string()},
                                                    {"source", rule.source},
                                                    {"in_force", !rule.ended_at}});
}

// The entry as a rule that may stand.
Result<pu::DispatchRule> checked(Reading& reading, const cases::Context& context,
                                 const RuleEntry& entry) {
  const RegionId region = context.county.region;
  pu::DispatchRule rule;
  MINHU_TRY(rule.code, code_of(entry.code, "code"));
  MINHU_CHECK_OK(
      expect_revision(reading, region, Subject::dispatch_rule, rule.code, entry.revision));
  MINHU_TRY(rule.source, filled(entry.source, "source", longest_source));
  if (!entry.category.empty() && !is_category(reading, region, entry.category)) {
    return fail(FaultCode::invalid_input, "admin.no_such_category", "category");
  }
  if (!entry.area.empty() && !pu::find_place(reading, region, entry.area)) {
    return fail(FaultCode::invalid_input, "admin.no_such_place", "area");
  }
  const auto unit = pu::find_unit(reading, region, entry.unit);
  if (!unit) return fail(FaultCode::invalid_input, "admin.no_such_unit", "unit");
  rule.category = entry.category;
  rule.area = entry.area;
  rule.unit = entry.unit;
  if (entry.ended) {
    rule.ended_at = context.now;
    return rule;
  }
  if (!unit->active) return fail(FaultCode::invalid_input, "admin.unit_is_closed", "unit");
  if (auto allowed = pu::may_take_duty(reading, region, rule.category, *unit); !allowed) {
    return fail(FaultCode::invalid_input, "admin.rule_against_duty", "unit",
                allowed.error().details);
  }
  return rule;
}

void put_into(std::vector<pu::DispatchRule>& rules, const pu::DispatchRule& rule) {
  const auto same = std::find_if(rules.begin(), rules.end(), [&](const pu::DispatchRule& each) {
    return each.code == rule.code;
  });
  if (same == rules.end()) {
    rules.push_back(rule);
  } else {
    *same = rule;
  }
}

// A category or a place with everything above it, read once for each.
class Lines {
 public:
  Lines(Reading& reading, RegionId region) : reading_(reading), region_(region) {}
  const std::vector<std::string>& of_category(const std::string& code) {
    const auto [line, fresh] = categories_.try_emplace(code);
    if (fresh) line->second = pu::category_line(reading_, region_, code);
    return line->second;
  }
  const std::vector<std::string>& of_place(const std::string& code) {
    const auto [line, fresh] = places_.try_emplace(code);
    if (fresh) line->second = pu::place_line(reading_, region_, code);
    return line->second;
  }

 private:
  Reading& reading_;
  RegionId region_;
  std::map<std::string, std::vector<std::string>> categories_;
  std::map<std::string, std::vector<std::string>> places_;
};

UnitId best_of(std::span<const pu::DispatchRule> rules, std::span<const std::string> category,
               std::span<const std::string> place) {
  const auto fits = pu::fitting_rules(rules, category, place);
  return fits.empty() ? UnitId() : fits.front().rule->unit;
}

constexpr std::array<std::string_view, 3> because_names{"wider_category", "wider_area",
                                                        "later_code"};
constexpr std::array<std::string_view, 4> obstacle_names{"none", "complained_of", "closed",
                                                         "duty_of_department"};

Beaten::Because why_beaten(const pu::RuleFit& best, const pu::RuleFit& fit) {
  if (fit.category_depth < best.category_depth) return Beaten::Because::wider_category;
  if (fit.area_depth < best.area_depth) return Beaten::Because::wider_area;
  return Beaten::Because::later_code;
}

// The department that a duty of this category or one above it names.
UnitId owner_of_duty(Reading& reading, RegionId region, std::string_view category) {
  const auto duties = pu::all_duties(reading, region);
  for (const std::string& above : pu::category_line(reading, region, category)) {
    for (const pu::Duty& duty : duties) {
      if (duty.category == above) return duty.unit;
    }
  }
  return {};
}

}  // namespace

std::string_view name(Beaten::Because because) noexcept {
  return because_names[static_cast<std::size_t>(because)];
}
std::string_view name(Obstacle obstacle) noexcept {
  return obstacle_names[static_cast<std::size_t>(obstacle)];
}

Result<pu::DispatchRule> put_rule(Transaction& transaction, const cases::Context& context,
                                  const RuleEntry& entry) {
  const RegionId region = context.county.region;
  MINHU_TRY(const pu::DispatchRule rule, checked(transaction, context, entry));
  MINHU_TRY(std::string reason, kept(entry.reason, "reason", longest_reason));
  Action action = Action::created;
  std::string was;
  for (const pu::DispatchRule& each : pu::all_dispatch_rules(transaction, region)) {
    if (each.code != rule.code) continue;
    was = logged(transaction, region, each);
    action = Action::changed;
    if (!each.ended_at && rule.ended_at) action = Action::ended;
    if (each.ended_at && !rule.ended_at) action = Action::opened_again;
  }
  std::string is = logged(transaction, region, rule);
  if (was == is) return rule;
  pu::put_dispatch_rule(transaction, region, rule);
  record(transaction, context,
         {Subject::dispatch_rule, rule.code, action, std::move(was), std::move(is),
          std::move(reason)});
  return rule;
}

Result<DryRun> try_rule(Reading& reading, const cases::Context& context, const RuleEntry& entry) {
  const RegionId region = context.county.region;
  MINHU_TRY(const pu::DispatchRule rule, checked(reading, context, entry));
  const auto now = pu::all_dispatch_rules(reading, region);
  auto then = now;
  put_into(then, rule);

  DryRun run;
  run.until = context.now;
  run.since = {context.now.unix_ms - days_tried * day_ms};
  Lines lines(reading, region);
  std::map<std::pair<UnitId, UnitId>, std::int64_t> pairs;
  for (const cases::Matters& matters :
       cases::matters_received(reading, region, run.since, run.until)) {
    run.looked_at += matters.count;
    const auto& category = lines.of_category(matters.category);
    const auto& place = lines.of_place(matters.place);
    const UnitId from = best_of(now, category, place);
    const UnitId to = best_of(then, category, place);
    if (from == to) continue;
    pairs[{from, to}] += matters.count;
    run.moved_in_all += matters.count;
  }
  for (const auto& [units, count] : pairs) run.moved.push_back({units.first, units.second, count});
  std::stable_sort(run.moved.begin(), run.moved.end(),
                   [](const Moved& a, const Moved& b) { return a.count > b.count; });
  return run;
}

Bench ask_rules(Reading& reading, const cases::Context& context, std::string_view category,
                std::string_view place, UnitId complains_of) {
  const RegionId region = context.county.region;
  Bench bench;
  const auto rules = pu::all_dispatch_rules(reading, region);
  const auto fits = pu::fitting_rules(rules, pu::category_line(reading, region, category),
                                      pu::place_line(reading, region, place));
  if (fits.empty()) return bench;
  bench.rule = *fits.front().rule;
  for (std::size_t i = 1; i < fits.size(); ++i) {
    bench.beaten.push_back(
        {fits[i].rule->code, fits[i].rule->unit, why_beaten(fits.front(), fits[i])});
  }
  const auto unit = pu::find_unit(reading, region, bench.rule->unit);
  if (!unit || !unit->active) {
    bench.obstacle = Obstacle::closed;
    return bench;
  }
  // The very guard of a real case, asked of one that complains of that unit.
  cases::CaseFile file;
  file.track = cases::Track::petition;
  if (!complains_of.empty()) file.complained_of = {complains_of};
  if (cases::complains_of(reading, context, file, unit->id)) {
    bench.obstacle = Obstacle::complained_of;
  } else if (!pu::may_take_duty(reading, region, category, *unit)) {
    bench.obstacle = Obstacle::duty_of_department;
    bench.department = owner_of_duty(reading, region, category);
  }
  return bench;
}

}  // namespace minhu::administration
