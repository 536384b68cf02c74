#include "features/cases/step_guards.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "features/accounts/accounts.h"
#include "features/cases/access.h"
#include "features/cases/clocks.h"
#include "features/cases/closure.h"
#include "features/cases/guard.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::cases {

namespace {

namespace units = places_and_units;

constexpr std::int64_t day_ms = 24 * 3'600'000;
constexpr std::int64_t rating_open_days = 60;
constexpr std::int64_t urge_again_days = 3;
constexpr std::int64_t on_spot_closes_after_days = 7;
constexpr std::int64_t returns_before_joint_conference = 3;
constexpr std::int64_t attempts_before_unreachable = 3;
constexpr std::int64_t days_to_write = 7;

tl::unexpected<Fault> not_now(const char* key) {
  return fail(FaultCode::conflict, key);
}

UnitId unit_in(const CheckedFields& fields, std::string_view name) {
  const auto found = fields.facts.find(name);
  if (found == fields.facts.end()) return {};
  return UnitId::parse(found->second).value_or(UnitId());
}

accounts::AccountId account_in(const CheckedFields& fields, std::string_view name) {
  const auto found = fields.facts.find(name);
  if (found == fields.facts.end()) return {};
  return accounts::AccountId::parse(found->second).value_or(accounts::AccountId());
}

template <class SomeId>
void add(std::vector<SomeId>& all, SomeId one) {
  const auto place = std::lower_bound(all.begin(), all.end(), one);
  if (!one.empty() && (place == all.end() || *place != one)) all.insert(place, one);
}

bool has(const CheckedFields& fields, std::string_view name, std::string_view value) {
  const auto found = fields.facts.find(name);
  return found != fields.facts.end() && found->second == value;
}

// Every way in which a case reaches a unit ends here.
Outcome may_go_to(Reading& reading, const Context& context, const CaseFile& file, UnitId unit) {
  if (!may_receive(reading, context, file, unit).allowed) {
    return fail(FaultCode::not_allowed, "cases.unit_may_not_receive", "unit");
  }
  const auto found = units::find_unit(reading, context.county.region, unit);
  if (!found || file.category.empty()) return {};
  return units::may_take_duty(reading, context.county.region, file.category, *found);
}

// A case brings along those that were merged into it: whoever gets it gets their words, too.
Outcome may_get_all_of_it(Reading& reading, const Context& context, const CaseFile& file,
                          UnitId unit) {
  MINHU_CHECK_OK(may_go_to(reading, context, file, unit));
  for (const CaseFile& member : waiting_members(reading, context.county.region, file.id)) {
    if (!may_receive(reading, context, member, unit).allowed) {
      return fail(FaultCode::not_allowed, "cases.unit_may_not_receive", "unit");
    }
  }
  return {};
}

// Somebody must be left who may see the case: when it turns out to complain of the body that has it
// itself, the level above has it from then on (keeping_away.h), or, if there is none, it is held.
Outcome guard_naming(Reading& reading, const Context& context, const CaseFile& file,
                     const CheckedFields& fields) {
  const UnitId unit = unit_in(fields, "complained_of");
  const accounts::AccountId person = account_in(fields, "accused_person");
  if (unit.empty() && person.empty()) return {};
  if (!person.empty() && !accounts::find_account(reading, context.county.region, person)) {
    return fail(FaultCode::invalid_input, "cases.field_wrong", "accused_person");
  }
  // With all that it accuses already: the body above must be able to have it, too.
  CaseFile after = file;
  add(after.complained_of, unit);
  add(after.accused_people, person);
  const std::string_view field = person.empty() ? "complained_of" : "accused_person";
  if (complains_of(reading, context, after, file.dispatching_unit) &&
      !body_above(reading, context, after)) {
    return fail(FaultCode::not_allowed, "cases.complains_of_who_has_it", std::string(field));
  }
  return {};
}

// One order, or one recommendation, at a time for each unit; the unit will see the case.
Outcome guard_asking(Reading& reading, const Context& context, const CaseFile& file,
                     const std::vector<UnitId>& asked, const CheckedFields& fields) {
  const UnitId unit = unit_in(fields, "unit");
  if (std::find(asked.begin(), asked.end(), unit) != asked.end()) {
    return fail(FaultCode::conflict, "cases.asked_already", "unit");
  }
  if (!may_receive(reading, context, file, unit).allowed) {
    return fail(FaultCode::not_allowed, "cases.unit_may_not_receive", "unit");
  }
  return {};
}

Outcome guard_reply(const Context& context, const std::vector<UnitId>& asked) {
  if (std::find(asked.begin(), asked.end(), context.actor.unit) == asked.end()) {
    return not_now("cases.not_asked");
  }
  return {};
}

Outcome guard_sending(Reading& reading, const Context& context, const CaseFile& file,
                      CheckedFields& fields) {
  if (file.joint_conference && !has(fields, "designated", "yes")) {
    // Returned three times: whoever it goes to now keeps it.
    fields.facts["designated"] = "yes";
  }
  return may_get_all_of_it(reading, context, file, unit_in(fields, "unit"));
}

Outcome guard_objection(Reading& reading, const Context& context, const CaseFile& file,
                        Instant happened_at, const CheckedFields& fields) {
  if (file.designated) return not_now("cases.designated_may_not_return");
  const UnitId proper = unit_in(fields, "proper_unit");
  if (proper == file.lead_unit) {
    return fail(FaultCode::invalid_input, "cases.proper_unit_is_your_own", "proper_unit");
  }
  // The time to object runs from the sending even when the unit has signed in meanwhile; a late
  // objection is refused.
  const RunningClock* term = limiting_clock(context.county, file, EventKind::objected);
  if (term != nullptr && happened_at > term->due) return not_now("cases.objection_late");
  return may_get_all_of_it(reading, context, file, proper);
}

Outcome guard_extension(const Context& context, const CaseFile& file, EventKind kind,
                        const CheckedFields& fields) {
  const Extensible longer = extensible_clock(context.county, file);
  if (longer.clock == nullptr) return not_now("cases.nothing_to_extend");
  std::int64_t days = 0;
  const std::string& text = fields.facts.at("days");
  std::from_chars(text.data(), text.data() + text.size(), days);
  const std::int64_t left = longer.rule->max_extension - file.extended_days;
  if (days > left) {
    return fail(FaultCode::invalid_input, "cases.extension_too_long", "days",
                std::map<std::string, std::string>{
                    {"left", std::to_string(std::max<std::int64_t>(left, 0))}});
  }
  // An approval after the term is over would only hide that it was missed.
  if (kind == EventKind::extended && context.now > longer.clock->due) {
    return not_now("cases.extension_after_the_term");
  }
  return {};
}

// Who left no number, or wants to be asked in writing only, has the time of a rating to write; what
// they did not write is not counted as anything they said.
Outcome guard_asked_in_writing(const CaseFile& file, Instant happened_at,
                               const CheckedFields& fields) {
  if (file.may_be_called) return not_now("cases.may_be_called");
  if (happened_at.unix_ms - file.answered_at.value_or(file.received_at).unix_ms <
      days_to_write * day_ms) {
    return not_now("cases.speaker_still_has_time");
  }
  if (fields.facts.contains("solved") || fields.facts.contains("satisfaction")) {
    return fail(FaultCode::invalid_input, "cases.unreachable_said_nothing", "solved");
  }
  return {};
}

Outcome guard_callback(const CaseFile& file, Instant happened_at, const CheckedFields& fields) {
  if (answered_by_the_dispatching_body(file)) return not_now("cases.own_answer");
  if (has(fields, "reached", "no_call_wished")) {
    return guard_asked_in_writing(file, happened_at, fields);
  }
  if (has(fields, "reached", "unreachable")) {
    const int parts = std::popcount(static_cast<std::uint64_t>(file.attempt_parts_of_day));
    if (file.callback_attempts < attempts_before_unreachable ||
        parts < static_cast<int>(attempts_before_unreachable)) {
      return not_now("cases.try_again_at_another_time");
    }
    if (fields.facts.contains("solved") || fields.facts.contains("satisfaction")) {
      return fail(FaultCode::invalid_input, "cases.unreachable_said_nothing", "solved");
    }
    return {};
  }
  if (!fields.facts.contains("solved")) {
    return fail(FaultCode::invalid_input, "cases.field_missing", "solved");
  }
  return {};
}

// Before the window is over: what both sides agreed on has been done, the speaker has said that it
// is solved, and agrees that the case be closed — for it ends their time to ask for a review.
Outcome guard_performed(const CaseFile& file, const CheckedFields& fields) {
  const bool answered = file.state == State::answered || file.state == State::called_back;
  if (!answered || !file.settled) return not_now("cases.no_agreement");
  if (file.solved != Solved::yes) return not_now("cases.agreement_not_confirmed");
  if (!has(fields, "speaker_agrees", "yes")) {
    return fail(FaultCode::invalid_input, "cases.field_missing", "speaker_agrees");
  }
  return {};
}

Outcome guard_closing(const CaseFile& file, Instant happened_at, const CheckedFields& fields) {
  if (file.state == State::reviewed && file.review_changed) {
    return not_now("cases.review_not_carried_out");
  }
  // Time alone must not bury what somebody asked for.
  if (file.asks_again_at) return not_now("cases.asks_again_first");
  if (has(fields, "because", "agreement_performed")) return guard_performed(file, fields);
  for (const RunningClock& clock : file.clocks) {
    if (clock.runs() && clock.citizen && happened_at <= clock.due) {
      return not_now("cases.speaker_still_has_time");
    }
  }
  const bool own_answer = file.state == State::answered_on_spot ||
                          (file.state == State::answered && answered_by_the_dispatching_body(file));
  if (file.state == State::answered && !file.solved && !own_answer) {
    return not_now("cases.not_asked_yet");
  }
  if (own_answer && !file.solved &&
      happened_at.unix_ms - file.answered_at.value_or(file.received_at).unix_ms <
          on_spot_closes_after_days * day_ms) {
    return not_now("cases.speaker_still_has_time");
  }
  return {};
}

Outcome guard_review(Reading& reading, const Context& context, const CaseFile& file, EventKind kind,
                     Instant happened_at, CheckedFields& fields) {
  if (past_its_time(context.county, file, kind, happened_at)) {
    return not_now("cases.review_window_over");
  }
  const UnitId answered_by = file.review_unit.empty() ? file.lead_unit : file.review_unit;
  const auto above = reviewer_above(reading, context, file, answered_by);
  if (!above) return not_now("cases.nobody_may_review");
  fields.facts["review_unit"] = above->text();
  return {};
}

Outcome guard_merge(Reading& reading, const Context& context, const CaseFile& file,
                    const CheckedFields& fields) {
  const auto into = CaseId::parse(fields.facts.at("into"));
  if (!into || *into == file.id) return fail(FaultCode::invalid_input, "cases.field_wrong", "into");
  const auto other = load_file(reading, context.county.region, *into);
  const bool open = other && before_answer.has(other->state) && other->track != Track::accusation;
  if (!open || !Sight(reading, context).may_read(*other)) {
    return fail(FaultCode::not_found, "cases.not_found", "into");
  }
  // One step deep: a case that has taken others in is not itself merged, so nobody's answer is two
  // hops away.
  if (!waiting_members(reading, context.county.region, file.id).empty()) {
    return not_now("cases.merge_the_other_way_round");
  }
  // Whoever has the other case will read this one.
  for (const Waiting& waiting : waiting_for(*other)) {
    if (!may_receive(reading, context, file, waiting.unit).allowed) {
      return fail(FaultCode::not_allowed, "cases.unit_may_not_receive", "into");
    }
  }
  return {};
}

// Of oneself: that is why the form has no field for it. It holds from this step on.
Outcome guard_recusal(const Context& context, const CaseFile& file, CheckedFields& fields) {
  const accounts::AccountId self = context.actor.account;
  if (self.empty()) return fail(FaultCode::not_allowed, "cases.not_allowed");
  if (std::find(file.recused.begin(), file.recused.end(), self) != file.recused.end()) {
    return not_now("cases.recused_already");
  }
  fields.facts["official"] = self.text();
  fields.facts["because"] = "declared";
  return {};
}

// A supervisor decides on what was asked, or of their own accord; never about themselves.
Outcome guard_recusal_decision(const Context& context, const CaseFile& file, EventKind kind,
                               const CheckedFields& fields) {
  const accounts::AccountId official = account_in(fields, "official");
  if (official == context.actor.account) {
    return fail(FaultCode::not_allowed, "cases.recusal_of_oneself", "official");
  }
  const bool stays_out =
      std::find(file.recused.begin(), file.recused.end(), official) != file.recused.end();
  const bool asked = std::find(file.recusals_asked.begin(), file.recusals_asked.end(), official) !=
                     file.recusals_asked.end();
  if (kind == EventKind::recusal_declined && !stays_out) return not_now("cases.not_recused");
  if (kind == EventKind::recused && stays_out && !asked) return not_now("cases.recused_already");
  return {};
}

std::string part_of_day(Instant instant, FixedZone zone) {
  const auto hour =
      std::chrono::floor<std::chrono::hours>(to_civil(instant, zone).since_midnight).count();
  return hour < 12 ? "1" : hour < 18 ? "2" : "4";
}

}  // namespace

