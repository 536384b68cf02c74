#include "features/receptions/record.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "features/cases/access.h"
#include "features/cases/closure.h"
#include "features/cases/content.h"
#include "features/cases/guard.h"
#include "features/cases/said.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "features/receptions/tablet_store.h"

namespace minhu::receptions {

namespace {

using Details = std::map<std::string, std::string>;

constexpr std::array<std::string_view, 4> instructions{"none", "taken", "left", "not_open"};
constexpr std::string_view record_type = "application/vnd.minhu.reception+json";
constexpr std::int64_t most_report_days = 999;  // what a step can say

std::optional<Instruction> instruction_named(std::string_view text) {
  const auto found = std::find(instructions.begin(), instructions.end(), text);
  if (found == instructions.end()) return std::nullopt;
  return static_cast<Instruction>(found - instructions.begin());
}

cases::ClientToken token_of(SessionId id) {
  cases::ClientToken token{};
  const BytesView bytes = id.bytes();
  MINHU_ASSERT(bytes.size() == token.size());
  std::copy(bytes.begin(), bytes.end(), token.begin());
  return token;
}

// Pictures are written anew when they arrive and need not come out the same twice: they count by
// what they are, not by their bytes.
Digest hash_of(const cases::Context& context, const std::string& record,
               const std::vector<cases::NewAttachment>& attachments) {
  std::string types;
  for (const cases::NewAttachment& one : attachments) types += one.media_type + '\n';
  return keyed_hash(context.keyring.token_hash,
                    {as_bytes("minhu/reception/v1"), as_bytes(record), as_bytes(types)});
}

Outcome check_numbers(const Session& session) {
  if (session.people < 1 || session.people > most_people) {
    return fail(FaultCode::invalid_input, "receptions.people", "people",
                Details{{"most", std::to_string(most_people)}});
  }
  if (session.representatives < 1 || session.representatives > most_representatives) {
    return fail(FaultCode::invalid_input, "receptions.too_many_representatives", "representatives",
                Details{{"most", std::to_string(most_representatives)}});
  }
  if (!session.due.empty() && !parse_date(session.due)) {
    return fail(FaultCode::invalid_input, "receptions.bad_due", "due");
  }
  if (!session.outcome.empty() && !cases::named<cases::AnswerOutcome>(session.outcome)) {
    return fail(FaultCode::invalid_input, "receptions.outcome", "outcome");
  }
  return {};
}

// A tablet's clock may be anything: nobody was heard before the numbers were given to the tablet,
// or later than now.
Instant within_the_day(Reading& reading, const cases::Context& context, const Session& session,
                       std::optional<Instant> said) {
  const auto block = cases::block_of(reading, context, session.number);
  const auto given = block ? given_at(reading, context.county.region, *block) : std::nullopt;
  const Instant earliest = given.value_or(context.now);
  return std::clamp(said.value_or(context.now), std::min(earliest, context.now), context.now);
}

std::string unit_name(Reading& reading, RegionId region, UnitId id) {
  if (id.empty()) return {};
  const auto unit = places_and_units::find_unit(reading, region, id);
  return unit ? unit->name : std::string();
}

cases::Words words_for(Reading& reading, const cases::Context& context, const Session& session,
                       std::vector<cases::NewAttachment> attachments) {
  const RegionId region = context.county.region;
  cases::Words words;
  words.token = token_of(session.id);
  words.track = session.accusation ? cases::Track::accusation : cases::Track::petition;
  words.channel = cases::Channel::face_to_face;
  words.text = words_of(session);
  // A code that the register does not have any more: their own words say where it is.
  if (places_and_units::find_place(reading, region, session.place)) words.place = session.place;
  words.place_words = session.place_words;
  words.contact = session.contact;
  if (words.contact) {
    words.identity_level =
        session.named ? cases::IdentityLevel::named : cases::IdentityLevel::confidential;
  }
  words.may_be_called = session.may_be_called;
  words.attachments = std::move(attachments);
  words.happened_at = within_the_day(reading, context, session, session.begun_at);
  words.helped_by_clerk = true;
  words.noted = note_of(session, unit_name(reading, region, session.unit));
  return words;
}

cases::Facts facts_of(const Session& session) {
  cases::Facts facts{{"people", std::to_string(session.people)},
                     {"read_back", session.read_back ? "yes" : "no"},
                     {"signed", session.is_signed ? "yes" : "no"},
                     {"publish", session.publish ? "yes" : "no"}};
  if (!session.visit.empty()) facts["visit"] = session.visit.text();
  return facts;
}

// Whom the group complains of, where the case goes to another body and this unit takes no step with
// it: it arrives accusing, as it would if that body had been told. Of one that complains of that
// very body, the body above has it; where there is none, that body has to find out for itself.
cases::Facts accused_on_arrival(Reading& reading, const cases::Context& context,
                                const Session& session) {
  const UnitId body = context.county.petition_office;
  if (session.accusation || session.complained_of.empty() || context.actor.unit == body) return {};
  if (!places_and_units::find_unit(reading, context.county.region, session.complained_of)) {
    return {};
  }
  cases::CaseFile arriving;
  arriving.dispatching_unit = body;
  arriving.complained_of = {session.complained_of};
  cases::Facts facts{{"accused_units", session.complained_of.text()}};
  if (cases::complains_of(reading, context, arriving, body)) {
    const auto above = cases::body_above(reading, context, arriving);
    if (!above) return {};
    facts["dispatching_unit"] = above->text();
  }
  return facts;
}

struct StepTaken {
  Instruction instruction = Instruction::none;
  std::string because;
};

// Alone: what a guard refuses undoes that step and nothing of the record.
StepTaken take(Transaction& transaction, const cases::Context& context, cases::CaseId id,
               cases::Step step) {
  const Outcome taken = transaction.savepoint([&]() -> Outcome {
    MINHU_TRY(const cases::Event event, cases::take_step(transaction, context, id, step));
    return {};
  });
  if (taken) return {Instruction::taken, {}};
  const std::string& key = taken.error().key;
  // Not this person's step to take: the body that dispatches finds it in its queue.
  const bool left = key == "cases.not_allowed" || key == "cases.not_found";
  return {left ? Instruction::left : Instruction::not_open, left ? std::string() : key};
}

// What the leader said, as the speaker will read it.
std::string reason_of(const Session& session) {
  if (!session.leader_words.empty()) return session.leader_words;
  return "接待领导当场交办。";
}

cases::Step sending(const Session& session, Instant at, const cases::Context& context) {
  cases::Step step;
  step.kind = cases::EventKind::transferred;
  step.fields = {{"unit", session.unit.text()}, {"reason", reason_of(session)}};
  const auto due = session.due.empty() ? std::nullopt : std::optional(*parse_date(session.due));
  if (!due) return step;
  const std::int64_t days = (*due - to_date(at, context.county.rules.zone)).count();
  if (days < 1 || days > most_report_days) return step;  // the day stands in the note
  step.kind = cases::EventKind::assigned;
  step.fields.emplace("report_days", std::to_string(days));
  return step;
}

StepTaken instruct(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                   const Session& session, Instant at) {
  if (session.accusation || session.decision == Decision::none) return {};
  if (session.decision == Decision::on_spot) {
    cases::Step step;
    step.kind = cases::EventKind::answered_on_spot;
    step.happened_at = at;
    step.fields = {
        {"public_answer", session.answer.empty() ? session.leader_words : session.answer},
        {"outcome", session.outcome.empty() ? "explained" : session.outcome}};
    return take(transaction, context, id, std::move(step));
  }
  if (session.unit.empty()) return {};
  if (!places_and_units::find_unit(transaction, context.county.region, session.unit)) {
    return {Instruction::not_open, "receptions.no_such_unit"};
  }
  cases::Step step = sending(session, at, context);
  step.happened_at = at;
  return take(transaction, context, id, std::move(step));
}

// Whom they complain of first: the guard of the sending asks.
void name_who_is_complained_of(Transaction& transaction, const cases::Context& context,
                               cases::CaseId id, const Session& session, Instant at) {
  if (session.accusation || session.complained_of.empty()) return;
  cases::Step step;
  step.kind = cases::EventKind::triaged;
  step.happened_at = at;
  step.fields = {{"complained_of", session.complained_of.text()}};
  take(transaction, context, id, std::move(step));
}

// So that another version can be shown beside it. Not of a report of wrongdoing: that is sealed.
Result<cases::ContentId> keep_record(Transaction& transaction, const cases::Context& context,
                                     cases::CaseId id, const PreparedSession& prepared) {
  if (prepared.session.accusation) return cases::ContentId();
  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(transaction, region, id, context.keyring));
  const cases::SealedContent content =
      cases::seal_content(key, cases::ContentRole::internal_note, record_type,
                          as_bytes(prepared.record), context.now, context.entropy);
  cases::store_content(transaction, region, id, content, context.now);
  return content.ref.id;
}

Kept kept_of(Reading& reading, const cases::Context& context, const StoredSession& stored,
             bool repeated) {
  const auto file = cases::load_file(reading, context.county.region, stored.case_id);
  MINHU_ASSERT(file.has_value());
  return {stored.case_id,
          file->number,
          stored.received_at,
          repeated,
          instruction_named(stored.instruction).value_or(Instruction::none),
          stored.because};
}

// A number of another unit's tablet is not this unit's to use.
Outcome ours(Reading& reading, const cases::Context& context, const std::string& number) {
  const auto block = cases::block_of(reading, context, number);
  if (!block) return {};  // taken, or never given out: the receipt says which
  const auto holder = device_of(reading, context.county.region, *block);
  if (!holder) return fail(FaultCode::invalid_input, "cases.number_not_given_out", "number");
  MINHU_TRY(const Device owner, device(reading, context, *holder));
  return {};
}

struct Found {
  StoredSession stored;
  Session session;
};

Result<Found> find_recorded(Reading& reading, const cases::Context& context, DeviceId id,
                            SessionId session) {
  MINHU_TRY(const Device sender, device(reading, context, id));
  const RegionId region = context.county.region;
  const auto stored = find_session(reading, region, session);
  if (!stored || stored->content.empty()) {
    return fail(FaultCode::not_found, "receptions.no_such_session", "session");
  }
  // It may have come from another tablet, of the same unit.
  if (!device(reading, context, stored->device)) {
    return fail(FaultCode::not_found, "receptions.no_such_session", "session");
  }
  // What came under seal since, or accuses whoever asks, is one that there is not.
  const auto file = cases::load_file(reading, region, stored->case_id);
  if (!file || file->track == cases::Track::accusation ||
      cases::Sight(reading, context).kept_from(*file)) {
    return fail(FaultCode::not_found, "receptions.no_such_session", "session");
  }
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, stored->case_id, context.keyring));
  MINHU_TRY(const Bytes record, cases::read_content(reading, region, key, stored->content));
  return Found{*stored, session_of(to_text(record))};
}

}  // namespace

