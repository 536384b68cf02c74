#include "adapters/web_api/areas.h"
#include "adapters/web_api/articles.h"

namespace minhu::web_api {

std::vector<http::Route> intake_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // a letter with the pictures of it
      {Method::post,    "/api/v1/office/cases/with_files",                    "case:receive",       Body::form, with_files, on(receive_at_the_counter_with_files)},

      // what a clerk may answer at once
      {Method::post,    "/api/v1/articles/search",                            "article:read",       Body::json, long_words, on(search_articles)},
      {Method::get,     "/api/v1/articles",                                   "article:read",       Body::none, no_body,    on(list_articles)},
      {Method::post,    "/api/v1/articles",                                   "article:write",      Body::json, long_words, on(write_article)},
      {Method::get,     "/api/v1/articles/{id}",                              "article:read",       Body::none, no_body,    on(show_article)},
      {Method::put,     "/api/v1/articles/{id}",                              "article:write",      Body::json, long_words, on(change_article)},
      {Method::get,     "/api/v1/articles/{id}/versions",                     "article:read",       Body::none, no_body,    on(show_article_versions)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
