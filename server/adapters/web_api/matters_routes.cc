#include "adapters/web_api/areas.h"
#include "adapters/web_api/matters.h"

namespace minhu::web_api {

std::vector<http::Route> matters_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // what words speak of
      {Method::post,    "/api/v1/matters/read",                               "case:receive",       Body::json, long_words, on(read_words)},
      {Method::get,     "/api/v1/cases/{id}/reading",                         "case:triage",        Body::none, no_body,    on(read_case)},
      {Method::put,     "/api/v1/cases/{id}/not_learnt",                      "case:triage",        Body::none, no_body,    on(leave_case_out)},
      {Method::delete_, "/api/v1/cases/{id}/not_learnt",                      "case:triage",        Body::none, no_body,    on(let_case_be_learnt)},

      // the models behind it
      {Method::get,     "/api/v1/admin/models",                               "units:manage",       Body::none, no_body,    on(list_models)},
      {Method::post,    "/api/v1/admin/models",                               "units:manage",       Body::json, words,      on(make_model)},
      {Method::post,    "/api/v1/admin/models/{version}/use",                 "units:manage",       Body::json, words,      on(use_model)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
