// The rows of a visit: its events, its row of today, and what else leads to it. Inner header.
#pragma once

#include <optional>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "features/state_machine/chronicle.h"
#include "features/visits/visits.h"

namespace minhu::visits {

VisitRow row_of(const Visit& visit);

std::vector<Event> load_events(Reading& reading, RegionId region, VisitId id);
std::optional<Visit> load_visit(Reading& reading, RegionId region, VisitId id);
std::optional<VisitRow> load_row(Reading& reading, RegionId region, VisitId id);
std::vector<VisitId> every_visit(Reading& reading, RegionId region);

// The next event of a visit, by this actor, now.
Event next_event(const cases::Context& context, const Visit& visit, EventKind kind, Facts facts);
// Applies the events, keeps them, the row that follows from them and what others derive from them.
void append(Transaction& transaction, const cases::County& county, Visit& visit,
            const std::vector<Event>& added);

// For chronicle.cc: the events as their rows have them, and every row that follows from them.
std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      VisitId id);
void write_rows(Transaction& transaction, RegionId region, VisitId id,
                const std::optional<Visit>& visit);

// What a request made before: answered again, done once.
struct Request {
  VisitId visit;
  GroupId group;
};
std::optional<Request> request_before(Reading& reading, RegionId region, const Digest& token);
void remember_request(Transaction& transaction, RegionId region, const Digest& token,
                      const Request& request);

struct CaseOfVisit {
  cases::CaseId case_id;
  VisitId visit;
  GroupId group;
  auto operator<=>(const CaseOfVisit&) const = default;
};
std::vector<CaseOfVisit> cases_in(const Visit& visit);
std::vector<CaseOfVisit> cases_of(Reading& reading, RegionId region, VisitId id);
std::optional<CaseOfVisit> visit_of_case(Reading& reading, RegionId region, cases::CaseId id);

}  // namespace minhu::visits
