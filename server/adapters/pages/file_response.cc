#include "adapters/pages/file_response.h"

namespace minhu::pages {

http::Response file_response(std::string_view media_type, BytesView bytes) {
  const bool shown = media_type == "image/jpeg" || media_type == "image/png" ||
                     media_type == "image/webp" || media_type.starts_with("audio/");
  http::Response response;
  response.body = to_text(bytes);
  response.with("Content-Type", shown ? std::string(media_type) : "application/octet-stream");
  response.with("Content-Disposition", shown ? "inline" : "attachment; filename=\"minhu\"");
  response.with("Content-Security-Policy", "default-src 'none'; sandbox");
  response.with("X-Content-Type-Options", "nosniff");
  response.with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::pages
