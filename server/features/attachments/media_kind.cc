#include "features/attachments/media_kind.h"

#include <algorithm>
#include <array>

#include "features/attachments/containers.h"
#include "kernel/utf8.h"

namespace minhu::attachments {

namespace {

struct Known {
  MediaKind kind;
  MediaType media;
};
constexpr std::array known{
    Known{MediaKind::jpeg, {"image/jpeg", "jpg"}},
    Known{MediaKind::png, {"image/png", "png"}},
    Known{MediaKind::webp, {"image/webp", "webp"}},
    Known{MediaKind::heic, {"image/heic", "heic"}},
    Known{MediaKind::pdf, {"application/pdf", "pdf"}},
    Known{MediaKind::text, {"text/plain; charset=utf-8", "txt"}},
    Known{MediaKind::mp3, {"audio/mpeg", "mp3"}},
    Known{MediaKind::aac, {"audio/aac", "aac"}},
    Known{MediaKind::m4a, {"audio/mp4", "m4a"}},
    Known{MediaKind::wav, {"audio/wav", "wav"}},
    Known{MediaKind::ogg, {"audio/ogg", "ogg"}},
    Known{MediaKind::webm, {"audio/webm", "webm"}},
    Known{MediaKind::amr, {"audio/amr", "amr"}},
};

bool starts(BytesView file, std::string_view magic, std::size_t at = 0) {
  const BytesView wanted = as_bytes(magic);
  return file.size() >= at + wanted.size() &&
         std::equal(wanted.begin(), wanted.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

bool is_text(BytesView file) {
  const std::string_view all(reinterpret_cast<const char*>(file.data()), file.size());
  std::string_view text = all;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || byte == 0x7F;
  });
  if (control) return false;
  const auto first = text.find_first_not_of(" \t\r\n\f");
  if (first == std::string_view::npos) return false;  // nothing is said in it
  text.remove_prefix(first);
  const bool markup = text.size() > 1 && text[0] == '<' &&
                      (text[1] == '!' || text[1] == '?' || text[1] == '/' ||
                       (text[1] >= 'a' && text[1] <= 'z') || (text[1] >= 'A' && text[1] <= 'Z'));
  return !markup && is_valid_utf8(text);
}

}  // namespace

std::optional<MediaKind> media_kind_of(BytesView file) {
  if (starts(file, "\xFF\xD8\xFF")) return MediaKind::jpeg;
  if (starts(file, "\x89PNG\r\n\x1A\n")) return MediaKind::png;
  if (starts(file, "RIFF") && starts(file, "WEBP", 8)) return MediaKind::webp;
  if (starts(file, "RIFF") && starts(file, "WAVE", 8)) return MediaKind::wav;
  if (starts(file, "%PDF-")) return MediaKind::pdf;
  if (starts(file, "#!AMR\n") || starts(file, "#!AMR-WB\n")) return MediaKind::amr;
  if (is_heic(file)) return MediaKind::heic;
  if (is_mp4_sound(file)) return MediaKind::m4a;
  if (is_webm_sound(file)) return MediaKind::webm;
  if (is_ogg_sound(file)) return MediaKind::ogg;
  if (is_mp3(file)) return MediaKind::mp3;
  if (is_adts_aac(file)) return MediaKind::aac;
  if (is_text(file)) return MediaKind::text;
  return std::nullopt;
}

bool is_photo(MediaKind kind) noexcept {
  return kind == MediaKind::jpeg || kind == MediaKind::png || kind == MediaKind::webp ||
         kind == MediaKind::heic;
}

MediaType media_type_of(MediaKind kind) noexcept {
  static_assert(known.size() == static_cast<std::size_t>(MediaKind::amr) + 1);
  return known[static_cast<std::size_t>(kind)].media;
}

std::optional<MediaKind> kind_of_type(std::string_view type) noexcept {
  for (const Known& candidate : known) {
    if (candidate.media.type == type) return candidate.kind;
  }
  return std::nullopt;
}

}  // namespace minhu::attachments
