// The lists of policies/words/accused.toml, ready to be searched. For accused.cc and match_units.cc
// alone.
#pragma once

#include "engines/text/accused.h"
#include "engines/text/word_finder.h"

namespace minhu::text {

// Which list a cue stands in: a bit each, since a word may stand in several.
namespace cue {
constexpr std::uint32_t wrong = 1U << 0U;
constexpr std::uint32_t fail = 1U << 1U;
constexpr std::uint32_t turn = 1U << 2U;
constexpr std::uint32_t towards = 1U << 3U;
constexpr std::uint32_t complaint = 1U << 4U;
constexpr std::uint32_t request = 1U << 5U;
constexpr std::uint32_t reform = 1U << 6U;
constexpr std::uint32_t help = 1U << 7U;
constexpr std::uint32_t punish = 1U << 8U;
constexpr std::uint32_t question = 1U << 9U;
constexpr std::uint32_t act = 1U << 10U;
constexpr std::uint32_t praise = 1U << 11U;
constexpr std::uint32_t going = 1U << 12U;
constexpr std::uint32_t urge = 1U << 15U;
constexpr std::uint32_t tone = 1U << 14U;
constexpr std::uint32_t blame = 1U << 13U;  // questions that are none
}  // namespace cue

struct OfficeFamily {
  std::string code;
  AccusedKind kind = AccusedKind::unit;
  std::vector<std::string> names;    // what the official name of such an office holds
  std::vector<std::string> without;  // … and what it does not
  bool local = false;                // there is one in every village or town
};

struct OfficeWord {
  std::uint32_t family = 0;
  bool post = false;
  bool bare = true;        // false: rather a place than an office (社区, 街道)
  bool listed = false;     // an office only in a list of offices
  bool addressed = false;  // such texts are written to them (书记, 市委)
  bool many = false;       // many in every text (老师, 工作人员)
};

struct AccusedLists {
  std::vector<OfficeFamily> families;
  std::vector<OfficeWord> words;
  WordFinder offices;  // value: 1 + index of `words`, or 0 for a decoy
  WordFinder cues;     // value: the bits of its lists
  WordFinder place_after, people_after, people_before;
  WordFinder source_before, source_after;
  WordFinder address_before, address_after;
  WordFinder reader, asking;
  WordFinder not_behind_ending, not_before_ending;
};

}  // namespace minhu::text
