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

bool in_days(Unit unit) {
  return unit == Unit::calendar_days || unit == Unit::working_days;
}

std::string chinese(const Rule& rule, const Due& due) {
  std::string text = fmt::format("{}：从{}起算{}{}", rule.label_zh, day_zh(due.start_day),
                                 rule.amount, unit_zh(rule.unit));
  if (in_days(rule.unit)) text += "，当天不算";
  if (due.skipped_days > 0) text += fmt::format("，中间{}天休息日不算", due.skipped_days);
  if (due.rolled_from) {
    text += fmt::format("，{}是休息日，顺延到下一个工作日", day_zh(*due.rolled_from));
  }
  text += fmt::format("，到{}止", day_zh(due.last_day));
  if (due.provisional) text += "（那时的放假安排还没有公布，日期暂定）";
  return text + fmt::format("。依据：{}。", rule.citation);
}

std::string english(const Rule& rule, const Due& due) {
  std::string text = fmt::format("{}: {} {} from {}", rule.label_en, rule.amount,
                                 unit_en(rule.unit), format_date(due.start_day));
  if (in_days(rule.unit)) text += ", the day itself not counted";
  if (due.skipped_days > 0) text += fmt::format(", {} days off not counted", due.skipped_days);
  if (due.rolled_from) {
    text += fmt::format(", moved on from {}, a day off", format_date(*due.rolled_from));
  }
  text += fmt::format("; due {}", format_date(due.last_day));
  if (due.provisional) text += " (provisional: the days off of that time are not published yet)";
  return text + fmt::format(". Rests on {}.", rule.citation);
}

}  // namespace

std::string explain(const Rule& rule, const Due& due, Language language) {
  return language == Language::chinese ? chinese(rule, due) : english(rule, due);
}

}  // namespace minhu::deadlines
