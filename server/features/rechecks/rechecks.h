// Asks again, 28 and 90 days after somebody said "solved": is it still? What an office calls done
// is measured by what the speaker says when some weeks have passed.
//
// The sample is drawn by a keyed hash of the case and nothing else: no office can know, and nobody
// can choose, which of its cases will be asked about. The rule is stated to everybody who reads the
// figures (`sampling_of`).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "features/cases/installation.h"
#include "ports/storage.h"

namespace minhu::rechecks {

std::span<const Migration> migrations();

// One question of two: after how many days, of how many, and how many at most.
struct Sampling {
  std::int64_t day = 28;
  std::int64_t one_in = 1;         // each n-th case, drawn by the hash
  std::int64_t most_a_month = 40;  // for one unit in one calendar month
  bool operator==(const Sampling&) const = default;
};
// Those of the county: what it has set, else all after 28 days and one in five after 90.
std::vector<Sampling> sampling_of(Reading& reading, RegionId region);
// Counts from the next run. Fault invalid_input rechecks.bad_sampling: another day than 28 or 90,
// or a number below 1 or above 1,000.
Outcome set_sampling(Transaction& transaction, RegionId region, const Sampling& sampling);

// Whoever answered has this long; afterwards "unanswered" is kept, which is nobody's yes.
inline constexpr std::int64_t days_to_answer = 21;
// Older answers are not asked about: an import of past years must not ring at a thousand doors.
inline constexpr std::int64_t oldest_answer_days = 180;

struct Round {
  std::int64_t asked = 0;
  std::int64_t left_out = 0;  // not drawn, over the month's number, or not to be asked any more
  std::int64_t answered = 0;
  std::int64_t unanswered = 0;
};
// Asks whoever is due, collects what has been said, ends what nobody answered. Run again and again
// by one job; a second run at once does nothing.
Round run_once(const cases::Installation& installation);

// What the cases of one unit's answers came to, by the month in which it was asked.
struct UnitCounts {
  UnitId unit;
  std::string unit_name;
  std::int64_t day = 28;
  std::int64_t asked = 0;
  std::int64_t yes = 0;
  std::int64_t partly = 0;
  std::int64_t no = 0;
  std::int64_t unanswered = 0;
  std::int64_t overtaken = 0;  // opened again, erased or gone elsewhere before anybody answered
};
// In the order of the units' names; `month` is "2026-11".
std::vector<UnitCounts> counts_of(Reading& reading, RegionId region, std::string_view month);

}  // namespace minhu::rechecks
