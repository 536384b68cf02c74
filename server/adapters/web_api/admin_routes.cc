#include "adapters/web_api/admin.h"
#include "adapters/web_api/areas.h"

namespace minhu::web_api {

std::vector<http::Route> admin_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // units and duties
      {Method::get,     "/api/v1/admin/units",                                "units:manage",       Body::none, no_body,    on(list_units_to_manage)},
      {Method::post,    "/api/v1/admin/units",                                "units:manage",       Body::json, words,      on(create_unit)},
      {Method::get,     "/api/v1/admin/units/{id}",                           "units:manage",       Body::none, no_body,    on(show_unit_to_manage)},
      {Method::put,     "/api/v1/admin/units/{id}",                           "units:manage",       Body::json, words,      on(change_unit)},
      {Method::get,     "/api/v1/admin/duties",                               "units:manage",       Body::none, no_body,    on(list_duties)},
      {Method::put,     "/api/v1/admin/duties/{category}",                    "units:manage",       Body::json, words,      on(put_duty)},
      {Method::post,    "/api/v1/admin/duties/{category}/removal",            "units:manage",       Body::json, words,      on(remove_duty)},

      // categories and dispatch rules
      {Method::get,     "/api/v1/admin/categories",                           "units:manage",       Body::none, no_body,    on(list_categories_to_manage)},
      {Method::put,     "/api/v1/admin/categories/{category}",                "units:manage",       Body::json, words,      on(put_category)},
      {Method::get,     "/api/v1/admin/dispatch_rules",                       "units:manage",       Body::none, no_body,    on(list_dispatch_rules)},
      {Method::put,     "/api/v1/admin/dispatch_rules/{rule}",                "units:manage",       Body::json, words,      on(put_dispatch_rule)},
      {Method::post,    "/api/v1/admin/dispatch_rules/{rule}/dry_run",        "units:manage",       Body::json, words,      on(try_dispatch_rule)},
      {Method::get,     "/api/v1/admin/dispatch_rules/{rule}/versions",       "units:manage",       Body::none, no_body,    on(show_rule_versions)},
      {Method::get,     "/api/v1/admin/test_bench",                           "units:manage",       Body::none, no_body,    on(ask_test_bench)},

      // how the house stands
      {Method::get,     "/api/v1/admin/rule_book",                            "units:manage",       Body::none, no_body,    on(show_rule_book)},
      {Method::get,     "/api/v1/admin/health",                               "health:read",        Body::none, no_body,    on(show_health)},
      {Method::get,     "/api/v1/admin/setup",                                "units:manage",       Body::none, no_body,    on(show_setup)},

      // what was changed
      {Method::get,     "/api/v1/settings_log",                               "audit:read",         Body::none, no_body,    on(show_settings_log)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
