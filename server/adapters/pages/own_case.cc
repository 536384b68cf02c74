#include "adapters/pages/own_case.h"

#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "features/cases/store.h"

namespace minhu::pages {

http::Response with_own_case(const Site& site, const http::Request& request, OwnPage page) {
  if (request.method == http::Method::post) {
    if (const auto ours = from_our_own_page(request); !ours)
      return site.refuse(request, ours.error());
  }
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  if (const auto opened_case = opened(site, request, *number)) {
    return page(site, request, *opened_case);
  }
  if (request.method == http::Method::get) return ask_for_code(site, request, *number);
  Result<Opened> by_code = fail(FaultCode::unauthenticated, "cases.wrong_number_or_code");
  if (!request.form("code").empty()) by_code = open_with(site, *number, request.form("code"));
  if (!by_code) return ask_for_code_again(site, request, *number);
  site.guesses.right(request.client);
  const auto file = site.installation.database.read([&](Reading& reading) {
    return cases::load_file(reading, site.installation.county.region, by_code->id);
  });
  by_code->by_hidden_field = file && is_quiet(*file);
  http::Response response = page(site, request, *by_code);
  if (!by_code->by_hidden_field) give_pass(site, request, response, by_code->pass);
  return response;
}

}  // namespace minhu::pages
