// One HTTP/1.1 request from bytes, by Boost.Beast's parser, with the checks that it leaves to us.
// No sockets here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http_beast/body_reader.h"
#include "adapters/http_beast/refused.h"
#include "ports/http.h"

namespace minhu::http_beast {

struct Head {
  http::Request request;               // method, headers and cookies; the rest comes later
  std::optional<http::Method> method;  // nothing: one that we do not know
  std::string target;                  // as sent
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = false;
  bool http_1_0 = false;
  bool expects_continue = false;

  bool has_body() const noexcept { return chunked || content_length.value_or(0) > 0; }
};

class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  // `block` ends with the empty line (HeaderScan). Refuses with 400: http.malformed (also Content-
  // Length beside Transfer-Encoding, two lengths, a coding other than chunked), http.bad_host
  // (missing, repeated or none).
  OrRefused<Head> read_head(std::string_view block);

  // After read_head: gives what it can of `bytes` to `reader` and says how many bytes it used; the
  // rest must come again with more behind it. Refuses with 400 http.malformed and as `reader`.
  OrRefused<std::size_t> read_body(std::string_view bytes, BodyReader& reader);
  bool complete() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// "a=1; b=2" into names and values; quotes around a value go.
void read_cookies(std::string_view header, http::Request& request);

}  // namespace minhu::http_beast
