// The one file that reads TOML: packs and calendars as an operator writes them.
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "engines/deadlines/deadlines.h"

namespace minhu::deadlines {

namespace {

// Thrown inside this file alone, turned into a Fault at its edge.
struct Bad {
  std::string reason;
};

template <class T>
T required(const toml::table& table, std::string_view key) {
  const auto value = table[key].value<T>();
  if (!value) throw Bad{"\"" + std::string(key) + "\" is missing or of another kind"};
  return *value;
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
  const auto* array = table[key].as_array();
  if (array == nullptr) return all;
  for (const auto& element : *array) {
    const auto value = element.value<std::string>();
    if (!value) throw Bad{"\"" + std::string(key) + "\" holds something that is not text"};
    all.push_back(*value);
  }
  return all;
}

std::set<Date> dates(const toml::table& table, std::string_view key) {
  std::set<Date> all;
  const auto* array = table[key].as_array();
  if (array == nullptr) return all;
  for (const auto& element : *array) {
    if (const auto one = element.value<toml::date>()) {
      all.insert(to_day(*one));
      continue;
    }
    const auto* span = element.as_array();
    const auto from =
        span != nullptr && span->size() == 2 ? (*span)[0].value<toml::date>() : std::nullopt;
    const auto to =
        span != nullptr && span->size() == 2 ? (*span)[1].value<toml::date>() : std::nullopt;
    if (!from || !to) throw Bad{"\"" + std::string(key) + "\" wants dates or [first, last] pairs"};
    for (Date at = to_day(*from); at <= to_day(*to); at += std::chrono::days(1)) all.insert(at);
  }
  return all;
}

template <class Enum, std::size_t N>
Enum one_of(const toml::table& table, std::string_view key,
            const std::array<std::pair<std::string_view, Enum>, N>& names, Enum otherwise) {
  const auto value = table[key].value<std::string>();
  if (!value) return otherwise;
  for (const auto& [name, result] : names) {
    if (name == *value) return result;
  }
  throw Bad{"\"" + std::string(key) + "\" may not be \"" + *value + "\""};
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

Rule rule_of(const toml::table& table) {
  Rule rule;
  rule.code = text(table, "code");
  rule.tracks = words(table, "tracks");
  rule.starts_on = words(table, "starts_on");
  rule.met_by = words(table, "met_by");
  rule.stopped_by = words(table, "stopped_by");
  if (rule.tracks.empty() || rule.starts_on.empty() || rule.met_by.empty()) {
    throw Bad{rule.code + ": tracks, starts_on and met_by must each name something"};
  }
  rule.only_if = table["only_if"].value_or(std::string());
  rule.starts_at = one_of(table, "starts_at", starts, StartsAt::happened);
  rule.amount = required<std::int64_t>(table, "amount");
  if (rule.amount < 1 || rule.amount > 3660)
    throw Bad{rule.code + ": amount lies between 1 and 3660"};
  (void)required<std::string>(table, "unit");
  rule.unit = one_of(table, "unit", units, Unit::calendar_days);
  rule.begins = one_of(table, "begins", beginnings, Begins::at_once);
  rule.ends = one_of(table, "ends", endings, Ends::with_the_day);
  rule.roll = one_of(table, "roll", rolls, Roll::none);
  if (!keeps_order(rule)) {
    throw Bad{rule.code + ": with this roll, begins and ends a later matter could be due earlier"};
  }
  rule.side = one_of(table, "side", sides, Side::office);
  rule.pausable = table["pausable"].value_or(false);
  rule.max_extension = table["max_extension"].value_or(std::int64_t{0});
  rule.label_zh = text(table, "label_zh");
  rule.label_en = text(table, "label_en");
  rule.citation = text(table, "citation");
  return rule;
}

Pack pack_of(const toml::table& table) {
  Pack pack;
  pack.id = text(table, "id");
  pack.version = required<std::int64_t>(table, "version");
  pack.title_zh = text(table, "title_zh");
  pack.title_en = text(table, "title_en");
  pack.source = text(table, "source");
  pack.from = day(table, "valid_from");
  if (table.contains("valid_to")) pack.to = day(table, "valid_to");
  pack.enabled = required<bool>(table, "enabled");
  const auto* rules = table["rule"].as_array();
  if (rules == nullptr || rules->empty()) throw Bad{"there is no [[rule]]"};
  for (const auto& element : *rules) {
    const auto* rule = element.as_table();
    if (rule == nullptr) throw Bad{"a rule is not a table"};
    pack.rules.push_back(rule_of(*rule));
    for (std::size_t i = 0; i + 1 < pack.rules.size(); ++i) {
      if (pack.rules[i].code == pack.rules.back().code) {
        throw Bad{"two rules are called " + pack.rules.back().code};
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
  CalendarFile file;
  file.id = text(table, "id");
  file.version = required<std::int64_t>(table, "version");
  file.source = text(table, "source");
  file.from = day(table, "from");
  file.to = day(table, "to");
  if (file.to < file.from) throw Bad{"\"to\" lies before \"from\""};
  file.off = dates(table, "off");
  file.worked = dates(table, "worked");
  for (const auto& all : {file.off, file.worked}) {
    for (const Date date : all) {
      if (date < file.from || date > file.to)
        throw Bad{format_date(date) + " lies outside the calendar"};
    }
  }
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
    return fail(FaultCode::invalid_input, key, std::string(),
                std::map<std::string, std::string>{{"line", "-"}, {"reason", bad.reason}});
  }
}

}  // namespace

Result<Pack> read_pack(std::string_view toml_text) {
  return guarded(toml_text, "deadlines.bad_pack", pack_of);
}

Result<CalendarFile> read_calendar(std::string_view toml_text) {
  return guarded(toml_text, "deadlines.bad_calendar", calendar_of);
}

}  // namespace minhu::deadlines
