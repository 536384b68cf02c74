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

template <class SomeId>
void insert(std::vector<SomeId>& all, SomeId one) {
  if (one.empty()) return;
  const auto place = std::lower_bound(all.begin(), all.end(), one);
  if (place == all.end() || *place != one) all.insert(place, one);
}

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
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
  file.identity_level =
      named<IdentityLevel>(event.fact("identity_level"))
          .value_or(file.contact.empty() ? IdentityLevel::anonymous : IdentityLevel::confidential);
  file.activated = event.fact("activated") != "no";
  file.retaliation_for = CaseId::parse(event.fact("retaliation_for")).value_or(CaseId());
  for (const std::string_view id : words_in(event.fact("accused_units"))) {
    insert(file.complained_of, UnitId::parse(id).value_or(UnitId()));
  }
  for (const std::string_view id : words_in(event.fact("accused_people"))) {
    insert(file.accused_people, accounts::AccountId::parse(id).value_or(accounts::AccountId()));
  }
}

accounts::AccountId account_in(const Event& event, std::string_view fact) {
  return accounts::AccountId::parse(event.fact(fact)).value_or(accounts::AccountId());
}

void name_accused(CaseFile& file, const Event& event) {
  insert(file.complained_of, unit_in(event, "complained_of"));
  std::erase(file.complained_of, unit_in(event, "not_complained_of"));
  insert(file.accused_people, account_in(event, "accused_person"));
  std::erase(file.accused_people, account_in(event, "not_accused_person"));
}

// Whatever a unit had of the case beside leading it.
void keep_away(CaseFile& file, UnitId unit, UnitId reviews_instead) {
  std::erase(file.co_units, unit);
  std::erase_if(file.silent_co_units, [&](const SilentUnit& co) { return co.unit == unit; });
  std::erase(file.supervised_units, unit);
  std::erase(file.recommended_units, unit);
  if (file.review_unit == unit && !reviews_instead.empty()) file.review_unit = reviews_instead;
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
  file.solved_at.reset();
  file.question_day = 0;
  file.question_at.reset();
  file.asks_again_at.reset();
}

// What somebody said of the answer, and since when it counts as solved.
void take_verdict(CaseFile& file, const Event& event) {
  if (const auto value = named<Solved>(event.fact("solved"))) {
    if (value != Solved::yes) file.solved_at.reset();
    if (value == Solved::yes && file.solved != value) file.solved_at = event.recorded_at;
    file.solved = value;
  }
  if (const auto value = named<Satisfaction>(event.fact("satisfaction"))) {
    file.satisfaction = value;
  }
}

void ask_again_if_asked(CaseFile& file, const Event& event) {
  if (event.fact("asks_rehandling") == "yes") {
    if (!file.asks_again_at) file.asks_again_at = event.recorded_at;
  } else if (event.fact("solved") == "yes") {
    file.asks_again_at.reset();
  }
}

void close_question(CaseFile& file) {
  file.question_day = 0;
  file.question_at.reset();
}

// What counts as having done something: more than taking the case or passing it on.
constexpr bool is_work(EventKind kind) {
  switch (kind) {
    case EventKind::signed_in:
    case EventKind::objected:
    case EventKind::identity_revealed:
    case EventKind::name_asked_for:
    case EventKind::name_granted:
    case EventKind::name_refused:
    case EventKind::supervision_answered:
    case EventKind::recommendation_answered:
    case EventKind::recusal_asked:
      return false;
    default:
      return true;
  }
}

void note_work(CaseFile& file, const Event& event) {
  const UnitId unit = event.actor.unit;
  if (unit.empty() || !is_work(event.kind)) return;
  if (unit == file.lead_unit) file.lead_acted_at = event.recorded_at;
  std::erase_if(file.silent_co_units, [&](const SilentUnit& co) { return co.unit == unit; });
}

// Another unit has it, or nobody: what the one before did says nothing of this one.
void change_hands(CaseFile& file, UnitId unit) {
  file.lead_unit = unit;
  file.lead_acted_at.reset();
  file.co_units.clear();
  file.silent_co_units.clear();
}

void become_accusation(CaseFile& file) {
  file.track = Track::accusation;
  file.merged_into = CaseId();
  file.supervised_units.clear();
  file.recommended_units.clear();
  file.silent_co_units.clear();
  file.sent_back_at.reset();
  file.returned_at.reset();
  file.solved_at.reset();
  file.asks_again_at.reset();
  close_question(file);
}

