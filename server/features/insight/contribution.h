// What one case adds to the figures, from its events and the rules they name: pure. A figure is the
// sum of this over all cases; a new event adds the difference between after and before.
//
// An accusation and an erased case add nothing, and never did: whatever they had added before is in
// the difference with the opposite sign.
//
// When an answer falls due, fixed before anybody could choose otherwise:
//  * the term of the first answer, wherever a rule has started one (lengthened or paused as it
//  was);
//  * until then the term within which the unit must tell whether it takes the case on, or the body
//    that received it must send it. Whoever does not accept does not escape the count.
//
// Whose it is: the unit that leads it, else the body that sends. What a unit registered itself and
// answers itself is listed apart: it could make as many of those as it likes.
//
// What counts as the moment of a step of an office is when it was written down, whatever day it
// names; imports and consequences of another step are the program's own and keep their day.
#pragma once

#include <optional>
#include <span>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/insight/cells.h"

namespace minhu::insight {

Cells contribution_of(const cases::County& county, std::span<const cases::Event> history);

// Of one case alone, for the statement of completeness (features/record): where its answer stands,
// whoever registered it, and also when its words were erased since.
struct Owed {
  std::optional<Standing> standing;  // nothing yet
  std::optional<Instant> due;        // nothing: no rule has set a term
};
Owed owed_in(const cases::County& county, std::span<const cases::Event> history);

// The difference that the events from `known` on make.
Cells difference(const cases::County& county, std::span<const cases::Event> history,
                 std::size_t known);

}  // namespace minhu::insight
