// How another feature keeps something of its own that follows from the events: it is told of every
// event in the transaction that appends it, so that both are there or neither is. The feature above
// implements it, the composition root lends it (County::derivations); cases knows nobody above.
#pragma once

#include <span>

#include "features/cases/context.h"
#include "features/cases/event.h"
#include "ports/storage.h"

namespace minhu::cases {

class Derivation {
 public:
  virtual ~Derivation() = default;
  // `history` is every event of one case in order of seq; the first `known` of them had been
  // derived before. What it does must follow from these alone, so that it can be done again.
  virtual void derive(Transaction& transaction, const County& county,
                      std::span<const Event> history, std::size_t known) const = 0;
};

}  // namespace minhu::cases
