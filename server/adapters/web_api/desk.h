// The handlers of the desk and what they share. Inner header.
#pragma once

#include "adapters/web_api/api.h"
#include "features/desk/office_drafts.h"

namespace minhu::web_api {

// ---- lists (queue.cc)
Answer show_queues(const Api& api, const http::Request& request);
Answer show_queue(const Api& api, const http::Request& request);
Answer show_handled(const Api& api, const http::Request& request);
Answer find_case(const Api& api, const http::Request& request);
Answer take_step_in_bulk(const Api& api, const http::Request& request);

// ---- an official's own views (views.cc)
Answer list_views(const Api& api, const http::Request& request);
Answer save_view(const Api& api, const http::Request& request);
Answer delete_view(const Api& api, const http::Request& request);

// ---- one case (case_work.cc)
Answer show_changes(const Api& api, const http::Request& request);
Answer show_draft(const Api& api, const http::Request& request);
Answer keep_draft(const Api& api, const http::Request& request);
Answer discard_draft(const Api& api, const http::Request& request);
Answer preview_step(const Api& api, const http::Request& request);

// ---- the library of texts (texts.cc)
Answer list_texts(const Api& api, const http::Request& request);
Answer add_text(const Api& api, const http::Request& request);
Answer change_text(const Api& api, const http::Request& request);
Answer remove_text(const Api& api, const http::Request& request);
Answer list_texts_for_case(const Api& api, const http::Request& request);
Answer use_text(const Api& api, const http::Request& request);

// ---- matters alike (similar.cc)
Answer list_similar(const Api& api, const http::Request& request);
Answer find_similar(const Api& api, const http::Request& request);
Answer reject_similar(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
