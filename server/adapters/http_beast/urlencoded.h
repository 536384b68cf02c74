// name=value&name=value with percent escapes and + for a blank: queries, and forms without files.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/result.h"

namespace minhu::http_beast {

using Fields = std::vector<std::pair<std::string, std::string>>;

// %XX only. Faults http.bad_escape (also for an escaped NUL), http.not_utf8.
Result<std::string> decode_percent(std::string_view text, bool plus_is_blank);

// In order; a name without "=" has an empty value, empty pieces are skipped. Faults as above, and
// too_large http.too_many_fields.
Result<Fields> parse_urlencoded(std::string_view text, std::size_t most_fields);

}  // namespace minhu::http_beast
