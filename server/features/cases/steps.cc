#include "features/cases/steps.h"

#include <algorithm>

#include "features/cases/access.h"
#include "features/cases/clocks.h"
#include "features/cases/closure.h"
#include "features/cases/guard.h"
#include "features/cases/keeping_away.h"
#include "features/cases/program_steps.h"
#include "features/cases/said.h"
#include "features/cases/stakes.h"
#include "features/cases/step_guards.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

tl::unexpected<Fault> not_found() {
  return fail(FaultCode::not_found, "cases.not_found");
}

// The permission that lets an actor know that the case exists at all.
std::string_view reading_permission(const Context& context) {
  return context.actor.role == accounts::Role::speaker ? "receipt:read" : "case:read";
}

std::optional<std::int64_t> seq_of_repeat(Reading& reading, RegionId region, const Digest& token,
                                          CaseId id) {
  return reading.first(
      "SELECT seq FROM repeated_request WHERE region_id = ?1 AND token_hash = ?2 AND case_id = ?3",
      {param(region), BytesView(token), param(id)}, [](const Row& row) { return row.integer(0); });
}

// Seals what was written and gives each text its place in the event.
Outcome keep_words(Transaction& transaction, const Context& context, CaseId id,
                   const CheckedFields& fields, const Step& step, Event& event) {
  if (fields.words.empty() && step.attachments.empty()) return {};
  const RegionId region = context.county.region;
  MINHU_TRY(const CaseKey key, load_case_key(transaction, region, id, context.keyring));
  const auto keep = [&](ContentRole role, std::string_view type, BytesView plain) {
    const SealedContent content =
        seal_content(key, role, type, plain, context.now, context.entropy);
    store_content(transaction, region, id, content, context.now);
    event.contents.push_back(content.ref);
    return content.ref.id;
  };
  for (const auto& words : fields.words) {
    event.facts[words.field] = keep(words.role, plain_type, as_bytes(words.text)).text();
  }
  const ContentRole role = context.actor.role == accounts::Role::speaker ? ContentRole::attachment
                                                                         : ContentRole::evidence;
  for (const NewAttachment& attachment : step.attachments) {
    keep(role, attachment.media_type, attachment.bytes);
  }
  return {};
}

Result<Event> run(Transaction& transaction, const Context& context, const CaseFile& file,
                  const Edge& edge, const Step& step) {
  // A wall clock that was set back makes nobody wait: the step is then as old as the case.
  const Instant happened_at = step.happened_at.value_or(std::max(context.now, file.received_at));
  if (step.happened_at && happened_at > context.now) {
    return fail(FaultCode::invalid_input, "cases.in_the_future", "happened_at");
  }
  if (happened_at < file.received_at) {
    return fail(FaultCode::invalid_input, "cases.before_it_was_received", "happened_at");
  }
  MINHU_TRY(CheckedFields fields, check_fields(transaction, context, edge, step));
  if (step.kind == EventKind::supplemented && fields.words.empty() && step.attachments.empty()) {
    return fail(FaultCode::invalid_input, "cases.words_empty", "words");
  }
  MINHU_CHECK_OK(guard_step(transaction, context, file, step.kind, happened_at, fields));
  Event event = new_event(context, file, step.kind, happened_at);
  event.facts = fields.facts;
  if (const std::int64_t recordings = recordings_among(step.attachments); recordings > 0) {
    event.facts["recordings"] = std::to_string(recordings);
  }
  MINHU_CHECK_OK(keep_words(transaction, context, file.id, fields, step, event));
  event.clocks = clock_changes(context.county, file, event);
  CaseFile now = file;
  apply(now, event);
  append_and_tell(transaction, context, file, now, event);
  return event;
}

// Everybody whose case was merged into this one gets the same answer, on a receipt and a clock of
// their own.
Outcome answer_the_merged(Transaction& transaction, const Context& context, const CaseFile& file,
                          const Step& step) {
  const Context system = as_system(context);
  for (const CaseFile& member : waiting_members(transaction, context.county.region, file.id)) {
    Step answer;
    answer.kind = EventKind::answered;
    if (step.happened_at) {
      answer.happened_at = std::max(*step.happened_at, member.received_at);
    }
    answer.fields = {{"with", file.id.text()},
                     {"public_answer", step.fields.at("public_answer")},
                     {"outcome", step.fields.at("outcome")}};
    const Edge* edge = open_edge(EventKind::answered, member.state, member.track);
    MINHU_ASSERT(edge != nullptr);
    MINHU_TRY(const Event event, run(transaction, system, member, *edge, answer));
  }
  return {};
}

// The case that others were merged into is over without an answer for them: each is again a case of
// the body that sends, with a date of its own. Why it is over is not theirs to know (it may be
// held).
void give_back_the_merged(Transaction& transaction, const Context& context, CaseId lead) {
  for (const CaseFile& member : waiting_members(transaction, context.county.region, lead)) {
    CaseFile given_back = member;
    append_of_the_program(transaction, context, given_back, EventKind::taken_back,
                          {{"with", lead.text()}});
  }
}

