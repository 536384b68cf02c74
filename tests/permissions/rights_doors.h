// The doors of what a speaker may ask about what is kept, and of the registers that keep a case
// from whom it accuses: a part of the table in doors.cc.
#pragma once

#include "doors.h"

namespace minhu::permission_matrix {

// clang-format off
inline constexpr Door rights_doors[] = {
    // ---- the speaker, with number and code; what is done for good: once_test.cc
    {http::Method::get, "/api/v1/receipts/{number}/rights", "case event identity", Verb::read, "own case", 200},
    {http::Method::get, "/api/v1/receipts/{number}/copy", "case event identity", Verb::take_away, "own case", 200},
    {http::Method::put, "/api/v1/receipts/{number}/contact", "identity", Verb::change, "own consent", 400, R"({"no_such_field":1})"},
    {http::Method::delete_, "/api/v1/receipts/{number}/calls", "identity", Verb::change, "own consent", 200, "", "", "", Manner::once},
    {http::Method::put, "/api/v1/receipts/{number}/publication", "identity", Verb::change, "own consent", 400, R"({"no_such_field":1})"},
    {http::Method::delete_, "/api/v1/receipts/{number}/publication", "identity", Verb::change, "own consent", 200, "", "", "", Manner::once},
    {http::Method::post, "/api/v1/receipts/{number}/erasure", "case", Verb::change, "own consent", 400, R"({"no_such_field":1})"},
    {http::Method::post, "/t/{number}/mine/publication", "identity", Verb::change, "own page", 200, "x=1"},
    // ---- the registers that a closure is worked out from
    {http::Method::get, "/api/v1/own/interests", "account", Verb::list, "official", 200, "", "", ""},
    {http::Method::post, "/api/v1/own/interests", "account", Verb::create, "official", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::get, "/api/v1/interests", "account", Verb::list, "recusal", 200, "", "", ""},
    {http::Method::post, "/api/v1/interests", "account", Verb::create, "recusal", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/interests/{id}/end", "account", Verb::change, "recusal", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::get, "/api/v1/ties", "account", Verb::list, "recusal", 200, "", "", ""},
    {http::Method::get, "/api/v1/leaders", "account", Verb::list, "leaders register", 200, "", "", ""},
    {http::Method::post, "/api/v1/leaders", "account", Verb::create, "leaders register", 400, R"({"no_such_field":1})", "", ""},
    {http::Method::post, "/api/v1/leaders/{id}/end", "account", Verb::change, "leaders register", 400, R"({"no_such_field":1})", "", ""},
};
// clang-format on

}  // namespace minhu::permission_matrix
