#include "adapters/http_beast/header_scan.h"

namespace minhu::http_beast {

namespace {

// Room for the method, the version and the blanks around the target.
constexpr std::size_t around_the_target = 64;

tl::unexpected<Refused> target_too_long() {
  return tl::unexpected(Refused(414, Fault(FaultCode::too_large, "http.target_too_long")));
}

}  // namespace

OrRefused<std::optional<std::size_t>> HeaderScan::look(std::string_view received) {
  for (; seen_ < received.size(); ++seen_) {
    const char c = received[seen_];
    if (c == '\0') return malformed("http.malformed");
    if (seen_ == line_start_ && line_start_ > 0 && (c == ' ' || c == '\t')) {
      return malformed("http.malformed");  // a folded line (RFC 9112 §5.2)
    }
    if (c != '\n') continue;
    if (seen_ == 0 || received[seen_ - 1] != '\r') return malformed("http.malformed");
    const bool first_line = line_start_ == 0;
    const std::size_t line_length = seen_ - 1 - line_start_;
    if (first_line && line_length > target_limit_ + around_the_target) return target_too_long();
    line_start_ = seen_ + 1;
    if (line_length == 0) {
      ++seen_;
      if (seen_ > header_limit_) break;
      return std::optional(seen_);
    }
  }
  if (line_start_ == 0 && seen_ > target_limit_ + around_the_target) return target_too_long();
  if (seen_ > header_limit_) {
    return tl::unexpected(Refused(431, Fault(FaultCode::too_large, "http.headers_too_large")));
  }
  return std::nullopt;
}

}  // namespace minhu::http_beast
