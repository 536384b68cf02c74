// What a file is, told by its bytes: neither its name nor what the sender claims is asked. Pure;
// any bytes are fine as input.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/bytes.h"

namespace minhu::attachments {

enum class MediaKind : std::uint8_t {
  jpeg,
  png,
  webp,
  heic,
  pdf,
  text,
  mp3,
  aac,
  m4a,
  wav,
  ogg,
  webm,
  amr
};

// The kind of a whole file, or nothing when it is none that we take. Containers that may hold a
// film as well (MP4, WebM, Ogg) are taken only when all that is in them is sound. Text is valid
// UTF-8 without control characters that does not begin like markup: an SVG or HTML file is not text
// here, whatever it is called; nor is text in GB18030 or UTF-16, which nobody could tell from
// noise.
std::optional<MediaKind> media_kind_of(BytesView file);

bool is_photo(MediaKind kind) noexcept;  // to be decoded and written anew (ports/images.h)

struct MediaType {
  std::string_view type;       // "audio/mpeg", as stored and sent
  std::string_view extension;  // of the name we give it, "mp3"
};
MediaType media_type_of(MediaKind kind) noexcept;
// The kind that is stored under this type; nothing for any other text.
std::optional<MediaKind> kind_of_type(std::string_view type) noexcept;

}  // namespace minhu::attachments
