#include "engines/deadlines/calendar.h"

#include <algorithm>

#include "kernel/assert.h"

namespace minhu::deadlines {

namespace {

using std::chrono::days;

bool weekday(Date day) {
  const std::chrono::weekday of_day(day);
  return of_day != std::chrono::Saturday && of_day != std::chrono::Sunday;
}

// Monday-to-Friday days from a fixed Monday to `day`, for the days outside every file (negative
// before it: only differences are used).
std::int64_t weekdays_to(Date day) {
  const auto monday = Date{} - days(3);  // 1969-12-29
  const auto since = (day - monday).count();
  const auto week = since >= 0 ? since / 7 : -((6 - since) / 7);
  return week * 5 + std::min<std::int64_t>(since - week * 7 + 1, 5);
}

}  // namespace

Calendar::Calendar(std::vector<CalendarFile> files) : files_(std::move(files)) {
  if (files_.empty()) return;
  std::sort(files_.begin(), files_.end(),
            [](const CalendarFile& a, const CalendarFile& b) { return a.from < b.from; });
  first_ = files_.front().from;
  Date last = first_;
  for (const auto& file : files_) last = std::max(last, file.to);
  std::int32_t total = 0;
  for (Date day = first_; day <= last; day += days(1)) {
    total += works(day) ? 1 : 0;
    totals_.push_back(total);
  }
}

const CalendarFile* Calendar::file_of(Date day) const {
  const auto after =
      std::upper_bound(files_.begin(), files_.end(), day,
                       [](Date value, const CalendarFile& file) { return value < file.from; });
  if (after == files_.begin()) return nullptr;
  const CalendarFile& file = *std::prev(after);
  return day <= file.to ? &file : nullptr;
}

bool Calendar::knows(Date day) const {
  return file_of(day) != nullptr;
}

bool Calendar::works(Date day) const {
  const CalendarFile* file = file_of(day);
  if (file == nullptr) return weekday(day);
  if (file->worked.contains(day)) return true;
  return weekday(day) && !file->off.contains(day);
}

WorkingHours Calendar::hours(Date day) const {
  const CalendarFile* file = file_of(day);
  return file == nullptr ? WorkingHours{} : file->hours;
}

std::int64_t Calendar::total_to(Date day) const {
  if (totals_.empty()) return weekdays_to(day);
  if (day < first_) return weekdays_to(day) - weekdays_to(first_ - days(1));
  const Date last = first_ + days(static_cast<std::int64_t>(totals_.size()) - 1);
  if (day > last) return totals_.back() + weekdays_to(day) - weekdays_to(last);
  return totals_[static_cast<std::size_t>((day - first_).count())];
}

Date Calendar::working_days_after(Date day, std::int64_t n) const {
  MINHU_ASSERT(n >= 1);
  const std::int64_t wanted = total_to(day) + n;
  // At most one working day a day, and after the last file five a week: the answer lies in a span
  // that doubling reaches, however long an office is closed.
  Date low = day + days(n);
  Date high = low;
  for (std::int64_t span = n; total_to(high) < wanted; span *= 2) high += days(span);
  while (low < high) {
    const Date middle = low + (high - low) / 2;
    if (total_to(middle) >= wanted) {
      high = middle;
    } else {
      low = middle + days(1);
    }
  }
  return low;
}

std::int64_t Calendar::working_days_between(Date from, Date to) const {
  return total_to(to) - total_to(from);
}

Date Calendar::next_working_day_from(Date day) const {
  while (!works(day)) day += days(1);
  return day;
}

CivilTime Calendar::next_open_from(CivilTime time) const {
  if (works(time.date)) {
    const WorkingHours today = hours(time.date);
    if (time.since_midnight < today.opens) return {time.date, today.opens};
    if (time.since_midnight < today.closes) return time;
  }
  const Date next = next_working_day_from(time.date + days(1));
  return {next, hours(next).opens};
}

bool Calendar::covers(Date from, Date to) const {
  for (Date day = from; day <= to;) {
    const CalendarFile* file = file_of(day);
    if (file == nullptr) return false;
    day = file->to + days(1);
  }
  return true;
}

std::string Calendar::names(Date from, Date to) const {
  std::string all;
  for (const auto& file : files_) {
    if (file.to < from || file.from > to) continue;
    if (!all.empty()) all += '+';
    all += file.name();
  }
  return all;
}

}  // namespace minhu::deadlines
