// Where the next page of a list begins, as opaque text. It opens nothing: whoever changes it sees
// another part of what they may see anyway. Inner header.
#pragma once

#include <optional>
#include <string>

#include "features/cases/watch.h"
#include "kernel/result.h"
#include "ports/http.h"

namespace minhu::web_api {

std::string write_watch_cursor(const cases::WatchCursor& cursor);
// The query parameter `cursor`; nothing when it is absent. Fault invalid_input api.bad_cursor.
Result<std::optional<cases::WatchCursor>> read_watch_cursor(const http::Request& request);

}  // namespace minhu::web_api
