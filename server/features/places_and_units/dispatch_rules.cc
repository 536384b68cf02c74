#include <algorithm>

#include "features/places_and_units/places_and_units.h"

namespace minhu::places_and_units {

namespace {

// How deep the value lies, counted from the top of the line; 0 when it is not on it.
std::size_t depth_from_top(std::span<const std::string> line, std::string_view value) {
  const auto found = std::find(line.begin(), line.end(), value);
  return static_cast<std::size_t>(line.end() - found);
}

}  // namespace

std::vector<std::string> place_line(Reading& reading, RegionId region, std::string_view place) {
  std::vector<std::string> line;
  std::string code(place);
  for (int level = 0; level < 6 && !code.empty(); ++level) {
    line.push_back(code);
    const auto found = find_place(reading, region, code);
    code = found ? found->parent : std::string();
  }
  return line;
}

void put_dispatch_rule(Transaction& transaction, RegionId region, const DispatchRule& rule) {
  transaction.execute(
      "INSERT INTO dispatch_rule(region_id, code, category, area, unit_id, source, ended_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (region_id, code) DO UPDATE SET "
      "category = excluded.category, area = excluded.area, unit_id = excluded.unit_id, "
      "source = excluded.source, ended_at = excluded.ended_at",
      {param(region), std::string_view(rule.code), std::string_view(rule.category),
       std::string_view(rule.area), param(rule.unit), std::string_view(rule.source),
       param(rule.ended_at)});
}

std::vector<DispatchRule> all_dispatch_rules(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT code, category, area, unit_id, source, ended_at FROM dispatch_rule "
      "WHERE region_id = ?1 ORDER BY code",
      {param(region)}, [](const Row& row) {
        return DispatchRule{std::string(row.text(0)), std::string(row.text(1)),
                            std::string(row.text(2)), row.id<UnitId>(3),
                            std::string(row.text(4)), row.maybe_instant(5)};
      });
}

std::vector<RuleFit> fitting_rules(std::span<const DispatchRule> rules,
                                   std::span<const std::string> category_line,
                                   std::span<const std::string> place_line) {
  std::vector<RuleFit> fits;
  for (const DispatchRule& rule : rules) {
    if (rule.ended_at) continue;
    const std::size_t category =
        rule.category.empty() ? 0 : depth_from_top(category_line, rule.category);
    const std::size_t area = rule.area.empty() ? 0 : depth_from_top(place_line, rule.area);
    const bool fits_category = rule.category.empty() || category > 0;
    const bool fits_area = rule.area.empty() || area > 0;
    if (fits_category && fits_area) fits.push_back({&rule, category, area});
  }
  std::sort(fits.begin(), fits.end(), [](const RuleFit& a, const RuleFit& b) {
    if (a.category_depth != b.category_depth) return a.category_depth > b.category_depth;
    if (a.area_depth != b.area_depth) return a.area_depth > b.area_depth;
    return a.rule->code < b.rule->code;
  });
  return fits;
}

std::optional<Suggestion> suggest_unit(Reading& reading, RegionId region, std::string_view category,
                                       std::string_view place) {
  const auto rules = all_dispatch_rules(reading, region);
  const auto fits = fitting_rules(rules, category_line(reading, region, category),
                                  place_line(reading, region, place));
  if (fits.empty()) return std::nullopt;
  Suggestion suggestion{*fits.front().rule, {}, {}, {}};
  const auto unit = find_unit(reading, region, suggestion.rule.unit);
  suggestion.unit_name = unit ? unit->name : std::string();
  const std::string matter = suggestion.rule.category.empty()
                                 ? "任何事项"
                                 : category_name(reading, region, suggestion.rule.category);
  const std::string area =
      suggestion.rule.area.empty() ? "全县" : place_path(reading, region, suggestion.rule.area);
  suggestion.because = "按规则 " + suggestion.rule.code + "：" + matter + "，" + area + "，由" +
                       suggestion.unit_name + "办理（" + suggestion.rule.source + "）";
  for (std::size_t i = 1; i < fits.size(); ++i) suggestion.beaten.push_back(fits[i].rule->code);
  return suggestion;
}

}  // namespace minhu::places_and_units
