// The request target: where the request goes, decoded once and for all.
#pragma once

#include <string>
#include <string_view>

#include "adapters/http_beast/urlencoded.h"
#include "kernel/result.h"

namespace minhu::http_beast {

struct Target {
  std::string authority;  // "host:port" of an absolute target as sent; empty in origin form
  // Decoded, valid UTF-8, starts with '/', no dot segments, no control characters. Doubled slashes
  // are one, because real clients append "/requests.xml" to an address that ends in a slash.
  std::string path;
  Fields query;
};

// Accepts "/path?query" and "http://host/path?query". Fault http.bad_target: a bad percent escape,
// bytes that are not visible ASCII, control characters or invalid UTF-8 after decoding, dot
// segments, escaped slashes and backslashes, fragments.
Result<Target> parse_target(std::string_view raw);

// What a Host header may hold: a name or an address, and maybe a port. No user, no path.
bool is_host(std::string_view host);

}  // namespace minhu::http_beast
