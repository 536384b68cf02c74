// When something is due, and why: (rule, calendar, events) → a date and the sentence that explains
// it.
//
// Pure and thread-safe. The day on which a clock starts is not counted (Civil Code art. 201); a
// term in days ends with the last millisecond of its last day in the zone of the place. Whether
// days are calendar or working days, and whether a last day off rolls to the next working day, is
// written in each rule, because the same word 日 means different things in different laws.
#pragma once

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

struct Rule {
  std::string code;  // stable within its pack
  std::vector<std::string> tracks;
  std::vector<std::string> starts_on;  // event kinds
  std::vector<std::string> met_by;
  std::vector<std::string> stopped_by;  // ends it without meeting it
  std::string only_if;                  // "urgency=danger_to_life", or empty
  StartsAt starts_at = StartsAt::happened;
  std::int64_t amount = 0;
  Unit unit = Unit::calendar_days;
  Roll roll = Roll::none;
  Side side = Side::office;
  bool pausable = false;           // by `parked` until `unparked`
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
  Date start_day;
  Date last_day;
  std::int64_t skipped_days = 0;  // days off between start and end that were not counted
  std::optional<Date> rolled_from;
  bool operator==(const Due&) const = default;
};

Due compute(const Rule& rule, const Calendar& calendar, Instant start,
            FixedZone zone = china_standard_time);

// `due` moved by an approved extension, in the rule's unit. The caller keeps the total within
// max_extension.
Due extend(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
           std::int64_t amount, FixedZone zone = china_standard_time);

// `due` after a pause: later by what the pause took, in the rule's unit (whole days of it for rules
// in days).
Due resume(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
           Instant paused_at, Instant resumed_at, FixedZone zone = china_standard_time);

enum class Language { chinese, english };
// One sentence a resident can follow: how long, from when, what was not counted, on what it rests.
std::string explain(const Rule& rule, const Due& due, Language language);

// The packs of a place and its calendar.
struct RuleBook {
  std::vector<Pack> packs;
  Calendar calendar;
  FixedZone zone = china_standard_time;

  struct Found {
    const Pack* pack;
    const Rule* rule;
  };
  // Rules of the enabled packs valid on that day which the event starts. Empty: no rule of that
  // day, and nothing is made up.
  std::vector<Found> started_by(std::string_view track, std::string_view event, Date day,
                                std::string_view urgency) const;
  // The rule of that code in that pack (as named in an event), whatever its validity now.
  const Rule* find(std::string_view pack_name, std::string_view code) const;
};

}  // namespace minhu::deadlines
