// Whole requests, from the first byte to what a handler would get: split in two ways, with the same
// result. The first byte of the input chooses the size of the pieces.
#include <algorithm>
#include <filesystem>

#include "adapters/http_beast/admission.h"
#include "adapters/http_beast/header_scan.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace {

using namespace minhu;
using namespace minhu::http_beast;

constexpr std::size_t longest_unused = 1024;

http::Route route(http::Method method, std::string_view pattern, http::Body body) {
  return {method, pattern, "public",
          body,   500,     [](const http::Request&) { return http::Response{}; }};
}

Limits small_limits() {
  Limits limits;
  limits.target_bytes = 100;
  limits.header_bytes = 400;
  limits.parts = 4;
  limits.part_header_bytes = 100;
  limits.part_in_memory = 100;
  return limits;
}

std::string told(const http::Request& request) {
  std::string text = request.path + "|" + request.body;
  for (const auto& [name, value] : request.headers) text += "|" + name + ":" + value;
  for (const auto& [name, value] : request.cookies) text += "|" + name + "=" + value;
  for (const http::Part& part : request.parts) {
    MINHU_ASSERT(is_valid_utf8(part.name));
    MINHU_ASSERT(part.spooled.empty() || std::filesystem::file_size(part.spooled) == part.size);
    text += "|" + part.name + ";" + part.file_name + ";" + part.value;
  }
  MINHU_ASSERT(is_valid_utf8(request.path) && is_valid_utf8(request.body));
  return text;
}

std::string refused(const Refused& why) {
  return std::to_string(why.status) + why.fault.key;
}

// What came of the first request in `bytes`, arriving in pieces.
std::string read(std::string_view bytes, std::size_t piece, const Router& router, Spool& spool,
                 const Limits& limits) {
  HeaderScan scan(limits.target_bytes, limits.header_bytes);
  std::size_t arrived = 0;
  std::optional<std::size_t> length;
  while (!length) {
    if (arrived == bytes.size()) return "more";
    arrived = std::min(arrived + piece, bytes.size());
    const auto looked = scan.look(bytes.substr(0, arrived));
    if (!looked) return refused(looked.error());
    length = *looked;
  }
  RequestParser parser;
  auto head = parser.read_head(bytes.substr(0, *length));
  if (!head) return refused(head.error());
  auto admission = admit(*head, router, limits);
  if (!admission) return refused(admission.error());
  BodyReader reader(admission->body, limits, spool);
  std::size_t begin = *length;
  while (true) {
    const auto used = parser.read_body(bytes.substr(begin, arrived - begin), reader);
    if (!used) return refused(used.error());
    MINHU_ASSERT(*used <= arrived - begin);
    begin += *used;
    const auto written = reader.write_out();
    if (!written) return written.error().key;
    if (parser.complete()) break;
    // Where the server gives up depends on how the bytes arrive, so it is not part of this.
    if (arrived == bytes.size() || arrived - begin > longest_unused) return "more";
    arrived = std::min(arrived + piece, bytes.size());
  }
  const auto files = reader.finish(head->request);
  return files ? told(head->request) : files.error().key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Limits limits = small_limits();
  static const Router router({route(http::Method::get, "/", http::Body::none),
                              route(http::Method::post, "/json", http::Body::json),
                              route(http::Method::post, "/form/{x}.xml", http::Body::form)});
  static Spool spool(std::filesystem::temp_directory_path() / "minhu-request-fuzz", 1'000'000);
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string at_once =
      read(bytes, std::max<std::size_t>(bytes.size(), 1), router, spool, limits);
  MINHU_ASSERT(read(bytes, data[0] % 16 + 1U, router, spool, limits) == at_once);
  return 0;
}
