// The doors of leaders' visits: pages for everybody, the API for officials.
#pragma once

#include <string_view>

#include "doors.h"

namespace minhu::permission_matrix {

// A step with a field that no step has: whoever may take it hears of the field.
inline constexpr std::string_view tried_of_a_visit = R"({"fields":{"no_such_field":"x"}})";

// clang-format off
inline constexpr Door visit_doors[] = {
    // ---- visits of leaders; {visit} is planned by the petition office and not announced
    {http::Method::get, "/api/v1/visits", "register", Verb::list, "visits", 200},
    {http::Method::post, "/api/v1/visits", "register", Verb::create, "visit planning", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/visits/{visit}", "register", Verb::read, "visit", 200},
    {http::Method::get, "/api/v1/visits/{visit}/steps", "register", Verb::list, "visit", 200},
    {http::Method::post, "/api/v1/visits/{visit}/steps/{kind}", "register", Verb::change, "visit revised", 400, tried_of_a_visit, "", "revised"},
    {http::Method::post, "/api/v1/visits/{visit}/steps/{kind}", "register", Verb::change, "visit published", 400, tried_of_a_visit, "", "published"},
    {http::Method::post, "/api/v1/visits/{visit}/steps/{kind}", "register", Verb::change, "visit held", 409, tried_of_a_visit, "", "instructed"},
    {http::Method::post, "/api/v1/visits/{visit}/steps/{kind}", "register", Verb::change, "visit closed", 409, tried_of_a_visit, "", "closed"},
    {http::Method::post, "/api/v1/visits/{visit}/steps/{kind}/with_files", "register attachment", Verb::change, "visit queue", 400, "@with_files", "", "posted"},
    {http::Method::post, "/api/v1/visits/{visit}/groups", "register", Verb::create, "visit booking", 400, R"({"no_such_field":1})"},
    {http::Method::post, "/api/v1/visits/{visit}/next", "register", Verb::change, "visit held", 409},
    {http::Method::post, "/api/v1/visits/{visit}/groups/{group}/steps/{kind}", "register", Verb::change, "visit queue", 400, R"({"no_such_field":1})", "", "left"},
    {http::Method::post, "/api/v1/visits/{visit}/groups/{group}/contact", "identity", Verb::read, "visit contact", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/visit_figures", "statistics", Verb::read, "figures", 200},
    {http::Method::get, "/api/v1/visit_calendars", "register", Verb::list, "visit calendars", 200},
    {http::Method::post, "/api/v1/visit_calendars", "register", Verb::create, "visit calendars", 400, R"({"no_such_field":1})"},
    {http::Method::delete_, "/api/v1/visit_calendars/{calendar}", "register", Verb::change, "visit calendars", 404},
    {http::Method::get, "/visits", "page", Verb::read, "public", 200},
    {http::Method::get, "/visits.ics", "page", Verb::take_away, "public", 200},
    {http::Method::get, "/visits/lots", "page statistics", Verb::read, "public", 200},
    {http::Method::get, "/visits/lots/{month}/proof", "page statistics", Verb::take_away, "public", 404},
    {http::Method::get, "/visits/calendar/{token}", "page", Verb::take_away, "public", 404},
    {http::Method::get, "/visits/{id}", "page", Verb::read, "public", 404},
    {http::Method::post, "/visits/{id}", "register", Verb::create, "public", 404, "x=1"},
    {http::Method::get, "/visits/{id}/photos/{photo}", "page", Verb::read, "public", 404},
    {http::Method::get, "/visits/{id}/mine", "page", Verb::read, "public", 404},
    {http::Method::post, "/visits/{id}/mine", "register", Verb::read, "public", 404, "x=1"},
};
// clang-format on

}  // namespace minhu::permission_matrix
