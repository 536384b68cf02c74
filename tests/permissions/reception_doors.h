// The doors of tablets of receptions: a part of the table in doors.cc.
#pragma once

#include "doors.h"

namespace minhu::permission_matrix {

// clang-format off
inline constexpr Door reception_doors[] = {
    // ---- receptions; {device} is a tablet that is not there: whose it is the feature's tests ask
    {http::Method::get, "/api/v1/reception_days", "register", Verb::list, "reception", 200},
    {http::Method::get, "/api/v1/reception_history", "case", Verb::search, "reception", 400, "", "number=x"},
    {http::Method::get, "/api/v1/receptions", "register", Verb::list, "reception", 200},
    {http::Method::delete_, "/api/v1/receptions/{device}", "register", Verb::change, "reception", 404},
    {http::Method::post, "/api/v1/receptions/{device}/blocks", "register", Verb::create, "reception", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/receptions/{device}/received", "register", Verb::list, "reception", 404},
    {http::Method::post, "/api/v1/receptions/{device}/sessions", "case attachment", Verb::create, "reception", 400, "@with_files"},
    {http::Method::get, "/api/v1/receptions/{device}/sessions/{session}", "case", Verb::read, "reception", 404},
    {http::Method::post, "/api/v1/receptions/{device}/beside", "case", Verb::create, "reception", 400, R"({"no_such_field":1})"},
};
// clang-format on

}  // namespace minhu::permission_matrix
