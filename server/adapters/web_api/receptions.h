// Tablets of receptions, what they take along and what they bring back. Inner header.
#pragma once

#include "adapters/web_api/api.h"

namespace minhu::web_api {

// ---- tablets (receptions.cc)
Answer list_reception_days(const Api& api, const http::Request& request);
Answer show_reception_history(const Api& api, const http::Request& request);
Answer list_tablets(const Api& api, const http::Request& request);
Answer allot_numbers(const Api& api, const http::Request& request);
Answer take_tablet_out_of_use(const Api& api, const http::Request& request);
Answer show_received(const Api& api, const http::Request& request);

// ---- recorded sessions (reception_sessions.cc)
Answer keep_session(const Api& api, const http::Request& request);
Answer show_session_recorded(const Api& api, const http::Request& request);
Answer keep_session_beside(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
