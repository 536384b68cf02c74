#include "adapters/web_api/problem.h"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/web_api/web_api.h"
#include "ports/held_answers.h"

namespace minhu::web_api {

namespace {

// The weight of a language in Accept-Language: "en;q=0.8" gives 800.
int weight_of(std::string_view range) {
  const auto q = range.find("q=");
  if (q == std::string_view::npos) return 1000;
  const std::string_view number = range.substr(q + 2);
  if (number.empty() || number.front() == '1') return 1000;
  int weight = 0;
  int place = 100;
  for (std::size_t i = 2; i < number.size() && number[i] >= '0' && number[i] <= '9' && place > 0;
       ++i, place /= 10) {
    weight += (number[i] - '0') * place;
  }
  return weight;
}

bool speaks(std::string_view range, std::string_view language) {
  const std::string_view wanted = range.substr(0, range.find_first_of(";- "));
  const std::string_view ours = language.substr(0, language.find('-'));
  return std::equal(wanted.begin(), wanted.end(), ours.begin(), ours.end(),
                    [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "api.title.400";
    case 401:
      return "api.title.401";
    case 403:
      return "api.title.403";
    case 404:
      return "api.title.404";
    case 405:
      return "api.title.405";
    case 408:
      return "api.title.408";
    case 409:
      return "api.title.409";
    case 410:
      return "api.title.410";
    case 413:
      return "api.title.413";
    case 414:
      return "api.title.414";
    case 415:
      return "api.title.415";
    case 429:
      return "api.title.429";
    case 431:
      return "api.title.431";
    case 503:
      return "api.title.503";
    case 507:
      return "api.title.507";
    default:
      return "api.title.500";
  }
}

// Every write is one transaction: a refusal has changed nothing, and what was stored before stands.
// But a server may go away with the answer to a commit, and what breaks may do so behind one.
bool is_known_to_keep_nothing(const Fault& fault) {
  return fault.key != "storage.perhaps_kept" && fault.key != "http.storage_down" &&
         fault.key != "http.internal";
}

bool changes_something(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

}  // namespace

const catalogue::Catalogue& language_of(const catalogue::Catalogues& catalogues,
                                        const http::Request& request) {
  std::string_view ranges = request.header("accept-language");
  const catalogue::Catalogue* best = &catalogues.all().front();
  int best_weight = 0;
  while (!ranges.empty()) {
    const auto end = std::min(ranges.find(','), ranges.size());
    std::string_view range = ranges.substr(0, end);
    ranges.remove_prefix(std::min(end + 1, ranges.size()));
    range.remove_prefix(std::min(range.find_first_not_of(' '), range.size()));
    for (const catalogue::Catalogue& catalogue : catalogues.all()) {
      if (speaks(range, catalogue.language()) && weight_of(range) > best_weight) {
        best = &catalogue;
        best_weight = weight_of(range);
      }
    }
  }
  return *best;
}

boost::json::object problem_body(const catalogue::Catalogue& catalogue,
                                 const http::Request& request, int status, const Fault& fault) {
  boost::json::object body{{"type", "/api/v1/problems.yaml#" + fault.key},
                           {"title", catalogue.say(title_of(status))},
                           {"status", status},
                           {"detail", catalogue.say(fault)},
                           {"code", fault.key}};
  if (!fault.field.empty()) body["field"] = fault.field;
  if (changes_something(request.method)) {
    body["kept"] =
        catalogue.say(is_known_to_keep_nothing(fault) ? "api.kept_nothing" : "api.kept_unknown");
  }
  return body;
}

http::Response problem(const catalogue::Catalogue& catalogue, const http::Request& request,
                       int status, const Fault& fault) {
  http::Response response{
      status, {}, boost::json::serialize(problem_body(catalogue, request, status, fault)), {}};
  response.with("Content-Type", "application/problem+json")
      .with("Content-Language", catalogue.language())
      .with("Cache-Control", "no-store");
  if (status == 401) {
    const bool receipt = request.path.starts_with("/api/v1/receipts/");
    response.with("WWW-Authenticate",
                  receipt ? "Receipt realm=\"minhu\"" : "Session realm=\"minhu\"");
  }
  if (status == 503) response.with("Retry-After", "5");
  response.hold = http::held_back(fault);
  return response;
}

http::Refusal refusal(const catalogue::Catalogues& catalogues) {
  return [&catalogues](const http::Request& request, int status, const Fault& fault) {
    return problem(language_of(catalogues, request), request, status, fault);
  };
}

}  // namespace minhu::web_api
