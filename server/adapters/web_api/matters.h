// Reading what people say: suggestions with their reasons, and the models behind them. Inner
// header.
#pragma once

#include <boost/json/array.hpp>

#include "adapters/web_api/api.h"
#include "features/desk/similar.h"

namespace minhu::web_api {

Answer read_words(const Api& api, const http::Request& request);
Answer read_case(const Api& api, const http::Request& request);
Answer leave_case_out(const Api& api, const http::Request& request);
Answer let_case_be_learnt(const Api& api, const http::Request& request);

Answer list_models(const Api& api, const http::Request& request);
Answer make_model(const Api& api, const http::Request& request);
Answer use_model(const Api& api, const http::Request& request);

// similar.cc: cases alike, as an allow-list.
boost::json::array shown_similar(const Api& api, const http::Request& request, Reading& reading,
                                 const cases::Context& context,
                                 const std::vector<desk::Similar>& found);

}  // namespace minhu::web_api
