// One cell of the matrix: this person, at this door, for the case in this state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doors.h"
#include "expectations.h"

namespace minhu::permission_matrix {

struct Cell {
  const Door& door;
  const Person& person;
  std::string_view state;  // the name of a case, or "-" where none is asked for
};

struct Walked {
  bool passed = false;         // the answer is the one that whoever may is given
  bool as_of_nothing = false;  // the very answer that they get for a case that there is not
  Told told;
};

// The states that a door is walked in.
std::vector<std::string_view> states_for(const Door& door);
// What this person shows for this case.
Ids ids_for(const Cell& cell);
Walked walk(const Cell& cell);
// What the same person is told at the same door of a case that there is not.
std::string told_of_nothing(const Door& door, const Person& person);
// Status, headers and body, without what belongs to the request alone: the ids that were asked for,
// new tokens, the date.
std::string without_what_was_asked(const Told& told, const Ids& ids);
std::string name_of(const Cell& cell);

}  // namespace minhu::permission_matrix
