// What the pages of reports of wrongdoing share. Inner header.
#pragma once

#include "adapters/pages/even_answer.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

// A quiet page of this path: no cookie, a title that says nothing, no trace of its size.
http::Response jubao_page(const Site& site, const http::Request& request, std::string_view name,
                          templates::Values& values, int status);

}  // namespace minhu::pages
