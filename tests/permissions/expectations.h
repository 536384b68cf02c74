// What must be allowed, and nothing else: who passes which door for a case in which state. Whatever
// does not stand here is refused, and the program is asked whether it does. Nothing in here is read
// from the program; docs/permissions.md is written from it.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "people.h"

namespace minhu::permission_matrix {

// The five states of the matrix, and the cases beside them.
inline constexpr std::string_view five_states[] = {"new", "assigned", "answered", "closed",
                                                   "erased"};
inline constexpr std::string_view beside[] = {"held", "held_later", "merged", "review", "hotline"};

struct Right {
  std::string_view right;   // of doors.cc
  std::string_view people;  // names of people.cc, separated by blanks; "*": everybody
  std::string_view states;  // names of cases, separated by blanks; "*": asks for no case
};
std::span<const Right> rights();

bool expected(std::string_view right, std::string_view person, std::string_view state);
// May this person know at all that there is such a case?
bool knows_of(std::string_view person, std::string_view state);

std::set<std::string> split(std::string_view text);

}  // namespace minhu::permission_matrix
