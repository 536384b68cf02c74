// The handlers of promises and of the handing over of posts. Inner header.
#pragma once

#include "adapters/web_api/api.h"

namespace minhu::web_api {

// ---- posts and promises (promises.cc)
Answer list_posts(const Api& api, const http::Request& request);
Answer list_post_holders(const Api& api, const http::Request& request);
Answer make_post(const Api& api, const http::Request& request);
Answer list_promises(const Api& api, const http::Request& request);
Answer make_promise(const Api& api, const http::Request& request);
Answer show_promise(const Api& api, const http::Request& request);
Answer list_promise_proofs(const Api& api, const http::Request& request);
Answer take_promise_step(const Api& api, const http::Request& request);
Answer take_promise_step_with_files(const Api& api, const http::Request& request);
Answer show_promise_evidence(const Api& api, const http::Request& request);

// ---- handing over (relays.cc)
Answer list_relays(const Api& api, const http::Request& request);
Answer freeze_relay(const Api& api, const http::Request& request);
Answer show_relay(const Api& api, const http::Request& request);
Answer answer_relay_item(const Api& api, const http::Request& request);
Answer sign_relay(const Api& api, const http::Request& request);
Answer sign_relay_in_absence(const Api& api, const http::Request& request);
Answer call_off_relay(const Api& api, const http::Request& request);

}  // namespace minhu::web_api
