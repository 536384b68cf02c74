#include "adapters/web_api/areas.h"
#include "adapters/web_api/visits.h"

namespace minhu::web_api {

std::vector<http::Route> visits_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // one visit and the list
      {Method::get,     "/api/v1/visits",                                     "visit:read",         Body::none, no_body,    on(list_visits)},
      {Method::post,    "/api/v1/visits",                                     "visit:plan",         Body::json, words,      on(plan_visit)},
      {Method::get,     "/api/v1/visits/{visit}",                             "visit:read",         Body::none, no_body,    on(show_visit)},
      {Method::get,     "/api/v1/visits/{visit}/steps",                       "visit:read",         Body::none, no_body,    on(show_visit_steps)},
      {Method::post,    "/api/v1/visits/{visit}/steps/{kind}",                "visit:read",         Body::json, long_words, on(take_visit_step)},
      {Method::post,    "/api/v1/visits/{visit}/steps/{kind}/with_files",     "visit:hold",         Body::form, with_files, on(take_visit_step_with_files)},
      {Method::get,     "/api/v1/visit_figures",                              "figures:read",       Body::none, no_body,    on(show_visit_figures)},

      // its queue
      {Method::post,    "/api/v1/visits/{visit}/groups",                      "visit:book",         Body::json, words,      on(book_visit)},
      {Method::post,    "/api/v1/visits/{visit}/next",                        "visit:hold",         Body::none, no_body,    on(call_next_group)},
      {Method::post,    "/api/v1/visits/{visit}/groups/{group}/steps/{kind}", "visit:hold",         Body::json, words,      on(take_group_step)},
      {Method::post,    "/api/v1/visits/{visit}/groups/{group}/contact",      "visit:contact",      Body::json, words,      on(open_group_contact)},

      // calendars at a secret address
      {Method::get,     "/api/v1/visit_calendars",                            "visit:calendar",     Body::none, no_body,    on(list_visit_calendars)},
      {Method::post,    "/api/v1/visit_calendars",                            "visit:calendar",     Body::json, words,      on(make_visit_calendar)},
      {Method::delete_, "/api/v1/visit_calendars/{calendar}",                 "visit:calendar",     Body::none, no_body,    on(revoke_visit_calendar)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
