// The doors of plans of visits: a part of the table in doors.cc.
#pragma once

#include "doors.h"

namespace minhu::permission_matrix {

// clang-format off
inline constexpr Door plan_doors[] = {
    // ---- plans of visits: nothing is frozen here, so nothing happens at any of these doors
    {http::Method::get, "/api/v1/plans", "statistics", Verb::list, "plans", 200},
    {http::Method::get, "/api/v1/plans/{month}", "statistics", Verb::read, "plans", 200},
    {http::Method::post, "/api/v1/plans/{month}/cycle", "register", Verb::change, "plan making", 400, R"({"no_such_field":1})"},
    {http::Method::post, "/api/v1/plans/{month}/drafts", "register", Verb::create, "plan making", 400, R"({"no_such_field":1})"},
    {http::Method::post, "/api/v1/plans/{month}/wishes", "register", Verb::create, "plan making", 400, R"({"no_such_field":1})"},
    {http::Method::post, "/api/v1/plans/{month}/acceptance", "register", Verb::change, "plan accepting", 400, R"({"no_such_field":1})"},
    {http::Method::post, "/api/v1/plans/{month}/lot/{step}", "register", Verb::change, "plan drawing", 400, R"({"no_such_field":1})", "", "drawn"},
    {http::Method::get, "/api/v1/plans/{month}/lot", "statistics", Verb::read, "public", 404},
    {http::Method::get, "/api/v1/plan_coverage", "statistics", Verb::read, "plans", 200},
    {http::Method::get, "/api/v1/investigations", "statistics", Verb::list, "plans", 200},
    {http::Method::post, "/api/v1/investigations", "register", Verb::create, "plan making", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/investigations/{investigation}", "register", Verb::read, "plans", 404},
    {http::Method::post, "/api/v1/investigations/{investigation}/findings", "register", Verb::create, "plan making", 400, R"({"no_such_field":1})"},
};
// clang-format on

}  // namespace minhu::permission_matrix
