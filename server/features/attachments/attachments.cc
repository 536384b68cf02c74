#include "features/attachments/attachments.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "features/attachments/media_kind.h"

namespace minhu::attachments {

namespace {

std::optional<Bytes> bytes_of(const http::Part& part) {
  if (part.spooled.empty()) return to_bytes(part.value);
  std::ifstream file(part.spooled, std::ios::binary);
  Bytes bytes(part.size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  const bool whole = file && file.peek() == std::ifstream::traits_type::eof();
  return whole ? std::optional(std::move(bytes)) : std::nullopt;
}

Result<cases::NewAttachment> taken(Images& images, const http::Part& part) {
  if (nothing_chosen(part)) return fail(FaultCode::invalid_input, "attachments.empty");
  if (part.size > largest_file) {
    return fail(FaultCode::too_large, "attachments.too_large", std::string(),
                std::map<std::string, std::string>{{"most", std::to_string(largest_file >> 20U)}});
  }
  auto bytes = bytes_of(part);
  if (!bytes) return fail(FaultCode::unavailable, "attachments.not_read");
  const auto kind = media_kind_of(*bytes);
  if (!kind) return fail(FaultCode::unsupported_media, "attachments.kind_not_taken");
  if (!is_photo(*kind)) {
    return cases::NewAttachment{std::string(media_type_of(*kind).type), std::move(*bytes)};
  }
  MINHU_TRY(Bytes photo, images.presentable(*bytes));
  return cases::NewAttachment{std::string(media_type_of(MediaKind::jpeg).type), std::move(photo)};
}

}  // namespace

Result<cases::NewAttachment> Attachments::take(const http::Part& part) {
  auto attachment = taken(images_, part);
  if (!attachment) attachment.error().field = part.name;
  return attachment;
}

http::Response serve(std::string_view media_type, Bytes bytes) {
  const auto kind = kind_of_type(media_type);
  // Only photos that we wrote ourselves are shown in place; a type that we do not know is data.
  const bool shown = kind == MediaKind::jpeg;
  const MediaType media =
      kind ? media_type_of(*kind) : MediaType{"application/octet-stream", "bin"};

  http::Response response;
  response.body = to_text(bytes);
  response.with("Content-Type", std::string(media.type))
      .with("Content-Disposition", std::string(shown ? "inline" : "attachment") +
                                       "; filename=\"attachment." + std::string(media.extension) +
                                       "\"")
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
      .with("Cross-Origin-Resource-Policy", "same-origin")
      .with("Referrer-Policy", "no-referrer")
      .with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::attachments
