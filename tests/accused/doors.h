// Everything that an official can look at, and what two looks must have in common.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "town.h"

namespace minhu::accused {

// What somebody sees behind every door that lists, counts, searches or proposes.
using Seen = std::map<std::string, Answer>;
Seen look_around(Town& town, AccountId by);

// The doors of one case, by the id or the number that stands in them: those that read, and those
// that would change something.
struct CaseDoor {
  std::string method;
  std::string target;
  std::string body;
};
std::vector<CaseDoor> doors_of(const std::string& id, const std::string& number);
Answer knock(Town& town, AccountId by, const CaseDoor& door);

// An id and a number of the same form that nobody ever got.
std::string no_such_id(Town& town);
std::string no_such_number(Town& town);

// Where what is seen now is not what was seen then; empty when it is the same everywhere.
std::vector<std::string> differences(const Seen& then, const Seen& now);
// Doors behind which something of the case stands: its id, its number or its words.
std::vector<std::string> traces(const Seen& seen, const Matter& matter);
// Doors at which this case is answered other than one that does not exist.
std::vector<std::string> told_apart(Town& town, AccountId by, const Matter& matter);

}  // namespace minhu::accused
