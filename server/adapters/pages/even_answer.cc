#include "adapters/pages/even_answer.h"

namespace minhu::pages {

http::Response EvenAnswer::make(http::Response response) const {
  for (auto& [name, value] : response.headers) {
    if (name == "Cache-Control") value = "no-store, no-transform";
  }
  constexpr std::string_view opening = "<!--";
  constexpr std::string_view closing = "-->";
  const std::size_t least = response.body.size() + opening.size() + closing.size();
  const std::size_t size = (least + size_step - 1) / size_step * size_step;
  response.body += opening;
  response.body.append(size - least, ' ');
  response.body += closing;

  const auto spent =
      std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started_);
  response.hold = time_step - spent % time_step;
  return response;
}

http::Response with_nothing_left(http::Response response) {
  return response.with("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
}

}  // namespace minhu::pages
