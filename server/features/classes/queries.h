// What officials see of the classes: lists, one class's cases, and the class of a case. Rows are
// matters and offices, never people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/classes/edges.h"
#include "features/classes/measuring.h"
#include "features/classes/store.h"

namespace minhu::classes {

// What is not set does not narrow the list.
struct ClassQuery {
  States states;
  UnitId unit;           // leads or supports
  std::string category;  // it and everything under it
  std::string place;     // classes that reach into it
  bool mine = false;     // whose next step the actor may take, or whose public words they owe
};
// "open" (somebody owes a step), "solved", or the name of one state; nothing for any other word.
std::optional<States> states_named(std::string_view word);

struct ClassCursor {
  Instant changed_at;
  ClassId id;
};
struct ClassPage {
  std::vector<ClassRow> rows;
  std::optional<ClassCursor> next;
};
// The latest change first.
ClassPage list_classes(Reading& reading, const cases::Context& context, const ClassQuery& query,
                       std::optional<ClassCursor> after, std::int64_t limit);
// Whether the actor may take the step that the class waits for.
bool waits_for_actor(const cases::Context& context, const ClassRow& row);
// Whether something was decided of which nobody outside can read, and the actor is to write it (the
// unit that leads, or whoever refused it) or to approve it.
bool owes_public_words(Reading& reading, const cases::Context& context, const ClassRow& row);

struct ClassCase {
  cases::CaseFile file;
  std::string headline;
  Instant since;
};
struct CaseCursor {
  Instant since;
  cases::CaseId id;
};
struct CasePage {
  std::vector<ClassCase> cases;  // that the actor may read
  std::int64_t hidden = 0;       // of this page, that they may not
  std::optional<CaseCursor> next;
};
// The latest link first.
CasePage cases_in(Reading& reading, const cases::Context& context, ClassId id,
                  std::optional<CaseCursor> after, std::int64_t limit);

struct ClassOfCase {
  std::optional<ClassRow> row;
  std::vector<ClassRow> proposed;  // by category and place, the narrowest first
};
inline constexpr std::size_t most_proposed = 5;
// Fault not_found cases.not_found.
Result<ClassOfCase> class_of_case(Reading& reading, const cases::Context& context,
                                  cases::CaseId id);

// For the lists of an office: how many cases are in the class of each of these, as far as the actor
// may count them. A case that is in none is not in the answer.
struct SameClass {
  ClassId id;
  std::string number;
  std::string title;
  std::int64_t cases = 0;
};
std::map<cases::CaseId, SameClass> same_classes(Reading& reading, const cases::Context& context,
                                                std::span<const cases::CaseId> ids);

// The class without the cases that the actor is kept from: what is counted and shown of it to them
// must be what it is without these.
ClassFile as_seen_by(Reading& reading, const cases::Context& context, ClassFile file);

// Whether a definition reaches into a place: it names it, something above it or something under it.
bool reaches_into(const Definition& definition, std::string_view place);

}  // namespace minhu::classes
