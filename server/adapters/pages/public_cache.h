// What these pages show to everybody, and what takes long to put together: kept for some minutes,
// and renewed by a job, so that no visitor waits for it. Thread-safe.
#pragma once

#include "adapters/pages/done_counts.h"
#include "adapters/pages/ledger_kept.h"
#include "adapters/pages/public_figures.h"

namespace minhu::pages {

struct PublicCache {
  DoneCounts done_counts;
  FiguresKept figures;
  LedgerKept ledger;

  // Sooner than they are too old (five minutes).
  void renew(const cases::Installation& installation) {
    done_counts.renew(installation);
    figures.renew(installation);
    ledger.renew(installation);
  }
};

}  // namespace minhu::pages
