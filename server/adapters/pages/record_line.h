// "Nobody can change this record": what stands of it on the receipt and on the page of the case,
// and its proofs as files.
#pragma once

#include "adapters/pages/pass.h"

namespace minhu::pages {

// The section RECORD of record-line.html: a proof that can be fetched, a promise and its date, or
// why there is neither.
void show_record_line(const Site& site, const http::Request& request, const Opened& opened,
                      templates::Values& values);

// A file to keep, that no cache keeps.
http::Response as_file(std::string body, std::string_view name);

}  // namespace minhu::pages
