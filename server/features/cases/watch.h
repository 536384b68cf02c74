// What a supervisor looks for. Each row says of one unit and one case from when on it is worth a
// look; it is derived from the row of today in the same transaction, like a place in a queue, so
// that no job walks the cases and nothing is noticed late.
//
// Only what stands still is listed, and only by unit: no row knows an official.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::cases {

enum class Watch : std::uint8_t {
  overdue,      // a date of ours has passed (read from the queues: it has no rows of its own)
  silent_half,  // half the time is gone and the unit that has it has done nothing since
  silent_co,    // a unit asked to help has done nothing for three days
  sent_back,    // an answer was sent back and no new one has come for five days
  bouncing,     // returned twice or more, or waiting for the joint conference
  owed,         // an order or a recommendation is to be answered (7 and 30 days)
  asks_again,   // the speaker asks for handling again, undecided for five days
};
std::string_view name(Watch) noexcept;
std::optional<Watch> watch_named(std::string_view) noexcept;
std::span<const Watch> all_watches() noexcept;

struct Watched {
  Watch watch = Watch::overdue;
  Instant at;  // from when on; for `owed` its due date, for `bouncing` the last return
  UnitId unit;
  bool operator==(const Watched&) const = default;
};
// Pure: what the case has to be watched for, now or later, while nothing else happens.
std::vector<Watched> watched(const CaseFile& file);
// Part of save_file.
void save_watched(Transaction& transaction, RegionId region, const std::optional<CaseFile>& before,
                  const CaseFile& now);

// For the rebuild: whether exactly the rows of `watched` stand there for the case, and how many
// rows there are in all.
bool watch_rows_stand(Reading& reading, RegionId region, const CaseFile& file);
// Those of them of which such a row is missing; many rows in a question.
std::set<CaseId> missing_in_watches(Reading& reading, RegionId region,
                                    std::span<const CaseFile> files);
std::int64_t watch_rows(Reading& reading, RegionId region);

struct WatchCursor {
  std::int64_t at = 0;
  CaseId case_id;
  UnitId unit;
};
struct WatchLine {
  CaseFile file;
  std::string headline;  // empty: erased, without words, or its key is lost
  UnitId unit;
  Instant at;
  std::optional<Instant> due;  // the next date of ours in the case
  WatchCursor cursor;
};
// The longest first; those of one unit when one is named. At most `limit` (≤ 200). A case that
// complains of the supervisor's own unit, and what is held, is not there. Fault not_allowed
// cases.not_allowed.
Result<std::vector<WatchLine>> watch_list(Reading& reading, const Context& context, Watch watch,
                                          UnitId unit, std::optional<WatchCursor> after,
                                          std::int64_t limit);

struct WatchCount {
  Watch watch = Watch::overdue;
  std::int64_t waiting = 0;  // counted up to 1000
};
// Of every list but `overdue`, which is the sum of `workload`.
std::vector<WatchCount> watch_counts(Reading& reading, const Context& context);

// What lies with one unit: numbers of an office, never of somebody in it.
struct UnitLoad {
  UnitId unit;
  std::string unit_name;
  std::int64_t open = 0;      // it must act: sort, handle, call back, review
  std::int64_t due_soon = 0;  // due within three days
  std::int64_t overdue = 0;
  std::int64_t silent = 0;  // of Watch::silent_half
};
// Every active unit that has something, in the order of their names: no rank.
std::vector<UnitLoad> workload(Reading& reading, const Context& context);

}  // namespace minhu::cases
