#include "adapters/web_api/areas.h"
#include "adapters/web_api/plans.h"

namespace minhu::web_api {

std::vector<http::Route> plans_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,  "/api/v1/plans",                                        "plan:read",        Body::none, no_body,    on(list_plans)},
      {Method::get,  "/api/v1/plans/{month}",                                "plan:read",        Body::none, no_body,    on(show_plan)},
      {Method::post, "/api/v1/plans/{month}/cycle",                          "plan:make",        Body::json, words,      on(freeze_month)},
      {Method::post, "/api/v1/plans/{month}/drafts",                         "plan:make",        Body::json, words,      on(draft_plan)},
      {Method::post, "/api/v1/plans/{month}/wishes",                         "plan:wish",        Body::json, words,      on(wish_of_plan)},
      {Method::post, "/api/v1/plans/{month}/acceptance",                     "plan:accept",      Body::json, words,      on(accept_plan)},
      {Method::post, "/api/v1/plans/{month}/lot/{step}",                     "plan:draw",        Body::json, words,      on(take_lot_step)},
      {Method::get,  "/api/v1/plans/{month}/lot",                            "public",           Body::none, no_body,    on(show_lot)},
      {Method::get,  "/api/v1/plan_coverage",                                "plan:read",        Body::none, no_body,    on(show_plan_coverage)},

      {Method::get,  "/api/v1/investigations",                               "plan:read",        Body::none, no_body,    on(list_investigations)},
      {Method::post, "/api/v1/investigations",                               "plan:investigate", Body::json, long_words, on(plan_investigation)},
      {Method::get,  "/api/v1/investigations/{investigation}",               "plan:read",        Body::none, no_body,    on(show_investigation)},
      {Method::post, "/api/v1/investigations/{investigation}/findings",      "plan:investigate", Body::json, words,      on(record_finding)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
