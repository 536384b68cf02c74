#include "features/visit_plans/reason.h"

#include <fmt/format.h>

#include <sstream>

#include "features/classes/office_words.h"

namespace minhu::visit_plans {

Result<std::string> written_reason(std::string_view text) {
  constexpr std::size_t most = 500;
  auto words = classes::office_words(text, "reason", most);
  if (words) return words;
  Fault fault = words.error();
  if (fault.key == "classes.field_missing") fault.key = "plans.reason_missing";
  if (fault.key == "classes.too_long") fault.key = "plans.reason_long";
  if (fault.key == "classes.personal_details") fault.key = "plans.personal_details";
  return tl::unexpected<Fault>(std::move(fault));
}

std::string format_day_time(tours::DayTime time) {
  return fmt::format("{:02}:{:02}", time / 3600, time / 60 % 60);
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Result<Month> month_named(std::string_view name) {
  const auto bad = [] { return fail(FaultCode::invalid_input, "plans.bad_month", "month"); };
  if (name.size() != 7 || name[4] != '-') return bad();
  const auto first = parse_date(std::string(name) + "-01");
  if (!first) return bad();
  const std::chrono::year_month_day day{*first};
  const auto next = day.year() / day.month() + std::chrono::months(1);
  return Month{std::string(name), *first, Date(next / std::chrono::day(1))};
}

}  // namespace minhu::visit_plans
