// The routes of each area of /api/v1, and what their tables are written with. Inner header.
#pragma once

#include <memory>

#include "adapters/web_api/api.h"

namespace minhu::web_api {

using SharedApi = std::shared_ptr<const Api>;
using http::Body;
using http::Method;

// The longest body that a route reads, in bytes.
constexpr std::uint64_t no_body = 0;
constexpr std::uint64_t words = std::uint64_t{32} * 1024;  // 2,000 characters, escaped, with room
constexpr std::uint64_t long_words = std::uint64_t{256} * 1024;  // the longest texts of an office
constexpr std::uint64_t with_files = std::uint64_t{64} * 1024 * 1024;

std::vector<http::Route> figures_routes(const SharedApi& api);  // figures.cc

// Makes a handler `Answer f(const Api&, const Request&)` one of the server: a Fault is answered as
// a problem.
struct On {
  SharedApi api;

  template <class Handler>
  auto operator()(Handler handler) const {
    return [shared = api, handler](const http::Request& request) {
      // Asked here for all of them: a browser that another site sends changes nothing, whether or
      // not it brings a cookie along.
      if (accounts::comes_from_elsewhere(request)) {
        return shared->refuse(request, {FaultCode::not_allowed, "accounts.foreign_request"});
      }
      Answer answer = handler(*shared, request);
      return answer ? std::move(*answer) : shared->refuse(request, answer.error());
    };
  }
};

// ---- sessions and one's own account (session.cc, own_account.cc); accounts of officials
// (people_routes.cc)
std::vector<http::Route> own_account_routes(const SharedApi& api);
std::vector<http::Route> people_routes(const SharedApi& api);
// ---- the tables of areas that have a file of their own
std::vector<http::Route> intake_routes(const SharedApi& api);
std::vector<http::Route> desk_routes(const SharedApi& api);   // desk_routes.cc
std::vector<http::Route> admin_routes(const SharedApi& api);  // admin_routes.cc
std::vector<http::Route> matters_routes(const SharedApi& api);
std::vector<http::Route> callback_routes(const SharedApi& api);
std::vector<http::Route> supervision_routes(const SharedApi& api);
std::vector<http::Route> classes_routes(const SharedApi& api);
std::vector<http::Route> promises_routes(const SharedApi& api);
std::vector<http::Route> visits_routes(const SharedApi& api);
std::vector<http::Route> seal_routes(const SharedApi& api);  // names.cc
std::vector<http::Route> closeness_routes(const SharedApi& api);
std::vector<http::Route> plans_routes(const SharedApi& api);
std::vector<http::Route> accusations_routes(const SharedApi& api);  // accusations.cc
std::vector<http::Route> receptions_routes(const SharedApi& api);

}  // namespace minhu::web_api
