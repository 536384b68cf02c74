#include "adapters/http_beast/header_value.h"

#include <algorithm>

namespace minhu::http_beast {

namespace {

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// RFC 9110 §5.6.2, and '/' for media types.
bool is_token(std::string_view text) noexcept {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~/";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    const char l = lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

// Takes a quoted string from the front of `rest`; false when it never closes.
bool take_quoted(std::string_view& rest, std::string& value) {
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return true;
    }
    if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
    value.push_back(rest[i]);
  }
  return false;
}

}  // namespace

const std::string* HeaderValue::parameter(std::string_view name) const {
  for (const auto& [candidate, text] : parameters) {
    if (candidate == name) return &text;
  }
  return nullptr;
}

std::optional<HeaderValue> parse_header_value(std::string_view text) {
  HeaderValue parsed;
  const std::size_t end = std::min(text.find(';'), text.size());
  const std::string_view value = trim(text.substr(0, end));
  if (!is_token(value)) return std::nullopt;
  parsed.value = lower_case(value);

  std::string_view rest = text.substr(end);
  while (!(rest = trim(rest)).empty()) {
    if (!rest.starts_with(';')) return std::nullopt;
    rest = trim(rest.substr(1));
    if (rest.empty() || rest.starts_with(';')) continue;  // "text/html;" is common
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trim(rest.substr(0, equals));
    if (!is_token(name)) return std::nullopt;
    rest = trim(rest.substr(equals + 1));
    std::string parameter;
    if (rest.starts_with('"')) {
      if (!take_quoted(rest, parameter)) return std::nullopt;
    } else {
      const std::size_t stop = std::min(rest.find(';'), rest.size());
      parameter = trim(rest.substr(0, stop));
      rest = rest.substr(stop);
      if (parameter.empty() || parameter.find_first_of(" \t\"") != std::string::npos) {
        return std::nullopt;
      }
    }
    // Whoever repeats a parameter hopes that two readers choose differently.
    if (parsed.parameter(lower_case(name)) != nullptr) return std::nullopt;
    parsed.parameters.emplace_back(lower_case(name), std::move(parameter));
  }
  return parsed;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool list_has(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (equal_ignoring_case(trim(list.substr(0, comma)), word)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace minhu::http_beast
