// What on record would verify a promise now: for whoever verifies it, to choose from instead of
// copying an id. Offered is exactly what on_record.h takes.
#pragma once

#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/promise.h"
#include "ports/storage.h"

namespace minhu::promises {

struct PossibleProof {
  Proof proof = Proof::visit;
  std::string reference;  // what the step `verified` takes
  Instant at;             // of the visit's opening, of the call
  std::string leader;     // 县长 沈国平; of a visit
  std::string place;      // its path; of a visit
};
// The latest first. Of a promise that no unit has reported done: none.
std::vector<PossibleProof> possible_proofs(Reading& reading, const cases::Context& context,
                                           const Promise& promise);

}  // namespace minhu::promises
