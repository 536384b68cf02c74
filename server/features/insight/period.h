// Months, quarters and years, as civil people or as some systems count them: the business month
// that begins on the 21st of the month before.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/insight/cells.h"
#include "kernel/result.h"

namespace minhu::insight {

enum class Scheme : std::uint8_t { calendar, business };
std::string_view name(Scheme) noexcept;
std::optional<Scheme> scheme_named(std::string_view) noexcept;

struct Period {
  std::string name;  // "2026", "2026-Q2", "2026-05"
  Scheme scheme = Scheme::calendar;
  Piece first = 0;
  Piece last = 0;
  Date from() const { return first_day_of(first); }
  Date to() const { return last_day_of(last); }
  bool has(Date day) const { return piece_of(day) >= first && piece_of(day) <= last; }
};

// Fault invalid_input "insight.bad_period", field "period".
Result<Period> period_named(std::string_view name, Scheme scheme);
// Its months, the earliest first.
std::vector<Period> months_of(const Period& period);
Period year_of(Date day, Scheme scheme);
Period month_of(Date day, Scheme scheme);
Period quarter_of(Date day, Scheme scheme);
// The `count` months up to and with that of the day, the earliest first.
std::vector<Period> months_up_to(Date day, int count, Scheme scheme);

}  // namespace minhu::insight
