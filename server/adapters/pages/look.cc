#include "adapters/pages/look.h"

#include <algorithm>

#include "adapters/pages/cookies.h"

namespace minhu::pages {

namespace {

constexpr std::string_view language_cookie = "minhu-lang";
constexpr std::string_view size_cookie = "minhu-size";
constexpr std::int64_t one_year = 365 * 24 * 3600;

bool speaks(const catalogue::Catalogues& catalogues, std::string_view language) {
  const auto all = catalogues.all();
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& c) { return c.language() == language; });
}

bool is_size(std::string_view text) {
  return text == "elder" || text == "standard";
}

}  // namespace

Look look_of(const http::Request& request, const catalogue::Catalogues& catalogues) {
  Look look{catalogues.all().front().language(), false};
  for (const auto language : {request.query_value("lang"), request.cookie(language_cookie)}) {
    if (!speaks(catalogues, language)) continue;
    look.language = language;
    break;
  }
  for (const auto size : {request.query_value("size"), request.cookie(size_cookie)}) {
    if (!is_size(size)) continue;
    look.elder = size == "elder";
    break;
  }
  return look;
}

void remember_look(const http::Request& request, const Look& look, http::Response& response) {
  if (request.query_value("lang") == look.language) {
    set_cookie(request, response, {language_cookie, look.language, "/", one_year});
  }
  if (is_size(request.query_value("size"))) {
    set_cookie(request, response, {size_cookie, look.elder ? "elder" : "standard", "/", one_year});
  }
}

}  // namespace minhu::pages
