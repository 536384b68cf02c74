// The handlers of what a clerk may answer at once. Inner header.
#pragma once

#include "adapters/web_api/api.h"

namespace minhu::web_api {

// What is typed while somebody speaks: in a body, because an address lies in logs and histories.
// It is read and forgotten.
Answer search_articles(const Api& api, const http::Request& request);
Answer list_articles(const Api& api, const http::Request& request);
Answer show_article(const Api& api, const http::Request& request);
Answer show_article_versions(const Api& api, const http::Request& request);
Answer write_article(const Api& api, const http::Request& request);
Answer change_article(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
