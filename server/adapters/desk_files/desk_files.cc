#include "adapters/desk_files/desk_files.h"

#include "desk_files_built.h"
#include "kernel/result.h"

namespace minhu::desk_files {

namespace {

constexpr std::uint64_t no_body = 0;
constexpr std::string_view reception_worker = "reception-worker.js";

const EmbeddedFile* find(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files) {
    if (file.name == name) return &file;
  }
  return nullptr;
}

std::string_view media_type(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

http::Response plain(int status, std::string_view sentence) {
  http::Response response{status, {}, std::string(sentence), {}};
  response.with("Content-Type", "text/plain; charset=utf-8").with("Cache-Control", "no-store");
  return response;
}

http::Response page(std::span<const EmbeddedFile> files) {
  const EmbeddedFile* const index = find(files, "index.html");
  if (index == nullptr) {
    return plain(503,
                 "办件台没有装进这个程序。请改用 /office，或者装好 Node.js 后重新构建。\n"
                 "The desk is not part of this program. Use /office, or build it again with "
                 "Node.js.\n");
  }
  http::Response response{200, {}, std::string(index->text), {}};
  // Asked again each time, so that nobody works with the scripts of last month.
  response.with("Content-Type", std::string(media_type("index.html")))
      .with("Cache-Control", "no-cache");
  return response;
}

http::Response asset(std::span<const EmbeddedFile> files, const http::Request& request) {
  const EmbeddedFile* const file = find(files, "assets/" + request.captures.at(0));
  if (file == nullptr) return plain(404, "没有这个文件。There is no such file.\n");
  http::Response response{200, {}, std::string(file->text), {}};
  // Their names change with their content.
  response.with("Content-Type", std::string(media_type(file->name)))
      .with("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

// Opens the pages of the reception without a network. Asked again each time: it names the files of
// this build.
http::Response worker(std::span<const EmbeddedFile> files) {
  const EmbeddedFile* const file = find(files, reception_worker);
  if (file == nullptr) return plain(404, "没有这个文件。There is no such file.\n");
  http::Response response{200, {}, std::string(file->text), {}};
  response.with("Content-Type", std::string(media_type(file->name)))
      .with("Cache-Control", "no-cache");
  return response;
}

}  // namespace

std::span<const EmbeddedFile> built_in() {
  return embedded::desk_files();
}

std::vector<http::Route> routes(std::span<const EmbeddedFile> files) {
  using http::Body;
  using http::Method;
  const auto any_page = [files](const http::Request&) { return page(files); };
  // clang-format off
  return {
      {Method::get, "/desk",               "public", Body::none, no_body, any_page},
      {Method::get, "/desk/assets/{name}", "public", Body::none, no_body, [files](const http::Request& request) { return asset(files, request); }},
      {Method::get, "/desk/reception-worker.js", "public", Body::none, no_body, [files](const http::Request&) { return worker(files); }},
      {Method::get, "/desk/*",             "public", Body::none, no_body, any_page},
  };
  // clang-format on
}

}  // namespace minhu::desk_files
