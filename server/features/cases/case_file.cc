#include "features/cases/case_file.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "features/cases/edges.h"

namespace minhu::cases {

namespace {

[[noreturn]] void cannot_follow(const CaseFile& file, const Event& event) {
  throw StorageFailure("event " + std::to_string(event.seq) + " (" + std::string(name(event.kind)) +
                       ") cannot follow in case " + file.id.text());
}

std::int64_t count_in(const Event& event, std::string_view fact) {
  const std::string_view text = event.fact(fact);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

UnitId unit_in(const Event& event, std::string_view fact) {
  return UnitId::parse(event.fact(fact)).value_or(UnitId());
}

ContentId content_in(const Event& event, ContentRole role) {
  for (const auto& ref : event.contents) {
    if (ref.role == role) return ref.id;
  }
  return {};
}

RunningClock* running(CaseFile& file, const ClockChange& change) {
  for (auto clock = file.clocks.rbegin(); clock != file.clocks.rend(); ++clock) {
    if (clock->rule == change.rule && clock->unit == change.unit && !clock->met_at) return &*clock;
  }
  return nullptr;
}

void apply_clock(CaseFile& file, const ClockChange& change, const Event& event) {
  if (change.step == ClockStep::start) {
    RunningClock clock;
    clock.rule = change.rule;
    clock.pack = change.pack;
    clock.calendar = change.calendar;
    clock.started = change.started;
    clock.due = change.due;
    clock.provisional = change.provisional;
    clock.citizen = change.citizen;
    clock.unit = change.unit;
    clock.amount = change.by;
    file.clocks.push_back(std::move(clock));
    return;
  }
  RunningClock* clock = running(file, change);
  if (clock == nullptr) cannot_follow(file, event);
  switch (change.step) {
    case ClockStep::start:
      break;
    case ClockStep::meet:
    case ClockStep::stop:
      clock->met_at = event.happened_at;
      break;
    case ClockStep::pause:
      clock->paused_at = paused_from(event);
      break;
    case ClockStep::resume:
      clock->paused_at.reset();
      clock->paused += change.by;
      clock->due = change.due;
      clock->pack = change.pack;
      clock->calendar = change.calendar;
      clock->provisional = change.provisional;
      break;
    case ClockStep::move:
      clock->extended += change.by;
      if (event.fact("because") == "merged") clock->tightened = true;
      clock->due = change.due;
      clock->pack = change.pack;
      clock->calendar = change.calendar;
      clock->provisional = change.provisional;
      break;
  }
}

void start(CaseFile& file, const Event& event) {
  file.id = event.case_id;
  file.number = event.fact("number");
  file.track = named<Track>(event.fact("track")).value_or(Track::petition);
  file.channel = named<Channel>(event.fact("channel")).value_or(Channel::web);
  file.state = file.track == Track::accusation ? State::held : State::registered;
  file.received_at = event.happened_at;
  file.registered_at = event.recorded_at;
  file.place = event.fact("place");
  file.dispatching_unit = unit_in(event, "dispatching_unit");
  file.words = content_in(event, ContentRole::words);
  file.contact = content_in(event, ContentRole::contact);
  file.may_be_called = event.fact("may_be_called") == "yes";
  file.activated = event.fact("activated") != "no";
}

void insert(std::vector<UnitId>& units, UnitId unit) {
  if (unit.empty()) return;
  const auto place = std::lower_bound(units.begin(), units.end(), unit);
  if (place == units.end() || *place != unit) units.insert(place, unit);
}

// No answer stands any more: what was said of the one before stays in the events, and says nothing
// of the next.
void forget_the_answer(CaseFile& file) {
  file.answered_at.reset();
  file.outcome.reset();
  file.public_answer = ContentId();
  file.solved.reset();
  file.satisfaction.reset();
  file.rated_at.reset();
  file.closed_at.reset();
  file.callback_attempts = 0;
  file.attempt_parts_of_day = 0;
}

void become_accusation(CaseFile& file) {
  file.track = Track::accusation;
  file.merged_into = CaseId();
  file.supervised_units.clear();
  file.recommended_units.clear();
}

// What an event of each kind changes beside the state and the clocks.
void apply_facts(CaseFile& file, const Event& event) {
  switch (event.kind) {
    case EventKind::triaged:
      if (const auto value = event.fact("category"); !value.empty()) file.category = value;
      if (const auto value = event.fact("place"); !value.empty()) file.place = value;
      if (const auto value = named<Urgency>(event.fact("urgency"))) file.urgency = *value;
      insert(file.complained_of, unit_in(event, "complained_of"));
      std::erase(file.complained_of, unit_in(event, "not_complained_of"));
      break;
    case EventKind::transferred:
    case EventKind::assigned:
    case EventKind::dispatched:
      file.lead_unit = unit_in(event, "unit");
      if (file.first_unit.empty()) file.first_unit = file.lead_unit;
      file.designated = event.fact("designated") == "yes";
      file.co_units.clear();
      break;
    case EventKind::objected:
      ++file.returned;
      break;
    case EventKind::objection_upheld:
      file.lead_unit = UnitId();
      file.co_units.clear();
      break;
    case EventKind::taken_back:
      insert(file.complained_of, unit_in(event, "complained_of"));
      file.lead_unit = UnitId();
      file.co_units.clear();
      file.merged_into = CaseId();
      break;
    case EventKind::hearing_opened:
      file.hearing_open = file.state == State::recheck_requested;
      break;
    case EventKind::hearing_held:
      file.hearing_open = false;
      break;
    case EventKind::escalated_to_joint_conference:
      file.joint_conference = true;
      break;
    case EventKind::objection_refused:
      file.designated = true;
      break;
    case EventKind::co_handler_added:
      file.co_units.push_back(unit_in(event, "unit"));
      break;
    case EventKind::extended:
      file.extended_days += count_in(event, "days");
      break;
    case EventKind::answered_on_spot:
    case EventKind::answered:
    case EventKind::review_answered:
    case EventKind::recheck_answered:
      file.outcome = named<AnswerOutcome>(event.fact("outcome"));
      file.answered_at = event.happened_at;
      file.public_answer = content_in(event, ContentRole::public_answer);
      file.callback_attempts = 0;
      file.attempt_parts_of_day = 0;
      file.review_changed =
          event.kind == EventKind::review_answered && event.fact("changed") != "upheld";
      break;
    case EventKind::callback_attempted:
      ++file.callback_attempts;
      file.attempt_parts_of_day |= count_in(event, "part_of_day");
      break;
    case EventKind::callback_done:
    case EventKind::rated:
      if (const auto value = named<Solved>(event.fact("solved"))) file.solved = value;
      if (const auto value = named<Satisfaction>(event.fact("satisfaction"))) {
        file.satisfaction = value;
      }
      if (event.kind == EventKind::rated) file.rated_at = event.happened_at;
      break;
    case EventKind::reopened:
    case EventKind::sent_back:
      forget_the_answer(file);
      if (event.kind == EventKind::sent_back) break;
      ++file.reopened;
      file.settled = false;
      file.review_changed = false;
      file.review_unit = UnitId();  // the new answer is reviewed by whoever is above its own unit
      break;
    case EventKind::held:
      become_accusation(file);
      break;
    case EventKind::settled:
      file.settled = true;
      break;
    case EventKind::supervised:
      insert(file.supervised_units, unit_in(event, "unit"));
      break;
    case EventKind::supervision_answered:
      std::erase(file.supervised_units, event.actor.unit);
      break;
    case EventKind::recommended:
      insert(file.recommended_units, unit_in(event, "unit"));
      break;
    case EventKind::recommendation_answered:
      std::erase(file.recommended_units, event.actor.unit);
      break;
    case EventKind::withdrawn:
      file.merged_into = CaseId();
      break;
    case EventKind::merged:
      file.merged_into = CaseId::parse(event.fact("into")).value_or(CaseId());
      break;
    case EventKind::review_requested:
    case EventKind::recheck_requested:
      file.review_unit = unit_in(event, "review_unit");
      file.review_changed = false;
      break;
    case EventKind::urged:
      ++file.urged;
      file.urged_at = event.happened_at;
      break;
    case EventKind::receipt_activated:
      file.activated = true;
      break;
    case EventKind::erased:
      file.erased = true;
      file.recordings = 0;
      file.words = ContentId();
      file.contact = ContentId();
      file.public_answer = ContentId();
      break;
    case EventKind::received:
    case EventKind::supplemented:
      file.recordings += count_in(event, "recordings");
      break;
    case EventKind::transcribed:
      file.recordings = 0;
      break;
    case EventKind::sent_to_emergency:
    case EventKind::sent_to_legal_road:
    case EventKind::not_accepted:
    case EventKind::closed_to_repeat:
    case EventKind::signed_in:
    case EventKind::accepted:
    case EventKind::noticed:
    case EventKind::mediation_started:
    case EventKind::mediation_ended:
    case EventKind::parked:
    case EventKind::unparked:
    case EventKind::extension_requested:
    case EventKind::extension_refused:
    case EventKind::feedback_given:
    case EventKind::progress_told:
    case EventKind::closed:
    case EventKind::concluded:
    case EventKind::voided:
    case EventKind::urgent_reported:
    case EventKind::noted:
    case EventKind::clock_recomputed:
    case EventKind::receipt_revoked:
    case EventKind::identity_revealed:
      break;
  }
}

// Steps of the program itself, which no table of states binds.
constexpr bool stateless(EventKind kind) {
  switch (kind) {
    case EventKind::clock_recomputed:
    case EventKind::receipt_activated:
    case EventKind::receipt_revoked:
    case EventKind::identity_revealed:
    case EventKind::erased:
      return true;
    default:
      return false;
  }
}

constexpr std::array<std::string_view, 8> part_names{"dispatch", "lead",  "co",     "call_back",
                                                     "close",    "asked", "review", "transcribe"};

// Who must act in the case itself.
std::vector<Waiting> acting(const CaseFile& file) {
  switch (file.state) {
    case State::registered:
    case State::triaged:
    case State::objected:
      return {{file.dispatching_unit, Part::dispatch}};
    case State::dispatched:
    case State::signed_in:
    case State::accepted:
    case State::in_hearing:
    case State::in_mediation:
    case State::parked: {
      // An answer on the spot that is reopened has no unit yet: whoever took it in has it.
      if (file.lead_unit.empty()) return {{file.dispatching_unit, Part::lead}};
      std::vector<Waiting> all{{file.lead_unit, Part::lead}};
      for (const UnitId unit : file.co_units) all.push_back({unit, Part::co});
      return all;
    }
    case State::answered:
      return {{file.dispatching_unit,
               answered_by_the_dispatching_body(file) ? Part::close : Part::call_back}};
    case State::reviewed:
      if (file.review_changed) return {{file.review_unit, Part::review}};
      return {{file.dispatching_unit, Part::close}};
    case State::called_back:
    case State::answered_on_spot:
    case State::rechecked:
      return {{file.dispatching_unit, Part::close}};
    case State::review_requested:
    case State::recheck_requested:
      return {{file.review_unit, Part::review}};
    case State::held:
    case State::merged:  // goes on inside another case, which has somebody
    case State::closed:
    case State::concluded:
    case State::to_emergency:
    case State::to_legal_road:
    case State::not_accepted:
    case State::closed_to_repeat:
    case State::withdrawn:
    case State::voided:
      return {};
  }
  return {};
}

}  // namespace

void apply(CaseFile& file, const Event& event) {
  if (event.seq != file.seq + 1) cannot_follow(file, event);
  if (event.kind == EventKind::received) {
    if (event.seq != 0) cannot_follow(file, event);
    start(file, event);
  } else if (!stateless(event.kind)) {
    const Edge* edge = open_edge(event.kind, file.state, file.track);
    if (edge == nullptr) cannot_follow(file, event);
    if (edge->to) file.state = *edge->to;
  }
  file.seq = event.seq;
  file.changed_at = event.recorded_at;
  apply_facts(file, event);
  for (const ClockChange& change : event.clocks) apply_clock(file, change, event);
  if (ended_states.has(file.state)) {
    if (!file.closed_at) file.closed_at = event.happened_at;
  }
}

Instant paused_from(const Event& event) {
  return event.recorded_at;
}

bool answered_by_the_dispatching_body(const CaseFile& file) {
  return file.lead_unit.empty() || file.lead_unit == file.dispatching_unit;
}

const RunningClock* next_due(const CaseFile& file) {
  const RunningClock* next = nullptr;
  for (const auto& clock : file.clocks) {
    if (clock.runs() && !clock.citizen && (next == nullptr || clock.due < next->due)) next = &clock;
  }
  return next;
}

std::string_view name(Part part) noexcept {
  return part_names[static_cast<std::size_t>(part)];
}

std::vector<Waiting> waiting_for(const CaseFile& file) {
  std::vector<Waiting> all = acting(file);
  std::vector<UnitId> asked = file.supervised_units;
  for (const UnitId unit : file.recommended_units) insert(asked, unit);
  for (const UnitId unit : asked) all.push_back({unit, Part::asked});
  if (file.recordings > 0 && open_edge(EventKind::transcribed, file.state, file.track) != nullptr) {
    all.push_back({file.dispatching_unit, Part::transcribe});
  }
  return all;
}

}  // namespace minhu::cases
