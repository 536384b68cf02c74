// A fault as application/problem+json (RFC 9457).
#pragma once

#include <boost/json/object.hpp>

#include "engines/catalogue/catalogue.h"
#include "ports/http.h"

namespace minhu::web_api {

// The first language of Accept-Language that we have; else the first of the house.
const catalogue::Catalogue& language_of(const catalogue::Catalogues& catalogues,
                                        const http::Request& request);

boost::json::object problem_body(const catalogue::Catalogue& catalogue,
                                 const http::Request& request, int status, const Fault& fault);
http::Response problem(const catalogue::Catalogue& catalogue, const http::Request& request,
                       int status, const Fault& fault);

}  // namespace minhu::web_api
