// What happened to everything of one kind besides cases (visits, promises, relays, …), for whoever
// keeps proofs of it and knows nothing of the kind: every event as its row has it, and whether the
// rows of today follow from the events. The feature that owns the tables implements it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/principal.h"
#include "kernel/civil_time.h"
#include "ports/storage.h"

namespace minhu::state_machine {

// Unread: what somebody wrote into the row outside the program stands here as it is.
struct ChronicleEvent {
  Uuid subject{};
  std::int64_t seq = 0;  // from 0, without gaps
  std::string kind;
  Instant recorded_at;
  std::string role;
  UnitId unit;
  accounts::AccountId account;
  std::string payload;  // of its facts (event.h)
  bool operator==(const ChronicleEvent&) const = default;
};

// Implementations hold no state: one for the whole program, used by all threads.
class Chronicle {
 public:
  virtual ~Chronicle() = default;

  // One word that never changes, since the record's keys are made of it: "visit".
  virtual std::string_view name() const = 0;
  // Everything in its events is published anyway: whoever asks may be given what opens their
  // leaves. Such events name no account, no role and no office.
  virtual bool is_public() const { return false; }
  // The first so many after that one, in order: those of whom there are events, and those of whom
  // only rows of today are left.
  virtual std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                           std::int64_t most) const = 0;
  // In order of seq. StorageFailure when a row cannot be read at all.
  virtual std::vector<ChronicleEvent> events_of(Reading& reading, RegionId region,
                                                const Uuid& subject) const = 0;
  // Whether the rows of today of one subject are what its events give; also not where there are
  // rows and no events. StorageFailure when the events cannot follow each other.
  virtual bool stands(Reading& reading, RegionId region, const Uuid& subject) const = 0;
  // Writes these rows anew from the events.
  virtual void write_anew(Transaction& transaction, RegionId region, const Uuid& subject) const = 0;
};

}  // namespace minhu::state_machine
