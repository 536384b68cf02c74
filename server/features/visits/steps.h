// Every step of the office with a visit goes through here: one runner for the whole table of
// edges. Steps of single groups: booking.h and queue.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/accounts/permissions.h"
#include "features/visits/edges.h"
#include "features/visits/posting_photos.h"
#include "features/visits/visits.h"

namespace minhu::visits {

// Whether the unit of the actor holds the visit.
accounts::Decision decide(const cases::Context& context, const Visit& visit,
                          std::string_view permission);

struct Step {
  EventKind kind = EventKind::revised;
  std::map<std::string, std::string, std::less<>> fields;
  std::vector<Posting> postings;
  // Those that `postings` show; of photo_replaced the new one, if there is one.
  std::vector<NewPhoto> photos;
  // What the writer had read. Groups that came in since are no conflict, any other step is.
  std::optional<std::int64_t> expected_seq;
  std::optional<cases::ClientToken> token;  // a repeat is answered with the visit as it is
};
// Faults: not_found visits.no_such_visit; not_allowed visits.not_allowed; conflict
// visits.step_not_open, visits.changed_meanwhile, and what stands in the way (hindrances.h,
// sending.h);
// invalid_input as plan, and visits.field_unknown, visits.posting_wrong, and those of check_photos.
Result<Visit> take_step(Transaction& transaction, const cases::Context& context, VisitId id,
                        const Step& step);

// The steps that this actor may take in the state of the visit, in the order of the table; with
// what would refuse it now all the same.
struct OpenStep {
  const Edge* edge = nullptr;
  std::optional<Fault> hindered;
};
std::vector<OpenStep> open_steps(Reading& reading, const cases::Context& context,
                                 const Visit& visit);

}  // namespace minhu::visits
