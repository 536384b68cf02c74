// Parts of a request that the handlers of visits share. Inner header.
#pragma once

#include "adapters/web_api/request_parts.h"
#include "adapters/web_api/visit_shown.h"
#include "adapters/web_api/visits.h"

namespace minhu::web_api {

using VisitRequest = Asked<visits::VisitId>;
// Who is asking, and the visit of the path. An id that is none is a visit that is not there. Faults
// of accounts::Gate, not_found visits.no_such_visit.
Result<VisitRequest> admit_to_visit(const Api& api, const http::Request& request,
                                    std::string_view permission);
// The visit as it stands now.
Answer the_visit(const Api& api, const http::Request& request, const cases::Context& context,
                 visits::VisitId id, int status = 200);

}  // namespace minhu::web_api
