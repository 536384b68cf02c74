#include "schema_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <set>
#include <sstream>

namespace minhu::architecture {

namespace {

// Statements are cached by the address of their text, so what is made up here is kept.
std::string_view kept(std::string text) {
  static std::set<std::string> all;
  return *all.insert(std::move(text)).first;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char character) { return std::toupper(character); });
  return result;
}

// Whole words of an SQL text, in capitals.
std::set<std::string> words_of(std::string_view sql) {
  std::set<std::string> words;
  std::string word;
  for (const char character : upper(sql) + " ") {
    if (std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_') {
      word += character;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
  }
  return words;
}

constexpr std::array<std::string_view, 12> dialect_words{
    "AUTOINCREMENT", "ROWID", "STRICT",   "COLLATE",   "CURRENT_TIMESTAMP", "CURRENT_DATE",
    "CURRENT_TIME",  "NOW",   "DATETIME", "UNIXEPOCH", "STRFTIME",          "GENERATED"};

std::vector<std::string> tables(Reading& reading) {
  return reading.all(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", {},
      [](const Row& row) { return std::string(row.text(0)); });
}

struct Column {
  std::string name;
  std::string type;
  bool not_null = false;
  std::int64_t place_in_key = 0;
  bool generated = false;
};
std::vector<Column> columns(Reading& reading, const std::string& table) {
  return reading.all(
      kept("SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo('" + table + "')"),
      {}, [](const Row& row) {
        return Column{std::string(row.text(0)), std::string(row.text(1)), row.integer(2) != 0,
                      row.integer(3), row.integer(4) != 0};
      });
}

void check_columns(const std::string& table, const std::vector<Column>& all, bool needs_region,
                   Breaches& breaches) {
  constexpr std::array<std::string_view, 4> types{"BIGINT", "INTEGER", "TEXT", "BLOB"};
  bool has_key = false;
  bool region_first = false;
  for (const Column& column : all) {
    const std::string place = table + "." + column.name;
    if (std::find(types.begin(), types.end(), column.type) == types.end()) {
      breaches.push_back(place + " is " + column.type + ", not BIGINT, INTEGER, TEXT or BLOB");
    }
    if (column.generated) breaches.push_back(place + " is computed by the database");
    if (column.place_in_key > 0 && !column.not_null) {
      breaches.push_back(place + " stands in the primary key and may be NULL");
    }
    has_key = has_key || column.place_in_key > 0;
    if (column.place_in_key == 1 && column.name == "region_id" && column.type == "BIGINT") {
      region_first = true;
    }
  }
  if (!has_key) breaches.push_back(table + " has no primary key");
  if (needs_region && !region_first) {
    breaches.push_back(table + " has a primary key that does not begin with region_id BIGINT");
  }
}

void check_indexes(Reading& reading, const std::string& table, Breaches& breaches) {
  const auto indexes =
      reading.all(kept("SELECT name FROM pragma_index_list('" + table + "') WHERE origin <> 'pk'"),
                  {}, [](const Row& row) { return std::string(row.text(0)); });
  for (const std::string& index : indexes) {
    const auto first =
        reading.first(kept("SELECT name FROM pragma_index_info('" + index + "') WHERE seqno = 0"),
                      {}, [](const Row& row) { return std::string(row.text(0)); });
    if (first != "region_id") {
      breaches.push_back("the index " + index + " of " + table + " does not begin with region_id");
    }
  }
  const auto foreign = reading.all(
      kept("SELECT \"from\" FROM pragma_foreign_key_list('" + table + "') WHERE seq = 0"), {},
      [](const Row& row) { return std::string(row.text(0)); });
  for (const std::string& column : foreign) {
    if (column != "region_id") {
      breaches.push_back("a foreign key of " + table + " begins with " + column);
    }
  }
}

}  // namespace

Breaches schema_breaches(Reading& reading, const Allowed& without_region) {
  Breaches breaches;
  reading.query("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL", {},
                [&](const Row& row) {
                  const std::string name(row.text(1));
                  if (row.text(0) == "trigger") breaches.push_back("there is a trigger, " + name);
                  const auto words = words_of(row.text(2));
                  for (const auto word : dialect_words) {
                    if (words.contains(std::string(word))) {
                      breaches.push_back(name + " is written with " + std::string(word));
                    }
                  }
                  if (words.contains("WITHOUT"))
                    breaches.push_back(name + " is written with WITHOUT");
                });
  for (const std::string& table : tables(reading)) {
    const bool needs_region = !without_region.contains(table);
    check_columns(table, columns(reading, table), needs_region, breaches);
    if (needs_region) check_indexes(reading, table, breaches);
  }
  return breaches;
}

