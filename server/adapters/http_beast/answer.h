// A response as the bytes that go out: framing, the security headers of every answer, gzip.
#pragma once

#include <chrono>
#include <string>

#include "ports/http.h"

namespace minhu::http_beast {

enum class AfterAnswer { keep, keep_old_client, close };  // old: HTTP/1.0, which must be told

struct Answer {
  int status = 0;
  std::string head;
  std::string body;  // empty for HEAD, 204 and 304
};

// What the handler set wins, except the framing (Content-Length, Transfer-Encoding, Connection,
// Date), which is ours alone. Throws std::invalid_argument when a header holds a line end: a
// handler let somebody's text in unescaped.
Answer make_answer(const http::Request& request, http::Response response, AfterAnswer after,
                   std::chrono::sys_seconds now);

std::string http_date(std::chrono::sys_seconds time);  // Mon, 23 Nov 2026 07:42:00 GMT

}  // namespace minhu::http_beast
