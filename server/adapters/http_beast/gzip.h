// gzip (RFC 1952) of an answer.
#pragma once

#include <string>
#include <string_view>

namespace minhu::http_beast {

// Whether an Accept-Encoding takes gzip ("gzip;q=0" does not).
bool accepts_gzip(std::string_view accept_encoding);

std::string gzip(std::string_view plain);

}  // namespace minhu::http_beast
