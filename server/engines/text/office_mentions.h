// Where a text names an office or a post, and in which clause. For accused.cc.
#pragma once

#include "engines/text/accused_words.h"
#include "engines/text/clauses.h"

namespace minhu::text {

// Bytes of Read::normal throughout.
struct OfficeMention {
  std::uint32_t begin = 0;  // the word of the list, or the whole name where no word is in it
  std::uint32_t end = 0;
  std::uint32_t name_begin = 0;  // with the place before it
  std::uint32_t name_end = 0;
  // The list it stands in: 城管、社区和物业 share what is said of them before and behind.
  std::uint32_t list_begin = 0;
  std::uint32_t list_end = 0;
  std::size_t clause = 0;      // of its beginning
  std::size_t end_clause = 0;  // of the end of its list
  AccusedKind kind = AccusedKind::unit;
  bool post = false;
  bool bare = true;
  bool listed = false;
  bool addressed = false;
  bool many = false;
  bool by_name_alone = false;  // it looks like a name, and no list knows it
  std::uint32_t family = 0;
};

struct Mentions {
  std::vector<Clause> clauses;
  std::vector<OfficeMention> offices;  // in order
  std::vector<WordFinder::Hit> cues;   // in order
};

Mentions find_mentions(const AccusedLists& lists, const Read& read);

// The cues that lie within [begin, end), as a piece of Mentions::cues.
std::span<const WordFinder::Hit> cues_within(const Mentions& mentions, std::uint32_t begin,
                                             std::uint32_t end);

}  // namespace minhu::text
