#include "features/visits/steps.h"

#include <algorithm>

#include "features/cases/content.h"
#include "features/visits/contacts.h"
#include "features/visits/hindrances.h"
#include "features/visits/postings.h"
#include "features/visits/report.h"
#include "features/visits/sending.h"
#include "features/visits/step_fields.h"
#include "features/visits/store.h"
#include "features/visits/telling.h"
#include "kernel/assert.h"

namespace minhu::visits {

namespace {

using accounts::Relation;

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "visits.not_allowed");
}

// What makes an open visit out of a planned one: the key under which contacts will be sealed.
Facts begin_contacts(Transaction& transaction, const cases::Context& context) {
  const auto id = context.entropy.id<cases::CaseId>(context.now);
  cases::store_case_key(transaction, context.county.region,
                        cases::make_case_key(id, context.entropy), context.keyring,
                        context.entropy);
  return {{"contacts", id.text()}};
}

// A photo that takes the place of another is shown where that one was.
std::vector<Posting> shown_by(const std::vector<NewPhoto>& photos) {
  std::vector<Posting> postings;
  for (const NewPhoto& one : photos) postings.push_back({{}, {}, {}, {}, one.photo});
  return postings;
}

bool shows_a_photo(const Visit& visit) {
  return std::any_of(visit.postings.begin(), visit.postings.end(),
                     [](const Posting& posting) { return posting.photo.has_value(); });
}

// Whoever leads the visit after the step; of one that is called off, whoever comes in its place.
Outcome check_whom_it_sends(Reading& reading, const cases::Context& context, const Visit& visit,
                            EventKind kind, const Facts& facts) {
  Visit after = visit;
  if (kind == EventKind::revised || kind == EventKind::rescheduled) {
    apply(after, next_event(context, visit, kind, facts));
    return check_leader(reading, context, after);
  }
  const auto substitute = facts.find("leader_name");
  if (kind != EventKind::cancelled || substitute == facts.end()) return {};
  after.leader.name = substitute->second;
  const auto begins = facts.find("begins");
  if (begins != facts.end()) after.begins.unix_ms = std::stoll(begins->second);
  return check_leader(reading, context, after);
}

Result<Visit> run(Transaction& transaction, const cases::Context& context, Visit&& visit,
                  const Edge& edge, const Step& step) {
  const RegionId region = context.county.region;
  MINHU_TRY(Facts facts, check_fields(transaction, context, edge.fields, step.fields));
  if (!edge.with_postings && !step.postings.empty()) {
    return at_fault("visits.field_unknown", "postings");
  }
  MINHU_TRY(const auto postings, check_postings(context, step.postings));
  if (edge.with_postings && postings.empty()) return at_fault("visits.field_missing", "postings");
  const bool replaces = edge.kind == EventKind::photo_replaced;
  if (!edge.with_postings && !step.photos.empty() && (!replaces || step.photos.size() > 1)) {
    return at_fault("visits.field_unknown", "file");
  }
  MINHU_CHECK_OK(check_photos(visit, replaces ? shown_by(step.photos) : postings, step.photos));
  MINHU_CHECK_OK(hindrance(transaction, context, visit, edge.kind));
  Visit after = visit;
  if (edge.kind == EventKind::revised) apply(after, next_event(context, visit, edge.kind, facts));
  MINHU_CHECK_OK(hindrance_of_step(context, visit, after, edge.kind, facts, postings));
  MINHU_CHECK_OK(check_whom_it_sends(transaction, context, visit, edge.kind, facts));
  if (edge.with_postings) facts["postings"] = fact_of(postings);
  if (edge.kind == EventKind::published) facts.merge(begin_contacts(transaction, context));
  if (edge.kind == EventKind::reported) {
    facts.merge(facts_of(count_report(transaction, region, visit)));
  }
  for (const NewPhoto& photo : step.photos) keep_photo(transaction, context, photo);
  std::optional<Photo> old;
  if (replaces) {
    old = posting_of(visit, facts.at("photo"))->photo;
    if (!step.photos.empty()) facts["new_photo"] = fact_of(step.photos.front().photo);
  }
  const Instant begun = visit.begins;
  append(transaction, context.county, visit,
         {next_event(context, visit, edge.kind, std::move(facts))});
  if (old) destroy_photo(transaction, context, *old);
  if (visit.public_now() && edge.kind == EventKind::cancelled) {
    remember_to_tell(transaction, context, visit, Occasion::cancelled);
  } else if (edge.kind == EventKind::rescheduled) {
    const bool same_time = visit.begins == begun;
    remember_to_tell(transaction, context, visit,
                     same_time ? Occasion::substitute : Occasion::moved);
  }
  // Nothing more is booked, called or moved: who came is needed no longer. Of a day that was
  // cancelled they stay a week (destroy_old_contacts): those who booked are still to be told.
  if (visit.state == State::closed) {
    MINHU_CHECK_OK(destroy_contacts(transaction, context, visit));
  }
  return std::move(visit);
}

}  // namespace

accounts::Decision decide(const cases::Context& context, const Visit& visit,
                          std::string_view permission) {
  const bool holds = !context.actor.unit.empty() && context.actor.unit == visit.unit;
  return accounts::decide(context.actor, permission, holds ? Relation::lead_unit : Relation::none);
}

Result<Visit> take_step(Transaction& transaction, const cases::Context& context, VisitId id,
                        const Step& step) {
  const RegionId region = context.county.region;
  auto visit = load_visit(transaction, region, id);
  if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
  Digest token{};
  if (step.token) {
    token = cases::hash_of_token(context.keyring,
                                 std::string(name(step.kind)) + " visit " + id.text(), *step.token);
    if (request_before(transaction, region, token)) return std::move(*visit);
  }
  const bool may_ever = state_machine::may_ever_take(edges(), step.kind, [&](const Edge& one) {
    return decide(context, *visit, one.permission).allowed;
  });
  if (!may_ever) return not_allowed();
  const Edge* edge = open_edge(step.kind, visit->state, visit->form);
  MINHU_CHECK_OK(
      state_machine::may_be_taken_now(step.expected_seq, visit->step_seq, edge != nullptr,
                                      {"visits.changed_meanwhile", "visits.step_not_open"}));
  if (!decide(context, *visit, edge->permission).allowed) return not_allowed();
  MINHU_TRY(Visit now, run(transaction, context, std::move(*visit), *edge, step));
  if (step.token) remember_request(transaction, region, token, {id, {}});
  return now;
}

std::vector<OpenStep> open_steps(Reading& reading, const cases::Context& context,
                                 const Visit& visit) {
  std::vector<OpenStep> open;
  for (const Edge& edge : edges()) {
    if (open_edge(edge.kind, visit.state, visit.form) != &edge) continue;
    if (!decide(context, visit, edge.permission).allowed) continue;
    if (edge.kind == EventKind::photo_replaced && !shows_a_photo(visit)) continue;
    const Outcome hindered = hindrance(reading, context, visit, edge.kind);
    open.push_back({&edge, hindered ? std::nullopt : std::optional(hindered.error())});
  }
  return open;
}

}  // namespace minhu::visits
