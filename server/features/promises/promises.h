// Promises of leaders: what others need of them. Make one, list them, read one. Later steps:
// steps.h; what everybody may read: publishing.h; handing over: relays.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "features/promises/posts.h"
#include "features/promises/promise.h"
#include "ports/storage.h"

namespace minhu::promises {

struct NewPromise {
  std::string matter;       // in the office's words; no name, no number of a person
  std::string words;        // what was promised, verbatim
  std::string promised_on;  // 2026-11-23; never later than today
  std::string due;          // not before it was promised
  bool sponsored = false;   // 包案: of a case, which the post takes on until it is solved
  PostId post;              // owns it
  UnitId unit;              // carries it out
  visits::VisitId visit;    // where it was said, if at a visit
  cases::CaseId case_id;    // to which it belongs, if to one
  std::string place;        // code; empty: that of the case, or of the visit
};
// The same token gives the same promise again. Faults: not_allowed promises.not_allowed;
// invalid_input promises.field_missing, promises.field_wrong, promises.too_long,
// promises.personal_details, promises.no_such_post, promises.no_such_unit, promises.no_such_visit,
// promises.unit_cannot (the case may not go to that unit or post), promises.needs_a_case
// (sponsored); not_found cases.not_found; gone cases.erased.
Result<Promise> make(Transaction& transaction, const cases::Context& context,
                     const NewPromise& made, const cases::ClientToken& token);

// What this actor may see: nothing of a case that they are kept from, that is held or accused
// behind the seal; a handler and the head of a unit only what their unit carries out or owns.
// nullopt also where there is none.
std::optional<Promise> view(Reading& reading, const cases::Context& context, PromiseId id);

struct Wanted {
  std::optional<PostId> post;
  bool mine = false;  // of the posts that the actor holds
  bool open = false;  // only those that are owed
  bool overdue = false;
};
// By due day, those that are owed first.
std::vector<Promise> list(Reading& reading, const cases::Context& context, const Wanted& wanted);

// Of one case, for its speaker and for those who read it: by the day they were made.
std::vector<Promise> of_case(Reading& reading, RegionId region, cases::CaseId id);

}  // namespace minhu::promises
