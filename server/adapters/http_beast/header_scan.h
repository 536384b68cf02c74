// Finds the end of the headers in what has been received, and refuses what must never reach a
// parser, because parsers and proxies disagree about it: bare line feeds, NUL, folded lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "adapters/http_beast/refused.h"

namespace minhu::http_beast {

class HeaderScan {
 public:
  HeaderScan(std::size_t target_limit, std::size_t header_limit)
      : target_limit_(target_limit), header_limit_(header_limit) {}

  // `received` starts at the request line; bytes seen by the last call are not looked at again.
  // Gives the length of the headers with their closing empty line, or nothing while they are not
  // complete. Refuses with 400 http.malformed, 414 http.target_too_long, 431
  // http.headers_too_large.
  OrRefused<std::optional<std::size_t>> look(std::string_view received);

 private:
  std::size_t target_limit_;
  std::size_t header_limit_;
  std::size_t seen_ = 0;
  std::size_t line_start_ = 0;
};

}  // namespace minhu::http_beast
