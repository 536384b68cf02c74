// What these pages show to everybody, and what takes long to put together: kept for some minutes,
// and renewed by a job, so that no visitor waits for it. Thread-safe.
#pragma once

#include "adapters/pages/ledger_kept.h"
#include "adapters/pages/public_figures.h"

namespace minhu::pages {

struct PublicCache {
  FiguresKept figures;
  LedgerKept ledger;

  // Sooner than they are too old (five minutes, or the end of the day).
  void renew(const cases::Installation& installation) {
    figures.renew(installation);
    ledger.renew(installation);
  }
};

}  // namespace minhu::pages
