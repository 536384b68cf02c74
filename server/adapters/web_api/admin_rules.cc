// Categories, dispatch rules, their dry run and the test bench. Counts of cases, never a case.
#include "adapters/web_api/admin.h"
#include "adapters/web_api/show.h"
#include "features/administration/rules.h"
#include "features/administration/units.h"

namespace minhu::web_api {

namespace {

namespace admin = administration;
namespace pu = places_and_units;

boost::json::value maybe(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}
boost::json::value maybe(const std::optional<Instant>& instant) {
  return instant ? boost::json::value(format_instant(*instant)) : boost::json::value(nullptr);
}

boost::json::object shown(Reading& reading, RegionId region, const UnitNames& units,
                          const pu::DispatchRule& rule) {
  return {
      {"code", rule.code},
      {"category", maybe(rule.category)},
      {"category_name",
       rule.category.empty() ? "" : pu::category_name(reading, region, rule.category)},
      {"place", maybe(rule.area)},
      {"place_path", rule.area.empty() ? "" : pu::place_path(reading, region, rule.area)},
      {"unit", units.show(rule.unit)},
      {"source", rule.source},
      {"ended_at", maybe(rule.ended_at)},
      {"revision", admin::revision_of(reading, region, admin::Subject::dispatch_rule, rule.code)}};
}

Result<admin::RuleEntry> rule_entry_of(const http::Request& request, const Members& given) {
  MINHU_CHECK_OK(
      given.only({"category", "place", "unit", "source", "ended", "reason", "revision"}));
  admin::RuleEntry entry;
  entry.code = request.captures.at(0);
  MINHU_TRY(entry.category, given.text("category"));
  MINHU_TRY(entry.area, given.text("place"));
  MINHU_TRY(entry.unit, unit_in(given, "unit"));
  MINHU_TRY(entry.source, given.text("source"));
  MINHU_TRY(entry.ended, given.flag("ended"));
  MINHU_TRY(entry.reason, given.text("reason"));
  MINHU_TRY(entry.revision, revision_in(given));
  return entry;
}

// "scheme:code" in the path.
Result<std::pair<std::string, std::string>> captured_category(const http::Request& request) {
  const std::string& whole = request.captures.at(0);
  const auto colon = whole.find(':');
  if (colon == std::string::npos) {
    return fail(FaultCode::invalid_input, "admin.bad_category_code", "code");
  }
  return std::pair(whole.substr(0, colon), whole.substr(colon + 1));
}

}  // namespace

Answer list_categories_to_manage(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    std::map<std::string, std::string> becomes;
    for (const auto& mapping : pu::category_mappings(reading, region)) {
      becomes.emplace(mapping.from, mapping.to);
    }
    boost::json::array categories;
    for (const std::string& scheme : pu::category_schemes(reading, region)) {
      for (const pu::Category& category : pu::categories_of(reading, region, scheme)) {
        const std::string whole = scheme + ':' + category.code;
        const auto mapped = becomes.find(whole);
        categories.push_back(boost::json::object{
            {"code", whole},
            {"scheme", scheme},
            {"parent", category.parent.empty()
                           ? boost::json::value(nullptr)
                           : boost::json::value(scheme + ':' + category.parent)},
            {"name", category.name},
            {"becomes", mapped == becomes.end() ? boost::json::value(nullptr)
                                                : boost::json::value(mapped->second)},
            {"ended_at", maybe(category.ended_at)},
            {"revision", admin::revision_of(reading, region, admin::Subject::category, whole)}});
      }
    }
    return json({{"categories", std::move(categories)}});
  });
}

Answer put_category(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_TRY(const auto code, captured_category(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"parent", "name", "becomes", "ended", "reason", "revision"}));
  admin::CategoryEntry entry;
  entry.scheme = code.first;
  entry.code = code.second;
  MINHU_TRY(const auto parent, given.text("parent"));
  if (!parent.empty()) {
    const std::string within = entry.scheme + ':';
    if (!parent.starts_with(within)) {
      return fail(FaultCode::invalid_input, "admin.no_such_category", "parent");
    }
    entry.parent = parent.substr(within.size());
  }
  MINHU_TRY(entry.name, given.text("name"));
  MINHU_TRY(entry.becomes, given.text("becomes"));
  MINHU_TRY(entry.ended, given.flag("ended"));
  MINHU_TRY(entry.reason, given.text("reason"));
  MINHU_TRY(entry.revision, revision_in(given));
  const cases::Context context = api.installation.as(account.principal);
  MINHU_CHECK_OK(api.installation.database.write(
      [&](Transaction& transaction) { return admin::put_category(transaction, context, entry); }));
  return json({{"code", entry.scheme + ':' + entry.code}});
}

Answer list_dispatch_rules(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, region);
    boost::json::array rules;
    for (const pu::DispatchRule& rule : pu::all_dispatch_rules(reading, region)) {
      rules.push_back(shown(reading, region, units, rule));
    }
    return json({{"rules", std::move(rules)}});
  });
}

Answer put_dispatch_rule(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const auto entry, rule_entry_of(request, body.members()));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const auto rule, admin::put_rule(transaction, context, entry));
    const UnitNames units(transaction, context.county.region);
    return json({{"rule", shown(transaction, context.county.region, units, rule)}});
  });
}

Answer try_dispatch_rule(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const auto entry, rule_entry_of(request, body.members()));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto run, admin::try_rule(reading, context, entry));
    const UnitNames units(reading, context.county.region);
    boost::json::array moved;
    for (const admin::Moved& pair : run.moved) {
      moved.push_back(boost::json::object{
          {"from", units.show(pair.from)}, {"to", units.show(pair.to)}, {"count", pair.count}});
    }
    return json({{"since", format_instant(run.since)},
                 {"until", format_instant(run.until)},
                 {"looked_at", run.looked_at},
                 {"moved_in_all", run.moved_in_all},
                 {"moved", std::move(moved)}});
  });
}

Answer show_rule_versions(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array versions;
    for (const auto& event : admin::events_of(reading, region, admin::Subject::dispatch_rule,
                                              request.captures.at(0), 100)) {
      versions.push_back(shown_change(event));
    }
    return json({{"versions", std::move(versions)}});
  });
}

Answer ask_test_bench(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(only_parameters(request, {"category", "place", "unit"}));
  UnitId complains_of;
  if (const auto text = request.query_value("unit"); !text.empty()) {
    const auto id = UnitId::parse(text);
    if (!id) return fail(FaultCode::invalid_input, "admin.no_such_unit", "unit");
    complains_of = *id;
  }
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) {
    const RegionId region = context.county.region;
    const UnitNames units(reading, region);
    const auto bench = admin::ask_rules(reading, context, request.query_value("category"),
                                        request.query_value("place"), complains_of);
    boost::json::array beaten;
    for (const admin::Beaten& each : bench.beaten) {
      beaten.push_back(boost::json::object{{"rule", each.rule},
                                           {"unit", units.show(each.unit)},
                                           {"because", std::string(admin::name(each.because))}});
    }
    return json(
        {{"rule", bench.rule ? boost::json::value(shown(reading, region, units, *bench.rule))
                             : boost::json::value(nullptr)},
         {"beaten", std::move(beaten)},
         {"obstacle", std::string(admin::name(bench.obstacle))},
         {"department", units.show(bench.department)}});
  });
}

}  // namespace minhu::web_api
