// The doors of reports of wrongdoing: a part of the table in doors.cc.
#pragma once

#include "doors.h"

namespace minhu::permission_matrix {

// clang-format off
inline constexpr Door report_doors[] = {
    // ---- reports of wrongdoing: these roles may be named; none here is, so none has any
    {http::Method::get, "/api/v1/accusations", "sealed", Verb::list, "seal handling", 200, "", "", ""},
    {http::Method::put, "/api/v1/accusations/key", "sealed", Verb::change, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/open", "sealed", Verb::read, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/name", "identity", Verb::read, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/name/request", "identity", Verb::change, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/name/decision", "identity", Verb::change, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/files/{file}", "sealed", Verb::read, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/answers", "sealed", Verb::change, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/shares", "sealed", Verb::change, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/accusations/{report}/complaints", "case", Verb::create, "seal handling", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::get, "/api/v1/accusation_handlers", "account", Verb::list, "seal naming", 200, "", "", ""},
    {http::Method::put, "/api/v1/accusation_handlers/{id}", "account", Verb::change, "seal naming", 404, "", "", ""},
    {http::Method::delete_, "/api/v1/accusation_handlers/{id}", "account", Verb::change, "seal naming", 404, "", "", ""},
    // ---- and the pages of whoever reports
    {http::Method::get, "/report/official", "page", Verb::read, "public", 303},
    {http::Method::get, "/jubao", "sealed", Verb::read, "public", 200},
    {http::Method::post, "/jubao", "sealed", Verb::create, "public", 400, "x=1"},
    {http::Method::get, "/jubao/look", "page", Verb::read, "public", 200},
    {http::Method::post, "/jubao/look", "sealed", Verb::search, "public", 400, "x=1"},
    {http::Method::get, "/jubao/leave", "page", Verb::read, "public", 303},
};
// clang-format on

}  // namespace minhu::permission_matrix
