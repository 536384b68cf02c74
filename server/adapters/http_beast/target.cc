#include "adapters/http_beast/target.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/parse_path.hpp>

#include "kernel/utf8.h"

namespace minhu::http_beast {

namespace {

constexpr std::size_t most_query_fields = 1000;

tl::unexpected<Fault> bad_target() {
  return fail(FaultCode::invalid_input, "http.bad_target");
}

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool is_control(char c) {
  return (c >= 0 && c < 0x20) || c == 0x7F;
}

// Escaped slashes would let a capture reach into another route, and dot segments mean something
// else to every proxy in front of us: both are refused instead of being tidied up.
bool is_acceptable(std::string_view segment) {
  return segment != "." && segment != ".." && segment.find('/') == std::string_view::npos &&
         segment.find('\\') == std::string_view::npos &&
         std::none_of(segment.begin(), segment.end(), is_control);
}

Result<std::string> decode_path(std::string_view raw) {
  // Boost.URL takes a leading "/." for a mark of its own and would not show it as a segment.
  if (raw.starts_with("/./")) return bad_target();
  const auto segments = boost::urls::parse_path({raw.data(), raw.size()});
  if (!segments) return bad_target();
  std::string path;
  path.reserve(raw.size());
  bool ends_in_slash = true;
  std::string decoded;
  for (const boost::urls::pct_string_view segment : *segments) {
    decoded.clear();
    segment.decode({}, boost::urls::string_token::append_to(decoded));
    ends_in_slash = decoded.empty();
    if (decoded.empty()) continue;
    if (!is_acceptable(decoded)) return bad_target();
    path.push_back('/');
    path.append(decoded);
  }
  if (ends_in_slash) path.push_back('/');
  if (!is_valid_utf8(path)) return bad_target();
  return path;
}

}  // namespace

Result<Target> parse_target(std::string_view raw) {
  if (!is_visible_ascii(raw) || raw.find('#') != std::string_view::npos) return bad_target();
  Target target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!raw.starts_with(scheme)) continue;
    raw.remove_prefix(scheme.size());
    const std::size_t end = std::min(raw.find_first_of("/?"), raw.size());
    target.authority = raw.substr(0, end);
    raw.remove_prefix(end);
    if (!is_host(target.authority)) return bad_target();
    if (!raw.starts_with('/')) return bad_target();
    break;
  }
  if (!raw.starts_with('/')) return bad_target();

  // The query is not given to the URL parser: browsers leave characters such as | in it that RFC
  // 3986 does not know.
  const std::size_t question = raw.find('?');
  MINHU_TRY(target.path, decode_path(raw.substr(0, question)));
  if (question != std::string_view::npos) {
    auto query = parse_urlencoded(raw.substr(question + 1), most_query_fields);
    if (!query) return bad_target();
    target.query = std::move(*query);
  }
  return target;
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 255 || !is_visible_ascii(host)) return false;
  const auto authority = boost::urls::parse_authority({host.data(), host.size()});
  return authority && !authority->has_userinfo() && !authority->encoded_host().empty() &&
         host.find('%') == std::string_view::npos;
}

}  // namespace minhu::http_beast
