#include <algorithm>
#include <map>

#include "features/places_and_units/places_and_units.h"
#include "kernel/csv.h"
#include "kernel/utf8.h"

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

}  // namespace

std::vector<std::string> category_line(Reading& reading, RegionId region,
                                       std::string_view category) {
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

void put_category(Transaction& transaction, RegionId region, const Category& category) {
  transaction.execute(
      "INSERT INTO category(region_id, scheme, code, parent, name, ended_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
      "ON CONFLICT (region_id, scheme, code) DO UPDATE SET parent = excluded.parent, "
      "name = excluded.name, ended_at = excluded.ended_at",
      {param(region), std::string_view(category.scheme), std::string_view(category.code),
       std::string_view(category.parent), std::string_view(category.name),
       param(category.ended_at)});
}

std::vector<Category> categories_of(Reading& reading, RegionId region, std::string_view scheme) {
  return reading.all(
      "SELECT scheme, code, parent, name, ended_at FROM category WHERE region_id = ?1 AND scheme = "
      "?2 "
      "ORDER BY code",
      {param(region), scheme}, [](const Row& row) {
        return Category{std::string(row.text(0)), std::string(row.text(1)),
                        std::string(row.text(2)), std::string(row.text(3)), row.maybe_instant(4)};
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
  for (const std::string& category : category_line(reading, region, from)) {
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
  csv.clear();
  csv.seekg(0);  // a job may run again
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
    for (const std::string& label : row.fields) {
      if (!is_valid_utf8(label)) return fail(FaultCode::invalid_input, "kernel.not_utf8");
    }
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

void remove_duty(Transaction& transaction, RegionId region, std::string_view category) {
  transaction.execute("DELETE FROM duty WHERE region_id = ?1 AND category = ?2",
                      {param(region), category});
}

std::vector<Duty> all_duties(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT category, unit_id, source FROM duty WHERE region_id = ?1 ORDER BY category",
      {param(region)}, [](const Row& row) {
        return Duty{std::string(row.text(0)), row.id<UnitId>(1), std::string(row.text(2))};
      });
}

std::vector<std::string> category_schemes(Reading& reading, RegionId region) {
  return reading.all("SELECT DISTINCT scheme FROM category WHERE region_id = ?1 ORDER BY scheme",
                     {param(region)}, [](const Row& row) { return std::string(row.text(0)); });
}

void forget_mappings(Transaction& transaction, RegionId region, std::string_view from) {
  transaction.execute("DELETE FROM category_map WHERE region_id = ?1 AND category = ?2",
                      {param(region), from});
}

std::vector<CategoryMapping> category_mappings(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT category, becomes FROM category_map WHERE region_id = ?1 ORDER BY category, becomes",
      {param(region)}, [](const Row& row) {
        return CategoryMapping{std::string(row.text(0)), std::string(row.text(1))};
      });
}

Outcome may_take_duty(Reading& reading, RegionId region, std::string_view category,
                      const Unit& unit) {
  if (unit.level == UnitLevel::county) return {};
  for (const std::string& above : category_line(reading, region, category)) {
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