std::vector<std::string> table_and_column_names(Reading& reading) {
  std::vector<std::string> names;
  for (const std::string& table : tables(reading)) {
    names.push_back(table);
    for (const Column& column : columns(reading, table)) names.push_back(column.name);
  }
  return names;
}

Breaches name_breaches(std::string_view kind, std::string_view name, const Allowed& allowed) {
  // First what judges a person (INV-15), then what nobody needs to know (INV-10), then words that
  // systems of the field have used for people who complain (domain: §1.11).
  static const std::set<std::string, std::less<>> forbidden{
      "score",      "scores",    "scoring",    "rank",         "ranking",    "label",
      "labels",     "profile",   "profiles",   "profiling",    "risk",       "threat",
      "rating",     "grade",     "credit",     "trust",        "reputation", "sentiment",
      "emotion",    "mood",      "persona",    "tag",          "tags",       "flagged",
      "blacklist",  "whitelist", "watchlist",  "suspect",      "karma",      "attitude",

      "ethnicity",  "ethnic",    "nation",     "religion",     "faith",      "political",
      "politics",   "party",     "gender",     "sex",          "birthday",   "birth",
      "age",        "biometric", "face",       "fingerprint",  "voiceprint", "iris",
      "marital",    "education", "occupation", "income",       "employer",   "diagnosis",

      "petitioner", "repeater",  "abuser",     "vexatious",    "nuisance",   "troublemaker",
      "stability",  "special",   "stubborn",   "unreasonable", "minzu",      "yangyan",
      "zhongdian",  "chanfang"};
  Breaches breaches;
  if (allowed.contains(name)) return breaches;
  std::string word;
  for (const char character : std::string(name) + "_") {
    if (character != '_') {
      word += character;
      continue;
    }
    if (forbidden.contains(word)) {
      breaches.push_back("the " + std::string(kind) + " " + std::string(name) + " says \"" + word +
                         "\": nothing here ranks, scores, labels or profiles a person");
    }
    word.clear();
  }
  return breaches;
}

std::vector<std::string> enumerators_of(std::string_view source) {
  const std::string text =
      std::regex_replace(std::string(source), std::regex("//[^\n]*"), std::string());
  static const std::regex list("enum\\s+(?:class\\s+)?\\w+[^{};]*\\{([^}]*)\\}");
  static const std::regex word("([A-Za-z_]\\w*)\\s*(?:=[^,]*)?(?:,|$)");
  std::vector<std::string> names;
  for (std::sregex_iterator at(text.begin(), text.end(), list), end; at != end; ++at) {
    const std::string inside = std::regex_replace((*at)[1].str(), std::regex("\\s+"), " ");
    for (std::sregex_iterator one(inside.begin(), inside.end(), word); one != end; ++one) {
      names.push_back((*one)[1].str());
    }
  }
  return names;
}

namespace {

// What a database that is spread over machines by region would refuse, or answer by asking all of
// them (docs/scale.md).
void check_joins_and_keys(const std::string& sql, const std::string& begin, Breaches& breaches) {
  static const std::regex list("FROM \\w+(?: (?:AS )?\\w+)?, ");
  if (std::regex_search(sql, list)) breaches.push_back("tables joined by a comma in: " + begin);
  static const std::regex moved("\\bSET (?:[^()]*, )?region_id =");
  if (std::regex_search(sql, moved)) breaches.push_back("a row changes its region in: " + begin);
  static const std::regex conflict("ON CONFLICT \\((?!region_id\\b)");
  if (std::regex_search(sql, conflict)) {
    breaches.push_back("a conflict of a key without region_id first in: " + begin);
  }
  for (auto at = sql.find(" JOIN "); at != std::string::npos;) {
    const auto next = sql.find(" JOIN ", at + 1);
    const std::string join = sql.substr(at, std::min(next, sql.find(" WHERE ", at)) - at);
    const auto on = join.find(" ON ");
    if (on == std::string::npos || join.find("region_id", on) == std::string::npos) {
      breaches.push_back("a join without region_id in: " + begin);
    }
    at = next;
  }
}

}  // namespace

