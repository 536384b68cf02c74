// Whether fewer cases of a class come than before it was treated: counts of the cases, said by the
// engine `recurrence`; and whether those who had spoken say that it is solved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/recurrence/effect.h"
#include "engines/recurrence/relapse.h"
#include "features/classes/class_file.h"
#include "features/classes/matching.h"

namespace minhu::classes {

// Whole months in a row at or under the threshold, before a class may be called solved.
inline constexpr std::int64_t periods_needed = 3;
// A measurement speaks for so long.
inline constexpr std::int64_t measurement_days = 45;

struct Months {
  std::string from;  // "2026-08"
  std::string to;
  bool operator==(const Months&) const = default;
};

// What was measured, as a class keeps it in its event.
struct Measurement {
  recurrence::Verdict verdict = recurrence::Verdict::too_few_to_say;
  std::optional<Months> before;  // that were compared
  std::optional<Months> after;
  std::int64_t cases_before = 0;
  std::int64_t cases_after = 0;
  double before_a_month = 0;
  double after_a_month = 0;
  double expected_a_month = 0;    // after the treatment, had nothing changed
  std::optional<double> percent;  // -72: 72 % fewer
  std::optional<double> percent_low;
  std::optional<double> percent_high;
  std::int64_t periods_below = 0;  // whole months in a row up to now, not above the threshold
  recurrence::Access intake = recurrence::Access::unknown;
  bool few = false;
  recurrence::Sentence sentence;
  std::vector<recurrence::Sentence> notes;
};
Facts facts_of(const Measurement& measurement);
// Of a class that has been measured (and has not come back since); else nothing. StorageFailure
// when the facts are none of facts_of.
std::optional<Measurement> measurement_of(const ClassFile& file);

struct PlaceChange {
  std::string place;
  std::int64_t before = 0;
  std::int64_t after = 0;
};
// The months up to the last whole one, and what may be said of them.
struct Series {
  std::vector<recurrence::Point> months;  // before it is treated: all `earlier`
  std::vector<PlaceChange> places;        // in the months that were compared
  std::optional<Measurement> measurement;
  std::optional<recurrence::Effect> effect;  // what the measurement was made of
};
// Faults of the engine: none that counts of this house can bring about, apart from
// recurrence.nothing_counted when the county has received nothing before this month.
Result<Series> series_of(Reading& reading, const cases::County& county, const Matching& matching,
                         const ClassFile& file, Instant now);

// The rule by which a class that was verified is watched: made once, from what was measured then,
// so that it does not move while it is used. Facts of the event `verified`. Fault conflict
// recurrence.not_fewer.
Result<Facts> watch_facts(const recurrence::Effect& effect, const std::string& from_month);
struct Watched {
  recurrence::Watch rule;
  std::string from;  // the first month that is looked at
};
// Of a class that was verified (and has not come back since); else nothing.
std::optional<Watched> watched(const ClassFile& file);
recurrence::Sentence sentence_in(std::string_view json);
std::string json_of(const recurrence::Sentence& sentence);

// What people said of their own cases in the class since it was treated: by the receipt, on the
// phone, when they were asked again after 28 and 90 days, or when they were asked for the class.
struct Heard {
  std::int64_t solved = 0;
  std::int64_t partly = 0;
  std::int64_t not_solved = 0;
  std::int64_t all() const { return solved + partly + not_solved; }
};
Heard heard_since(Reading& reading, const cases::County& county, const ClassFile& file);
// Who is asked for the class: cases that have been answered, drawn by a keyed hash of the case, so
// that no office can know or choose which. Sorted.
inline constexpr std::size_t largest_sample = 20;
std::vector<cases::CaseId> sample_of(Reading& reading, const cases::Context& context,
                                     const ClassFile& file);
// How many must have been heard: five, or all there are.
std::int64_t to_be_heard(std::int64_t members);

struct CaseCounts {
  std::int64_t all = 0;
  std::int64_t open = 0;  // somebody still owes them an answer
  std::int64_t answered = 0;
  std::int64_t solved = 0;
  std::int64_t not_solved = 0;
};
// Of those that the actor is not kept from.
CaseCounts count_cases(Reading& reading, const cases::Context& context, ClassId id);
// Somebody still owes the speaker something, or the speaker asks that it be handled again.
bool is_open(cases::State state, bool asks_again);

// The average of the twelve months before a day, at most half of it, rounded, at least 1: nobody
// calls a class solved while more than half of it still comes.
std::int64_t highest_threshold(Reading& reading, const cases::County& county,
                               const Matching& matching, const ClassFile& file, Instant now);

}  // namespace minhu::classes
