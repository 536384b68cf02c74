#include "adapters/http_beast/header_scan.h"

namespace minhu::http_beast {

namespace {

// Room for the method, the version and the blanks around the target.
constexpr std::size_t around_the_target = 64;

tl::unexpected<Refused> target_too_long() {
  return tl::unexpected(Refused(414, Fault(FaultCode::too_large, "http.target_too_long")));
}

}  // namespace

// Each byte is judged by itself and by those before it, never by how many arrived with it: the same
// request is refused for the same reason however it is split.
OrRefused<std::optional<std::size_t>> HeaderScan::look(std::string_view received) {
  for (; seen_ < received.size(); ++seen_) {
    if (line_start_ == 0 && seen_ > target_limit_ + around_the_target) return target_too_long();
    if (seen_ == header_limit_) {
      return tl::unexpected(Refused(431, Fault(FaultCode::too_large, "http.headers_too_large")));
    }
    const char c = received[seen_];
    if (c == '\0') return malformed("http.malformed");
    if (seen_ == line_start_ && line_start_ > 0 && (c == ' ' || c == '\t')) {
      return malformed("http.malformed");  // a folded line (RFC 9112 §5.2)
    }
    if (c != '\n') continue;
    if (seen_ == 0 || received[seen_ - 1] != '\r') return malformed("http.malformed");
    const bool is_empty_line = seen_ - 1 == line_start_;
    line_start_ = seen_ + 1;
    if (is_empty_line) return std::optional(++seen_);
  }
  return std::nullopt;
}

}  // namespace minhu::http_beast
