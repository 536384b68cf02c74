#include "adapters/record_http/record_http.h"

#include <algorithm>

#include "engines/merkle/tile.h"

namespace minhu::record_http {

namespace {

constexpr std::uint64_t no_body = 0;

// What never changes, may be kept for ever; what grows, for as long as nobody misses anything.
constexpr const char* for_ever = "public, max-age=31536000, immutable";
constexpr const char* for_seconds = "public, max-age=2";
constexpr const char* for_a_minute = "public, max-age=60";

constexpr const char* text_type = "text/plain; charset=utf-8";

http::Response answer(std::string body, const char* type, const char* cache, int status = 200) {
  http::Response response{status, {}, std::move(body), {}};
  response.with("Content-Type", type).with("Cache-Control", cache);
  return response;
}

http::Response nothing() {
  return answer("The record has no such file.\n", text_type, "no-store", 404);
}

// A disk that is busy is no answer to whether there is such a file.
http::Response file(const LogFiles& files, const std::string& path, const char* type,
                    const char* cache) {
  const auto found = files.get(path);
  if (found) return answer(to_text(*found), type, cache);
  if (found.error().code == FaultCode::not_found) return nothing();
  return answer("The machine is busy. Ask again in a moment.\n", text_type, "no-store",
                http::status_of(found.error().code));
}

bool are_digits(const std::string& text, std::size_t count) {
  return text.size() == count &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<http::Route> routes(const LogFiles& files, std::string policy) {
  using http::Body;
  using http::Method;
  return {
      {Method::get, "/record/checkpoint", "public", Body::none, no_body,
       [&files](const http::Request&) {
         return file(files, "checkpoint", text_type, for_seconds);
       }},
      {Method::get, "/record/policy", "public", Body::none, no_body,
       [policy = std::move(policy)](const http::Request&) {
         return policy.empty() ? nothing() : answer(policy, text_type, for_a_minute);
       }},
      // Only what a tile can be called is looked up, in its one spelling.
      {Method::get, "/record/tile/*", "public", Body::none, no_body,
       [&files](const http::Request& request) {
         const std::string path = "tile/" + request.captures.at(0);
         if (!merkle::parse_tile_path(path)) return nothing();
         return file(files, path, "application/octet-stream", for_ever);
       }},
      {Method::get, "/record/history/{year}/{month}/{day}", "public", Body::none, no_body,
       [&files](const http::Request& request) {
         const auto& day = request.captures;
         if (!are_digits(day.at(0), 4) || !are_digits(day.at(1), 2) || !are_digits(day.at(2), 2)) {
           return nothing();
         }
         return file(files, "history/" + day[0] + "/" + day[1] + "/" + day[2], text_type,
                     for_a_minute);
       }},
  };
}

}  // namespace minhu::record_http
