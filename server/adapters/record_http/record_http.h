// The public files of the record over HTTP (C2SP tlog-tiles, and the days of its history): what
// anybody needs to check it, and nothing else.
#pragma once

#include <string>
#include <vector>

#include "ports/http.h"
#include "ports/log_files.h"

namespace minhu::record_http {

// `policy` is the text of whom a verifier shall believe. `files` outlives the routes.
std::vector<http::Route> routes(const LogFiles& files, std::string policy);

}  // namespace minhu::record_http
