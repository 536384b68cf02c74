#include <algorithm>
#include <array>

#include "adapters/office_pages/case_page.h"
#include "adapters/office_pages/handlers.h"

namespace minhu::office_pages {

namespace {

// What a browser can show without running anything of the file's.
constexpr std::array<std::string_view, 8> shown_in_place{"image/jpeg", "image/png",  "image/webp",
                                                         "image/gif",  "audio/mpeg", "audio/mp4",
                                                         "audio/wav",  "audio/ogg"};

}  // namespace

http::Response show_file(const Office& office, const http::Request& request,
                         const accounts::Account& who) {
  const auto id = case_in(request);
  const auto content = cases::ContentId::parse(
      request.captures.size() < 2 ? std::string_view() : std::string_view(request.captures[1]));
  if (!id || !content) {
    return refuse(office, request, {FaultCode::not_found, "cases.not_found"}, &who);
  }
  const auto context = office.installation.as(who.principal);
  const auto file = office.installation.database.read(
      [&](Reading& reading) { return cases::view_attachment(reading, context, *id, *content); });
  if (!file) return refuse(office, request, file.error(), &who);
  const bool in_place = std::find(shown_in_place.begin(), shown_in_place.end(), file->media_type) !=
                        shown_in_place.end();
  http::Response response{200, {}, to_text(file->bytes), {}};
  // A file of somebody else's never becomes a page of ours, whatever its bytes say.
  response.with("Content-Type", in_place ? file->media_type : "application/octet-stream")
      .with("Content-Disposition", in_place ? "inline" : "attachment")
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "sandbox; default-src 'none'")
      .with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::office_pages
