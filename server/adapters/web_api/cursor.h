// Where the next page of a list begins: a number and the id of the last line, as one opaque word.
// It opens nothing: whoever changes it sees another part of their own list. Inner header.
#pragma once

#include <optional>
#include <string>

#include "features/cases/kinds.h"
#include "kernel/bytes.h"
#include "kernel/result.h"
#include "ports/http.h"

namespace minhu::web_api {

struct ListCursor {
  std::int64_t at = 0;
  cases::CaseId id;
};

std::string cursor_text(const ListCursor& cursor);
// Nothing when the request has none. Fault invalid_input api.bad_cursor.
Result<std::optional<ListCursor>> cursor_of(const http::Request& request);

}  // namespace minhu::web_api
