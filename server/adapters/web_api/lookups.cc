#include "adapters/web_api/api.h"
#include "adapters/web_api/show.h"
#include "features/places_and_units/places_and_units.h"
#include "minhu_api_contract.h"

namespace minhu::web_api {

namespace {

namespace units = places_and_units;
using Details = std::map<std::string, std::string>;

http::Response file(std::string_view name) {
  for (const EmbeddedFile& each : embedded::api_contract()) {
    if (each.name != name) continue;
    http::Response response{200, {}, std::string(each.text), {}};
    response.with("Content-Type", "application/yaml; charset=utf-8")
        .with("Cache-Control", "max-age=300");
    return response;
  }
  MINHU_ASSERT(false && "the contract is built in");
  return {};
}

boost::json::value maybe(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

}  // namespace

Answer search_places(const Api& api, const http::Request& request) {
  MINHU_CHECK_OK(only_parameters(request, {"search", "limit"}));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 20, 50));
  const std::string_view search = request.query_value("search");
  if (search.empty()) {
    return fail(FaultCode::invalid_input, "api.missing_field", "search",
                Details{{"field", "search"}});
  }
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array places;
    for (const units::Place& place : units::search_places(reading, region, search, limit)) {
      places.push_back(
          boost::json::object{{"code", place.code},
                              {"name", place.name},
                              {"path", units::place_path(reading, region, place.code)}});
    }
    return json({{"places", std::move(places)}});
  });
}

Answer list_units(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array shown;
    for (const units::Unit& unit : units::all_units(reading, api.installation.county.region)) {
      shown.push_back(boost::json::object{
          {"id", unit.id.text()},
          {"code", unit.code},
          {"name", unit.name},
          {"kind", std::string(units::name(unit.kind))},
          {"level", std::string(units::name(unit.level))},
          {"parent", unit.parent.empty() ? boost::json::value(nullptr)
                                         : boost::json::value(unit.parent.text())},
          {"place", maybe(unit.place)},
          {"active", unit.active}});
    }
    return json({{"units", std::move(shown)}});
  });
}

Answer list_categories(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  MINHU_CHECK_OK(only_parameters(request, {"scheme"}));
  const std::string_view asked = request.query_value("scheme");
  const std::string scheme(asked.empty() ? "minhu" : asked);
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array shown;
    for (const units::Category& category :
         units::categories_of(reading, api.installation.county.region, scheme)) {
      if (category.ended_at) continue;  // nothing new is filed under it
      shown.push_back(boost::json::object{
          {"code", category.scheme + ":" + category.code},
          {"parent", category.parent.empty()
                         ? boost::json::value(nullptr)
                         : boost::json::value(category.scheme + ":" + category.parent)},
          {"name", category.name}});
    }
    return json({{"categories", std::move(shown)}});
  });
}

Answer suggest_dispatch(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  MINHU_CHECK_OK(only_parameters(request, {"category", "place"}));
  return api.installation.database.read([&](Reading& reading) {
    const auto found =
        units::suggest_unit(reading, api.installation.county.region,
                            request.query_value("category"), request.query_value("place"));
    if (!found) return json({{"suggestion", nullptr}});
    boost::json::array beaten;
    for (const std::string& code : found->beaten) beaten.push_back(boost::json::value(code));
    return json({{"suggestion",
                  boost::json::object{{"rule", found->rule.code},
                                      {"unit", boost::json::object{{"id", found->rule.unit.text()},
                                                                   {"name", found->unit_name}}},
                                      {"because", found->because},
                                      {"source", found->rule.source},
                                      {"beaten", std::move(beaten)}}}});
  });
}

Answer show_contract(const Api&, const http::Request&) {
  return file("openapi.yaml");
}

Answer show_problems(const Api&, const http::Request&) {
  return file("problems.yaml");
}

}  // namespace minhu::web_api
