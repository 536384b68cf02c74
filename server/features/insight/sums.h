// The sums of all cells and how they are kept: a difference with each event, in its transaction; a
// job that folds them; a check that adds everything up again from the events.
#pragma once

#include "features/cases/derivation.h"
#include "features/insight/cells.h"
#include "ports/storage.h"

namespace minhu::insight {

// For County::derivations. Stateless, lives as long as the program.
const cases::Derivation& derivation();

// Folds at most `most` differences into the sums, in one job. Gives how many there were; fewer than
// `most` means that none is left.
inline constexpr std::int64_t most_folded_at_once = 500;
Result<std::int64_t> fold_some(Database& database, RegionId region,
                               std::int64_t most = most_folded_at_once);
// Until none is left. Fault out_of_storage.
Result<std::int64_t> fold(Database& database, RegionId region);

// The sums of these pieces, with what has not been folded yet; of one unit where one is named.
Cells sums(Reading& reading, RegionId region, Piece first, Piece last, UnitId only = {});

struct Checked {
  std::int64_t cases = 0;
  std::int64_t cells = 0;          // that the events give
  std::vector<std::string> wrong;  // "piece 48552 unit … outcome 3: stored 4, events give 5"
};
enum class OnWrong : std::uint8_t { report, put_right };
// Adds up every case from its events and compares cell by cell, in one snapshot. Others may write
// meanwhile, also when it shall put right what is wrong.
Checked check(Database& database, const cases::County& county, OnWrong on_wrong);

}  // namespace minhu::insight
