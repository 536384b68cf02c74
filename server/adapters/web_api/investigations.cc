#include "features/visit_plans/investigations.h"

#include "adapters/web_api/class_requests.h"
#include "adapters/web_api/plans.h"
#include "adapters/web_api/show.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using namespace visit_plans;

bj::object shown_place(Reading& reading, RegionId region, std::string_view code) {
  return {{"code", code}, {"path", places_and_units::place_path(reading, region, code)}};
}

bj::object line_of(const Investigation& one) {
  return {{"id", one.id.text()},
          {"title", one.title},
          {"from", format_date(one.from)},
          {"to", format_date(one.to)},
          {"villages_planned", one.villages_planned},
          {"villages_seen", one.villages_seen},
          {"villages_beside", one.villages_beside},
          {"people_met", one.people_met},
          {"needs", one.needs}};
}

Answer the_investigation(const Api& api, const cases::Context& context, InvestigationId id,
                         int status = 200) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const RegionId region = context.county.region;
    const auto found = visit_plans::investigation(reading, context, id);
    if (!found) return tl::unexpected<Fault>(found.error());
    bj::array stops;
    for (const ItineraryStop& stop : found->stops) {
      stops.push_back(bj::object{{"date", format_date(stop.date)},
                                 {"place", shown_place(reading, region, stop.place)}});
    }
    bj::array findings;
    for (const Finding& finding : found->findings) {
      findings.push_back(bj::object{{"place", shown_place(reading, region, finding.place)},
                                    {"date", format_date(finding.date)},
                                    {"people_met", finding.people_met},
                                    {"needs", finding.needs},
                                    {"words", finding.words},
                                    {"recorded_at", format_instant(finding.recorded_at)}});
    }
    return json(
        {{"line", line_of(*found)}, {"stops", std::move(stops)}, {"findings", std::move(findings)}},
        status);
  });
}

Result<InvestigationId> id_in(const http::Request& request) {
  const auto id = InvestigationId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "plans.no_investigation");
  return *id;
}

}  // namespace

Answer list_investigations(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    bj::array all;
    for (const Investigation& one : all_investigations(reading, context)) {
      all.push_back(line_of(one));
    }
    return json({{"investigations", std::move(all)}});
  });
}

Answer plan_investigation(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:investigate"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"title", "stops"}));
  NewInvestigation made;
  MINHU_TRY(made.title, given.text("title", Presence::required));
  const bj::value* list = given.object().if_contains("stops");
  if (list == nullptr || !list->is_array()) {
    return fail(FaultCode::invalid_input, "plans.no_stops", "stops");
  }
  for (const bj::value& one : list->get_array()) {
    if (!one.is_object()) return fail(FaultCode::invalid_input, "plans.no_stops", "stops");
    const Members stop(one.get_object(), "stops.");
    MINHU_CHECK_OK(stop.only({"date", "place"}));
    MINHU_TRY(const auto date, stop.text("date", Presence::required));
    MINHU_TRY(const auto place, stop.text("place", Presence::required));
    const auto read = parse_date(date);
    if (!read) return fail(FaultCode::invalid_input, "plans.bad_date", "stops");
    made.stops.push_back({*read, std::string(place)});
  }
  MINHU_TRY(const InvestigationId id, api.installation.database.write([&](Transaction& t) {
    return visit_plans::plan_investigation(t, context, made);
  }));
  return the_investigation(api, context, id, 201);
}

Answer show_investigation(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:read"));
  MINHU_TRY(const InvestigationId id, id_in(request));
  return the_investigation(api, context, id);
}

Answer record_finding(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:investigate"));
  MINHU_TRY(const InvestigationId id, id_in(request));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"place", "date", "people_met", "words", "needs"}));
  NewFinding found;
  MINHU_TRY(found.place, given.text("place", Presence::required));
  MINHU_TRY(const auto date, given.text("date", Presence::required));
  MINHU_TRY(const auto people, given.number("people_met"));
  MINHU_TRY(found.words, given.text("words", Presence::required));
  MINHU_TRY(const auto needs, texts_in(given, "needs", 100));
  const auto read = parse_date(date);
  if (!read) return fail(FaultCode::invalid_input, "plans.bad_date", "date");
  found.date = *read;
  found.people_met = people.value_or(0);
  for (const std::string& text : needs) {
    const auto need = cases::CaseId::parse(text);
    if (!need) return fail(FaultCode::not_found, "cases.not_found");
    found.needs.push_back(*need);
  }
  MINHU_CHECK_OK(api.installation.database.write_job(
      [&](Transaction& t) { return visit_plans::record_finding(t, context, id, found, token); }));
  return the_investigation(api, context, id, 201);
}

}  // namespace minhu::web_api
