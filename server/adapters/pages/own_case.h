// What every page about one's own case begins with: the request is from our pages, the number is
// one, and whoever asks has proved the code, by their pass or in the form itself.
#pragma once

#include "adapters/pages/pass.h"

namespace minhu::pages {

using OwnPage = http::Response (*)(const Site& site, const http::Request& request,
                                   const Opened& opened);
// Otherwise the form for number and code, or a refusal. What was filled in goes along and is sent
// with the code: a pass that is over costs nobody their words.
http::Response with_own_case(const Site& site, const http::Request& request, OwnPage page);

}  // namespace minhu::pages
