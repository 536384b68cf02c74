// Small readers that several files of the feature share. Inner header.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/tours/problem.h"
#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::visit_plans {

// Why something was decided otherwise: it is kept and counted. Faults invalid_input
// plans.reason_missing, plans.reason_long (500 characters), plans.personal_details (a telephone or
// identity number), all with field "reason".
Result<std::string> written_reason(std::string_view text);

// "08:30"; nothing for anything else.
std::optional<tours::DayTime> parse_day_time(std::string_view text);
std::string format_day_time(tours::DayTime time);

// A list of words without blanks, as rows hold it.
std::vector<std::string> words_of(std::string_view text);
std::string joined(const std::vector<std::string>& words);

// "2026-12" and its days. Fault invalid_input plans.bad_month, field "month".
struct Month {
  std::string name;
  Date from;
  Date until;  // the first day after it
};
Result<Month> month_named(std::string_view name);

}  // namespace minhu::visit_plans
