#include "adapters/http_beast/urlencoded.h"

#include "kernel/utf8.h"

namespace minhu::http_beast {

namespace {

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Result<std::string> decode_percent(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return fail(FaultCode::invalid_input, "http.bad_escape");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (c == '\0') return fail(FaultCode::invalid_input, "http.bad_escape");
    decoded.push_back(c);
  }
  if (!is_valid_utf8(decoded)) return fail(FaultCode::invalid_input, "http.not_utf8");
  return decoded;
}

Result<Fields> parse_urlencoded(std::string_view text, std::size_t most_fields) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (piece.empty()) continue;
    if (fields.size() == most_fields) return fail(FaultCode::too_large, "http.too_many_fields");
    const std::size_t equals = piece.find('=');
    MINHU_TRY(std::string name, decode_percent(piece.substr(0, equals), true));
    std::string value;
    if (equals != std::string_view::npos) {
      MINHU_TRY(value, decode_percent(piece.substr(equals + 1), true));
    }
    fields.emplace_back(std::move(name), std::move(value));
  }
  return fields;
}

}  // namespace minhu::http_beast
