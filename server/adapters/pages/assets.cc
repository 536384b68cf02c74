#include "adapters/pages/assets.h"

#include <algorithm>

#include "kernel/assert.h"
#include "kernel/crypto.h"
#include "kernel/embedded_file.h"
#include "minhu_page_assets.h"

namespace minhu::pages {

namespace {

constexpr std::string_view worker = "sw.js";
constexpr std::string_view shell_marker = "/*SHELL*/";
// Loaded by the one page that it belongs to: most people never check a receipt or draw a lot again.
constexpr std::string_view of_one_page[] = {"lots.js", "verify.js"};

std::string hash_of(std::string_view text) {
  return to_hex(sha256(as_bytes(text))).substr(0, 8);
}

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".png")) return "image/png";
  if (name.ends_with(".webmanifest")) return "application/manifest+json";
  return "application/octet-stream";
}

// The worker with every asset of all pages in its list: the list cannot forget one.
std::string worker_with_shell() {
  std::string shell;
  for (const EmbeddedFile& file : embedded::page_assets()) {
    const bool is_of_one = std::find(std::begin(of_one_page), std::end(of_one_page), file.name) !=
                           std::end(of_one_page);
    if (file.name != worker && !is_of_one) shell += "'" + asset_address(file.name) + "',";
  }
  std::string text(find_embedded(embedded::page_assets(), worker));
  const auto at = text.find(shell_marker);
  MINHU_ASSERT(at != std::string::npos);
  return text.replace(at, shell_marker.size(), shell);
}

}  // namespace

std::string asset_address(std::string_view name) {
  const auto text = find_embedded(embedded::page_assets(), name);
  MINHU_ASSERT(!text.empty());
  return "/assets/" + std::string(name) + "?v=" + hash_of(text);
}

http::Response serve_asset(const http::Request& request) {
  const std::string_view name = request.captures.empty() ? std::string_view() : request.captures[0];
  const auto text =
      name == worker ? std::string_view() : find_embedded(embedded::page_assets(), name);
  http::Response response;
  if (text.empty()) {
    response.status = 404;
    return response;
  }
  response.body = text;
  response.with("Content-Type", std::string(type_of(name)));
  // An address with the right hash never changes what it names; without it, ask again each time.
  const bool named_by_hash = request.query_value("v") == hash_of(text);
  response.with("Cache-Control",
                named_by_hash ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

http::Response serve_service_worker(const http::Request&) {
  static const std::string text = worker_with_shell();
  http::Response response;
  response.body = text;
  response.with("Content-Type", "text/javascript; charset=utf-8");
  response.with("Cache-Control", "no-cache");
  return response;
}

}  // namespace minhu::pages
