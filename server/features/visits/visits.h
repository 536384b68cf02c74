// Visits of leaders: what another feature needs of them. Plan one, find one, follow its queue, say
// that a group's matter became a case. Booking: booking.h; every other step: steps.h.
#pragma once

#include <vector>

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visits {

// What a visit is when it is planned. Everything but the region's own may be filled in later
// (revised), before it is published.
struct Planned {
  Form form = Form::reception;
  UnitId unit;  // that holds it; an active one
  Leader leader;
  std::string place;  // code, of a known place
  std::string place_words;
  Instant begins;
  Instant ends;
  std::int64_t slot_minutes = 20;
  std::int64_t capacity = 8;
  std::int64_t walk_in_quota = 2;
  std::int64_t waiting_places = 8;
  std::string topics;
  std::string accessibility;
  std::string languages;
  std::string plan;  // id of what it was planned by
};
// The same token gives the same visit again. Faults: not_allowed visits.not_allowed; invalid_input
// visits.field_missing, visits.field_wrong, visits.too_long, visits.personal_details (with
// `field`); that of check_leader (sending.h).
Result<Visit> plan(Transaction& transaction, const cases::Context& context, const Planned& planned,
                   const cases::ClientToken& token);

std::optional<Visit> visit(Reading& reading, RegionId region, VisitId id);

// Who comes, in words as a visit keeps them; what is empty stays so. Faults of invalid_input:
// visits.too_long (details: most), visits.personal_details and those of clean_text, with `field`
// (leader_name, leader_post, leader_portfolio).
Result<Leader> public_leader(const Leader& given);

// What lists show of a visit: the row of today.
struct VisitRow {
  VisitId id;
  Form form = Form::reception;
  State state = State::planned;
  std::int64_t seq = 0;
  UnitId unit;
  std::string leader_name;
  std::string leader_post;
  std::string place;
  std::string place_words;
  std::string topics;
  Instant begins;
  Instant ends;
  bool is_public = false;
  std::int64_t capacity = 0;
  std::int64_t taken = 0;
  std::int64_t free_to_book = 0;
  std::int64_t on_the_list = 0;
  std::int64_t not_held = 0;  // announced days on which it was not held
  bool operator==(const VisitRow&) const = default;
};
// That begin in [from, to), by beginning.
std::vector<VisitRow> between(Reading& reading, RegionId region, Instant from, Instant to);

// The groups of a visit in the order in which they are heard: of the visit, by number.
std::vector<Group> queue_of(const Visit& visit);

// The group's matter has been received as a case: called by whoever recorded it, also afterwards
// when a tablet was offline. `before_leaving`: the person had number and code in hand before they
// went. The same case again is no second event. Faults: not_found visits.no_such_visit,
// visits.no_such_group; conflict visits.other_case, visits.case_of_others (a case is of one group).
Outcome record_case(Transaction& transaction, const cases::Context& context, VisitId id,
                    GroupId group, cases::CaseId case_id, bool before_leaving);

}  // namespace minhu::visits