std::string_view name(Instruction instruction) noexcept {
  return instructions[static_cast<std::size_t>(instruction)];
}

Result<PreparedSession> prepare(Reading& reading, const cases::Context& context, DeviceId id,
                                Session session, std::vector<cases::NewAttachment> attachments) {
  MINHU_CHECK_OK(check_numbers(session));
  MINHU_TRY(const Device sender, device(reading, context, id));
  PreparedSession prepared;
  prepared.record = to_json(session);
  prepared.record_hash = hash_of(context, prepared.record, attachments);
  MINHU_TRY(prepared.words,
            cases::prepare(context, words_for(reading, context, session, std::move(attachments))));
  prepared.session = std::move(session);
  return prepared;
}

Result<Kept> keep(Transaction& transaction, const cases::Context& context, DeviceId id,
                  const PreparedSession& prepared) {
  const RegionId region = context.county.region;
  const Session& session = prepared.session;
  if (const auto known = find_session(transaction, region, session.id)) {
    if (!device(transaction, context, known->device)) {
      return fail(FaultCode::not_found, "receptions.no_such_session", "session");
    }
    if (known->record_hash != Bytes(prepared.record_hash.begin(), prepared.record_hash.end())) {
      return fail(FaultCode::conflict, "receptions.changed_elsewhere", "session");
    }
    return kept_of(transaction, context, *known, true);
  }
  MINHU_CHECK_OK(ours(transaction, context, session.number));
  const Instant at = within_the_day(transaction, context, session, session.ended_at);
  cases::Facts facts = facts_of(session);
  facts.merge(accused_on_arrival(transaction, context, session));
  MINHU_TRY(const cases::Receipt receipt,
            cases::receive_printed(transaction, context, *prepared.words, session.number, facts));
  const Instant then = std::max(at, receipt.received_at);
  name_who_is_complained_of(transaction, context, receipt.case_id, session, then);
  const StepTaken step = instruct(transaction, context, receipt.case_id, session, then);
  MINHU_TRY(const cases::ContentId content,
            keep_record(transaction, context, receipt.case_id, prepared));
  if (!session.visit.empty() && !session.group.empty()) {
    // The queue says who was heard; a queue that does not know the group loses nobody's words.
    (void)transaction.savepoint([&] {
      return visits::record_case(transaction, context, session.visit, session.group,
                                 receipt.case_id, true);
    });
  }
  const StoredSession stored{
      session.id,    id,
      session.visit, receipt.case_id,
      context.now,   Bytes(prepared.record_hash.begin(), prepared.record_hash.end()),
      content,       std::string(name(step.instruction)),
      step.because};
  append(transaction, context, id, EventKind::session_kept, facts_of(stored));
  return kept_of(transaction, context, stored, false);
}

