// Finds the entities of one field: first what is made of numbers, then names by their endings, then
// persons. All places are characters of the normal text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engines/text/entities.h"
#include "engines/text/normal_text.h"
#include "engines/text/segmenter.h"

namespace minhu::text {

struct Found {
  EntityKind kind = EntityKind::place;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::int64_t value = 0;
};

// Replaces what `out` held: in order of their beginning, none overlapping another of its kind.
void find_entities(const NormalText& text, const std::vector<Piece>& pieces,
                   std::vector<Found>& out);

// The parts, each adding to `out`.
void find_numbers(const NormalText& text, std::vector<Found>& out);
// `taken`: true for characters that belong to a number found before; no name reaches over them.
void find_names(const NormalText& text, const std::vector<Piece>& pieces,
                const std::vector<bool>& taken, std::vector<Found>& out);
void find_persons(const NormalText& text, const std::vector<Piece>& pieces,
                  const std::vector<bool>& taken, std::vector<Found>& out);

// The text of [begin, end).
inline std::u32string_view view_of(const NormalText& text, std::size_t begin, std::size_t end) {
  return std::u32string_view(text.points).substr(begin, end - begin);
}

}  // namespace minhu::text