Breaches step_breaches(std::string_view sql) {
  Breaches breaches;
  std::istringstream statements{std::string(sql)};
  static const std::regex takes_away("\\b(DROP|RENAME|ALTER\\s+COLUMN)\\b", std::regex::icase);
  static const std::regex must_be_filled("\\bADD\\s+COLUMN\\b[^,]*\\bNOT\\s+NULL\\b",
                                         std::regex::icase);
  static const std::regex fills_itself("\\bDEFAULT\\b", std::regex::icase);
  for (std::string statement; std::getline(statements, statement, ';');) {
    std::smatch found;
    if (std::regex_search(statement, found, takes_away)) {
      breaches.push_back("an older program still uses what this takes away: " + found.str());
    }
    if (std::regex_search(statement, found, must_be_filled) &&
        !std::regex_search(statement, fills_itself)) {
      breaches.push_back("an older program does not fill: " + found.str());
    }
  }
  return breaches;
}

Breaches statement_breaches(std::string_view sql) {
  Breaches breaches;
  const std::string begin(sql.substr(0, 60));
  check_joins_and_keys(std::string(sql), begin, breaches);
  const auto words = words_of(sql);
  for (const auto word : dialect_words) {
    if (words.contains(std::string(word))) breaches.push_back(std::string(word) + " in: " + begin);
  }
  static const std::regex dialect("INSERT OR |REPLACE INTO| GLOB | MATCH |json_|pragma_|sqlite_");
  if (std::regex_search(sql.begin(), sql.end(), dialect)) {
    breaches.push_back("a dialect of one database in: " + begin);
  }
  const bool insert = sql.find("INSERT INTO") != std::string_view::npos;
  const std::string_view where = [&] {
    if (insert) return sql.substr(0, sql.find(')'));  // its list of columns
    const auto at = sql.find(" WHERE ");
    return at == std::string_view::npos ? std::string_view() : sql.substr(at);
  }();
  static const std::regex region("\\bregion_id\\b");
  if (!std::regex_search(where.begin(), where.end(), region)) {
    breaches.push_back("no region_id in: " + begin);
  }
  return breaches;
}

Breaches plan_breaches(Reading& reading, std::string_view sql, const Allowed& small) {
  const auto all = tables(reading);
  const auto is_table = [&](const std::string& name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  // The plan speaks in aliases: "table alias", "table AS alias", and ") AS alias" for a query
  // inside.
  std::map<std::string, std::string> meaning;
  const std::string text(sql);
  // No alias is what follows a value that was asked for: "…, (SELECT …) FROM table alias".
  static const std::regex alias("(\\)(?! FROM )|(?:FROM|JOIN) \\w+)(?: AS)? (\\w+)");
  for (std::sregex_iterator at(text.begin(), text.end(), alias), end; at != end; ++at) {
    const std::string meant = (*at)[1];
    meaning[(*at)[2]] = meant == ")" ? meant : meant.substr(5);
  }

  Breaches breaches;
  // "SCAN case_file", "SEARCH case_file USING INDEX … (region_id=?)"
  static const std::regex step("^(SCAN|SEARCH) ([A-Za-z_]\\w*)(?:.*?\\(([^)]*)\\))?");
  reading.query(kept("EXPLAIN QUERY PLAN " + text), {}, [&](const Row& row) {
    const std::string detail(row.text(3));
    std::smatch found;
    if (!std::regex_search(detail, found, step) || found[2] == "CONSTANT") return;
    std::string table = found[2];
    if (!is_table(table)) {
      const auto other = meaning.find(table);
      if (other != meaning.end() && other->second == ")") return;
      if (other == meaning.end() || !is_table(other->second)) {
        breaches.push_back(table + " is neither a table nor an alias in: " + text.substr(0, 80));
        return;
      }
      table = other->second;
    }
    if (small.contains(table)) return;
    if (found[1] == "SCAN" || found[3] == "region_id=?") {
      breaches.push_back(detail + " for: " + text.substr(0, 80));
    }
  });
  return breaches;
}

}  // namespace minhu::architecture
