#include "features/visits/calendar.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace minhu::visits {

namespace {

constexpr std::size_t longest_line = 75;  // octets, without the line end

// Backslash, semicolon, comma and line ends; everything else stands for itself (§3.3.11).
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < ' ' || c == '\x7F';
    if (control && c != '\n' && c != '\t') continue;
    if (c == '\\' || c == ';' || c == ',') out.push_back('\\');
    if (c == '\n') {
      out += "\\n";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool begins_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// A line that goes on begins with a blank, which counts among its octets.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = longest_line;
  while (line.size() > room) {
    std::size_t cut = room;
    while (!begins_a_character(line[cut])) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = longest_line - 1;
  }
  out.append(line).append("\r\n");
}

void add_text(std::string& out, std::string_view property, std::string_view text) {
  if (!text.empty()) add_line(out, std::string(property) + ":" + escaped(text));
}

// In UTC, so that no zone has to be told (§3.3.5, form 2).
std::string in_utc(Instant instant) {
  const CivilTime time = to_civil(instant, FixedZone{std::chrono::minutes(0)});
  const std::chrono::year_month_day day(time.date);
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(time.since_midnight).count();
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     seconds / 3600, seconds / 60 % 60, seconds % 60);
}

constexpr std::array<std::string_view, 3> status_names{"CONFIRMED", "TENTATIVE", "CANCELLED"};

void add_entry(std::string& out, const CalendarEntry& entry) {
  add_line(out, "BEGIN:VEVENT");
  add_line(out, "UID:" + entry.uid);
  add_line(out, "DTSTAMP:" + in_utc(entry.stamp));
  add_line(out, "LAST-MODIFIED:" + in_utc(entry.stamp));
  add_line(out, "SEQUENCE:" + std::to_string(entry.sequence));
  add_line(out, "DTSTART:" + in_utc(entry.begins));
  add_line(out, "DTEND:" + in_utc(entry.ends));
  add_line(out, "STATUS:" + std::string(status_names[static_cast<std::size_t>(entry.status)]));
  add_text(out, "SUMMARY", entry.summary);
  add_text(out, "LOCATION", entry.location);
  add_text(out, "DESCRIPTION", entry.description);
  if (!entry.url.empty()) add_line(out, "URL:" + entry.url);
  add_line(out, "END:VEVENT");
}

}  // namespace

std::string to_icalendar(std::string_view calendar_name,
                         const std::vector<CalendarEntry>& entries) {
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Minhu//Visits//ZH");
  add_line(out, "CALSCALE:GREGORIAN");
  add_line(out, "METHOD:PUBLISH");
  add_text(out, "X-WR-CALNAME", calendar_name);
  // Looked at again each hour (RFC 7986 §5.7): a visit may be moved the day before.
  add_line(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
  for (const CalendarEntry& entry : entries) add_entry(out, entry);
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace minhu::visits
