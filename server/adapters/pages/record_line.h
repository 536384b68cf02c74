// "Nobody can change this record": what stands of it on the receipt and on the page of the case.
#pragma once

#include "adapters/pages/pass.h"

namespace minhu::pages {

// The section RECORD of record-line.html: a proof that can be fetched, a promise and its date, or
// why there is neither.
void show_record_line(const Site& site, const http::Request& request, const Opened& opened,
                      templates::Values& values);

}  // namespace minhu::pages
