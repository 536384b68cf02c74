// Urlencoded forms, and header values with parameters.
#include "adapters/http_beast/gzip.h"
#include "adapters/http_beast/header_value.h"
#include "adapters/http_beast/multipart.h"
#include "adapters/http_beast/urlencoded.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  constexpr std::size_t most_fields = 20;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto fields = http_beast::parse_urlencoded(text, most_fields)) {
    MINHU_ASSERT(fields->size() <= most_fields);
    for (const auto& [name, value] : *fields) {
      MINHU_ASSERT(is_valid_utf8(name) && is_valid_utf8(value));
    }
  }
  static_cast<void>(http_beast::parse_header_value(text));
  static_cast<void>(http_beast::accepts_gzip(text));
  if (const auto boundary = http_beast::boundary_of(text)) {
    MINHU_ASSERT(!boundary->empty() && boundary->size() <= 70);
  }
  return 0;
}
