#include "features/visits/queue.h"

#include <algorithm>

#include "features/visits/booking.h"
#include "features/visits/edges.h"
#include "features/visits/steps.h"
#include "features/visits/store.h"

namespace minhu::visits {

namespace {

Result<Visit> held_by(Transaction& transaction, const cases::Context& context, VisitId id) {
  auto visit = load_visit(transaction, context.county.region, id);
  if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
  if (!decide(context, *visit, "visit:hold").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  return std::move(*visit);
}

tl::unexpected<Fault> about(const char* key, const Group& group) {
  return fail(FaultCode::conflict, key, std::string(),
              std::map<std::string, std::string>{{"number", std::to_string(group.number)}});
}

const Group* first_that(const Visit& visit, GroupState state) {
  const auto found = std::find_if(visit.groups.begin(), visit.groups.end(),
                                  [&](const Group& group) { return group.state == state; });
  return found == visit.groups.end() ? nullptr : &*found;
}

}  // namespace

const Group* next_in(const Visit& visit) {
  const Group* waiting = first_that(visit, GroupState::waiting);
  return waiting != nullptr ? waiting : first_that(visit, GroupState::listed);
}

Result<Group> call_next(Transaction& transaction, const cases::Context& context, VisitId id,
                        const cases::ClientToken& token) {
  const RegionId region = context.county.region;
  MINHU_TRY(Visit visit, held_by(transaction, context, id));
  const Digest request = cases::hash_of_token(context.keyring, "visit next " + id.text(), token);
  if (const auto before = request_before(transaction, region, request)) {
    return *visit.group(before->group);
  }
  if (!group_edge(EventKind::called)->visit.has(visit.state)) {
    return fail(FaultCode::conflict, "visits.step_not_open");
  }
  if (const Group* called = first_that(visit, GroupState::called)) {
    return about("visits.somebody_called", *called);
  }
  const Group* next = next_in(visit);
  if (next == nullptr) return fail(FaultCode::conflict, "visits.nobody_waits");
  const GroupId group = next->id;
  Facts facts{{"group", group.text()}};
  // Whoever is called from the list was told no time: from now on theirs is the one at which they
  // were called, also when they come back later.
  if (next->told.unix_ms == 0) facts["told"] = std::to_string(context.now.unix_ms);
  append(transaction, context.county, visit,
         {next_event(context, visit, EventKind::called, std::move(facts))});
  remember_request(transaction, region, request, {id, group});
  return *visit.group(group);
}

Result<Visit> move_group(Transaction& transaction, const cases::Context& context, VisitId id,
                         GroupId group_id, EventKind kind, const cases::ClientToken& token) {
  const RegionId region = context.county.region;
  MINHU_TRY(Visit visit, held_by(transaction, context, id));
  const Group* group = visit.group(group_id);
  if (group == nullptr) return fail(FaultCode::not_found, "visits.no_such_group");
  const Digest request = cases::hash_of_token(
      context.keyring, std::string(name(kind)) + " visit group " + group_id.text(), token);
  if (request_before(transaction, region, request)) return visit;
  if (kind == EventKind::withdrawn) {
    const Outcome given_back = withdraw_for(transaction, context, id, group_id);
    if (!given_back) return tl::unexpected<Fault>(given_back.error());
    remember_request(transaction, region, request, {id, group_id});
    return held_by(transaction, context, id);
  }
  const GroupEdge* edge = group_edge(kind);
  const bool by_hand = kind == EventKind::set_aside || kind == EventKind::came_back ||
                       kind == EventKind::speaking || kind == EventKind::done ||
                       kind == EventKind::left;
  if (!by_hand || !edge->visit.has(visit.state) || !edge->from.has(group->state)) {
    return fail(FaultCode::conflict, "visits.step_not_open");
  }
  if (kind == EventKind::done && group->case_id.empty()) {
    return about("visits.without_case", *group);
  }
  append(transaction, context.county, visit,
         {next_event(context, visit, kind, {{"group", group_id.text()}})});
  remember_request(transaction, region, request, {id, group_id});
  return visit;
}

}  // namespace minhu::visits
