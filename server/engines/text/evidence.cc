#include "engines/text/evidence.h"

#include <algorithm>
#include <unordered_map>

#include "engines/text/entities.h"
#include "engines/text/matter_terms.h"
#include "engines/text/reading.h"
#include "kernel/utf8.h"

namespace minhu::text {

namespace {

// Lighter than this a term is common ground: 的问, 投诉.
constexpr std::uint8_t stands_out = 20;

}  // namespace

std::vector<std::uint32_t> common_terms(std::span<const Matter* const> matters) {
  std::unordered_map<std::uint32_t, std::size_t> having;
  for (const Matter* matter : matters) {
    for (std::size_t i = 0; i < matter->terms().size(); ++i) {
      if (matter->names()[i] >= stands_out || matter->troubles()[i] >= stands_out) {
        ++having[matter->terms()[i]];
      }
    }
  }
  std::vector<std::uint32_t> common;
  for (const auto& [term, count] : having) {
    if (count >= 2 && count * 2 >= matters.size()) common.push_back(term);
  }
  std::sort(common.begin(), common.end());
  return common;
}

Result<std::vector<std::string>> shared_pieces(const Lexicon& lexicon, std::string_view text,
                                               std::span<const std::uint32_t> terms,
                                               std::size_t most) {
  TermReader reader;
  MINHU_TRY(const std::vector<TermPlace> places, reader.places(text));
  std::vector<std::pair<std::size_t, std::size_t>> pieces;
  for (const TermPlace& place : places) {
    if (!std::binary_search(terms.begin(), terms.end(), place.term)) continue;
    if (!pieces.empty() && place.begin <= pieces.back().second) {
      pieces.back().second = std::max<std::size_t>(pieces.back().second, place.end);
    } else {
      pieces.emplace_back(place.begin, place.end);
    }
  }
  if (pieces.size() > most) {
    std::stable_sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) {
      return a.second - a.first > b.second - b.first;
    });
    pieces.resize(most);
    std::sort(pieces.begin(), pieces.end());
  }
  if (pieces.empty()) return std::vector<std::string>();
  MINHU_TRY(const Read read, text::read(lexicon, text, {}));
  std::vector<std::string> shown;
  for (const auto& [begin, end] : pieces) {
    shown.push_back(masked(text, Field::title, read.entities, begin, end));
  }
  return shown;
}

}  // namespace minhu::text
