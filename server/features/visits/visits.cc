#include "features/visits/visits.h"

#include "features/places_and_units/places_and_units.h"
#include "features/visits/hindrances.h"
#include "features/visits/sending.h"
#include "features/visits/step_fields.h"
#include "features/visits/steps.h"
#include "features/visits/store.h"
#include "kernel/utf8.h"

namespace minhu::visits {

namespace {

namespace units = places_and_units;

// As the fields of a step that revises it, so that both are checked in one place.
GivenFields fields_of(const Planned& planned, FixedZone zone) {
  GivenFields fields{{"form", std::string(name(planned.form))},
                     {"leader_name", planned.leader.name},
                     {"leader_post", planned.leader.post},
                     {"leader_portfolio", planned.leader.portfolio},
                     {"leader_rank", std::string(name(planned.leader.rank))},
                     {"place", planned.place},
                     {"place_words", planned.place_words},
                     {"slot_minutes", std::to_string(planned.slot_minutes)},
                     {"capacity", std::to_string(planned.capacity)},
                     {"walk_in_quota", std::to_string(planned.walk_in_quota)},
                     {"waiting_places", std::to_string(planned.waiting_places)},
                     {"topics", planned.topics},
                     {"accessibility", planned.accessibility},
                     {"languages", planned.languages}};
  fields["begins"] = format_instant(planned.begins, zone);
  fields["ends"] = format_instant(planned.ends, zone);
  return fields;
}

}  // namespace

Result<Visit> plan(Transaction& transaction, const cases::Context& context, const Planned& planned,
                   const cases::ClientToken& token) {
  const RegionId region = context.county.region;
  if (!accounts::decide(context.actor, "visit:plan").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  const Digest hash = cases::hash_of_token(context.keyring, "visit", token);
  if (const auto before = request_before(transaction, region, hash)) {
    auto known = load_visit(transaction, region, before->visit);
    MINHU_ASSERT(known.has_value());
    return std::move(*known);
  }
  const auto unit = units::find_unit(transaction, region, planned.unit);
  if (!unit || !unit->active) return at_fault("visits.field_wrong", "unit");
  MINHU_TRY(Facts facts, check_fields(transaction, context, plan_fields(),
                                      fields_of(planned, context.county.rules.zone)));
  facts["unit"] = planned.unit.text();
  if (!planned.plan.empty()) facts["plan"] = planned.plan;
  Visit made;
  made.id = context.entropy.id<VisitId>(context.now);
  const Event event = next_event(context, made, EventKind::planned, std::move(facts));
  Visit after = made;
  apply(after, event);
  MINHU_CHECK_OK(hindrance_of_step(context, made, after, EventKind::revised, event.facts, {}));
  MINHU_CHECK_OK(check_leader(transaction, context, after));
  append(transaction, context.county, made, {event});
  remember_request(transaction, region, hash, {made.id, {}});
  return made;
}

std::optional<Visit> visit(Reading& reading, RegionId region, VisitId id) {
  return load_visit(reading, region, id);
}

Result<Leader> public_leader(const Leader& given) {
  Leader leader = given;
  for (const Field& field : plan_fields()) {
    std::string* text = field.name == "leader_name"        ? &leader.name
                        : field.name == "leader_post"      ? &leader.post
                        : field.name == "leader_portfolio" ? &leader.portfolio
                                                           : nullptr;
    if (text == nullptr) continue;
    MINHU_TRY(*text, clean_text(*text));
    if (text->empty()) continue;
    MINHU_TRY(*text, public_words(*text, field.name, field.longest));
  }
  return leader;
}

std::vector<Group> queue_of(const Visit& visit) {
  return visit.groups;
}

Outcome record_case(Transaction& transaction, const cases::Context& context, VisitId id,
                    GroupId group_id, cases::CaseId case_id, bool before_leaving) {
  auto visit = load_visit(transaction, context.county.region, id);
  if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
  if (!decide(context, *visit, "visit:hold").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  const Group* group = visit->group(group_id);
  if (group == nullptr) return fail(FaultCode::not_found, "visits.no_such_group");
  if (group->case_id == case_id) return {};
  if (!group->case_id.empty()) return fail(FaultCode::conflict, "visits.other_case");
  // Two groups with one matter have a number each: nobody leaves with that of others.
  if (visit_of_case(transaction, context.county.region, case_id)) {
    return fail(FaultCode::conflict, "visits.case_of_others");
  }
  if (!group_edge(EventKind::recorded)->visit.has(visit->state)) {
    return fail(FaultCode::conflict, "visits.step_not_open");
  }
  append(transaction, context.county, *visit,
         {next_event(context, *visit, EventKind::recorded,
                     {{"group", group_id.text()},
                      {"case", case_id.text()},
                      {"receipt", before_leaving ? "before_leaving" : "later"}})});
  return {};
}

}  // namespace minhu::visits
