// The row of today of one class: derived from its events and nothing else. Pure: no storage, no
// clock.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "features/cases/kinds.h"
#include "features/classes/event.h"

namespace minhu::classes {

// Which cases are of the class, beside those that a person linked: a category with everything under
// it, in these places with everything under them. What a text engine groups stands in `group`.
struct Definition {
  std::string category;             // "scheme:code"
  std::vector<std::string> places;  // codes, in order; empty: the whole county
  std::string group;                // of Matching (matching.h); empty: by category and place
  bool operator==(const Definition&) const = default;
};

// The four tests of selection, in the order in which they are asked.
inline constexpr std::array<std::string_view, 4> test_names{"widely_reported", "large_reach",
                                                            "can_be_moved", "needs_the_county"};
struct Test {
  std::int64_t score = 0;  // 0 not at all … 3 fully
  std::string evidence;
  bool operator==(const Test&) const = default;
};

struct Measure {
  std::int64_t number = 0;  // from 1
  std::string text;
  UnitId unit;
  std::string due;    // 2026-12-31
  std::string moves;  // the figure that it should move
  std::string done_on;
  std::string report;
  bool operator==(const Measure&) const = default;
};

struct Member {
  cases::CaseId case_id;
  Instant since;
  auto operator<=>(const Member&) const = default;
};

// What a speaker answered when somebody asked about the class.
struct Asked {
  cases::CaseId case_id;
  std::string solved;  // yes, partly, no
  Instant at;
  auto operator<=>(const Asked&) const = default;
};

struct Summary {
  std::string title;
  std::string text;
  Instant written_at;
  accounts::AccountId written_by;  // another must approve it
  std::optional<Instant> approved_at;
  bool operator==(const Summary&) const = default;
};

struct ClassFile {
  ClassId id;
  std::string number;  // "2026-014"
  State state = State::detected;
  std::int64_t seq = -1;
  std::int64_t step_seq = -1;  // of the last event that is not about a single case
  Instant detected_at;
  Instant changed_at;  // of step_seq: cases come and go without the class having moved
  Instant state_since;
  Instant last_at;  // of the last event

  std::string title;
  std::string statement;
  Definition definition;
  std::string found_by;  // "rule" or "person"
  std::string window_from;
  std::string window_to;
  std::string counted;  // as facts say it, empty where nobody counted
  std::string expected;

  std::vector<Test> tests;       // none, or one for each of test_names
  std::string rejected_because;  // closed list of the edge
  std::string rejection;
  std::int64_t cases_when_rejected = 0;

  UnitId lead_unit;
  std::vector<UnitId> supporting_units;  // sorted
  std::string sponsor;                   // a post, not a name
  std::string theme;                     // the month, 2026-11
  std::string baseline;
  std::optional<CauseKind> cause;
  std::string cause_text;
  std::string plan;
  std::vector<Measure> measures;
  std::optional<std::int64_t> threshold;  // cases a month above which it counts as come back
  std::string treated_on;                 // the latest treatment, 2026-11-23
  Facts measurement;  // facts of the latest `measured` since it last came back (measuring.h)
  std::optional<Instant> measured_at;
  std::optional<Instant> verified_at;
  std::string watch;       // the rule by which it is watched (measuring.h reads it)
  std::string watch_from;  // the first month that is looked at
  std::string permanent_kind;
  std::string permanent_text;
  std::string permanent_link;
  std::optional<Instant> closed_at;
  std::int64_t relapses = 0;
  std::optional<Summary> summary;

  std::vector<Member> members;           // sorted by case
  std::vector<cases::CaseId> unrelated;  // sorted
  std::vector<Asked> asked;              // in the order of asking

  bool operator==(const ClassFile&) const = default;

  bool has(cases::CaseId id) const;
  bool is_unrelated(cases::CaseId id) const;
  bool treats(UnitId unit) const;  // leads or supports
  bool published() const { return summary && summary->approved_at; }
};

// Fails with StorageFailure when the event cannot follow.
void apply(ClassFile& file, const Event& event);
ClassFile file_from(const std::vector<Event>& events);

// "a b c" in the order in which it was written.
std::vector<std::string> words_of(std::string_view text);

}  // namespace minhu::classes
