// Many cases fast, for benchmarks: events made by the same pure functions as the use cases (apply,
// clock_changes, seal_content), stored case by case instead of step by step. No checks are run and
// no story is told; rows, clocks, queues and sealed words are what the steps would have stored.
// The choices repeat with the seed; ids and nonces come from `entropy`, from two threads at once.
#pragma once

#include <cstdint>
#include <functional>

#include "features/cases/context.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::demo {

struct BulkOptions {
  std::uint64_t seed = 7;
  std::int64_t cases = 1'000'000;
  int months = 24;
  Date until;
  std::int64_t cases_in_a_transaction = 5000;
  // Closed cases keep the row of today, their key and receipt: no event, no word, nothing that is
  // derived from them. For tables that lists and intake touch, at sizes whose histories fill a
  // disk. Nothing can be rebuilt from such a county, and no record of it holds.
  bool closed_without_histories = false;
};

struct Bulk {
  std::int64_t cases = 0;
  std::int64_t events = 0;
};

// Needs build_county. May be run several times with different seeds. Fault out_of_storage.
Result<Bulk> load_bulk(Database& database, const cases::County& county,
                       const cases::Keyring& keyring, Entropy& entropy, const BulkOptions& options,
                       const std::function<void(const Bulk&)>& on_progress = {});

}  // namespace minhu::demo
