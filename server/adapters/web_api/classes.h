// The handlers of classes of matters. Inner header.
#pragma once

#include "adapters/web_api/api.h"

namespace minhu::web_api {

// ---- one class and the list (classes.cc)
Answer list_classes(const Api& api, const http::Request& request);
Answer propose_class(const Api& api, const http::Request& request);
Answer show_class(const Api& api, const http::Request& request);
Answer show_class_steps(const Api& api, const http::Request& request);
Answer take_class_step(const Api& api, const http::Request& request);
Answer show_class_series(const Api& api, const http::Request& request);

// ---- its cases (class_cases.cc)
Answer list_class_cases(const Api& api, const http::Request& request);
Answer link_case(const Api& api, const http::Request& request);
Answer unlink_case(const Api& api, const http::Request& request);
Answer reject_case(const Api& api, const http::Request& request);
Answer record_asked_speaker(const Api& api, const http::Request& request);
Answer show_class_of_case(const Api& api, const http::Request& request);

// ---- what is found, counted and published (class_lists.cc)
Answer list_class_candidates(const Api& api, const http::Request& request);
Answer dismiss_class_candidate(const Api& api, const http::Request& request);
Answer show_lessons(const Api& api, const http::Request& request);
Answer show_class_ledger(const Api& api, const http::Request& request);
Answer find_published_classes(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
