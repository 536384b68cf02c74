<<<<<<< HEAD
// Where the next page of a list begins, as opaque text. It opens nothing: whoever changes it sees
// another part of what they may see anyway. Inner header.
=======
// Where the next page of a list begins: a number and the id of the last line, as one opaque word.
// It opens nothing: whoever changes it sees another part of their own list. Inner header.
>>>>>>> main
#pragma once

#include <optional>
#include <string>

<<<<<<< HEAD
#include "features/cases/watch.h"
=======
#include "features/cases/kinds.h"
#include "kernel/bytes.h"
>>>>>>> main
#include "kernel/result.h"
#include "ports/http.h"

namespace minhu::web_api {

<<<<<<< HEAD
std::string write_cursor(const cases::WatchCursor& cursor);
// The query parameter `cursor`; nothing when it is absent. Fault invalid_input api.bad_cursor.
Result<std::optional<cases::WatchCursor>> read_cursor(const http::Request& request);
=======
struct ListCursor {
  std::int64_t at = 0;
  cases::CaseId id;
};

std::string cursor_text(const ListCursor& cursor);
// Nothing when the request has none. Fault invalid_input api.bad_cursor.
Result<std::optional<ListCursor>> cursor_of(const http::Request& request);
>>>>>>> main

}  // namespace minhu::web_api
