#include "engines/deadlines/deadlines.h"

#include <algorithm>

#include "kernel/assert.h"

namespace minhu::deadlines {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

Instant end_of_day(Date day, FixedZone zone) {
  return {start_of_day(day + days(1), zone).unix_ms - 1};
}

Instant plus_hours(Instant start, std::int64_t amount) {
  return {start.unix_ms + milliseconds(hours(amount)).count()};
}

// The instant at which `left` of working time has passed since `start`; outside working hours no
// time passes.
Instant after_working_time(const Calendar& calendar, Instant start, milliseconds left,
                           FixedZone zone) {
  if (left.count() == 0) return start;
  CivilTime at = to_civil(start, zone);
  for (;;) {
    const WorkingHours open = calendar.hours(at.date);
    if (calendar.works(at.date) && at.since_midnight < open.closes) {
      const milliseconds from = std::max<milliseconds>(at.since_midnight, open.opens);
      if (from + left <= milliseconds(open.closes)) return to_instant({at.date, from + left}, zone);
      left -= milliseconds(open.closes) - from;
    }
    at = {at.date + days(1), milliseconds(0)};
  }
}

milliseconds working_time_between(const Calendar& calendar, Instant from, Instant to,
                                  FixedZone zone) {
  milliseconds sum{0};
  const CivilTime end = to_civil(to, zone);
  for (CivilTime at = to_civil(from, zone); at < end; at = {at.date + days(1), milliseconds(0)}) {
    if (!calendar.works(at.date)) continue;
    const WorkingHours open = calendar.hours(at.date);
    const milliseconds begin = std::max<milliseconds>(at.since_midnight, open.opens);
    const milliseconds until =
        at.date == end.date ? std::min<milliseconds>(end.since_midnight, open.closes) : open.closes;
    if (until > begin) sum += until - begin;
  }
  return sum;
}

bool counts_working_time(const Rule& rule) {
  return rule.unit == Unit::working_days || rule.unit == Unit::working_hours;
}

Instant begin_of(const Rule& rule, const Calendar& calendar, Instant started, FixedZone zone) {
  if (rule.begins == Begins::at_once) return started;
  return to_instant(calendar.next_open_from(to_civil(started, zone)), zone);
}

// Where a term in days ends on `day`, when its other end has the time of day of `like`.
Instant end_on(Date day, const Rule& rule, Instant like, FixedZone zone) {
  if (rule.ends == Ends::with_the_day) return end_of_day(day, zone);
  return to_instant({day, to_civil(like, zone).since_midnight}, zone);
}

// The days whose being worked or off decided the date; nothing where no calendar was asked.
struct Span {
  Date from;
  Date to;
};
std::optional<Span> days_asked(const Rule& rule, const Due& due, FixedZone zone) {
  const Date started = to_date(due.started, zone);
  if (counts_working_time(rule)) return Span{started, due.last_day};
  const bool asked_for_the_opening = rule.begins == Begins::when_open;
  if (rule.roll == Roll::none) {
    if (asked_for_the_opening) return Span{started, due.start_day};
    return std::nullopt;
  }
  // A term whose only use of the calendar is its last day needs to know that day alone.
  return Span{asked_for_the_opening ? started : due.rolled_from.value_or(due.last_day),
              due.last_day};
}

// Rolls, and writes down what an explanation and a later recomputation need.
Due finished(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
             FixedZone zone) {
  Due result;
  result.started = started;
  result.begun = begin_of(rule, calendar, started, zone);
  result.start_day = to_date(result.begun, zone);
  result.last_day = to_date(due, zone);
  result.due = due;
  if (rule.roll == Roll::forward && !calendar.works(result.last_day)) {
    result.rolled_from = result.last_day;
    result.last_day = calendar.next_working_day_from(result.last_day);
    result.due = end_of_day(result.last_day, zone);
  }
  if (const auto asked = days_asked(rule, result, zone)) {
    result.provisional = !calendar.covers(asked->from, asked->to);
    result.calendar = calendar.names(asked->from, asked->to);
    if (counts_working_time(rule)) {
      result.skipped_days = (result.last_day - result.start_day).count() -
                            calendar.working_days_between(result.start_day, result.last_day);
    }
  }
  return result;
}

Instant moved(const Rule& rule, const Calendar& calendar, Instant due, std::int64_t amount,
              FixedZone zone) {
  switch (rule.unit) {
    case Unit::hours:
      return plus_hours(due, amount);
    case Unit::working_hours:
      return after_working_time(calendar, due, hours(amount), zone);
    case Unit::calendar_days:
      return end_on(to_date(due, zone) + days(amount), rule, due, zone);
    case Unit::working_days:
      if (amount == 0) return end_on(to_date(due, zone), rule, due, zone);
      return end_on(calendar.working_days_after(to_date(due, zone), amount), rule, due, zone);
  }
  MINHU_ASSERT(false);
}

bool holds(std::string_view condition, const RuleBook::FactOf& fact_of) {
  if (condition.empty()) return true;
  const auto equals = condition.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view said = fact_of(condition.substr(0, equals));
  std::string_view wanted = condition.substr(equals + 1);
  for (;;) {
    const auto end = std::min(wanted.find('|'), wanted.size());
    if (wanted.substr(0, end) == said) return true;
    if (end == wanted.size()) return false;
    wanted.remove_prefix(end + 1);
  }
}

}  // namespace

