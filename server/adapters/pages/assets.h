// The style sheet, the script, the icons and the service worker, built into the program. Their
// addresses carry a hash of their bytes, so that a phone keeps them for a year and never shows an
// old one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ports/http.h"

namespace minhu::pages {

// "/assets/style.css?v=3f2a90c1". A name that is not built in is a bug of ours.
std::string asset_address(std::string_view name);

http::Response serve_asset(const http::Request& request);  // 404 without a body for an unknown name
http::Response serve_service_worker(
    const http::Request& request);  // knows the addresses of all assets

}  // namespace minhu::pages
