// Header values of the form  value; name=token; name="quoted text"  — Content-Type and
// Content-Disposition.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace minhu::http_beast {

struct HeaderValue {
  std::string value;                                            // lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case

  const std::string* parameter(std::string_view name) const;
};

// Nothing when it is malformed. Bytes above ASCII are taken inside quotes as they are.
std::optional<HeaderValue> parse_header_value(std::string_view text);

std::string lower_case(std::string_view text);  // ASCII only
std::string_view trim(std::string_view text);   // blanks and tabs
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Whether a comma-separated list ("close, TE") has that word, ignoring case.
bool list_has(std::string_view list, std::string_view word);

}  // namespace minhu::http_beast
