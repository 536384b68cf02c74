// Everybody who comes to the doors: who they are, where they sit, and what they hold in their
// hands. What each of them may do stands in expectations.cc, and nowhere is it read from the
// program.
#pragma once

#include <span>
#include <string_view>

namespace minhu::permission_matrix {

// What somebody shows when they ask.
enum class Holds {
  nothing,         // whoever comes in from the street
  own_code,        // number and code of the case that is asked for
  another_code,    // the number of the case that is asked for, with the code of another
  another_case,    // number and code of another case of their own, asking for this one
  session,         // an official of this county
  foreign_session  // an official of the other county, with a session of its server
};

struct Person {
  std::string_view name;  // also the login
  Holds holds;
  std::string_view role;  // as accounts::name gives it; empty for nobody
  std::string_view unit;  // code of the unit
  std::string_view who;   // for the document
};

std::span<const Person> people();

}  // namespace minhu::permission_matrix
