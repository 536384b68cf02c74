// Every cookie of these pages is made here: HttpOnly, SameSite=Strict, and Secure wherever the
// request was.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ports/http.h"

namespace minhu::pages {

struct Cookie {
  std::string_view name;
  std::string_view value;
  std::string_view path;
  std::int64_t seconds = 0;  // 0 forgets it
};
void set_cookie(const http::Request& request, http::Response& response, const Cookie& cookie);

}  // namespace minhu::pages
