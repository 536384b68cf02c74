#include "features/cases/clocks.h"

#include <algorithm>
#include <charconv>

namespace minhu::cases {

namespace {

using deadlines::Due;
using deadlines::Rule;

bool lists(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

ClockChange change_of(ClockStep step, const RunningClock& clock) {
  ClockChange change;
  change.step = step;
  change.rule = clock.rule;
  change.unit = clock.unit;
  return change;
}

ClockChange moved(const RunningClock& clock, const Due& due, ClockStep step, std::int64_t by = 0) {
  ClockChange change = change_of(step, clock);
  change.pack = clock.pack;
  change.calendar = due.calendar;
  change.due = due.due;
  change.provisional = due.provisional;
  change.by = by;
  return change;
}

// The rule as it was when this clock started: a fact may have said how long.
Rule as_started(const Rule& rule, std::int64_t amount) {
  Rule started = rule;
  if (amount > 0) started.amount = amount;
  return started;
}

std::int64_t count_of(const Event& event, std::string_view fact) {
  const std::string_view text = event.fact(fact);
  std::int64_t days = 0;
  std::from_chars(text.data(), text.data() + text.size(), days);
  return days;
}

// Everything that ever happened to a running clock, counted again by the calendars of now.
Due replayed(const deadlines::RuleBook& book, const Rule& known, const RunningClock& clock,
             const std::vector<Event>& events) {
  const Rule rule = as_started(known, clock.amount);
  Due due = deadlines::compute(rule, book.calendar, clock.started, book.zone);
  Instant paused_at;
  for (const Event& event : events) {
    for (const ClockChange& change : event.clocks) {
      // A rule never runs twice at once: what came before its last start was another clock.
      if (change.rule != clock.rule || change.unit != clock.unit) continue;
      switch (change.step) {
        case ClockStep::start:
          due = deadlines::compute(rule, book.calendar, clock.started, book.zone);
          break;
        case ClockStep::pause:
          paused_at = paused_from(event);
          break;
        case ClockStep::resume:
          due = deadlines::resume(rule, book.calendar, clock.started, due.due, paused_at,
                                  event.happened_at, book.zone);
          break;
        case ClockStep::move:
          if (event.kind == EventKind::extended) {
            due = deadlines::extend(rule, book.calendar, clock.started, due.due, change.by,
                                    book.zone);
          } else if (event.fact("because") == "merged" && change.due < due.due) {
            due.due = change.due;
            due.provisional = change.provisional;
          }
          break;
        case ClockStep::meet:
        case ClockStep::stop:
          break;
      }
    }
  }
  return due;
}

// Each unit that is asked answers for itself.
bool is_met_by(const Rule& rule, const RunningClock& clock, const Event& event) {
  return lists(rule.met_by, name(event.kind)) &&
         (clock.unit.empty() || clock.unit == event.actor.unit);
}

// Counted on from a date that was reckoned without its calendar. Also where the calendar of now
// speaks of all these days the date stays provisional until it is reckoned anew from the beginning
// (recomputed_clocks): the days before were guessed.
Due counted_on(Due due, const RunningClock& clock) {
  due.provisional = due.provisional || clock.provisional;
  return due;
}

// What an event does to a clock that is open; nothing when it goes on as before.
std::optional<ClockChange> change_to(const deadlines::RuleBook& book, const Rule& rule,
                                     const RunningClock& clock, const Event& event,
                                     const Extensible& longer) {
  const std::string_view kind = name(event.kind);
  if (is_met_by(rule, clock, event)) return change_of(ClockStep::meet, clock);
  if (lists(rule.stopped_by, kind)) return change_of(ClockStep::stop, clock);
  if (lists(rule.paused_by, kind) && clock.runs()) return change_of(ClockStep::pause, clock);
  if (lists(rule.resumed_by, kind) && clock.paused_at) {
    const Due due = deadlines::resume(rule, book.calendar, clock.started, clock.due,
                                      *clock.paused_at, event.happened_at, book.zone);
    return moved(clock, counted_on(due, clock), ClockStep::resume,
                 deadlines::pause_length(rule, book.calendar, *clock.paused_at, event.happened_at,
                                         book.zone));
  }
  if (longer.clock == &clock) {
    const std::int64_t days = count_of(event, "days");
    const Due due =
        deadlines::extend(rule, book.calendar, clock.started, clock.due, days, book.zone);
    return moved(clock, counted_on(due, clock), ClockStep::move, days);
  }
  return std::nullopt;
}

bool ends(const ClockChange& change) {
  return change.step == ClockStep::meet || change.step == ClockStep::stop;
}

// The clock that a rule starts with this event; nothing when the fact that says how long is
// missing.
std::optional<ClockChange> started(const deadlines::RuleBook& book,
                                   const deadlines::RuleBook::Found& found, const Event& event) {
  const std::int64_t amount =
      found.rule->amount_from.empty() ? 0 : count_of(event, found.rule->amount_from);
  if (!found.rule->amount_from.empty() && amount < 1) return std::nullopt;
  const Instant start = found.rule->starts_at == deadlines::StartsAt::happened ? event.happened_at
                                                                               : event.recorded_at;
  const Due due =
      deadlines::compute(as_started(*found.rule, amount), book.calendar, start, book.zone);
  ClockChange change;
  change.rule = found.rule->code;
  change.pack = found.pack->name();
  change.calendar = due.calendar;
  change.started = start;
  change.due = due.due;
  change.provisional = due.provisional;
  change.citizen = found.rule->side == deadlines::Side::citizen;
  change.by = amount;
  if (found.rule->one_for == "unit") {
    change.unit = UnitId::parse(event.fact("unit")).value_or(UnitId());
  }
  return change;
}

}  // namespace

const RunningClock* limiting_clock(const County& county, const CaseFile& file, EventKind kind) {
  for (auto clock = file.clocks.rbegin(); clock != file.clocks.rend(); ++clock) {
    const Rule* rule = county.rules.find(clock->pack, clock->rule);
    if (rule != nullptr && lists(rule->limits, name(kind))) return &*clock;
  }
  return nullptr;
}

Extensible extensible_clock(const County& county, const CaseFile& file) {
  for (const RunningClock& clock : file.clocks) {
    if (!clock.runs() || clock.citizen) continue;
    const Rule* rule = county.rules.find(clock.pack, clock.rule);
    if (rule != nullptr && rule->max_extension > 0) return {&clock, rule};
  }
  return {};
}

std::vector<ClockChange> clock_changes(const County& county, const CaseFile& file,
                                       const Event& event) {
  const auto& book = county.rules;
  std::vector<ClockChange> changes;
  const Extensible longer =
      event.kind == EventKind::extended ? extensible_clock(county, file) : Extensible{};

  // A second triage with another urgency may replace a term: the same rule never runs twice at
  // once.
  std::vector<std::pair<std::string_view, UnitId>> open;
  for (const RunningClock& clock : file.clocks) {
    if (clock.met_at) continue;
    const bool not_theirs_any_more = event.kind == EventKind::kept_away && !clock.unit.empty() &&
                                     clock.unit.text() == event.fact("unit");
    if (event.kind == EventKind::held || not_theirs_any_more) {
      changes.push_back(change_of(ClockStep::stop, clock));
      continue;
    }
    const Rule* rule = book.find(clock.pack, clock.rule);
    auto change = rule == nullptr ? std::nullopt : change_to(book, *rule, clock, event, longer);
    if (!change || !ends(*change)) open.emplace_back(clock.rule, clock.unit);
    if (change) changes.push_back(std::move(*change));
  }

  const std::string_view track =
      event.kind == EventKind::received ? event.fact("track") : name(file.track);
  const auto fact_of = [&](std::string_view fact) {
    const std::string_view said = event.fact(fact);
    return said.empty() && fact == "urgency" ? name(file.urgency) : said;
  };
  for (const auto& found :
       book.started_by(track, name(event.kind), to_date(event.happened_at, book.zone), fact_of)) {
    auto change = started(book, found, event);
    if (!change) continue;
    const std::pair<std::string_view, UnitId> one(change->rule, change->unit);
    if (std::find(open.begin(), open.end(), one) == open.end()) {
      changes.push_back(std::move(*change));
    }
  }
  return changes;
}

std::vector<ClockChange> recomputed_clocks(const County& county, const CaseFile& file,
                                           const std::vector<Event>& events) {
  std::vector<ClockChange> changes;
  for (const RunningClock& clock : file.clocks) {
    const Rule* rule = county.rules.find(clock.pack, clock.rule);
    // Also one that stands still: what it goes on from later must be the right day.
    if (clock.met_at || rule == nullptr || !clock.provisional) continue;
    const Due due = replayed(county.rules, *rule, clock, events);
    if (due.due != clock.due || due.provisional != clock.provisional) {
      changes.push_back(moved(clock, due, ClockStep::move));
    }
  }
  return changes;
}

std::string explain_clock(const County& county, const RunningClock& clock,
                          deadlines::Language language) {
  const Rule* rule = county.rules.find(clock.pack, clock.rule);
  if (rule == nullptr) return format_date(to_date(clock.due, county.rules.zone));
  const auto& book = county.rules;
  const Rule as_it_was = as_started(*rule, clock.amount);
  Due due = deadlines::compute(as_it_was, book.calendar, clock.started, book.zone);
  // Lengthened, paused, tightened or of another calendar: the date that was recorded counts.
  if (due.due != clock.due) {
    due = deadlines::recorded(as_it_was, book.calendar, clock.started, clock.due, book.zone);
  }
  due.provisional = clock.provisional;
  due.extended = clock.extended;
  due.paused = clock.paused;
  due.tightened = clock.tightened;
  if (clock.paused_at && !clock.met_at) due.stands_since = to_date(*clock.paused_at, book.zone);
  return deadlines::explain(as_it_was, due, language, book.zone);
}

std::string label_of(const County& county, const RunningClock& clock,
                     deadlines::Language language) {
  const Rule* rule = county.rules.find(clock.pack, clock.rule);
  if (rule == nullptr) return clock.rule;
  return language == deadlines::Language::chinese ? rule->label_zh : rule->label_en;
}

}  // namespace minhu::cases
