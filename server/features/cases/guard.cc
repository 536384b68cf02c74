#include "features/cases/guard.h"

#include <algorithm>

#include "features/cases/access.h"
#include "features/cases/closure.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/places_and_units/deepest_tree.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::cases {

using places_and_units::deepest_tree;

bool complains_of(Reading& reading, const Context& context, const CaseFile& file, UnitId unit) {
  if (file.complained_of.empty() && file.accused_people.empty()) return false;
  return touches(circle_of(reading, context.county.region, unit, context.now), file);
}

accounts::Decision may_receive(Reading& reading, const Context& context, const CaseFile& file,
                               UnitId unit) {
  if (file.track == Track::accusation) {
    return {false, "an accusation is sent to nobody until the seal opens it", nullptr};
  }
  const auto found = places_and_units::find_unit(reading, context.county.region, unit);
  if (!found) return {false, "there is no such unit", nullptr};
  if (!found->active) return {false, "the unit has been closed", nullptr};
  if (complains_of(reading, context, file, unit)) {
    return {false, "the case complains of this unit, of one above it or of who leads one of them",
            nullptr};
  }
  return {true, "an active unit, no accusation, and not in the closure of whom the case accuses",
          nullptr};
}

std::optional<UnitId> body_above(Reading& reading, const Context& context, const CaseFile& file) {
  const RegionId region = context.county.region;
  std::vector<UnitId> bodies{context.county.upper_body};
  UnitId above = file.dispatching_unit;
  for (int depth = 0; depth < deepest_tree && !above.empty(); ++depth) {
    above = places_and_units::parent_of(reading, region, above);
    bodies.push_back(above);
  }
  for (const auto& unit : places_and_units::all_units(reading, region)) {
    if (unit.kind == places_and_units::UnitKind::inspection) bodies.push_back(unit.id);
  }
  for (const UnitId body : bodies) {
    if (body.empty() || body == file.dispatching_unit) continue;
    if (may_receive(reading, context, file, body).allowed) return body;
  }
  return std::nullopt;
}

std::optional<UnitId> reviewer_above(Reading& reading, const Context& context, const CaseFile& file,
                                     UnitId unit) {
  const UnitId last = context.county.petition_office;
  for (int depth = 0; depth < deepest_tree; ++depth) {
    unit = places_and_units::parent_of(reading, context.county.region, unit);
    // What stands at the top is reviewed by the petition office; so is what that office answered,
    // where nobody is above it.
    if (unit.empty()) unit = last;
    if (may_receive(reading, context, file, unit).allowed) return unit;
    if (unit == last) break;
  }
  return body_above(reading, context, file);
}

bool may_ask_for_phone(const Context& context, const CaseFile& file) {
  return file.may_be_called && !file.contact.empty() &&
         asked_for_now(file, EventKind::callback_attempted) &&
         decide(context, file, "case:reveal_phone").allowed;
}

Result<Identity> reveal(Transaction& transaction, const Context& context, CaseId id,
                        std::string_view reason) {
  const RegionId region = context.county.region;
  const auto before = load_file(transaction, region, id);
  const auto closed = fail(FaultCode::not_allowed, "cases.identity_sealed");
  if (!before || !may_ask_for_phone(context, *before)) return closed;
  if (Sight(transaction, context).kept_from(*before)) return closed;
  MINHU_TRY(const std::string why, clean_text(reason));
  if (why.empty()) return fail(FaultCode::invalid_input, "cases.reason_missing", "reason");
  MINHU_TRY(const CaseKey key, load_case_key(transaction, region, id, context.keyring));
  MINHU_TRY(const Bytes sealed, read_content(transaction, region, key, before->contact));

  const SealedContent said_why = seal_content(key, ContentRole::reason, plain_type, as_bytes(why),
                                              context.now, context.entropy);
  store_content(transaction, region, id, said_why, context.now);
  Event event;
  event.case_id = id;
  event.seq = before->seq + 1;
  event.kind = EventKind::identity_revealed;
  event.happened_at = context.now;
  event.recorded_at = std::max(context.now, before->changed_at);
  event.actor = context.actor;
  event.facts = {{"reason", said_why.ref.id.text()}, {"what", "phone"}};
  event.contents = {said_why.ref};
  CaseFile file = *before;
  apply(file, event);
  append_events(transaction, context.county, before, file, {&event, 1});
  return Identity{Sealed<std::string>(contact_of(to_text(sealed)).phone)};
}

}  // namespace minhu::cases
