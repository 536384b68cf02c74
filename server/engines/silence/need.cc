#include "engines/silence/need.h"

#include <algorithm>
#include <bit>

#include "kernel/assert.h"

namespace minhu::silence {

namespace {

constexpr std::int64_t most_severity = 1'000'000;
constexpr std::int64_t most_others = 1'000'000;
constexpr std::int64_t most_lateness = 2000;  // thousandths of the limit

std::int64_t thousandths_late(const Known& known, Date day) {
  if (!known.due) return 0;
  // An answer that came late stays as late as it was, until it turns out to be none.
  const Date until =
      known.standing == Standing::closed && known.closed_on ? std::min(day, *known.closed_on) : day;
  const std::int64_t over = std::max<std::int64_t>(0, (until - *known.due).count());
  const std::int64_t limit = std::max<std::int64_t>(1, known.limit_days);
  return std::min(most_lateness, over * 1000 / limit);
}

std::int64_t thousandths_counted(const Known& known, Date day) {
  switch (known.standing) {
    case Standing::open:
      return 1000;
    case Standing::closed: {
      const bool lately = !known.closed_on || (day - *known.closed_on).count() < days_unconfirmed;
      return lately ? 500 : 0;
    }
    case Standing::confirmed:
      break;
  }
  return 0;
}

}  // namespace

std::int64_t millionths_of_log(std::int64_t number) {
  MINHU_ASSERT(number > 0);
  // log2 bit by bit: the square of a number between 1 and 2 tells the next bit; 32 bits after the
  // point, at most 38 in all.
  const auto value = static_cast<std::uint64_t>(number);
  const auto whole = static_cast<unsigned>(std::bit_width(value)) - 1;
  std::uint64_t mantissa = whole <= 31 ? value << (31 - whole) : value >> (whole - 31);
  std::uint64_t bits = static_cast<std::uint64_t>(whole) << 32U;
  for (unsigned bit = 32; bit-- > 0;) {
    mantissa = mantissa * mantissa >> 31U;
    if (mantissa >> 32U != 0) {
      mantissa >>= 1U;
      bits |= std::uint64_t{1} << bit;
    }
  }
  constexpr std::uint64_t log_of_two = 693'147;  // millionths
  return static_cast<std::int64_t>(bits * log_of_two >> 32U);
}

Points need_of(const Known& known, Date day) {
  const std::int64_t severity = std::clamp<std::int64_t>(known.severity, 1, most_severity);
  const std::int64_t others = std::clamp<std::int64_t>(known.others, 0, most_others);
  const Points said = severity * (one_matter + millionths_of_log(1 + others)) / 1000;
  const Points late = said * (1000 + thousandths_late(known, day)) / 1000;
  return late * thousandths_counted(known, day) / 1000;
}

Points need_with_merged(const Known& known, Date day) {
  Points parts = 0;
  for (const Known& part : known.merged) parts += need_with_merged(part, day);
  return std::max(need_of(known, day), parts);
}

Known merge(Known into, Known from, std::int64_t others) {
  Known whole = into;
  whole.merged.clear();
  whole.others = std::max({others, into.others, from.others});
  whole.severity = std::max(into.severity, from.severity);
  whole.standing = std::min(into.standing, from.standing);
  if (whole.standing != into.standing) whole.closed_on = from.closed_on;
  if (from.due && (!whole.due || *from.due < *whole.due)) {
    whole.due = from.due;
    whole.limit_days = from.limit_days;
  }
  // Whole, with their own parts: what one has gathered since it was merged counts as well.
  whole.merged.push_back(std::move(into));
  whole.merged.push_back(std::move(from));
  return whole;
}

Known stand(Known known, Standing standing, std::optional<Date> closed_on) {
  known.standing = standing;
  known.closed_on = standing == Standing::closed ? closed_on : std::nullopt;
  for (Known& part : known.merged) part = stand(std::move(part), standing, closed_on);
  return known;
}

Known after_visit(Known known) {
  known.merged.clear();
  return known;
}

}  // namespace minhu::silence
