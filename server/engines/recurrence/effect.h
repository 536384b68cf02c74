// Did it become less? Cases of one class before and after a measure: the same season, the same
// places, so much exposure, with an interval and a sentence. Pure and thread-safe.
//
// The method in plain words, what was measured about it and what it cannot tell:
// docs/recurrence.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engines/recurrence/counts.h"
#include "engines/recurrence/narrowing.h"
#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::recurrence {

// With what the change is compared, so that what would have changed anyway is no effect.
enum class Against : std::uint8_t {
  nothing,
  same_class_elsewhere,  // places without the measure: has the season of the class, too
  other_classes_here,    // how much the same places speak at all; not the season of the class
};

struct Question {
  Period period = Period::month;
  std::vector<Count> counts;  // of the class, every place and period of which something is known
  Against against = Against::nothing;
  std::vector<Count> comparison;
  Date measured_on;            // the day from which the measure works
  Date known_until;            // the first day that is not counted completely
  std::optional<Doors> doors;  // whether people could still come as easily (narrowing.h)
};

struct Settings {
  // What comes right after the measure still speaks of troubles from before it.
  std::int64_t washout_days = 30;
  std::int64_t least_months = 3;  // after it, before anything is said
  std::int64_t most_months = 12;
  // Years back, as far as they are known. More years: more certainty, and a longer time in which
  // something else could have changed.
  std::int64_t years_before = 1;
  double confidence = 0.95;  // between 0.5 and 0.999
};

enum class Verdict : std::uint8_t {
  fewer,
  no_change_seen,  // and a fall by half is ruled out
  more,
  too_few_to_say,  // neither "no change" nor a fall by half can be ruled out
  not_comparable,  // `sentence` says why: no season to compare with, intake narrowed, places
                   // changed
};
std::string_view name(Verdict verdict) noexcept;

struct Range {
  double low = 0;
  double high = 0;
};

enum class Phase : std::uint8_t { earlier, before, between, after, later };
struct Point {
  std::int64_t period = 0;
  std::int64_t cases = 0;
  Phase phase = Phase::earlier;
  // Had nothing changed, 19 of 20 such periods would lie in the range. Only from the measure on.
  std::optional<double> expected;
  std::optional<Range> range;
};

// What relapse.h needs to know about the class.
struct Level {
  double expected_before =
      0;              // cases a period in the season of the whole year, had nothing changed
  double after = 0;   // cases a period now
  double events = 0;  // how much is known about `after`: it is a gamma of this shape
  double dispersion = 1;
  double dispersion_degrees = 0;
  std::vector<double> season;  // by the period of the year, its mean is 1
};

struct Effect {
  Verdict verdict = Verdict::too_few_to_say;
  Sentence sentence;
  std::vector<Sentence> notes;  // what a reader should know besides; few cases, places left out …

  // after / expected. Nothing where nothing came before, or it cannot be compared.
  std::optional<double> ratio;
  std::optional<Range> range;  // of the ratio, `confidence`

  std::int64_t cases_before = 0;  // in the windows that were compared
  std::int64_t cases_after = 0;
  double before_a_month = 0;
  double after_a_month = 0;
  double expected_a_month = 0;  // after the measure, had nothing changed

  // For those who compute it again.
  std::string method;
  std::vector<std::int64_t> periods_before;
  std::vector<std::int64_t> periods_after;
  double exposure_ratio = 1;  // after / before
  double dispersion = 1;      // variance / mean
  double dispersion_degrees = 0;
  std::optional<double> comparison_ratio;  // what it did meanwhile
  std::vector<std::string> places_left_out;

  std::vector<Point> series;  // every period that is known, in order
  bool few = false;           // fewer than 20 cases: no trend should be drawn
  std::optional<Level> level;
  std::optional<Narrowing> narrowing;
};

inline constexpr std::int64_t few_cases = 20;

// Faults invalid_input: those of check(); recurrence.nothing_counted (no Count at all),
// recurrence.bad_dates (known until a day before the measure), recurrence.bad_settings (`field`
// names the one), recurrence.no_comparison (it is asked for and empty, or there and not asked for).
Result<Effect> measure(const Question& question, const Settings& settings = {});

}  // namespace minhu::recurrence
