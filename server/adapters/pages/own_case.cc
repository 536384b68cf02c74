#include "adapters/pages/own_case.h"

#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

http::Response with_own_case(const Site& site, const http::Request& request, OwnPage page) {
  if (request.method == http::Method::post) {
    if (const auto ours = from_our_own_page(request); !ours)
      return site.refuse(request, ours.error());
  }
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  return page(site, request, *opened_case);
}

}  // namespace minhu::pages
