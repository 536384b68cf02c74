// What the handlers of the administrators' pages share. Inner header.
#pragma once

#include <string>

#include "adapters/web_api/api.h"
#include "features/administration/settings_log.h"

namespace minhu::web_api {

// ---- units and duties (admin_units.cc)
Answer list_units_to_manage(const Api& api, const http::Request& request);
Answer show_unit_to_manage(const Api& api, const http::Request& request);
Answer create_unit(const Api& api, const http::Request& request);
Answer change_unit(const Api& api, const http::Request& request);
Answer list_duties(const Api& api, const http::Request& request);
Answer put_duty(const Api& api, const http::Request& request);
Answer remove_duty(const Api& api, const http::Request& request);

// ---- categories and dispatch rules (admin_rules.cc)
Answer list_categories_to_manage(const Api& api, const http::Request& request);
Answer put_category(const Api& api, const http::Request& request);
Answer list_dispatch_rules(const Api& api, const http::Request& request);
Answer put_dispatch_rule(const Api& api, const http::Request& request);
Answer try_dispatch_rule(const Api& api, const http::Request& request);
Answer show_rule_versions(const Api& api, const http::Request& request);
Answer ask_test_bench(const Api& api, const http::Request& request);

// ---- the log of settings (admin_log.cc)
Answer show_settings_log(const Api& api, const http::Request& request);
// One line of the log as {"revision", "at", "action", "before", "after", "reason"}: without who.
boost::json::object shown_change(const administration::SettingsEvent& event);

// ---- how the house stands (admin_house.cc)
Answer show_rule_book(const Api& api, const http::Request& request);
Answer show_health(const Api& api, const http::Request& request);
Answer show_setup(const Api& api, const http::Request& request);

// The unit of that id, or the empty one where the field is absent. Fault invalid_input
// admin.no_such_unit.
Result<UnitId> unit_in(const Members& given, std::string_view field);
// Whole numbers from 0; absent is 0.
Result<std::int64_t> revision_in(const Members& given);

}  // namespace minhu::web_api
