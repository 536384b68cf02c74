// Which days people of an office work. Pure; a calendar knows how far it reaches and never guesses
// silently beyond.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/civil_time.h"

namespace minhu::deadlines {

struct WorkingHours {
  std::chrono::minutes opens{8 * 60 + 30};
  std::chrono::minutes closes{17 * 60 + 30};
};

// One published table of days off and of weekend days that are worked instead (调休), for a span of
// dates.
struct CalendarFile {
  std::string id;  // "cn-2026"
  std::int64_t version = 1;
  std::string source;  // where the table was published
  Date from;
  Date to;  // the last day it speaks of
  std::set<Date> off;
  std::set<Date> worked;
  WorkingHours hours;
  std::string name() const { return id + "@" + std::to_string(version); }
};

// All files of one place, looked up by day. Immutable and cheap to ask: counting works on running
// totals.
class Calendar {
 public:
  Calendar() = default;
  explicit Calendar(std::vector<CalendarFile> files);

  // In order of their first day.
  const std::vector<CalendarFile>& files() const noexcept { return files_; }
  bool knows(Date day) const;
  // Beyond what is known: Monday to Friday, and the caller marks its result provisional.
  bool works(Date day) const;
  WorkingHours hours(Date day) const;

  // The day on which the n-th working day after `day` falls (`day` itself is not counted); n >= 1.
  Date working_days_after(Date day, std::int64_t n) const;
  // Working days in (from, to].
  std::int64_t working_days_between(Date from, Date to) const;
  Date next_working_day_from(Date day) const;  // `day` itself if it is one
  // `time` itself while the office is open, else its next opening.
  CivilTime next_open_from(CivilTime time) const;
  // True when every day of [from, to] is known.
  bool covers(Date from, Date to) const;
  // Names of the files that speak of [from, to], joined with '+'.
  std::string names(Date from, Date to) const;

 private:
  const CalendarFile* file_of(Date day) const;
  std::int64_t total_to(Date day) const;  // working days in [first_, day]

  std::vector<CalendarFile> files_;  // in order of `from`, without overlap
  Date first_;
  std::vector<std::int32_t>
      totals_;  // of each day from first_ on, over all files and the gaps between
};

}  // namespace minhu::deadlines
