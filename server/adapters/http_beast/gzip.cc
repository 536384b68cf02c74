#include "adapters/http_beast/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "adapters/http_beast/header_value.h"
#include "kernel/assert.h"

namespace minhu::http_beast {

namespace {

// On our pages level 4 gives 3 % more bytes than level 6 in half the time.
constexpr int level = 4;
constexpr int window_of_gzip = 15 + 16;
constexpr int memory_level = 8;

bool is_zero(std::string_view quality) {
  return !quality.empty() && quality.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const std::size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const auto coding = parse_header_value(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    if (!coding || coding->value != "gzip") continue;
    const std::string* quality = coding->parameter("q");
    return quality == nullptr || !is_zero(*quality);
  }
  return false;
}

std::string gzip(std::string_view plain) {
  MINHU_ASSERT(plain.size() <= std::numeric_limits<uInt>::max());
  z_stream stream{};
  if (::deflateInit2(&stream, level, Z_DEFLATED, window_of_gzip, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(::deflateBound(&stream, static_cast<uLong>(plain.size())), '\0');
  // zlib does not write to its input; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = ::deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  MINHU_ASSERT(result == Z_STREAM_END);
  return packed;
}

}  // namespace minhu::http_beast
