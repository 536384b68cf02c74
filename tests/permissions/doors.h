// Every route of the program, as one line that says what stands behind it and how it is asked.
//
// A new route needs a line here: what it gives (objects), what is done with it (verb), which right
// it stands on (a name of expectations.cc), and what is sent. A route without a line fails
// EveryRouteHasALine, and a line without a route does too.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "house.h"
#include "ports/http.h"

namespace minhu::permission_matrix {

// The nine objects of the matrix, and what lies beside them.
//   case event attachment answer rating identity sealed statistics audit
//   register (units, places, categories, rules)  session  draft  page (words of ours, files)
enum class Verb { read, list, search, create, change, take_away };  // take_away: export, print
std::string_view name(Verb verb);

enum class Manner {
  plain,
  // What was asked for is done to whoever may: walked with a spare case or a session of its own.
  once,
};

struct Door {
  http::Method method;
  std::string_view pattern;
  std::string_view objects;  // separated by blanks
  Verb verb;
  std::string_view right;      // the row of expectations.cc
  int passes;                  // the status for whoever may, with the request below
  std::string_view body = {};  // "{…}" is JSON, "a=b" a form, "@name" a shape of bodies()
  std::string_view query = {};
  std::string_view kind = {};  // what {kind} stands for, or which file: attachment, evidence
  Manner manner = Manner::plain;
};
std::span<const Door> doors();

// Does it name a case, and how?
enum class Subject { none, case_id, number };
Subject subject_of(const Door& door);

// The ids that a request is made with. A test swaps them one by one.
struct Ids {
  std::string case_id;
  std::string number;
  std::string content;
  std::string code;
  std::string pass;     // cookie of the pages of a speaker
  std::string receipt;  // "NUMBER:CODE" for the header Authorization
  std::int64_t seq = 0;
  std::string unit;   // a unit that a body names
  std::string other;  // another case that a body names
  std::string cursor;
  std::string login = "clerk";
};
Ids ids_of(const Door& door, const Matter& matter);
Asked request_for(const Door& door, const Ids& ids);

}  // namespace minhu::permission_matrix
