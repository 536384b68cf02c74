#include "adapters/web_api/areas.h"
#include "adapters/web_api/promises.h"

namespace minhu::web_api {

std::vector<http::Route> promises_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // posts and their promises
      {Method::get,     "/api/v1/posts",                                       "post:read",         Body::none, no_body,    on(list_posts)},
      {Method::get,     "/api/v1/post_holders",                                "post:read",         Body::none, no_body,    on(list_post_holders)},
      {Method::post,    "/api/v1/posts",                                       "units:manage",      Body::json, words,      on(make_post)},
      {Method::get,     "/api/v1/promises",                                    "promise:read",      Body::none, no_body,    on(list_promises)},
      {Method::post,    "/api/v1/promises",                                    "promise:make",      Body::json, words,      on(make_promise)},
      {Method::get,     "/api/v1/promises/{promise}",                          "promise:read",      Body::none, no_body,    on(show_promise)},
      {Method::get,     "/api/v1/promises/{promise}/proofs",                   "promise:verify",    Body::none, no_body,    on(list_promise_proofs)},
      {Method::post,    "/api/v1/promises/{promise}/steps/{kind}",             "promise:read",      Body::json, words,      on(take_promise_step)},
      {Method::post,    "/api/v1/promises/{promise}/steps/{kind}/with_files",  "promise:carry_out", Body::form, with_files, on(take_promise_step_with_files)},
      {Method::get,     "/api/v1/promises/{promise}/evidence/{content}",       "promise:read",      Body::none, no_body,    on(show_promise_evidence)},

      // handing over a post
      {Method::get,     "/api/v1/relays",                                      "relay:read",        Body::none, no_body,    on(list_relays)},
      {Method::post,    "/api/v1/relays",                                      "relay:freeze",      Body::json, words,      on(freeze_relay)},
      {Method::get,     "/api/v1/relays/{relay}",                              "relay:read",        Body::none, no_body,    on(show_relay)},
      {Method::put,     "/api/v1/relays/{relay}/items/{item}",                 "relay:sign",        Body::json, words,      on(answer_relay_item)},
      {Method::post,    "/api/v1/relays/{relay}/signature",                    "relay:sign",        Body::json, words,      on(sign_relay)},
      {Method::post,    "/api/v1/relays/{relay}/signature_in_absence",         "relay:freeze",      Body::json, words,      on(sign_relay_in_absence)},
      {Method::post,    "/api/v1/relays/{relay}/calling_off",                  "relay:freeze",      Body::json, words,      on(call_off_relay)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
