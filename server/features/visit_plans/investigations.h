// A field investigation: some days, village by village, to see for oneself. Where it goes, how many
// people were met (a number, nobody's name), what was needed (each an ordinary case) and what was
// found (words in the content store).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/kinds.h"
#include "features/cases/receive.h"
#include "features/visit_plans/reason.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

using InvestigationId = Id<struct InvestigationTag>;

struct ItineraryStop {
  Date date;
  std::string place;
};
struct NewInvestigation {
  std::string title;
  std::vector<ItineraryStop> stops;  // days may repeat, a place on one day may not
};

struct Finding {
  std::int64_t seq = 0;
  std::string place;
  Date date;
  std::int64_t people_met = 0;
  std::int64_t needs = 0;
  std::string words;
  Instant recorded_at;
};
struct Investigation {
  InvestigationId id;
  std::string title;
  Date from;
  Date to;
  std::vector<ItineraryStop> stops;   // by date, then place
  std::vector<Finding> findings;      // in the order written; words only from investigation()
  std::int64_t villages_planned = 0;  // different ones
  std::int64_t villages_seen = 0;     // of these
  std::int64_t villages_beside = 0;   // seen, though not on the itinerary
  std::int64_t people_met = 0;
  std::int64_t needs = 0;
};

// Faults: not_allowed plans.not_allowed; invalid_input plans.title (missing or longer than 80
// characters), plans.no_stops (none, or more than 2,000), plans.no_such_village, plans.stop_twice.
Result<InvestigationId> plan_investigation(Transaction& transaction, const cases::Context& context,
                                           const NewInvestigation& made);

struct NewFinding {
  std::string place;
  Date date;
  std::int64_t people_met = 0;
  std::string words;
  std::vector<cases::CaseId> needs;  // cases that were received there; each is linked once
};
// The same token is the same finding. Faults: not_allowed plans.not_allowed; not_found
// plans.no_investigation, plans.no_such_village, cases.not_found (a need that the actor may not
// read); conflict plans.need_elsewhere (a case of another place, or linked already); invalid_input
// plans.bad_date (in the future, or before the investigation), plans.people_met (0 to 100,000),
// plans.words (none, or longer than 4,000 characters).
Outcome record_finding(Transaction& transaction, const cases::Context& context, InvestigationId id,
                       const NewFinding& found, const cases::ClientToken& token);

// Fault not_found plans.no_investigation.
Result<Investigation> investigation(Reading& reading, const cases::Context& context,
                                    InvestigationId id);
// The latest first, without the words.
std::vector<Investigation> all_investigations(Reading& reading, const cases::Context& context);

}  // namespace minhu::visit_plans
