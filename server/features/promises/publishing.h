// What everybody may read: promises whose public words another official has approved. Nothing in
// it says who brought the matter. A promise that was given up or not kept stays. Of a promise that
// was made to somebody in their case the words are told only where that person agreed to it
// (rights/publication.h); whose it is, when it is due and whether it was kept, always.
#pragma once

#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/promise.h"
#include "ports/storage.h"

namespace minhu::promises {

struct PublicPromise {
  PromiseId id;
  State state = State::made;
  bool overdue = false;
  bool withheld = false;  // no consent: without words, place, reasons and finding
  std::string words;
  std::string place;        // code; empty: the county
  std::string promised_on;  // the day; of a promise in a case only the month
  std::string due;
  std::string first_due;
  std::vector<DueChange> due_changes;
  std::string post;  // title of the post that owns it
  std::string said_by;
  UnitId unit;
  std::string reason;   // why it was not kept, or given up
  std::string finding;  // of the verification
  std::optional<Proof> proof;
  std::size_t evidence = 0;  // photos and papers in the file
  std::int64_t handed_over = 0;
};
struct PublicList {
  std::vector<PublicPromise> promises;  // overdue first, then owed by due day, then the others
  std::int64_t not_yet_shown = 0;       // whose public words nobody has approved so far
};
PublicList for_everybody(Reading& reading, const cases::County& county, Instant now);

}  // namespace minhu::promises
