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
  return {step, clock.rule, {}, {}, {}, {}, false, false};
}

ClockChange moved(const RunningClock& clock, const Due& due, ClockStep step) {
  return {step, clock.rule, clock.pack, due.calendar, {}, due.due, due.provisional, false};
}

std::int64_t days_of(const Event& event) {
  const std::string_view text = event.fact("days");
  std::int64_t days = 0;
  std::from_chars(text.data(), text.data() + text.size(), days);
  return days;
}

// Everything that ever happened to a running clock, counted again by the calendars of now.
Due replayed(const deadlines::RuleBook& book, const Rule& rule, const RunningClock& clock,
             const std::vector<Event>& events) {
  Due due = deadlines::compute(rule, book.calendar, clock.started, book.zone);
  Instant paused_at;
  for (const Event& event : events) {
    for (const ClockChange& change : event.clocks) {
      // A rule never runs twice at once: what came before its last start was another clock.
      if (change.rule != clock.rule) continue;
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
            due = deadlines::extend(rule, book.calendar, clock.started, due.due, days_of(event),
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

}  // namespace

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
  const std::string_view kind = name(event.kind);
  std::vector<ClockChange> changes;
  const Extensible longer =
      event.kind == EventKind::extended ? extensible_clock(county, file) : Extensible{};

  // A second triage with another urgency may replace a term: the same rule never runs twice at
  // once.
  std::vector<std::string> open_rules;
  for (const RunningClock& clock : file.clocks) {
    if (clock.met_at) continue;
    const Rule* rule = book.find(clock.pack, clock.rule);
    if (rule == nullptr) continue;
    if (lists(rule->met_by, kind)) {
      changes.push_back(change_of(ClockStep::meet, clock));
      continue;
    }
    if (lists(rule->stopped_by, kind)) {
      changes.push_back(change_of(ClockStep::stop, clock));
      continue;
    }
    open_rules.push_back(clock.rule);
    if (event.kind == EventKind::parked && rule->pausable && clock.runs()) {
      changes.push_back(change_of(ClockStep::pause, clock));
    } else if (event.kind == EventKind::unparked && clock.paused_at) {
      changes.push_back(moved(clock,
                              deadlines::resume(*rule, book.calendar, clock.started, clock.due,
                                                *clock.paused_at, event.happened_at, book.zone),
                              ClockStep::resume));
    } else if (longer.clock == &clock) {
      changes.push_back(moved(clock,
                              deadlines::extend(*rule, book.calendar, clock.started, clock.due,
                                                days_of(event), book.zone),
                              ClockStep::move));
    }
  }

  std::string_view urgency = event.fact("urgency");
  if (urgency.empty()) urgency = name(file.urgency);
  const std::string_view track =
      event.kind == EventKind::received ? event.fact("track") : name(file.track);
  for (const auto& found :
       book.started_by(track, kind, to_date(event.happened_at, book.zone), urgency)) {
    if (lists(open_rules, found.rule->code)) continue;
    const Instant start = found.rule->starts_at == deadlines::StartsAt::happened
                              ? event.happened_at
                              : event.recorded_at;
    const Due due = deadlines::compute(*found.rule, book.calendar, start, book.zone);
    changes.push_back({ClockStep::start, found.rule->code, found.pack->name(), due.calendar, start,
                       due.due, due.provisional, found.rule->side == deadlines::Side::citizen});
  }
  return changes;
}

std::vector<ClockChange> recomputed_clocks(const County& county, const CaseFile& file,
                                           const std::vector<Event>& events) {
  std::vector<ClockChange> changes;
  for (const RunningClock& clock : file.clocks) {
    const Rule* rule = county.rules.find(clock.pack, clock.rule);
    if (!clock.runs() || rule == nullptr || !clock.provisional) continue;
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
  Due due = deadlines::compute(*rule, county.rules.calendar, clock.started, county.rules.zone);
  if (due.due !=
      clock.due) {  // lengthened, paused or of another calendar: the date that was recorded counts
    due.due = clock.due;
    due.last_day = to_date(clock.due, county.rules.zone);
    due.rolled_from.reset();
    due.skipped_days = 0;
  }
  due.provisional = clock.provisional;
  return deadlines::explain(*rule, due, language, county.rules.zone);
}

std::string label_of(const County& county, const RunningClock& clock,
                     deadlines::Language language) {
  const Rule* rule = county.rules.find(clock.pack, clock.rule);
  if (rule == nullptr) return clock.rule;
  return language == deadlines::Language::chinese ? rule->label_zh : rule->label_en;
}

}  // namespace minhu::cases