bool past_its_time(const County& county, const CaseFile& file, EventKind kind, Instant now) {
  if (kind == EventKind::rated) {
    return file.answered_at && now.unix_ms - file.answered_at->unix_ms > rating_open_days * day_ms;
  }
  if (kind != EventKind::review_requested && kind != EventKind::recheck_requested) return false;
  const RunningClock* window = limiting_clock(county, file, kind);
  return window != nullptr && now > window->due;
}

bool urged_lately(const CaseFile& file, Instant now) {
  return file.urged_at && now.unix_ms - file.urged_at->unix_ms < urge_again_days * day_ms;
}

Outcome guard_step(Reading& reading, const Context& context, const CaseFile& file, EventKind kind,
                   Instant happened_at, CheckedFields& fields) {
  if (!asked_for_now(file, kind)) return not_now("cases.step_not_open");
  switch (kind) {
    case EventKind::transferred:
    case EventKind::assigned:
    case EventKind::dispatched:
      return guard_sending(reading, context, file, fields);
    case EventKind::co_handler_added: {
      const UnitId unit = unit_in(fields, "unit");
      if (unit == file.lead_unit ||
          std::find(file.co_units.begin(), file.co_units.end(), unit) != file.co_units.end()) {
        return fail(FaultCode::invalid_input, "cases.unit_has_it_already", "unit");
      }
      return may_get_all_of_it(reading, context, file, unit);
    }
    case EventKind::triaged:
    case EventKind::taken_back:
      return guard_naming(reading, context, file, fields);
    case EventKind::objection_refused:
      return may_get_all_of_it(reading, context, file, file.lead_unit);
    case EventKind::supervised:
      return guard_asking(reading, context, file, file.supervised_units, fields);
    case EventKind::recommended:
      return guard_asking(reading, context, file, file.recommended_units, fields);
    case EventKind::supervision_answered:
      return guard_reply(context, file.supervised_units);
    case EventKind::recommendation_answered:
      return guard_reply(context, file.recommended_units);
    case EventKind::reopened:
      if (file.state == State::reviewed && !file.review_changed) {
        return not_now("cases.review_upheld_it");
      }
      return {};
    case EventKind::objected:
      return guard_objection(reading, context, file, happened_at, fields);
    case EventKind::objection_upheld:
      if (file.returned >= returns_before_joint_conference && !file.joint_conference) {
        return not_now("cases.joint_conference_decides");
      }
      return {};
    case EventKind::extension_requested:
    case EventKind::extended:
      return guard_extension(context, file, kind, fields);
    case EventKind::hearing_opened:
      if (file.hearing_open) return not_now("cases.hearing_is_open");
      return {};
    case EventKind::hearing_held:
      if (file.state == State::recheck_requested && !file.hearing_open) {
        return not_now("cases.no_hearing_is_open");
      }
      return {};
    case EventKind::recheck_answered:
      if (file.hearing_open) return not_now("cases.hearing_is_open");
      return {};
    case EventKind::callback_attempted:
      if (answered_by_the_dispatching_body(file)) return not_now("cases.own_answer");
      fields.facts["part_of_day"] = part_of_day(happened_at, context.county.rules.zone);
      return {};
    case EventKind::callback_done:
    case EventKind::still_solved_called:
      return guard_callback(file, happened_at, fields);
    case EventKind::recusal_asked:
      return guard_recusal(context, file, fields);
    case EventKind::recused:
    case EventKind::recusal_declined:
      return guard_recusal_decision(context, file, kind, fields);
    case EventKind::closed:
      return guard_closing(file, happened_at, fields);
    case EventKind::merged:
      return guard_merge(reading, context, file, fields);
    case EventKind::review_requested:
    case EventKind::recheck_requested:
      if (!file.activated) return not_now("cases.activate_first");
      return guard_review(reading, context, file, kind, happened_at, fields);
    case EventKind::still_solved_told:
      if (!file.activated) return not_now("cases.activate_first");
      return {};
    case EventKind::rated:
      if (!file.activated) return not_now("cases.activate_first");
      if (past_its_time(context.county, file, kind, happened_at)) {
        return not_now("cases.rating_closed");
      }
      return {};
    case EventKind::withdrawn:
      if (!file.activated) return not_now("cases.activate_first");
      return {};
    case EventKind::urged:
      if (urged_lately(file, happened_at)) return fail(FaultCode::too_many, "cases.urged_lately");
      return {};
    default:
      return {};
  }
}

}  // namespace minhu::cases
