// An answer of the server, as far as a benchmark reads it.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

namespace minhu::bench {

// The status once the answer is whole, 0 before that. Every answer of the server that a benchmark
// asks for says its length.
inline int status_of(const std::string& answer) {
  const auto head_end = answer.find("\r\n\r\n");
  if (head_end == std::string::npos) return 0;
  const auto length_at = answer.find("Content-Length: ");
  if (length_at == std::string::npos || length_at > head_end) return 0;
  const auto length = std::strtoul(answer.c_str() + length_at + 16, nullptr, 10);
  if (answer.size() < head_end + 4 + length) return 0;
  return std::atoi(answer.c_str() + 9);
}

inline bool closes(const std::string& answer) {
  return answer.substr(0, answer.find("\r\n\r\n")).find("Connection: close") != std::string::npos;
}

// The text after `"name":"`, from `at` on, which is moved behind it; empty when there is none.
inline std::string_view next_text(std::string_view json, std::string_view name, std::size_t& at) {
  const std::string key = "\"" + std::string(name) + "\":\"";
  const auto found = json.find(key, at);
  if (found == std::string_view::npos) return {};
  const auto begin = found + key.size();
  const auto end = json.find('"', begin);
  at = end;
  return json.substr(begin, end - begin);
}

}  // namespace minhu::bench