Result<Session> recorded(Reading& reading, const cases::Context& context, DeviceId id,
                         SessionId session) {
  MINHU_TRY(Found found, find_recorded(reading, context, id, session));
  return std::move(found.session);
}

Outcome keep_beside(Transaction& transaction, const cases::Context& context, DeviceId id,
                    const Session& other) {
  MINHU_CHECK_OK(check_numbers(other));
  MINHU_TRY(const Found found, find_recorded(transaction, context, id, other.id));
  const Digest hash = hash_of(context, to_json(other), {});
  cases::Step step;
  step.kind = cases::EventKind::noted;
  step.token.emplace();
  std::copy_n(hash.begin(), step.token->size(), step.token->begin());
  step.fields = {
      {"note", "同一次接待在另一台平板上的记录，与先收到的不同：\n" + words_of(other) + "\n" +
                   note_of(other, unit_name(transaction, context.county.region, other.unit))}};
  MINHU_TRY(const cases::Event event,
            cases::take_step(transaction, context, found.stored.case_id, step));
  return {};
}

Result<Reconciled> received(Reading& reading, const cases::Context& context, DeviceId id,
                            Instant since) {
  MINHU_TRY(Device asked, device(reading, context, id));
  Reconciled reconciled{std::move(asked), {}, since};
  for (const StoredSession& stored : sessions_since(reading, context.county.region, id, since)) {
    const Kept kept = kept_of(reading, context, stored, true);
    reconciled.arrived.push_back(
        {stored.id, kept.number, stored.received_at, kept.instruction, kept.because});
    reconciled.until = stored.received_at;
  }
  return reconciled;
}

}  // namespace minhu::receptions
