#include "engines/tours/json_in.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "kernel/utf8.h"

namespace minhu::tours {

namespace {
constexpr std::size_t longest_text = 200;
constexpr std::size_t most_hours = 8;
constexpr std::size_t most_dates = 4000;
}  // namespace

tl::unexpected<Fault> JsonIn::fault(const char* key, std::string what) const {
  return fail(FaultCode::invalid_input, key, where_,
              std::map<std::string, std::string>{{"where", where_}, {"what", std::move(what)}});
}

Outcome JsonIn::only(std::initializer_list<std::string_view> fields) const {
  if (!value_->is_object()) return fault("tours.wrong_type", "{…}");
  for (const auto& [name, ignored] : value_->get_object()) {
    if (std::find(fields.begin(), fields.end(), std::string_view(name)) != fields.end()) continue;
    return fault("tours.unknown_field",
                 std::string(first_code_points(std::string_view(name), longest_text)));
  }
  return {};
}

bool JsonIn::has(std::string_view field) const {
  return value_->is_object() && value_->get_object().contains(field);
}

Result<JsonIn> JsonIn::field(std::string_view name) const {
  if (!value_->is_object()) return fault("tours.wrong_type", "{…}");
  const boost::json::value* found = value_->get_object().if_contains(name);
  if (found == nullptr) return fault("tours.missing", std::string(name));
  return JsonIn(*found, where_.empty() ? std::string(name) : where_ + "." + std::string(name));
}

Result<std::vector<JsonIn>> JsonIn::list(std::size_t most) const {
  if (!value_->is_array()) return fault("tours.wrong_type", "[…]");
  const auto& array = value_->get_array();
  if (array.size() > most) return fault("tours.list_too_long", std::to_string(most));
  std::vector<JsonIn> items;
  items.reserve(array.size());
  for (std::size_t k = 0; k < array.size(); ++k) {
    items.emplace_back(array[k], where_ + "[" + std::to_string(k) + "]");
  }
  return items;
}

Result<std::vector<JsonIn>> JsonIn::list_of(std::string_view name, std::size_t most) const {
  if (!has(name)) return std::vector<JsonIn>();
  MINHU_TRY(const JsonIn value, field(name));
  return value.list(most);
}

Result<std::string> JsonIn::text() const {
  if (!value_->is_string()) return fault("tours.wrong_type", "\"…\"");
  const auto cleaned = clean_text(std::string_view(value_->get_string()));
  if (!cleaned || code_points(*cleaned) > longest_text) {
    return fault("tours.bad_text", std::to_string(longest_text));
  }
  return *cleaned;
}

Result<std::string> JsonIn::text_of(std::string_view name, std::string otherwise) const {
  if (!has(name)) return otherwise;
  MINHU_TRY(const JsonIn value, field(name));
  return value.text();
}

Result<double> JsonIn::number(double least, double most) const {
  if (!value_->is_number()) return fault("tours.wrong_type", "1, 2.5 …");
  const double number = value_->to_number<double>();
  if (!(number >= least && number <= most)) {
    const auto say = [](double limit) { return std::to_string(std::llround(limit)); };
    return fault("tours.out_of_range", say(least) + "–" + say(most));
  }
  return number;
}

Result<double> JsonIn::number_of(std::string_view name, double least, double most,
                                 double otherwise) const {
  if (!has(name)) return otherwise;
  MINHU_TRY(const JsonIn value, field(name));
  return value.number(least, most);
}

Result<bool> JsonIn::yes_or_no_of(std::string_view name) const {
  if (!has(name)) return false;
  MINHU_TRY(const JsonIn value, field(name));
  if (!value.value_->is_bool()) return value.fault("tours.wrong_type", "true, false");
  return value.value_->get_bool();
}

Result<Date> JsonIn::date() const {
  MINHU_TRY(const std::string written, text());
  const auto date = parse_date(written);
  if (!date) return fault("tours.bad_date", written);
  return *date;
}

Result<DayTime> JsonIn::time() const {
  MINHU_TRY(const std::string written, text());
  const auto digit = [&](std::size_t k) { return written[k] - '0'; };
  const auto is_digit = [&](std::size_t k) { return written[k] >= '0' && written[k] <= '9'; };
  if (written.size() == 5 && written[2] == ':' && is_digit(0) && is_digit(1) && is_digit(3) &&
      is_digit(4)) {
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (minute < 60 && hour * 60 + minute <= 24 * 60) return (hour * 60 + minute) * 60;
  }
  return fault("tours.bad_hours", written);
}

Result<Hours> JsonIn::hours() const {
  MINHU_TRY(const auto ends, list(2));
  if (ends.size() != 2) return fault("tours.wrong_type", "[\"08:30\", \"12:00\"]");
  Hours hours;
  MINHU_TRY(hours.from, ends[0].time());
  MINHU_TRY(hours.to, ends[1].time());
  if (hours.to <= hours.from) return fault("tours.hours_backwards");
  return hours;
}

Result<std::vector<Date>> JsonIn::dates_of(std::string_view name) const {
  MINHU_TRY(const auto items, list_of(name, most_dates));
  std::vector<Date> dates;
  for (const JsonIn& item : items) {
    MINHU_TRY(dates.emplace_back(), item.date());
  }
  std::sort(dates.begin(), dates.end());
  return dates;
}

Result<std::vector<Hours>> JsonIn::all_hours() const {
  MINHU_TRY(const auto items, list(most_hours));
  std::vector<Hours> all;
  for (const JsonIn& item : items) {
    MINHU_TRY(all.emplace_back(), item.hours());
  }
  std::sort(all.begin(), all.end(), [](const Hours& a, const Hours& b) { return a.from < b.from; });
  return all;
}

}  // namespace minhu::tours
