// How another feature keeps something of its own that follows from the events: it is told of every
// event in the transaction that appends it, so that both are there or neither is. The feature above
// implements it, the composition root lends it (County::derivations); cases knows nobody above.
#pragma once

#include <span>

#include "features/cases/context.h"
#include "features/cases/event.h"
#include "features/state_machine/chronicle.h"
#include "ports/storage.h"

namespace minhu::cases {

class Derivation {
 public:
  virtual ~Derivation() = default;
  // `history` is every event of one case in order of seq; the first `known` of them had been
  // derived before. What it does must follow from these alone, so that it can be done again.
  virtual void derive(Transaction& transaction, const County& county,
                      std::span<const Event> history, std::size_t known) const = 0;
  // The same for an event that has just been appended to the chronicle of something else: a visit,
  // a promise. Most derive nothing from these.
  virtual void derive_from(Transaction& transaction, const County& county,
                           const state_machine::Chronicle& chronicle,
                           const state_machine::ChronicleEvent& event) const;
};

// For the features whose chronicles these are: called wherever one of them appends an event, so
// that there is no way to append one that leaves the derivations out.
void derive_from(Transaction& transaction, const County& county,
                 const state_machine::Chronicle& chronicle,
                 const state_machine::ChronicleEvent& event);

}  // namespace minhu::cases
