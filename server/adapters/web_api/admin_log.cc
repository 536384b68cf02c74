// What administrators changed: for auditors, with who did it; never a word of a case.
#include <boost/json/parse.hpp>
#include <charconv>

#include "adapters/web_api/admin.h"
#include "adapters/web_api/show.h"

namespace minhu::web_api {

namespace {

namespace admin = administration;

boost::json::value logged(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::parse(text);
}

// The line that the page before ended with.
Result<std::int64_t> line_of(const http::Request& request) {
  const std::string_view text = request.query_value("cursor");
  std::int64_t line = 0;
  if (text.empty()) return line;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), line);
  if (error != std::errc() || end != text.data() + text.size() || line < 1) {
    return fail(FaultCode::invalid_input, "api.bad_cursor", "cursor");
  }
  return line;
}

}  // namespace

Result<UnitId> unit_in(const Members& given, std::string_view field) {
  MINHU_TRY(const auto text, given.text(field));
  if (text.empty()) return UnitId();
  const auto id = UnitId::parse(text);
  if (!id) return fail(FaultCode::invalid_input, "admin.no_such_unit", std::string(field));
  return *id;
}

Result<std::int64_t> revision_in(const Members& given) {
  MINHU_TRY(const auto number, given.number("revision"));
  return number.value_or(0);
}

boost::json::object shown_change(const admin::SettingsEvent& event) {
  return {{"revision", event.seq},
          {"at", format_instant(event.at)},
          {"action", std::string(admin::name(event.change.action))},
          {"before", logged(event.change.before)},
          {"after", logged(event.change.after)},
          {"reason", event.change.reason}};
}

Answer show_settings_log(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "audit:read"));
  MINHU_CHECK_OK(only_parameters(request, {"cursor", "limit"}));
  MINHU_TRY(const std::int64_t before, line_of(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 100, 500));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, region);
    const auto events = admin::settings_events(reading, region, before, limit);
    boost::json::array lines;
    for (const admin::SettingsEvent& event : events) {
      boost::json::object line = shown_change(event);
      line["subject"] = std::string(admin::name(event.change.subject));
      line["item"] = event.change.item;
      line["by"] = boost::json::object{
          {"role", std::string(accounts::name(event.by.role))},
          {"unit", units.show(event.by.unit)},
          {"id", event.by.account.empty() ? boost::json::value(nullptr)
                                          : boost::json::value(event.by.account.text())}};
      lines.push_back(std::move(line));
    }
    const bool more = static_cast<std::int64_t>(events.size()) == limit && events.back().seq > 1;
    return json({{"lines", std::move(lines)},
                 {"next_cursor", more ? boost::json::value(std::to_string(events.back().seq))
                                      : boost::json::value(nullptr)}});
  });
}

}  // namespace minhu::web_api
