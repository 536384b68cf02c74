#include "features/visits/missed.h"

namespace minhu::visits {

bool keeps_the_day(const Visit& visit, std::size_t change, FixedZone zone) {
  const bool last = change + 1 == visit.not_held.size();
  const NotHeld& day = visit.not_held[change];
  // Of a visit that was cancelled the last change is the cancelling itself.
  if (day.instead != "substitute" || (last && visit.state == State::cancelled)) return false;
  const Instant next = last ? visit.begins : visit.not_held[change + 1].announced;
  return to_date(day.announced, zone) == to_date(next, zone);
}

std::vector<MissedDay> missed_days(const Visit& visit, Instant now, FixedZone zone) {
  std::vector<MissedDay> days;
  if (!visit.public_now()) return days;
  for (std::size_t change = 0; change < visit.not_held.size(); ++change) {
    if (keeps_the_day(visit, change, zone)) continue;
    days.push_back({visit.not_held[change].announced, visit.not_held[change].reason});
  }
  if (visit.state != State::cancelled && !visit.opened_at && visit.ends < now) {
    days.push_back({visit.begins, {}});
  }
  return days;
}

}  // namespace minhu::visits
