// From the headers of a request to the route that takes it and the way its body is read — or to why
// it is not taken, before a byte of the body is read.
#pragma once

#include "adapters/http_beast/body_reader.h"
#include "adapters/http_beast/limits.h"
#include "adapters/http_beast/refused.h"
#include "adapters/http_beast/request_parser.h"
#include "adapters/http_beast/router.h"

namespace minhu::http_beast {

struct Admission {
  const http::Route* route;
  BodyPlan body;
};

// Fills path, query and captures of the request; the path also where it refuses, if there is one.
// Refuses: 400 http.bad_target, http.bad_host (an absolute target for another host),
// 404 http.no_such_page, 405 http.method_not_allowed (with Refused::allow), 413
// http.body_too_large, 414 http.target_too_long, 415 http.wrong_content_type.
OrRefused<Admission> admit(Head& head, const Router& router, const Limits& limits);

}  // namespace minhu::http_beast
