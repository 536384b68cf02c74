#include "engines/text/entities.h"

#include <algorithm>

#include "engines/text/reading.h"

namespace minhu::text {

namespace {

std::string_view mark_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::phone:
      return "〔电话〕";
    case EntityKind::id_number:
      return "〔证件号〕";
    case EntityKind::plate:
      return "〔车牌〕";
    case EntityKind::door:
      return "〔门牌〕";
    case EntityKind::person:
      return "〔姓名〕";
    default:
      return {};
  }
}

bool continues_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

bool is_masked(EntityKind kind) {
  return !mark_of(kind).empty();
}

std::string masked(std::string_view text, Field field, std::span<const Entity> entities,
                   std::size_t begin, std::size_t end) {
  end = std::min(end, text.size());
  begin = std::min(begin, end);
  while (begin < end && continues_character(text, begin)) ++begin;
  while (end > begin && continues_character(text, end)) --end;

  std::string out;
  std::size_t at = begin;
  for (const Entity& entity : entities) {
    if (entity.field != field || !is_masked(entity.kind)) continue;
    if (entity.end <= at || entity.begin >= end) continue;
    if (entity.begin > at) out += text.substr(at, entity.begin - at);
    out += mark_of(entity.kind);
    at = entity.end;
  }
  if (at < end) out += text.substr(at, end - at);
  return out;
}

Result<std::string> masked(const Lexicon& lexicon, std::string_view text) {
  MINHU_TRY(const Read found, read(lexicon, {}, text));
  return masked(text, Field::detail, found.entities);
}

}  // namespace minhu::text
