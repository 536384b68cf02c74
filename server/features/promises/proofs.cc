#include "features/promises/proofs.h"

#include <algorithm>

#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/on_record.h"
#include "features/visits/visits.h"

namespace minhu::promises {

namespace {

bool would_do(Reading& reading, const cases::Context& context, const Promise& promise,
              const PossibleProof& proof) {
  const Facts facts{{"proof", std::string(name(proof.proof))}, {"reference", proof.reference}};
  return on_record(reading, context, promise, facts).has_value();
}

std::vector<PossibleProof> visits_since(Reading& reading, const cases::Context& context,
                                        const Promise& promise) {
  const RegionId region = context.county.region;
  const auto made = parse_date(promise.promised_on);
  if (!made) return {};
  std::vector<PossibleProof> found;
  // Doors may open before the hour that was announced.
  const Instant end_of_today{context.now.unix_ms + std::int64_t{24} * 3'600'000};
  const Instant begin = start_of_day(*made, context.county.rules.zone);
  for (const visits::VisitRow& row : visits::between(reading, region, begin, end_of_today)) {
    const auto visit = visits::visit(reading, region, row.id);
    if (!visit || !visit->opened_at) continue;
    found.push_back({Proof::visit, row.id.text(), *visit->opened_at,
                     row.leader_post + " " + row.leader_name,
                     places_and_units::place_path(reading, region, row.place)});
  }
  return found;
}

std::vector<PossibleProof> calls_since(Reading& reading, const cases::Context& context,
                                       const Promise& promise) {
  std::vector<PossibleProof> found;
  if (promise.verdict && promise.verdict->way == Way::call) {
    found.push_back({Proof::call, "verdict", promise.verdict->at, {}, {}});
  }
  if (promise.case_id.empty()) return found;
  for (const cases::Event& event :
       cases::load_events(reading, context.county.region, promise.case_id)) {
    if (event.kind != cases::EventKind::callback_done) continue;
    found.push_back({Proof::call, std::to_string(event.seq), event.happened_at, {}, {}});
  }
  return found;
}

}  // namespace

std::vector<PossibleProof> possible_proofs(Reading& reading, const cases::Context& context,
                                           const Promise& promise) {
  if (promise.state != State::reported) return {};
  std::vector<PossibleProof> found = visits_since(reading, context, promise);
  for (PossibleProof& call : calls_since(reading, context, promise)) {
    found.push_back(std::move(call));
  }
  std::erase_if(
      found, [&](const PossibleProof& one) { return !would_do(reading, context, promise, one); });
  std::sort(found.begin(), found.end(), [](const PossibleProof& a, const PossibleProof& b) {
    return a.at != b.at ? b.at < a.at : a.reference < b.reference;
  });
  return found;
}

}  // namespace minhu::promises
