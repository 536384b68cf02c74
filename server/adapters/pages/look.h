// How somebody wants to see the pages: language and size of type. Asked for in the address
// (?lang=en, ?size=elder), remembered in two cookies that say nothing about the person, working
// without either.
#pragma once

#include <string>

#include "engines/catalogue/catalogue.h"
#include "ports/http.h"

namespace minhu::pages {

struct Look {
  std::string language;
  bool elder = false;
};
Look look_of(const http::Request& request, const catalogue::Catalogues& catalogues);

// Sets the cookies for what the address asked for.
void remember_look(const http::Request& request, const Look& look, http::Response& response);

}  // namespace minhu::pages
