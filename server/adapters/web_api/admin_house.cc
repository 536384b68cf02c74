// How the house stands: its rules of time, its machine, and what is left to set up.
#include <algorithm>

#include "adapters/web_api/admin.h"
#include "adapters/web_api/show.h"
#include "engines/deadlines/unit_names.h"
#include "features/cases/counts.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::web_api {

namespace {

namespace pu = places_and_units;

boost::json::array days(const std::set<Date>& dates) {
  boost::json::array shown;
  for (const Date date : dates) shown.push_back(boost::json::value(format_date(date)));
  return shown;
}

boost::json::object shown(const deadlines::Pack& pack, bool in_english) {
  boost::json::array terms;
  for (const deadlines::Rule& rule : pack.rules) {
    terms.push_back(boost::json::object{{"code", rule.code},
                                        {"label", in_english ? rule.label_en : rule.label_zh},
                                        {"amount", rule.amount},
                                        {"unit", std::string(deadlines::name(rule.unit))},
                                        {"citation", rule.citation}});
  }
  return {{"name", pack.name()},
          {"title", in_english ? pack.title_en : pack.title_zh},
          {"source", pack.source},
          {"from", format_date(pack.from)},
          {"to", pack.to ? boost::json::value(format_date(*pack.to)) : boost::json::value(nullptr)},
          {"enabled", pack.enabled},
          {"terms", std::move(terms)}};
}

// The last day that some calendar speaks of, without a gap from today on.
std::optional<Date> certain_until(const deadlines::Calendar& calendar, Date today) {
  std::optional<Date> until;
  if (!calendar.knows(today)) return until;
  until = today;
  for (const deadlines::CalendarFile& file : calendar.files()) {
    const bool joins = file.from <= *until + std::chrono::days(1);
    if (joins && file.to > *until) until = file.to;
  }
  return until;
}

struct Step {
  const char* name;
  bool done;
  std::int64_t count;
};

template <class Each>
Step step(const char* step_name, const Each& all, std::size_t needed = 1) {
  return {step_name, all.size() >= needed, static_cast<std::int64_t>(all.size())};
}

}  // namespace

Answer show_rule_book(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  const auto& rules = api.installation.county.rules;
  const bool in_english = api.language(request).language() == "en";
  boost::json::array calendars;
  for (const deadlines::CalendarFile& file : rules.calendar.files()) {
    calendars.push_back(boost::json::object{{"name", file.name()},
                                            {"source", file.source},
                                            {"from", format_date(file.from)},
                                            {"to", format_date(file.to)},
                                            {"off", days(file.off)},
                                            {"worked", days(file.worked)}});
  }
  boost::json::array packs;
  for (const deadlines::Pack& pack : rules.packs) packs.push_back(shown(pack, in_english));
  const auto until =
      certain_until(rules.calendar, to_date(api.installation.clock.now(), rules.zone));
  return json({{"certain_until",
                until ? boost::json::value(format_date(*until)) : boost::json::value(nullptr)},
               {"calendars", std::move(calendars)},
               {"packs", std::move(packs)}});
}

Answer show_health(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "health:read"));
  const Health now = api.health();
  return json({{"version", now.version},
               {"now", format_instant(api.installation.clock.now())},
               {"started", format_instant(now.started)},
               {"database_bytes", now.database_bytes},
               {"disk_free_bytes", now.disk_free_bytes},
               {"commits", now.commits},
               {"writes", now.writes},
               {"messages_waiting", now.messages_waiting},
               {"messages_given_up", now.messages_given_up},
               {"oldest_message", now.oldest_message
                                      ? boost::json::value(format_instant(*now.oldest_message))
                                      : boost::json::value(nullptr)},
               {"messages_sent", now.messages_sent},
               {"failed_tries", now.failed_tries},
               {"record", now.record},
               {"record_signed", now.record_signed},
               {"record_published", now.record_published},
               {"record_findings", now.record_findings},
               {"gateway", now.gateway}});
}

Answer show_setup(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  const cases::County& county = api.installation.county;
  const RegionId region = county.region;
  const Date today = to_date(api.installation.clock.now(), county.rules.zone);
  const Health health = api.health();
  return api.installation.database.read([&](Reading& reading) {
    std::vector<pu::Category> categories;
    for (const std::string& scheme : pu::category_schemes(reading, region)) {
      const auto some = pu::categories_of(reading, region, scheme);
      categories.insert(categories.end(), some.begin(), some.end());
    }
    auto rules = pu::all_dispatch_rules(reading, region);
    std::erase_if(rules, [](const pu::DispatchRule& rule) { return rule.ended_at.has_value(); });
    const bool catch_all = std::any_of(rules.begin(), rules.end(), [](const auto& rule) {
      return rule.category.empty() && rule.area.empty();
    });
    const bool known = county.rules.calendar.knows(today);
    const bool case_is_there = cases::any_case(reading, region);
    // The offices that `minhu init` makes are two; a county that works has more.
    constexpr std::size_t units_needed = 3;
    const Step steps[] = {
        {"county", !county.petition_office.empty() && !county.hotline_body.empty(), 1},
        step("places", pu::places_under(reading, region, std::to_string(region.value))),
        step("units", pu::all_units(reading, region), units_needed),
        step("categories", categories),
        step("duties", pu::all_duties(reading, region)),
        step("rules", rules),
        {"catch_all", catch_all, catch_all ? 1 : 0},
        {"calendar", known, static_cast<std::int64_t>(county.rules.calendar.files().size())},
        {"gateway", health.gateway, health.gateway ? 1 : 0},
        {"first_case", case_is_there, case_is_there ? 1 : 0},
    };
    boost::json::array shown;
    for (const Step& each : steps) {
      shown.push_back(
          boost::json::object{{"step", each.name}, {"done", each.done}, {"count", each.count}});
    }
    return json({{"steps", std::move(shown)}});
  });
}

}  // namespace minhu::web_api
