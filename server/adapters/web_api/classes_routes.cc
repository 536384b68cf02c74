#include "adapters/web_api/areas.h"
#include "adapters/web_api/classes.h"

namespace minhu::web_api {

std::vector<http::Route> classes_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // one class and the list
      {Method::get,     "/api/v1/classes",                                    "class:read",         Body::none, no_body,    on(list_classes)},
      {Method::post,    "/api/v1/classes",                                    "class:propose",      Body::json, words,      on(propose_class)},
      {Method::get,     "/api/v1/classes/{class}",                            "class:read",         Body::none, no_body,    on(show_class)},
      {Method::get,     "/api/v1/classes/{class}/steps",                      "class:read",         Body::none, no_body,    on(show_class_steps)},
      {Method::post,    "/api/v1/classes/{class}/steps/{kind}",               "class:read",         Body::json, long_words, on(take_class_step)},
      {Method::get,     "/api/v1/classes/{class}/series",                     "class:read",         Body::none, no_body,    on(show_class_series)},

      // its cases
      {Method::get,     "/api/v1/classes/{class}/cases",                      "class:read",         Body::none, no_body,    on(list_class_cases)},
      {Method::put,     "/api/v1/classes/{class}/cases/{id}",                 "class:link",         Body::none, no_body,    on(link_case)},
      {Method::delete_, "/api/v1/classes/{class}/cases/{id}",                 "class:link",         Body::none, no_body,    on(unlink_case)},
      {Method::put,     "/api/v1/classes/{class}/cases/{id}/unrelated",       "class:link",         Body::none, no_body,    on(reject_case)},
      {Method::post,    "/api/v1/classes/{class}/cases/{id}/asked",           "class:ask",          Body::json, words,      on(record_asked_speaker)},
      {Method::get,     "/api/v1/cases/{id}/class",                           "case:read",          Body::none, no_body,    on(show_class_of_case)},

      // what is found, counted and published
      {Method::get,     "/api/v1/class_candidates",                           "class:read",         Body::none, no_body,    on(list_class_candidates)},
      {Method::post,    "/api/v1/class_candidates/dismissed",                 "class:propose",      Body::json, words,      on(dismiss_class_candidate)},
      {Method::get,     "/api/v1/lessons",                                    "figures:read",       Body::none, no_body,    on(show_lessons)},
      {Method::get,     "/api/v1/open_data/classes",                          "public",             Body::none, no_body,    on(show_class_ledger)},
      {Method::post,    "/api/v1/published_classes/near",                     "public",             Body::json, words,      on(find_published_classes)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
