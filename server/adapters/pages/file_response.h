// A photo, a recording or a paper of one person, for that person alone.
#pragma once

#include "kernel/bytes.h"
#include "ports/http.h"

namespace minhu::pages {

// Pictures and sounds are shown; everything else is only ever downloaded. Whatever it is, it runs
// nothing.
http::Response file_response(std::string_view media_type, BytesView bytes);

}  // namespace minhu::pages
