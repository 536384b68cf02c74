// Visits as a calendar that telephones and office programs subscribe to (iCalendar, RFC 5545).
// Pure: the same visits give the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/civil_time.h"

namespace minhu::visits {

enum class EntryStatus : std::uint8_t { confirmed, tentative, cancelled };

struct CalendarEntry {
  std::string uid;            // the same for as long as the visit is, whatever becomes of it
  std::int64_t sequence = 0;  // goes up whenever what was announced changes (RFC 5545 §3.8.7.4)
  Instant stamp;              // when it was changed last
  Instant begins;
  Instant ends;
  EntryStatus status = EntryStatus::confirmed;
  std::string summary;
  std::string location;
  std::string description;
  std::string url;  // empty: none
};

// Lines end in CRLF and are folded at 75 octets, never inside a character.
std::string to_icalendar(std::string_view calendar_name, const std::vector<CalendarEntry>& entries);

}  // namespace minhu::visits
