#include "kernel/civil_time.h"

#include <fmt/core.h>

#include <charconv>

namespace minhu {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;

class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool number(std::size_t least, std::size_t most, int& value) {
    std::size_t length = 0;
    while (length < rest_.size() && length < most && rest_[length] >= '0' && rest_[length] <= '9') {
      ++length;
    }
    if (length < least) return false;
    std::from_chars(rest_.data(), rest_.data() + length, value);
    rest_.remove_prefix(length);
    return true;
  }

  bool one_of(std::string_view characters, char& taken) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    taken = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }

  bool one_of(std::string_view characters) {
    char taken = 0;
    return one_of(characters, taken);
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool read_date(Cursor& cursor, Date& date) {
  int year = 0;
  int month = 0;
  int day = 0;
  char separator = 0;
  if (!cursor.number(4, 4, year) || !cursor.one_of("-/.", separator) ||
      !cursor.number(1, 2, month) || !cursor.one_of(std::string_view(&separator, 1)) ||
      !cursor.number(1, 2, day)) {
    return false;
  }
  const std::chrono::year_month_day ymd{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return false;
  date = ymd;
  return true;
}

bool read_zone(Cursor& cursor, FixedZone& zone) {
  char sign = 0;
  if (!cursor.one_of("Zz+-", sign)) return true;
  if (sign == 'Z' || sign == 'z') {
    zone.offset = std::chrono::minutes(0);
    return true;
  }
  int hours = 0;
  int minutes = 0;
  if (!cursor.number(2, 2, hours)) return false;
  cursor.one_of(":");
  if (!cursor.number(2, 2, minutes) || hours > 14 || minutes > 59) return false;
  zone.offset = std::chrono::minutes((hours * 60 + minutes) * (sign == '-' ? -1 : 1));
  return true;
}

bool read_time_of_day(Cursor& cursor, milliseconds& time) {
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  int fraction = 0;
  if (!cursor.number(1, 2, hours) || !cursor.one_of(":") || !cursor.number(2, 2, minutes)) {
    return false;
  }
  if (cursor.one_of(":")) {
    if (!cursor.number(2, 2, seconds)) return false;
    if (cursor.one_of(".") && !cursor.number(3, 3, fraction)) return false;
  }
  if (hours > 23 || minutes > 59 || seconds > 59) return false;
  time = std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
         milliseconds(fraction);
  return true;
}

}  // namespace

CivilTime to_civil(Instant instant, FixedZone zone) {
  const milliseconds local = milliseconds(instant.unix_ms) + zone.offset;
  const auto whole_days = floor<days>(local);
  return {Date(whole_days), local - whole_days};
}

Instant to_instant(CivilTime time, FixedZone zone) {
  const milliseconds local = time.date.time_since_epoch() + time.since_midnight;
  return {(local - zone.offset).count()};
}

Date to_date(Instant instant, FixedZone zone) {
  return to_civil(instant, zone).date;
}

Instant start_of_day(Date date, FixedZone zone) {
  return to_instant({date, {}}, zone);
}

namespace {

// Digit by digit: an answer with a list has some hundred dates, and a parsed format for each of
// them is a twentieth of its time.
void append_digits(std::string& text, std::int64_t number, std::size_t digits) {
  text.resize(text.size() + digits);
  for (auto place = text.rbegin(); digits > 0; --digits, ++place) {
    *place = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

void append_date(std::string& text, Date date) {
  const std::chrono::year_month_day ymd(date);
  const int year = static_cast<int>(ymd.year());
  if (year >= 0 && year <= 9999) {
    append_digits(text, year, 4);
  } else {
    text += fmt::format("{:04}", year);
  }
  text += '-';
  append_digits(text, static_cast<unsigned>(ymd.month()), 2);
  text += '-';
  append_digits(text, static_cast<unsigned>(ymd.day()), 2);
}

}  // namespace

std::string format_date(Date date) {
  std::string text;
  append_date(text, date);
  return text;
}

std::string format_instant(Instant instant, FixedZone zone) {
  const CivilTime civil = to_civil(instant, zone);
  const std::chrono::hh_mm_ss time(civil.since_midnight);
  const auto offset = zone.offset.count();
  const auto magnitude = offset < 0 ? -offset : offset;
  std::string text;
  text.reserve(sizeof "2025-09-26T10:00:00.000+08:00");
  append_date(text, civil.date);
  text += 'T';
  append_digits(text, time.hours().count(), 2);
  text += ':';
  append_digits(text, time.minutes().count(), 2);
  text += ':';
  append_digits(text, time.seconds().count(), 2);
  text += '.';
  append_digits(text, time.subseconds().count(), 3);
  text += offset < 0 ? '-' : '+';
  append_digits(text, magnitude / 60, 2);
  text += ':';
  append_digits(text, magnitude % 60, 2);
  return text;
}

Result<Date> parse_date(std::string_view text) {
  Cursor cursor(text);
  Date date;
  if (!read_date(cursor, date) || !cursor.at_end()) {
    return fail(FaultCode::invalid_input, "kernel.not_a_date");
  }
  return date;
}

Result<Instant> parse_instant(std::string_view text, FixedZone zone) {
  Cursor cursor(text);
  CivilTime civil;
  if (!read_date(cursor, civil.date) || !cursor.one_of(" Tt") ||
      !read_time_of_day(cursor, civil.since_midnight) || !read_zone(cursor, zone) ||
      !cursor.at_end()) {
    return fail(FaultCode::invalid_input, "kernel.not_a_time");
  }
  return to_instant(civil, zone);
}

}  // namespace minhu
