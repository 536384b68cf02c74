// Request targets: whatever is accepted is a clean path.
#include "adapters/http_beast/target.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  static_cast<void>(http_beast::is_host(raw));
  const auto target = http_beast::parse_target(raw);
  if (!target) return 0;
  const std::string with_ends = target->path + "/";
  MINHU_ASSERT(target->path.starts_with('/'));
  MINHU_ASSERT(is_valid_utf8(target->path));
  MINHU_ASSERT(target->path.find("//") == std::string::npos);
  MINHU_ASSERT(with_ends.find("/./") == std::string::npos);
  MINHU_ASSERT(with_ends.find("/../") == std::string::npos);
  for (const char c : target->path) MINHU_ASSERT(c != '\\' && c != 0x7F && (c < 0 || c >= 0x20));
  for (const auto& [name, value] : target->query) {
    MINHU_ASSERT(is_valid_utf8(name) && is_valid_utf8(value));
    MINHU_ASSERT(value.find('\0') == std::string::npos);
  }
  return 0;
}
