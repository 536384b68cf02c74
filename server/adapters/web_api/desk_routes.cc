#include "adapters/web_api/areas.h"
#include "adapters/web_api/desk.h"

namespace minhu::web_api {

std::vector<http::Route> desk_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // what waits for a unit, and what it has handled
      {Method::get,     "/api/v1/queues",                                     "queue:read",         Body::none, no_body,    on(show_queues)},
      {Method::get,     "/api/v1/queue",                                      "queue:read",         Body::none, no_body,    on(show_queue)},
      {Method::post,    "/api/v1/queue/bulk",                                 "case:sign_in",       Body::json, words,      on(take_step_in_bulk)},
      {Method::get,     "/api/v1/handled",                                    "queue:read",         Body::none, no_body,    on(show_handled)},
      {Method::get,     "/api/v1/find",                                       "case:read",          Body::none, no_body,    on(find_case)},
      {Method::get,     "/api/v1/views",                                      "queue:read",         Body::none, no_body,    on(list_views)},
      {Method::post,    "/api/v1/views",                                      "queue:read",         Body::json, words,      on(save_view)},
      {Method::delete_, "/api/v1/views/{view}",                               "queue:read",         Body::none, no_body,    on(delete_view)},

      // one case
      {Method::get,     "/api/v1/cases/{id}/changes",                         "case:read",          Body::none, no_body,    on(show_changes)},
      {Method::get,     "/api/v1/cases/{id}/draft",                           "case:read",          Body::none, no_body,    on(show_draft)},
      {Method::put,     "/api/v1/cases/{id}/draft",                           "case:read",          Body::json, long_words, on(keep_draft)},
      {Method::delete_, "/api/v1/cases/{id}/draft",                           "case:read",          Body::none, no_body,    on(discard_draft)},
      {Method::post,    "/api/v1/cases/{id}/preview/{kind}",                  "case:read",          Body::json, long_words, on(preview_step)},

      // the library of texts
      {Method::get,     "/api/v1/texts",                                      "text:read",          Body::none, no_body,    on(list_texts)},
      {Method::post,    "/api/v1/texts",                                      "text:write",         Body::json, words,      on(add_text)},
      {Method::put,     "/api/v1/texts/{text}",                               "text:write",         Body::json, words,      on(change_text)},
      {Method::delete_, "/api/v1/texts/{text}",                               "text:write",         Body::none, no_body,    on(remove_text)},
      {Method::get,     "/api/v1/cases/{id}/texts",                           "case:read",          Body::none, no_body,    on(list_texts_for_case)},
      {Method::post,    "/api/v1/cases/{id}/texts/{text}/used",               "case:read",          Body::none, no_body,    on(use_text)},

      // matters alike
      {Method::get,     "/api/v1/similar",                                    "case:read",          Body::none, no_body,    on(find_similar)},
      {Method::get,     "/api/v1/cases/{id}/similar",                         "case:read",          Body::none, no_body,    on(list_similar)},
      {Method::post,    "/api/v1/cases/{id}/not_similar",                     "case:read",          Body::json, words,      on(reject_similar)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
