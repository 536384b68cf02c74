// The one file that reads TOML: packs and calendars as an operator writes them.
#include <algorithm>
#include <array>

#include "engines/deadlines/deadlines.h"
#include "engines/deadlines/unit_names.h"
#include "kernel/toml.h"

namespace minhu::deadlines {

namespace {

// Thrown inside this file alone, turned into a Fault at its edge.
struct Bad {
  std::string reason;
  std::uint32_t line = 0;  // 0: of no single line
};

std::uint32_t line_of(const toml::node& node) {
  return node.source().begin.line;
}

// A name that nobody reads is a misspelt one, and would be a rule that silently is not kept.
template <std::size_t N>
void expect_only(const toml::table& table, const std::array<std::string_view, N>& names) {
  for (const auto& [key, node] : table) {
    if (std::find(names.begin(), names.end(), key.str()) == names.end()) {
      throw Bad{"there is no field \"" + std::string(key.str()) + "\"", key.source().begin.line};
    }
  }
}

template <class T>
std::optional<T> optional(const toml::table& table, std::string_view key) {
  const auto* node = table.get(key);
  if (node == nullptr) return std::nullopt;
  const auto value = node->value<T>();
  if (!value) throw Bad{"\"" + std::string(key) + "\" is of another kind", line_of(*node)};
  return *value;
}

template <class T>
T required(const toml::table& table, std::string_view key) {
  const auto value = optional<T>(table, key);
  if (!value) throw Bad{"\"" + std::string(key) + "\" is missing", line_of(table)};
  return *value;
}

const toml::array* list(const toml::table& table, std::string_view key) {
  const auto* node = table.get(key);
  if (node != nullptr && !node->is_array()) {
    throw Bad{"\"" + std::string(key) + "\" is not a list", line_of(*node)};
  }
  return node == nullptr ? nullptr : node->as_array();
}

std::string text(const toml::table& table, std::string_view key) {
  auto value = required<std::string>(table, key);
  if (value.empty()) throw Bad{"\"" + std::string(key) + "\" is empty"};
  return value;
}

Date to_day(const toml::date& value) {
  const std::chrono::year_month_day ymd{
      std::chrono::year(value.year), std::chrono::month(value.month), std::chrono::day(value.day)};
  return ymd;
}

Date day(const toml::table& table, std::string_view key) {
  return to_day(required<toml::date>(table, key));
}

std::vector<std::string> words(const toml::table& table, std::string_view key) {
  std::vector<std::string> all;
  const auto* array = list(table, key);
  if (array == nullptr) return all;
  for (const auto& element : *array) {
    const auto value = element.value<std::string>();
    if (!value) throw Bad{"\"" + std::string(key) + "\" holds something that is not text"};
    all.push_back(*value);
  }
  return all;
}

// A file speaks of a year or a few; a slip in one ("4050" for "2025") is refused before its days
// are counted out.
constexpr auto longest_calendar = std::chrono::days(12 * 366);

// The days of `key`, each within [from, to].
std::set<Date> dates(const toml::table& table, std::string_view key, Date from, Date to) {
  const auto within = [&](Date date) {
    if (date < from || date > to) throw Bad{format_date(date) + " lies outside the calendar"};
    return date;
  };
  std::set<Date> all;
  const auto* array = list(table, key);
  if (array == nullptr) return all;
  for (const auto& element : *array) {
    if (const auto one = element.value<toml::date>()) {
      all.insert(within(to_day(*one)));
      continue;
    }
    const auto* span = element.as_array();
    const bool pair = span != nullptr && span->size() == 2;
    const auto first = pair ? (*span)[0].value<toml::date>() : std::nullopt;
    const auto last = pair ? (*span)[1].value<toml::date>() : std::nullopt;
    if (!first || !last) {
      throw Bad{"\"" + std::string(key) + "\" wants dates or [first, last] pairs"};
    }
    const Date end = within(to_day(*last));
    Date at = within(to_day(*first));
    if (end < at) throw Bad{format_date(end) + " ends a span before it begins"};
    for (; at <= end; at += std::chrono::days(1)) all.insert(at);
  }
  return all;
}

template <class Enum, std::size_t N>
Enum one_of(const toml::table& table, std::string_view key,
            const std::array<std::pair<std::string_view, Enum>, N>& names, Enum otherwise) {
  const auto value = optional<std::string>(table, key);
  if (!value) return otherwise;
  for (const auto& [name, result] : names) {
    if (name == *value) return result;
  }
  throw Bad{"\"" + std::string(key) + "\" may not be \"" + *value + "\"", line_of(*table.get(key))};
}

constexpr std::array<std::pair<std::string_view, Unit>, 4> units{
    {{"hours", Unit::hours},
     {"calendar_days", Unit::calendar_days},
     {"working_days", Unit::working_days},
     {"working_hours", Unit::working_hours}}};
constexpr std::array<std::pair<std::string_view, Roll>, 2> rolls{
    {{"none", Roll::none}, {"forward", Roll::forward}}};
constexpr std::array<std::pair<std::string_view, Side>, 2> sides{
    {{"office", Side::office}, {"citizen", Side::citizen}}};
constexpr std::array<std::pair<std::string_view, StartsAt>, 2> starts{
    {{"happened", StartsAt::happened}, {"recorded", StartsAt::recorded}}};
constexpr std::array<std::pair<std::string_view, Begins>, 2> beginnings{
    {{"at_once", Begins::at_once}, {"when_open", Begins::when_open}}};
constexpr std::array<std::pair<std::string_view, Ends>, 2> endings{
    {{"with_the_day", Ends::with_the_day}, {"at_the_time", Ends::at_the_time}}};

constexpr std::array<std::string_view, 22> rule_fields{
    "code",          "tracks",    "starts_on",  "met_by",    "stopped_by", "only_if",
    "limits",        "paused_by", "resumed_by", "starts_at", "amount",     "amount_from",
    "one_for",       "unit",      "begins",     "ends",      "roll",       "side",
    "max_extension", "label_zh",  "label_en",   "citation"};
constexpr std::array<std::string_view, 9> pack_fields{
    "id", "version", "title_zh", "title_en", "source", "valid_from", "valid_to", "enabled", "rule"};
constexpr std::array<std::string_view, 9> calendar_fields{"id",  "version", "source", "from",  "to",
                                                          "off", "worked",  "opens",  "closes"};

// How long: a number of the rule, or the name of the fact that will say it.
void read_amount(const toml::table& table, Rule& rule) {
  rule.amount_from = optional<std::string>(table, "amount_from").value_or(std::string());
  if (table.contains("amount") != rule.amount_from.empty()) {
    throw Bad{rule.code + ": either amount or amount_from", line_of(table)};
  }
  rule.amount = optional<std::int64_t>(table, "amount").value_or(0);
  if (rule.amount_from.empty() && (rule.amount < 1 || rule.amount > 3660)) {
    throw Bad{rule.code + ": amount lies between 1 and 3660", line_of(*table.get("amount"))};
  }
}

Rule rule_of(const toml::table& table) {
  expect_only(table, rule_fields);
  Rule rule;
  rule.code = text(table, "code");
  rule.tracks = words(table, "tracks");
  rule.starts_on = words(table, "starts_on");
  rule.met_by = words(table, "met_by");
  rule.stopped_by = words(table, "stopped_by");
  if (rule.tracks.empty() || rule.starts_on.empty() || rule.met_by.empty()) {
    throw Bad{rule.code + ": tracks, starts_on and met_by must each name something",
              line_of(table)};
  }
  rule.only_if = optional<std::string>(table, "only_if").value_or(std::string());
  if (!rule.only_if.empty() && rule.only_if.find('=') == std::string::npos) {
    throw Bad{rule.code + ": only_if wants fact=value", line_of(*table.get("only_if"))};
  }
  rule.limits = words(table, "limits");
  rule.paused_by = words(table, "paused_by");
  rule.resumed_by = words(table, "resumed_by");
  if (rule.paused_by.empty() != rule.resumed_by.empty()) {
    throw Bad{rule.code + ": what pauses must be taken up again: paused_by and resumed_by",
              line_of(table)};
  }
  rule.one_for = optional<std::string>(table, "one_for").value_or(std::string());
  if (!rule.one_for.empty() && rule.one_for != "unit") {
    throw Bad{rule.code + ": one_for may only be \"unit\"", line_of(*table.get("one_for"))};
  }
  rule.starts_at = one_of(table, "starts_at", starts, StartsAt::happened);
  read_amount(table, rule);
  (void)required<std::string>(table, "unit");
  rule.unit = one_of(table, "unit", units, Unit::calendar_days);
  rule.begins = one_of(table, "begins", beginnings, Begins::at_once);
  rule.ends = one_of(table, "ends", endings, Ends::with_the_day);
  rule.roll = one_of(table, "roll", rolls, Roll::none);
  if (!keeps_order(rule)) {
    throw Bad{rule.code + ": with this roll, begins and ends a later matter could be due earlier",
              line_of(table)};
  }
  rule.side = one_of(table, "side", sides, Side::office);
  rule.max_extension = optional<std::int64_t>(table, "max_extension").value_or(0);
  rule.label_zh = text(table, "label_zh");
  rule.label_en = text(table, "label_en");
  rule.citation = text(table, "citation");
  return rule;
}

Pack pack_of(const toml::table& table) {
  expect_only(table, pack_fields);
  Pack pack;
  pack.id = text(table, "id");
  pack.version = required<std::int64_t>(table, "version");
  pack.title_zh = text(table, "title_zh");
  pack.title_en = text(table, "title_en");
  pack.source = text(table, "source");
  pack.from = day(table, "valid_from");
  if (table.contains("valid_to")) pack.to = day(table, "valid_to");
  pack.enabled = required<bool>(table, "enabled");
  const auto* rules = list(table, "rule");
  if (rules == nullptr || rules->empty()) throw Bad{"there is no [[rule]]"};
  for (const auto& element : *rules) {
    const auto* rule = element.as_table();
    if (rule == nullptr) throw Bad{"a rule is not a table"};
    pack.rules.push_back(rule_of(*rule));
    for (std::size_t i = 0; i + 1 < pack.rules.size(); ++i) {
      if (pack.rules[i].code == pack.rules.back().code) {
        throw Bad{"two rules are called " + pack.rules.back().code, line_of(*rule)};
      }
    }
  }
  return pack;
}

std::chrono::minutes time_of(const toml::table& table, std::string_view key) {
  const auto value = required<toml::time>(table, key);
  return std::chrono::hours(value.hour) + std::chrono::minutes(value.minute);
}

CalendarFile calendar_of(const toml::table& table) {
  expect_only(table, calendar_fields);
  CalendarFile file;
  file.id = text(table, "id");
  file.version = required<std::int64_t>(table, "version");
  file.source = text(table, "source");
  file.from = day(table, "from");
  file.to = day(table, "to");
  if (file.to < file.from) throw Bad{"\"to\" lies before \"from\""};
  if (file.to - file.from > longest_calendar) throw Bad{"it covers more than twelve years"};
  file.off = dates(table, "off", file.from, file.to);
  file.worked = dates(table, "worked", file.from, file.to);
  for (const Date date : file.worked) {
    if (file.off.contains(date)) throw Bad{format_date(date) + " is both off and worked"};
  }
  if (table.contains("opens")) file.hours = {time_of(table, "opens"), time_of(table, "closes")};
  if (file.hours.closes <= file.hours.opens) throw Bad{"the office closes before it opens"};
  return file;
}

template <class Read>
auto guarded(std::string_view toml_text, const char* key, Read read)
    -> Result<decltype(read(std::declval<const toml::table&>()))> {
  try {
    return read(toml::parse(toml_text));
  } catch (const toml::parse_error& error) {
    return fail(
        FaultCode::invalid_input, key, std::string(),
        std::map<std::string, std::string>{{"line", std::to_string(error.source().begin.line)},
                                           {"reason", std::string(error.description())}});
  } catch (const Bad& bad) {
    return fail(
        FaultCode::invalid_input, key, std::string(),
        std::map<std::string, std::string>{{"line", bad.line == 0 ? "-" : std::to_string(bad.line)},
                                           {"reason", bad.reason}});
  }
}

}  // namespace

std::string_view name(Unit unit) noexcept {
  const auto named =
      std::find_if(units.begin(), units.end(), [&](const auto& one) { return one.second == unit; });
  return named == units.end() ? std::string_view() : named->first;
}

Result<Pack> read_pack(std::string_view toml_text) {
  return guarded(toml_text, "deadlines.bad_pack", pack_of);
}

Result<CalendarFile> read_calendar(std::string_view toml_text) {
  return guarded(toml_text, "deadlines.bad_calendar", calendar_of);
}

}  // namespace minhu::deadlines
