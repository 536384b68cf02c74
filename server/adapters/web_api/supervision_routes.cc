// What supervisors and leaders see: lists of cases that stand still, and numbers by unit. No line
// is about an official, no unit has a place in a row.
#include "adapters/web_api/areas.h"
#include "adapters/web_api/show.h"
#include "adapters/web_api/watch_cursor.h"
#include "features/cases/watch.h"
#include "features/rechecks/rechecks.h"

namespace minhu::web_api {

namespace {

using Details = std::map<std::string, std::string>;

boost::json::value moment(const std::optional<Instant>& instant) {
  return instant ? boost::json::value(format_instant(*instant)) : boost::json::value(nullptr);
}
boost::json::value maybe(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

Result<cases::Watch> watch_of(const http::Request& request) {
  if (const auto watch = cases::watch_named(request.query_value("list"))) return *watch;
  std::string choices;
  for (const cases::Watch watch : cases::all_watches()) {
    if (!choices.empty()) choices += ", ";
    choices += cases::name(watch);
  }
  return fail(FaultCode::invalid_input, "api.not_a_choice", "list",
              Details{{"field", "list"}, {"choices", choices}});
}

Result<UnitId> unit_of(const http::Request& request) {
  const std::string_view text = request.query_value("unit");
  if (text.empty()) return UnitId();
  const auto unit = UnitId::parse(text);
  if (!unit) return fail(FaultCode::invalid_input, "api.unknown_unit", "unit");
  return *unit;
}

// "2026-11"; the month of today when none is named.
Result<std::string> month_of(const http::Request& request, const cases::Context& context) {
  const std::string text(request.query_value("month"));
  if (text.empty()) {
    return format_date(to_date(context.now, context.county.rules.zone)).substr(0, 7);
  }
  if (!parse_date(text + "-01")) {
    return fail(FaultCode::invalid_input, "api.bad_month", "month");
  }
  return text;
}

boost::json::object watch_line(const cases::WatchLine& line, const UnitNames& units) {
  const cases::CaseFile& file = line.file;
  return {{"id", file.id.text()},
          {"number", cases::show_number(file.number)},
          {"state", std::string(cases::name(file.state))},
          {"seq", file.seq},
          {"headline", line.headline},
          {"unit", units.show(line.unit)},
          {"at", format_instant(line.at)},
          {"due", moment(line.due)},
          {"received_at", format_instant(file.received_at)},
          {"place", maybe(file.place)},
          {"category", maybe(file.category)},
          {"returned", file.returned},
          {"reopened", file.reopened},
          {"urged", file.urged},
          {"joint_conference", file.joint_conference}};
}

Answer show_watch_list(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:supervise"));
  MINHU_CHECK_OK(only_parameters(request, {"list", "unit", "cursor", "limit"}));
  MINHU_TRY(const cases::Watch watch, watch_of(request));
  MINHU_TRY(const UnitId unit, unit_of(request));
  MINHU_TRY(const auto after, read_watch_cursor(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    MINHU_TRY(const auto lines, cases::watch_list(reading, context, watch, unit, after, limit));
    boost::json::array shown;
    for (const cases::WatchLine& line : lines) shown.push_back(watch_line(line, units));
    const bool more = static_cast<std::int64_t>(lines.size()) == limit;
    return json({{"list", std::string(cases::name(watch))},
                 {"lines", std::move(shown)},
                 {"next_cursor", more ? boost::json::value(write_watch_cursor(lines.back().cursor))
                                      : boost::json::value(nullptr)}});
  });
}

Answer show_workload(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "workload:read"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    boost::json::array shown;
    std::int64_t overdue = 0;
    for (const cases::UnitLoad& load : cases::workload(reading, context)) {
      overdue += load.overdue;
      shown.push_back(boost::json::object{
          {"unit", boost::json::object{{"id", load.unit.text()}, {"name", load.unit_name}}},
          {"open", load.open},
          {"due_soon", load.due_soon},
          {"overdue", load.overdue},
          {"silent", load.silent}});
    }
    boost::json::array lists{boost::json::object{{"list", "overdue"}, {"waiting", overdue}}};
    for (const cases::WatchCount& count : cases::watch_counts(reading, context)) {
      lists.push_back(boost::json::object{{"list", std::string(cases::name(count.watch))},
                                          {"waiting", count.waiting}});
    }
    return json({{"units", std::move(shown)}, {"lists", std::move(lists)}});
  });
}

Answer show_rechecks(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"month"}));
  const cases::Context context = api.installation.as(account.principal);
  MINHU_TRY(const std::string month, month_of(request, context));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    boost::json::array sampling;
    for (const rechecks::Sampling& each : rechecks::sampling_of(reading, context.county.region)) {
      sampling.push_back(boost::json::object{
          {"day", each.day}, {"one_in", each.one_in}, {"most_a_month", each.most_a_month}});
    }
    boost::json::array shown;
    for (const rechecks::UnitCounts& each :
         rechecks::counts_of(reading, context.county.region, month)) {
      shown.push_back(boost::json::object{
          {"unit", boost::json::object{{"id", each.unit.text()}, {"name", each.unit_name}}},
          {"day", each.day},
          {"asked", each.asked},
          {"yes", each.yes},
          {"partly", each.partly},
          {"no", each.no},
          {"unanswered", each.unanswered},
          {"overtaken", each.overtaken}});
    }
    return json({{"month", month},
                 {"days_to_answer", rechecks::days_to_answer},
                 {"sampling", std::move(sampling)},
                 {"units", std::move(shown)}});
  });
}

}  // namespace

std::vector<http::Route> supervision_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,     "/api/v1/supervision/cases",                          "case:supervise",     Body::none, no_body,    on(show_watch_list)},
      {Method::get,     "/api/v1/supervision/workload",                       "workload:read",      Body::none, no_body,    on(show_workload)},
      {Method::get,     "/api/v1/supervision/rechecks",                       "figures:read",       Body::none, no_body,    on(show_rechecks)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
