#include <fmt/core.h>

#include "engines/deadlines/deadlines.h"

namespace minhu::deadlines {

namespace {

std::string day_zh(Date day) {
  const std::chrono::year_month_day ymd(day);
  return fmt::format("{}年{}月{}日", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string_view unit_zh(Unit unit) {
  switch (unit) {
    case Unit::hours:
      return "小时";
    case Unit::calendar_days:
      return "天";
    case Unit::working_days:
      return "个工作日";
    case Unit::working_hours:
      return "个工作小时";
  }
  return {};
}

std::string_view unit_en(Unit unit) {
  switch (unit) {
    case Unit::hours:
      return "hours";
    case Unit::calendar_days:
      return "days";
    case Unit::working_days:
      return "working days";
    case Unit::working_hours:
      return "working hours";
  }
  return {};
}

bool in_days(const Rule& rule) {
  return rule.unit == Unit::calendar_days || rule.unit == Unit::working_days;
}

// A day, or a minute of it where minutes decide. Due dates are always in the zone they were
// computed in.
bool to_the_minute(const Rule& rule) {
  return !in_days(rule) || rule.ends == Ends::at_the_time;
}

std::string time_of_day(Instant instant, FixedZone zone) {
  const std::chrono::hh_mm_ss time(to_civil(instant, zone).since_midnight);
  return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

std::string moment_zh(const Rule& rule, Date day, Instant instant, FixedZone zone) {
  return to_the_minute(rule) ? day_zh(day) + time_of_day(instant, zone) : day_zh(day);
}

std::string moment_en(const Rule& rule, Date day, Instant instant, FixedZone zone) {
  return to_the_minute(rule) ? format_date(day) + " " + time_of_day(instant, zone)
                             : format_date(day);
}

std::string chinese(const Rule& rule, const Due& due, FixedZone zone) {
  std::string text =
      fmt::format("{}：从{}起算{}{}", rule.label_zh,
                  moment_zh(rule, due.start_day, due.begun, zone), rule.amount, unit_zh(rule.unit));
  if (due.begun != due.started) text += "（收到时不在上班时间，从下次上班算起）";
  if (in_days(rule)) text += "，当天不算";
  if (due.extended > 0) {
    text += fmt::format("，经承办单位负责人批准延长{}{}", due.extended, unit_zh(rule.unit));
  }
  if (due.paused > 0) text += fmt::format("，其间暂停{}{}不算", due.paused, unit_zh(rule.unit));
  if (due.skipped_days > 0) text += fmt::format("，中间{}天休息日不算", due.skipped_days);
  if (due.rolled_from) {
    text += fmt::format("，{}是休息日，顺延到下一个工作日", day_zh(*due.rolled_from));
  }
  if (due.tightened) text += "，因与更早的同一件事合并，按更早的期限";
  text += fmt::format("，到{}止", moment_zh(rule, due.last_day, due.due, zone));
  if (due.stands_since) {
    text += fmt::format("（从{}起暂停，恢复后相应顺延）", day_zh(*due.stands_since));
  }
  if (due.provisional) text += "（那时的放假安排还没有公布，日期暂定）";
  return text + fmt::format("。依据：{}。", rule.citation);
}

std::string english(const Rule& rule, const Due& due, FixedZone zone) {
  std::string text =
      fmt::format("{}: {} {} from {}", rule.label_en, rule.amount, unit_en(rule.unit),
                  moment_en(rule, due.start_day, due.begun, zone));
  if (due.begun != due.started) text += ", the next opening, because it came outside office hours";
  if (in_days(rule)) text += ", the day itself not counted";
  if (due.extended > 0) {
    text += fmt::format(", extended by {} {} with the approval of the head of the unit",
                        due.extended, unit_en(rule.unit));
  }
  if (due.paused > 0) {
    text += fmt::format(", {} {} of a pause not counted", due.paused, unit_en(rule.unit));
  }
  if (due.skipped_days > 0) text += fmt::format(", {} days off not counted", due.skipped_days);
  if (due.rolled_from) {
    text += fmt::format(", moved on from {}, a day off", format_date(*due.rolled_from));
  }
  if (due.tightened) text += ", moved to the earlier date of the same matter it was joined with";
  text += fmt::format("; due {}", moment_en(rule, due.last_day, due.due, zone));
  if (due.stands_since) {
    text += fmt::format(" (paused since {}; it moves on by as much when it is taken up again)",
                        format_date(*due.stands_since));
  }
  if (due.provisional) text += " (provisional: the days off of that time are not published yet)";
  return text + fmt::format(". Rests on {}.", rule.citation);
}

}  // namespace

std::string explain(const Rule& rule, const Due& due, Language language, FixedZone zone) {
  return language == Language::chinese ? chinese(rule, due, zone) : english(rule, due, zone);
}

}  // namespace minhu::deadlines
