#include "adapters/web_api/areas.h"
#include "adapters/web_api/receptions.h"

namespace minhu::web_api {

std::vector<http::Route> receptions_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,     "/api/v1/reception_days",                             "reception:record",   Body::none, no_body,    on(list_reception_days)},
      {Method::get,     "/api/v1/reception_history",                          "reception:record",   Body::none, no_body,    on(show_reception_history)},
      {Method::get,     "/api/v1/receptions",                                 "reception:record",   Body::none, no_body,    on(list_tablets)},
      {Method::delete_, "/api/v1/receptions/{device}",                        "reception:record",   Body::none, no_body,    on(take_tablet_out_of_use)},
      {Method::post,    "/api/v1/receptions/{device}/blocks",                 "reception:record",   Body::json, words,      on(allot_numbers)},
      {Method::get,     "/api/v1/receptions/{device}/received",               "reception:record",   Body::none, no_body,    on(show_received)},
      {Method::post,    "/api/v1/receptions/{device}/sessions",               "reception:record",   Body::form, with_files, on(keep_session)},
      {Method::get,     "/api/v1/receptions/{device}/sessions/{session}",     "reception:record",   Body::none, no_body,    on(show_session_recorded)},
      {Method::post,    "/api/v1/receptions/{device}/beside",                 "reception:record",   Body::json, long_words, on(keep_session_beside)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
