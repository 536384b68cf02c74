#include <algorithm>
#include <map>

#include "features/places_and_units/places_and_units.h"
#include "kernel/csv.h"

namespace minhu::places_and_units {

namespace {

struct Named {
  std::string_view scheme;
  std::string_view code;
};

Named split(std::string_view category) {
  const auto colon = category.find(':');
  if (colon == std::string_view::npos) return {};
  return {category.substr(0, colon), category.substr(colon + 1)};
}

// The category and everything above it, nearest first, as "scheme:code".
std::vector<std::string> upwards(Reading& reading, RegionId region, std::string_view category) {
  std::vector<std::string> line;
  const Named start = split(category);
  std::string code(start.code);
  for (int level = 0; level < 8 && !code.empty(); ++level) {
    line.push_back(std::string(start.scheme) + ':' + code);
    code =
        reading
            .first("SELECT parent FROM category WHERE region_id = ?1 AND scheme = ?2 AND code = ?3",
                   {param(region), start.scheme, std::string_view(code)},
                   [](const Row& row) { return std::string(row.text(0)); })
            .value_or(std::string());
  }
  return line;
}

// The place and everything above it, nearest first.
std::vector<std::string> areas_of(Reading& reading, RegionId region, std::string_view place) {
  std::vector<std::string> line;
  std::string code(place);
  for (int level = 0; level < 6 && !code.empty(); ++level) {
    line.push_back(code);
    const auto found = find_place(reading, region, code);
    code = found ? found->parent : std::string();
  }
  return line;
}

std::size_t depth_from_top(const std::vector<std::string>& line, std::string_view value) {
  const auto found = std::find(line.begin(), line.end(), value);
  return static_cast<std::size_t>(line.end() - found);
}

}  // namespace

void put_category(Transaction& transaction, RegionId region, const Category& category) {
  transaction.execute(
      "INSERT INTO category(region_id, scheme, code, parent, name) VALUES (?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT (region_id, scheme, code) DO UPDATE SET parent = excluded.parent, "
      "name = excluded.name",
      {param(region), std::string_view(category.scheme), std::string_view(category.code),
       std::string_view(category.parent), std::string_view(category.name)});
}

std::vector<Category> categories_of(Reading& reading, RegionId region, std::string_view scheme) {
  return reading.all(
      "SELECT scheme, code, parent, name FROM category WHERE region_id = ?1 AND scheme = ?2 "
      "ORDER BY code",
      {param(region), scheme}, [](const Row& row) {
        return Category{std::string(row.text(0)), std::string(row.text(1)),
                        std::string(row.text(2)), std::string(row.text(3))};
      });
}

std::string category_name(Reading& reading, RegionId region, std::string_view category) {
  const Named named = split(category);
  return reading
      .first("SELECT name FROM category WHERE region_id = ?1 AND scheme = ?2 AND code = ?3",
             {param(region), named.scheme, named.code},
             [](const Row& row) { return std::string(row.text(0)); })
      .value_or(std::string());
}

void map_category(Transaction& transaction, RegionId region, std::string_view from,
                  std::string_view to) {
  transaction.execute(
      "INSERT INTO category_map(region_id, category, scheme, becomes) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, category, scheme) DO UPDATE SET becomes = excluded.becomes",
      {param(region), from, split(to).scheme, to});
}

std::optional<std::string> mapped_category(Reading& reading, RegionId region, std::string_view from,
                                           std::string_view scheme) {
  for (const std::string& category : upwards(reading, region, from)) {
    auto found = reading.first(
        "SELECT becomes FROM category_map WHERE region_id = ?1 AND category = ?2 AND scheme = ?3",
        {param(region), std::string_view(category), scheme},
        [](const Row& row) { return std::string(row.text(0)); });
    if (found) return found;
  }
  return std::nullopt;
}

Result<std::int64_t> import_category_tree(Transaction& transaction, RegionId region,
                                          std::string_view scheme, std::istream& csv) {
  CsvReader reader(csv);
  CsvRow row;
  MINHU_TRY(const bool any, reader.next(row));
  const bool header = any && row.fields == std::vector<std::string>{"level1", "level2", "level3"};
  if (!header) {
    return fail(FaultCode::invalid_input, "kernel.csv_no_column", "",
                std::map<std::string, std::string>{{"column", "level1,level2,level3"}});
  }
  std::map<std::string, std::string> codes;  // path → code
  std::map<std::string, int> children;       // code → children so far
  std::int64_t leaves = 0;
  for (;;) {
    MINHU_TRY(const bool more, reader.next(row));
    if (!more) break;
    std::string path;
    std::string parent;
    for (const std::string& label : row.fields) {
      path += '/' + label;
      auto& code = codes[path];
      if (code.empty()) {
        const std::string number = std::to_string(++children[parent]);
        code = parent + (parent.empty() ? "" : ".") + (number.size() < 2 ? "0" + number : number);
        put_category(transaction, region, {std::string(scheme), code, parent, label});
      }
      parent = code;
    }
    ++leaves;
  }
  return leaves;
}

void put_duty(Transaction& transaction, RegionId region, const Duty& duty) {
  transaction.execute(
      "INSERT INTO duty(region_id, category, unit_id, source) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, category) DO UPDATE SET unit_id = excluded.unit_id, "
      "source = excluded.source",
      {param(region), std::string_view(duty.category), param(duty.unit),
       std::string_view(duty.source)});
}

Outcome may_take_duty(Reading& reading, RegionId region, std::string_view category,
                      const Unit& unit) {
  if (unit.level == UnitLevel::county) return {};
  for (const std::string& above : upwards(reading, region, category)) {
    const auto owner = reading.first(
        "SELECT unit_id FROM duty WHERE region_id = ?1 AND category = ?2",
        {param(region), std::string_view(above)}, [](const Row& row) { return row.id<UnitId>(0); });
    if (!owner) continue;
    const auto department = find_unit(reading, region, *owner);
    return fail(FaultCode::not_allowed, "units.duty_of_department", "unit",
                std::map<std::string, std::string>{{"unit", department ? department->name : ""}});
  }
  return {};
}

void put_dispatch_rule(Transaction& transaction, RegionId region, const DispatchRule& rule) {
  transaction.execute(
      "INSERT INTO dispatch_rule(region_id, code, category, area, unit_id, source) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (region_id, code) DO UPDATE SET "
      "category = excluded.category, area = excluded.area, unit_id = excluded.unit_id, "
      "source = excluded.source",
      {param(region), std::string_view(rule.code), std::string_view(rule.category),
       std::string_view(rule.area), param(rule.unit), std::string_view(rule.source)});
}

std::optional<Suggestion> suggest_unit(Reading& reading, RegionId region, std::string_view category,
                                       std::string_view place) {
  const auto categories = upwards(reading, region, category);
  const auto areas = areas_of(reading, region, place);
  struct Fit {
    std::size_t category_depth;
    std::size_t area_depth;
    DispatchRule rule;
  };
  std::vector<Fit> fits;
  const auto consider = [&](const Row& row) {
    DispatchRule rule{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                      row.id<UnitId>(3), std::string(row.text(4))};
    const std::size_t by_category =
        rule.category.empty() ? 0 : depth_from_top(categories, rule.category);
    const std::size_t by_area = rule.area.empty() ? 0 : depth_from_top(areas, rule.area);
    if ((rule.category.empty() || by_category > 0) && (rule.area.empty() || by_area > 0)) {
      fits.push_back({by_category, by_area, std::move(rule)});
    }
  };
  reading.query(
      "SELECT code, category, area, unit_id, source FROM dispatch_rule WHERE region_id = ?1",
      {param(region)}, consider);
  if (fits.empty()) return std::nullopt;
  std::sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
    if (a.category_depth != b.category_depth) return a.category_depth > b.category_depth;
    if (a.area_depth != b.area_depth) return a.area_depth > b.area_depth;
    return a.rule.code < b.rule.code;
  });
  Suggestion suggestion{fits.front().rule, {}, {}, {}};
  const auto unit = find_unit(reading, region, suggestion.rule.unit);
  suggestion.unit_name = unit ? unit->name : std::string();
  const std::string matter = suggestion.rule.category.empty()
                                 ? "任何事项"
                                 : category_name(reading, region, suggestion.rule.category);
  const std::string area =
      suggestion.rule.area.empty() ? "全县" : place_path(reading, region, suggestion.rule.area);
  suggestion.because = "按规则 " + suggestion.rule.code + "：" + matter + "，" + area + "，由" +
                       suggestion.unit_name + "办理（" + suggestion.rule.source + "）";
  for (std::size_t i = 1; i < fits.size(); ++i) suggestion.beaten.push_back(fits[i].rule.code);
  return suggestion;
}

void put_category_word(Transaction& transaction, RegionId region, std::string_view category,
                       std::string_view word) {
  transaction.execute(
      "INSERT INTO category_word(region_id, word, category) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (region_id, word, category) DO NOTHING",
      {param(region), word, category});
}

std::optional<Guess> guess_category(Reading& reading, RegionId region, std::string_view text) {
  std::map<std::string, Guess> guesses;
  reading.query(
      "SELECT category, word FROM category_word WHERE region_id = ?1 ORDER BY category, word",
      {param(region)}, [&](const Row& row) {
        if (text.find(row.text(1)) == std::string_view::npos) return;
        auto& guess = guesses[std::string(row.text(0))];
        guess.category = row.text(0);
        guess.words.emplace_back(row.text(1));
      });
  const auto best = std::max_element(
      guesses.begin(), guesses.end(),
      [](const auto& a, const auto& b) { return a.second.words.size() < b.second.words.size(); });
  if (best == guesses.end()) return std::nullopt;
  return best->second;
}

}  // namespace minhu::places_and_units