// Merging never gives a later date than the earliest member had: the same rule's clock moves to the
// earlier one.
Outcome tighten_after_merge(Transaction& transaction, const Context& context,
                            const CaseFile& member, CaseId into) {
  const auto before = load_file(transaction, context.county.region, into);
  if (!before) return not_found();
  Event event = new_event(as_system(context), *before, EventKind::clock_recomputed, context.now);
  event.facts = {{"because", "merged"}, {"merged", member.id.text()}};
  for (const RunningClock& clock : before->clocks) {
    // Also one that stands still now: the pause must not outlast what the other was promised.
    if (clock.met_at) continue;
    // A rule may give each unit a clock of its own: the earliest of the member's counts.
    const RunningClock* promised = nullptr;
    for (const RunningClock& other : member.clocks) {
      if (!other.runs() || other.rule != clock.rule || other.due >= clock.due) continue;
      if (promised == nullptr || other.due < promised->due) promised = &other;
    }
    if (promised == nullptr) continue;
    ClockChange earlier;
    earlier.step = ClockStep::move;
    earlier.rule = clock.rule;
    earlier.unit = clock.unit;
    earlier.pack = promised->pack;
    earlier.calendar = promised->calendar;
    earlier.due = promised->due;
    earlier.provisional = promised->provisional;
    event.clocks.push_back(std::move(earlier));
  }
  if (event.clocks.empty()) return {};
  CaseFile now = *before;
  apply(now, event);
  append_and_tell(transaction, context, *before, now, event);
  return {};
}

}  // namespace

Result<Event> take_step(Transaction& transaction, const Context& context, CaseId id,
                        const Step& step) {
  const RegionId region = context.county.region;
  const bool system = context.actor.role == accounts::Role::system;
  const auto file =
      system ? load_file(transaction, region, id) : Sight(transaction, context).find(id);
  if (!file) return not_found();
  if (!system && !decide(context, *file, reading_permission(context)).allowed) return not_found();
  // There is nothing left to act on, and no key under which a word could be kept.
  if (file->erased) return fail(FaultCode::gone, "cases.erased");

  Digest token{};
  if (step.token) {
    token = hash_of_token(context.keyring, name(step.kind), *step.token);
    if (const auto seq = seq_of_repeat(transaction, region, token, id)) {
      const auto events = load_events(transaction, region, id);
      MINHU_ASSERT(static_cast<std::size_t>(*seq) < events.size());
      return events[static_cast<std::size_t>(*seq)];
    }
  }
  if (step.expected_seq && *step.expected_seq != file->seq) {
    return fail(FaultCode::conflict, "cases.changed_meanwhile");
  }
  const Edge* edge = open_edge(step.kind, file->state, file->track);
  if (edge == nullptr) return fail(FaultCode::conflict, "cases.step_not_open");
  if (!decide(context, *file, edge->permission).allowed) {
    return fail(FaultCode::not_allowed, "cases.not_allowed");
  }
  MINHU_TRY(Event event, run(transaction, context, *file, *edge, step));
  if (step.token) {
    remember_request(transaction, region, token, id, event.seq, context.now);
  }
  if (step.kind == EventKind::answered || step.kind == EventKind::answered_on_spot) {
    MINHU_CHECK_OK(answer_the_merged(transaction, context, *file, step));
  }
  if (edge->to && !before_answer.has(*edge->to)) give_back_the_merged(transaction, context, id);
  if (step.kind == EventKind::merged) {
    MINHU_CHECK_OK(
        tighten_after_merge(transaction, context, *file, *CaseId::parse(event.fact("into"))));
  }
  MINHU_CHECK_OK(find_stakes(transaction, context, id, step.kind));
  // Last, for the step may have put it into a hand that must not have it: a name was added, an
  // answer was sent back to the unit of then.
  MINHU_CHECK_OK(keep_away(transaction, context, id));
  return event;
}

std::vector<const Edge*> open_steps(const Context& context, const CaseFile& file) {
  std::vector<const Edge*> open;
  if (file.erased) return open;
  for (const Edge& edge : edges()) {
    if (!edge.from.has(file.state) || !edge.tracks.has(file.track)) continue;
    if (!asked_for_now(file, edge.kind)) continue;
    if (decide(context, file, edge.permission).allowed) open.push_back(&edge);
  }
  return open;
}

Result<Event> recompute_clocks(Transaction& transaction, const Context& context, CaseId id) {
  const auto file = load_file(transaction, context.county.region, id);
  if (!file) return not_found();
  if (file->erased) return fail(FaultCode::conflict, "cases.clocks_stand");
  Event event = new_event(as_system(context), *file, EventKind::clock_recomputed, context.now);
  event.facts = {{"because", "calendar"}};
  event.clocks =
      recomputed_clocks(context.county, *file, load_events(transaction, context.county.region, id));
  if (event.clocks.empty()) return fail(FaultCode::conflict, "cases.clocks_stand");
  CaseFile now = *file;
  apply(now, event);
  append_and_tell(transaction, context, *file, now, event);
  return event;
}

Result<Event> erase(Transaction& transaction, const Context& context, CaseId id,
                    std::string_view basis) {
  const RegionId region = context.county.region;
  const auto file = load_file(transaction, region, id);
  if (!file) return not_found();
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  // Those who wait for the answer of this case will not get one from it.
  if (before_answer.has(file->state)) give_back_the_merged(transaction, context, id);
  Event event = new_event(as_system(context), *file, EventKind::erased, context.now);
  event.facts = {{"basis", std::string(basis)}};
  for (const RunningClock& clock : file->clocks) {
    if (clock.met_at) continue;
    ClockChange stop;
    stop.step = ClockStep::stop;
    stop.rule = clock.rule;
    stop.unit = clock.unit;
    event.clocks.push_back(std::move(stop));
  }
  CaseFile now = *file;
  apply(now, event);
  // Before the key goes: whoever derives from events may need it for this last one.
  append_and_tell(transaction, context, *file, now, event);
  erase_content(transaction, region, id);
  return event;
}

}  // namespace minhu::cases
