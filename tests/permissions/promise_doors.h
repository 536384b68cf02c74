// The doors of promises and of the handing over of posts: a part of the table in doors.cc.
#pragma once

#include "doors.h"

namespace minhu::permission_matrix {

// clang-format off
inline constexpr Door promise_doors[] = {
    // ---- promises and the handing over of posts; ids that are nobody's
    {http::Method::get, "/api/v1/posts", "register", Verb::list, "posts", 200},
    {http::Method::get, "/api/v1/post_holders", "register", Verb::list, "posts", 200},
    {http::Method::post, "/api/v1/posts", "register", Verb::create, "house", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/promises", "register", Verb::list, "promises", 200},
    {http::Method::post, "/api/v1/promises", "register", Verb::create, "promise made", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/promises/{promise}", "register", Verb::read, "promises", 404},
    {http::Method::get, "/api/v1/promises/{promise}/proofs", "register", Verb::list, "promise verified", 404},
    {http::Method::post, "/api/v1/promises/{promise}/steps/{kind}", "register", Verb::change, "promises", 404, "{}", "", "report_asked"},
    {http::Method::post, "/api/v1/promises/{promise}/steps/{kind}/with_files", "register attachment", Verb::change, "promise carried out", 400, "@with_files", "", "reported_done"},
    {http::Method::get, "/api/v1/promises/{promise}/evidence/{content}", "attachment", Verb::read, "promises", 404},
    {http::Method::get, "/api/v1/relays", "register", Verb::list, "relays", 200},
    {http::Method::post, "/api/v1/relays", "register", Verb::create, "relay frozen", 400, R"({"no_such_field":1})"},
    {http::Method::get, "/api/v1/relays/{relay}", "register", Verb::read, "relays", 404},
    {http::Method::put, "/api/v1/relays/{relay}/items/{item}", "register", Verb::change, "relay signed", 404, R"({"change":"none"})"},
    {http::Method::post, "/api/v1/relays/{relay}/signature", "register", Verb::change, "relay signed", 400, "{}"},
    {http::Method::post, "/api/v1/relays/{relay}/signature_in_absence", "register", Verb::change, "relay frozen", 400, "{}"},
    {http::Method::post, "/api/v1/relays/{relay}/calling_off", "register", Verb::change, "relay frozen", 400, "{}"},
    // ---- and the pages where they are read
    {http::Method::get, "/promises", "page register", Verb::read, "public", 200},
    {http::Method::get, "/t/{number}/promises", "register", Verb::read, "own page", 200},
    {http::Method::post, "/t/{number}/promises", "rating", Verb::create, "own page", 400, "x=1"},
};
// clang-format on

}  // namespace minhu::permission_matrix