// What an event of each kind changes beside the state and the clocks.
void apply_facts(CaseFile& file, const Event& event) {
  switch (event.kind) {
    case EventKind::triaged:
      if (const auto value = event.fact("category"); !value.empty()) file.category = value;
      if (const auto value = event.fact("place"); !value.empty()) file.place = value;
      if (const auto value = named<Urgency>(event.fact("urgency"))) file.urgency = *value;
      name_accused(file, event);
      break;
    case EventKind::transferred:
    case EventKind::assigned:
    case EventKind::dispatched:
      change_hands(file, unit_in(event, "unit"));
      if (file.first_unit.empty()) file.first_unit = file.lead_unit;
      file.designated = event.fact("designated") == "yes";
      break;
    case EventKind::objected:
      ++file.returned;
      file.returned_at = event.recorded_at;
      break;
    case EventKind::objection_upheld:
      change_hands(file, UnitId());
      break;
    case EventKind::taken_back:
      name_accused(file, event);
      change_hands(file, UnitId());
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
      file.silent_co_units.push_back({file.co_units.back(), event.recorded_at});
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
      file.sent_back_at.reset();
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
      take_verdict(file, event);
      ask_again_if_asked(file, event);
      if (event.kind == EventKind::rated) file.rated_at = event.happened_at;
      break;
    case EventKind::still_solved_asked:
      file.question_day = count_in(event, "day");
      file.question_at = event.recorded_at;
      file.callback_attempts = 0;
      file.attempt_parts_of_day = 0;
      break;
    case EventKind::still_solved_told:
    case EventKind::still_solved_called:
      close_question(file);
      ask_again_if_asked(file, event);
      if (event.fact("solved") == "no") file.solved_at.reset();
      break;
    case EventKind::still_solved_unanswered:
      close_question(file);
      break;
    case EventKind::reopening_declined:
      file.asks_again_at.reset();
      break;
    case EventKind::reopened:
    case EventKind::sent_back:
      forget_the_answer(file);
      if (event.kind == EventKind::sent_back) {
        file.sent_back_at = event.recorded_at;
        break;
      }
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
      // What they ask for is now asked of the body above.
      file.asks_again_at.reset();
      close_question(file);
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
      file.may_be_called = false;
      file.identity_level = IdentityLevel::anonymous;
      break;
    case EventKind::identity_raised:
      file.identity_level =
          named<IdentityLevel>(event.fact("identity_level")).value_or(file.identity_level);
      if (const ContentId contact = content_in(event, ContentRole::contact); !contact.empty()) {
        file.contact = contact;
      }
      break;
    case EventKind::sealed_step:
      if (event.fact("what") == "sealed") {
        file.recordings = 0;
        file.words = ContentId();
        file.contact = ContentId();
        file.public_answer = ContentId();
      }
      break;
    case EventKind::received:
    case EventKind::supplemented:
      file.recordings += count_in(event, "recordings");
      break;
    case EventKind::transcribed:
      file.recordings = 0;
      break;
    case EventKind::kept_away:
      keep_away(file, unit_in(event, "unit"), unit_in(event, "review_unit"));
      break;
    case EventKind::handed_up:
      file.dispatching_unit = unit_in(event, "unit");
      break;
    case EventKind::recusal_asked:
      insert(file.recused, account_in(event, "official"));
      insert(file.recusals_asked, account_in(event, "official"));
      break;
    case EventKind::recused:
      insert(file.recused, account_in(event, "official"));
      std::erase(file.recusals_asked, account_in(event, "official"));
      break;
    case EventKind::recusal_declined:
      std::erase(file.recused, account_in(event, "official"));
      std::erase(file.recusals_asked, account_in(event, "official"));
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
    case EventKind::reminded:
    case EventKind::name_asked_for:
    case EventKind::name_granted:
    case EventKind::name_refused:
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
    case EventKind::name_asked_for:
    case EventKind::name_granted:
    case EventKind::name_refused:
    case EventKind::identity_raised:
    case EventKind::kept_away:
    case EventKind::handed_up:
    case EventKind::recusal_asked:
    case EventKind::sealed_step:
      return true;
    default:
      return false;
  }
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
  note_work(file, event);
  for (const ClockChange& change : event.clocks) apply_clock(file, change, event);
  if (ended_states.has(file.state)) {
    if (!file.closed_at) file.closed_at = event.happened_at;
  }
}

Instant paused_from(const Event& event) {
  return event.recorded_at;
}

}  // namespace minhu::cases
