// The clauses of a text that has been read, and the way back from its normal form to the bytes that
// were given. For the engine's own use.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/text/reading.h"

namespace minhu::text {

// Bytes of Read::normal.
struct Clause {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Field field = Field::detail;
};

// Between commas, stops and line ends; never empty, in order. 、 does not end a clause. What goes
// on for longer than `longest_clause` bytes without a mark is cut there, so that whatever looks at
// a clause for each of its words stays linear.
constexpr std::size_t longest_clause = 600;
std::vector<Clause> cut_clauses(const Read& read);

// Bytes of the field as it was given, of a place in the normal text: of the beginning of a piece,
// and of its end (one past). A place inside a token that changed its length is moved outwards.
std::uint32_t given_begin(const Read& read, std::uint32_t normal);
std::uint32_t given_end(const Read& read, std::uint32_t normal);

}  // namespace minhu::text