Due compute(const Rule& rule, const Calendar& calendar, Instant start, FixedZone zone) {
  const Instant begun = begin_of(rule, calendar, start, zone);
  return finished(rule, calendar, start, moved(rule, calendar, begun, rule.amount, zone), zone);
}

Due extend(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
           std::int64_t amount, FixedZone zone) {
  return finished(rule, calendar, started, moved(rule, calendar, due, amount, zone), zone);
}

Due resume(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
           Instant paused_at, Instant resumed_at, FixedZone zone) {
  resumed_at = std::max(paused_at, resumed_at);
  const Date from = to_date(paused_at, zone);
  const Date to = to_date(resumed_at, zone);
  Instant later = due;
  switch (rule.unit) {
    case Unit::hours:
      later = {due.unix_ms + (resumed_at.unix_ms - paused_at.unix_ms)};
      break;
    case Unit::working_hours:
      later = after_working_time(calendar, due,
                                 working_time_between(calendar, paused_at, resumed_at, zone), zone);
      break;
    case Unit::calendar_days:
      later = moved(rule, calendar, due, (to - from).count(), zone);
      break;
    case Unit::working_days:
      later = moved(rule, calendar, due, calendar.working_days_between(from, to), zone);
      break;
  }
  return finished(rule, calendar, started, later, zone);
}

std::int64_t pause_length(const Rule& rule, const Calendar& calendar, Instant paused_at,
                          Instant resumed_at, FixedZone zone) {
  resumed_at = std::max(paused_at, resumed_at);
  const Date from = to_date(paused_at, zone);
  const Date to = to_date(resumed_at, zone);
  switch (rule.unit) {
    case Unit::hours:
      return (resumed_at.unix_ms - paused_at.unix_ms) / milliseconds(hours(1)).count();
    case Unit::working_hours:
      return working_time_between(calendar, paused_at, resumed_at, zone) / hours(1);
    case Unit::calendar_days:
      return (to - from).count();
    case Unit::working_days:
      return calendar.working_days_between(from, to);
  }
  MINHU_ASSERT(false);
}

Due recorded(const Rule& rule, const Calendar& calendar, Instant started, Instant due,
             FixedZone zone) {
  Rule as_it_stands = rule;
  as_it_stands.roll = Roll::none;  // a day off that was rolled then is not rolled again
  return finished(as_it_stands, calendar, started, due, zone);
}

std::vector<RuleBook::Found> RuleBook::started_by(std::string_view track, std::string_view event,
                                                  Date day, const FactOf& fact_of) const {
  const auto lists = [](const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  std::vector<Found> found;
  for (const Pack& pack : packs) {
    if (!pack.enabled || day < pack.from || (pack.to && day > *pack.to)) continue;
    for (const Rule& rule : pack.rules) {
      if (!lists(rule.tracks, track) || !lists(rule.starts_on, event)) continue;
      if (!holds(rule.only_if, fact_of)) continue;
      found.push_back({&pack, &rule});
    }
  }
  return found;
}

const Rule* RuleBook::find(std::string_view pack_name, std::string_view code) const {
  for (const Pack& pack : packs) {
    if (pack.name() != pack_name) continue;
    for (const Rule& rule : pack.rules) {
      if (rule.code == code) return &rule;
    }
  }
  return nullptr;
}

}  // namespace minhu::deadlines
