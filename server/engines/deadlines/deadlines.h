// When something is due, and why: (rule, calendar, events) → a date and the sentence that explains
// it.
//
// Pure and thread-safe. The day on which a clock starts is not counted (Civil Code art. 201); a
// term in days ends with the last millisecond of its last day in the zone of the place (art. 203),
// or at the time of day at which it started where the rule says so. Whether days are calendar or
// working days, and whether a last day off rolls to the next working day, is written in each rule,
// because the same word 日 means different things in different laws.
//
// Instants may come in any order (a wall clock that was set back, an import of old letters): a
// pause that ends before it began is a pause of no length, and nothing here ever asserts on a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/deadlines/calendar.h"
#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::deadlines {

enum class Unit { hours, calendar_days, working_days, working_hours };
enum class Roll { none, forward };
enum class Side { office, citizen };  // a duty of ours, or a window of the speaker's
enum class StartsAt { happened, recorded };
// When a term begins to run that was started outside working hours. Boston's 311 counts from the
// next opening (docs/deadlines-boston.md).
enum class Begins { at_once, when_open };
// Where a term in days ends on its last day: with the day, or at the time of day of its beginning.
enum class Ends { with_the_day, at_the_time };

struct Rule {
  std::string code;  // stable within its pack
  std::vector<std::string> tracks;
  std::vector<std::string> starts_on;  // event kinds
  std::vector<std::string> met_by;
  std::vector<std::string> stopped_by;  // ends it without meeting it
  std::string only_if;  // "urgency=danger_to_life", "changed=changed|revoked", or empty
  // Steps that are refused once the term is over (an objection, a request for review).
  std::vector<std::string> limits;
  std::vector<std::string> paused_by;   // its time stands still from one of these …
  std::vector<std::string> resumed_by;  // … until one of those
  StartsAt starts_at = StartsAt::happened;
  std::int64_t amount = 0;  // 0 where `amount_from` names it
  std::string amount_from;  // the fact of the starting event that says how long: "report_days"
  // "unit": each unit that the starting event names has a clock of its own, met by that unit alone.
  std::string one_for;
  Unit unit = Unit::calendar_days;
  Begins begins = Begins::at_once;
  Ends ends = Ends::with_the_day;
  Roll roll = Roll::none;
  Side side = Side::office;
  std::int64_t max_extension = 0;  // in the rule's unit, in all
  std::string label_zh;
  std::string label_en;
  std::string citation;
};

struct Pack {
  std::string id;
  std::int64_t version = 1;
  std::string title_zh;
  std::string title_en;
  std::string source;
  Date from;
  std::optional<Date> to;
  bool enabled = true;
  std::vector<Rule> rules;
  std::string name() const { return id + "@" + std::to_string(version); }
};

// Fault invalid_input "deadlines.bad_pack" / "deadlines.bad_calendar" with line and reason in its
// details.
Result<Pack> read_pack(std::string_view toml);
Result<CalendarFile> read_calendar(std::string_view toml);

struct Due {
  Instant started;
  Instant due;               // the last instant that is in time
  bool provisional = false;  // the calendar does not reach that far: a later one may move it
  std::string calendar;      // which calendar files spoke, empty where the rule needs none

  // What the explanation is made of.
  Instant begun;   // later than `started` where the rule waits for the next opening
  Date start_day;  // of `begun`
  Date last_day;
  std::int64_t skipped_days = 0;  // days off between start and end that were not counted
  std::optional<Date> rolled_from;

  // What happened to the term since, in the rule's unit. The caller that keeps clocks fills these
  // in.
  std::int64_t extended = 0;
  std::int64_t paused = 0;
  std::optional<Date> stands_since;  // paused now
  bool tightened = false;            // moved to the earlier date of a case that was merged into it
  bool operator==(const Due&) const = default;
};

Due compute(const Rule& rule, const Calendar& calendar, Instant start,
            FixedZone zone = china_standard_time);

// `due` moved by an approved extension, in the rule's unit. The caller keeps the total within
// max_extension.
Due extend(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
           std::int64_t amount, FixedZone zone = china_standard_time);

// `due` after a pause: later by what the pause took, in the rule's unit (whole days of it for rules
// in days), never earlier.
Due resume(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
           Instant paused_at, Instant resumed_at, FixedZone zone = china_standard_time);

// The one meaning of "in time" and "late": a thing done in the very instant a term ends is in time.
constexpr bool in_time(Instant due, Instant done) {
  return done <= due;
}

// Two combinations would let a matter that came later be due earlier, so read_pack refuses them: a
// last day that rolls to the end of the next working day past a term that ends at a time of it, and
// working days that keep the time of day of a weekend.
constexpr bool keeps_order(const Rule& rule) {
  const bool in_days = rule.unit == Unit::calendar_days || rule.unit == Unit::working_days;
  if (rule.roll == Roll::forward && (!in_days || rule.ends == Ends::at_the_time)) return false;
  return rule.unit != Unit::working_days || rule.ends == Ends::with_the_day ||
         rule.begins == Begins::when_open;
}

// How much of the rule's unit a pause took; whole hours for rules in hours.
std::int64_t pause_length(const Rule& rule, const Calendar& calendar, Instant paused_at,
                          Instant resumed_at, FixedZone zone = china_standard_time);

// The date that was recorded for a running clock, described for an explanation: `due` is not
// computed but given.
Due recorded(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
             FixedZone zone = china_standard_time);

enum class Language { chinese, english };
// One sentence a resident can follow: how long, from when, who lengthened it by how much, what was
// not counted, on what it rests.
std::string explain(const Rule& rule, const Due& due, Language language,
                    FixedZone zone = china_standard_time);

// The packs of a place and its calendar.
struct RuleBook {
  std::vector<Pack> packs;
  Calendar calendar;
  FixedZone zone = china_standard_time;

  struct Found {
    const Pack* pack;
    const Rule* rule;
  };
  // What the event or the case says under a name; empty when nothing.
  using FactOf = std::function<std::string_view(std::string_view fact)>;
  // Rules of the enabled packs valid on that day which the event starts. Empty: no rule of that
  // day, and nothing is made up.
  std::vector<Found> started_by(std::string_view track, std::string_view event, Date day,
                                const FactOf& fact_of) const;
  // The rule of that code in that pack (as named in an event), whatever its validity now.
  const Rule* find(std::string_view pack_name, std::string_view code) const;
};

}  // namespace minhu::deadlines
