// Units and duties, for whoever keeps the registers of the county.
#include "adapters/web_api/admin.h"
#include "adapters/web_api/show.h"
#include "features/administration/units.h"

namespace minhu::web_api {

namespace {

namespace admin = administration;
namespace pu = places_and_units;
using Details = std::map<std::string, std::string>;

boost::json::value maybe(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::object shown(Reading& reading, RegionId region, const pu::Unit& unit) {
  return {{"id", unit.id.text()},
          {"code", unit.code},
          {"name", unit.name},
          {"kind", std::string(pu::name(unit.kind))},
          {"level", std::string(pu::name(unit.level))},
          {"parent", unit.parent.empty() ? boost::json::value(nullptr)
                                         : boost::json::value(unit.parent.text())},
          {"place", maybe(unit.place)},
          {"place_path", unit.place.empty() ? "" : pu::place_path(reading, region, unit.place)},
          {"leader_post", unit.leader_post},
          {"phone", unit.phone},
          {"active", unit.active},
          {"revision", admin::revision_of(reading, region, admin::Subject::unit, unit.code)}};
}

template <class Enum>
Result<Enum> one_of(const Members& given, std::string_view field, std::initializer_list<Enum> all) {
  MINHU_TRY(const auto text, given.text(field, Presence::required));
  std::string choices;
  for (const Enum value : all) {
    if (pu::name(value) == text) return value;
    if (!choices.empty()) choices += ", ";
    choices += pu::name(value);
  }
  return fail(FaultCode::invalid_input, "api.not_a_choice", std::string(field),
              Details{{"field", std::string(field)}, {"choices", choices}});
}

Result<admin::UnitEntry> entry_of(const Members& given) {
  using enum pu::UnitKind;
  admin::UnitEntry entry;
  MINHU_CHECK_OK(given.only({"code", "name", "kind", "level", "parent", "place", "leader_post",
                             "phone", "active", "reason", "revision"}));
  MINHU_TRY(entry.code, given.text("code"));
  MINHU_TRY(entry.name, given.text("name", Presence::required));
  MINHU_TRY(entry.kind, one_of(given, "kind",
                               {petition_office, hotline_body, department, town_government,
                                village_committee, inspection}));
  MINHU_TRY(
      entry.level,
      one_of(given, "level", {pu::UnitLevel::county, pu::UnitLevel::town, pu::UnitLevel::village}));
  MINHU_TRY(entry.parent, unit_in(given, "parent"));
  MINHU_TRY(entry.place, given.text("place"));
  MINHU_TRY(entry.leader_post, given.text("leader_post"));
  MINHU_TRY(entry.phone, given.text("phone"));
  MINHU_TRY(entry.active, given.flag("active"));
  MINHU_TRY(entry.reason, given.text("reason"));
  MINHU_TRY(entry.revision, revision_in(given));
  return entry;
}

// An id that is none is a unit that is not there.
Result<UnitId> captured_unit(const http::Request& request) {
  const auto id = UnitId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "admin.unit_not_found");
  return *id;
}

}  // namespace

Answer list_units_to_manage(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array units;
    for (const pu::Unit& unit : pu::all_units(reading, region)) {
      units.push_back(shown(reading, region, unit));
    }
    return json({{"units", std::move(units)}});
  });
}

Answer show_unit_to_manage(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_TRY(const UnitId id, captured_unit(request));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto standing, admin::standing_of(reading, context, id));
    const RegionId region = context.county.region;
    boost::json::array history;
    for (const auto& event :
         admin::events_of(reading, region, admin::Subject::unit, standing.unit.code, 50)) {
      history.push_back(shown_change(event));
    }
    return json({{"unit", shown(reading, region, standing.unit)},
                 {"open_cases", standing.open_cases},
                 {"rules", standing.rules},
                 {"duties", standing.duties},
                 {"children", standing.children},
                 {"history", std::move(history)}});
  });
}

Answer create_unit(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const auto entry, entry_of(body.members()));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const auto unit, admin::create_unit(transaction, context, entry));
    return json({{"unit", shown(transaction, context.county.region, unit)}}, 201);
  });
}

Answer change_unit(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_TRY(const UnitId id, captured_unit(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const auto entry, entry_of(body.members()));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const auto unit, admin::change_unit(transaction, context, id, entry));
    return json({{"unit", shown(transaction, context.county.region, unit)}});
  });
}

Answer list_duties(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, region);
    boost::json::array duties;
    for (const pu::Duty& duty : pu::all_duties(reading, region)) {
      duties.push_back(boost::json::object{
          {"category", duty.category},
          {"category_name", pu::category_name(reading, region, duty.category)},
          {"unit", units.show(duty.unit)},
          {"source", duty.source},
          {"revision", admin::revision_of(reading, region, admin::Subject::duty, duty.category)}});
    }
    return json({{"duties", std::move(duties)}});
  });
}

Answer put_duty(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"unit", "source", "reason", "revision"}));
  admin::DutyEntry entry;
  entry.category = request.captures.at(0);
  MINHU_TRY(entry.unit, unit_in(given, "unit"));
  MINHU_TRY(entry.source, given.text("source"));
  MINHU_TRY(entry.reason, given.text("reason"));
  MINHU_TRY(entry.revision, revision_in(given));
  const cases::Context context = api.installation.as(account.principal);
  MINHU_CHECK_OK(api.installation.database.write(
      [&](Transaction& transaction) { return admin::put_duty(transaction, context, entry); }));
  return json({{"category", entry.category}});
}

Answer remove_duty(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"reason", "revision"}));
  MINHU_TRY(const auto reason, given.text("reason"));
  MINHU_TRY(const auto revision, revision_in(given));
  const cases::Context context = api.installation.as(account.principal);
  const std::string& category = request.captures.at(0);
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& transaction) {
    return admin::remove_duty(transaction, context, category, reason, revision);
  }));
  return json({{"category", category}});
}

}  // namespace minhu::web_api
