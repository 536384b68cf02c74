// Parts of a request that the handlers of classes share. Inner header.
#pragma once

#include "adapters/web_api/class_shown.h"
#include "adapters/web_api/classes.h"
#include "adapters/web_api/cursor.h"
#include "adapters/web_api/request_parts.h"

namespace minhu::web_api {

using ClassRequest = Asked<classes::ClassId>;
// Who is asking, and the class of the path. An id that is none is a class that is not there. Faults
// of accounts::Gate, not_found classes.no_such_class.
Result<ClassRequest> admit_to_class(const Api& api, const http::Request& request,
                                    std::string_view permission);

// The class as it stands now.
Answer the_class(const Api& api, const http::Request& request, const cases::Context& context,
                 classes::ClassId id, int status = 200);

inline boost::json::value next_cursor(const std::optional<ListCursor>& cursor) {
  return cursor ? boost::json::value(cursor_text(*cursor)) : boost::json::value(nullptr);
}

}  // namespace minhu::web_api
