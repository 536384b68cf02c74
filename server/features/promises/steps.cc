#include "features/promises/steps.h"

#include <algorithm>

#include "features/cases/access.h"
#include "features/cases/store.h"
#include "features/promises/fields.h"
#include "features/promises/on_record.h"
#include "features/promises/sight.h"
#include "features/promises/store.h"
#include "features/promises/words_kept.h"

namespace minhu::promises {

namespace {

constexpr std::size_t longest_verdict = 500;

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "promises.not_allowed");
}

cases::ContentRole role_of_words(EventKind kind) {
  return kind == EventKind::verdict_given ? cases::ContentRole::words
                                          : cases::ContentRole::internal_note;
}

// Who may take this kind of step with this promise, whatever its state.
Outcome may_take(Reading& reading, const cases::Context& context, const Promise& promise,
                 const Edge& edge) {
  if (!decide(context, promise, edge.permission).allowed) return not_allowed();
  if (edge.permission == "promise:answer_for") {
    // Nobody keeps a post's word in a colleague's name.
    if (context.actor.by_delegation || !PromiseSight(reading, context).holds(promise)) {
      return fail(FaultCode::not_allowed, "promises.not_your_post");
    }
  }
  if (edge.kind == EventKind::published && context.actor.account == promise.recorded_by) {
    return fail(FaultCode::not_allowed, "promises.your_own_words");
  }
  return {};
}

Outcome hindrance(Reading& reading, const cases::Context& context, const Promise& promise,
                  const Edge& edge, const Facts& facts) {
  if (edge.kind == EventKind::verified) return on_record(reading, context, promise, facts);
  if (edge.kind == EventKind::verdict_given && promise.case_id.empty()) {
    return fail(FaultCode::conflict, "promises.no_reporter");
  }
  if (edge.kind == EventKind::withheld && !promise.publication) {
    return fail(FaultCode::conflict, "promises.step_not_open");
  }
  const std::string today = format_date(to_date(context.now, context.county.rules.zone));
  if (edge.kind == EventKind::due_changed && facts.find("due")->second <= today) {
    return at_fault("promises.due_before", "due");
  }
  if (edge.kind == EventKind::reported_done && facts.find("done_on")->second > today) {
    return at_fault("promises.in_the_future", "done_on");
  }
  return {};
}

Outcome keep_words(Transaction& transaction, const cases::Context& context, const Promise& promise,
                   const Edge& edge, const Step& step, Checked& checked) {
  if (!edge.evidence && !step.evidence.empty()) {
    return at_fault("promises.field_unknown", "evidence");
  }
  if (step.evidence.size() > cases::most_attachments) {
    return fail(
        FaultCode::too_large, "cases.too_many_attachments", "evidence",
        std::map<std::string, std::string>{{"most", std::to_string(cases::most_attachments)}});
  }
  if (checked.sealed.empty() && step.evidence.empty()) return {};
  MINHU_TRY(Keeper keeper,
            Keeper::open(transaction, context, home_of(context.county.region, promise)));
  for (const auto& [field, text] : checked.sealed) {
    const Kept kept = keeper.keep(role_of_words(edge.kind), text);
    checked.facts[field] = kept.id.text();
    checked.facts[field + "_commitment"] = kept.commitment;
  }
  std::string evidence;
  for (const cases::NewAttachment& attachment : step.evidence) {
    evidence += (evidence.empty() ? "" : " ") + keeper.keep(attachment).text();
  }
  if (!evidence.empty()) checked.facts["evidence"] = evidence;
  return {};
}

}  // namespace

Result<Promise> take_step(Transaction& transaction, const cases::Context& context, PromiseId id,
                          const Step& step) {
  const RegionId region = context.county.region;
  auto promise = view(transaction, context, id);
  if (!promise) return fail(FaultCode::not_found, "promises.no_such_promise");
  Digest token{};
  if (step.token) {
    token = cases::hash_of_token(context.keyring, name(step.kind), *step.token);
    if (request_before(transaction, region, token) == id) return std::move(*promise);
  }
  // Who may never take it hears that first, whatever the state.
  const auto any = std::find_if(edges().begin(), edges().end(),
                                [&](const Edge& edge) { return edge.kind == step.kind; });
  if (any == edges().end() || is_taken_elsewhere(step.kind)) return not_allowed();
  MINHU_CHECK_OK(may_take(transaction, context, *promise, *any));
  const Edge* edge = open_edge(step.kind, promise->state);
  MINHU_CHECK_OK(
      state_machine::may_be_taken_now(step.expected_seq, promise->seq, edge != nullptr,
                                      {"promises.changed_meanwhile", "promises.step_not_open"}));
  MINHU_TRY(Checked checked, check_fields(transaction, context, edge->fields, step.fields));
  MINHU_CHECK_OK(hindrance(transaction, context, *promise, *edge, checked.facts));
  MINHU_CHECK_OK(keep_words(transaction, context, *promise, *edge, step, checked));
  if (edge->kind == EventKind::verdict_given) checked.facts["way"] = name(Way::call);
  append(transaction, context.county, *promise,
         next_event(context, *promise, edge->kind, std::move(checked.facts)));
  if (step.token) remember_request(transaction, region, token, id);
  return std::move(*promise);
}

std::vector<const Edge*> open_steps(Reading& reading, const cases::Context& context,
                                    const Promise& promise) {
  std::vector<const Edge*> open;
  for (const Edge& edge : edges()) {
    if (is_taken_elsewhere(edge.kind) || !edge.from.has(promise.state)) continue;
    if (edge.kind == EventKind::withheld && !promise.publication) continue;
    if (edge.kind == EventKind::verdict_given && promise.case_id.empty()) continue;
    if (may_take(reading, context, promise, edge)) open.push_back(&edge);
  }
  return open;
}

Result<Promise> give_verdict(Transaction& transaction, const cases::Context& context,
                             cases::CaseId case_id, PromiseId id, std::string_view verdict,
                             std::string_view words) {
  const RegionId region = context.county.region;
  const auto file = cases::load_file(transaction, region, case_id);
  if (!file || !cases::decide(context, *file, "receipt:rate").allowed) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  auto promise = load_promise(transaction, region, id);
  if (!promise || promise->case_id != case_id) {
    return fail(FaultCode::not_found, "promises.no_such_promise");
  }
  if (!named<Verdict>(verdict)) return at_fault("promises.field_missing", "verdict");
  Facts facts{{"verdict", std::string(verdict)}, {"way", std::string(name(Way::page))}};
  if (!words.empty()) {
    MINHU_TRY(const std::string said, said_words(words, "words", longest_verdict));
    MINHU_TRY(Keeper keeper, Keeper::open(transaction, context, case_id));
    const Kept kept = keeper.keep(cases::ContentRole::words, said);
    facts["words"] = kept.id.text();
    facts["words_commitment"] = kept.commitment;
  }
  append(transaction, context.county, *promise,
         next_event(context, *promise, EventKind::verdict_given, std::move(facts)));
  return std::move(*promise);
}

}  // namespace minhu::promises
