// The handlers of leaders' visits. Inner header.
#pragma once

#include "adapters/web_api/api.h"

namespace minhu::web_api {

// ---- one visit and the list (visits.cc)
Answer list_visits(const Api& api, const http::Request& request);
Answer plan_visit(const Api& api, const http::Request& request);
Answer show_visit(const Api& api, const http::Request& request);
Answer show_visit_steps(const Api& api, const http::Request& request);
Answer take_visit_step(const Api& api, const http::Request& request);
Answer take_visit_step_with_files(const Api& api, const http::Request& request);
Answer show_visit_figures(const Api& api, const http::Request& request);

// ---- its queue (visit_queue.cc)
Answer book_visit(const Api& api, const http::Request& request);
Answer call_next_group(const Api& api, const http::Request& request);
Answer take_group_step(const Api& api, const http::Request& request);
Answer open_group_contact(const Api& api, const http::Request& request);

// ---- calendars at a secret address (visit_queue.cc)
Answer list_visit_calendars(const Api& api, const http::Request& request);
Answer make_visit_calendar(const Api& api, const http::Request& request);
Answer revoke_visit_calendar(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
