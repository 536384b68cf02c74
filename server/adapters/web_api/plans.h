// Where leaders go, over /api/v1. Inner header.
#pragma once

#include "adapters/web_api/api.h"

namespace minhu::web_api {

Answer list_plans(const Api& api, const http::Request& request);
Answer show_plan(const Api& api, const http::Request& request);
Answer freeze_month(const Api& api, const http::Request& request);
Answer draft_plan(const Api& api, const http::Request& request);
Answer wish_of_plan(const Api& api, const http::Request& request);
Answer accept_plan(const Api& api, const http::Request& request);
Answer take_lot_step(const Api& api, const http::Request& request);
Answer show_lot(const Api& api, const http::Request& request);
Answer show_plan_coverage(const Api& api, const http::Request& request);

Answer list_investigations(const Api& api, const http::Request& request);
Answer plan_investigation(const Api& api, const http::Request& request);
Answer show_investigation(const Api& api, const http::Request& request);
Answer record_finding(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
