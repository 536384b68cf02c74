// What a county has decided about where its leaders go: weights, the limit between two visits, the
// share that is drawn by lot, how heavy matters are. Published with every cycle.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/silence/value.h"
#include "engines/tours/problem.h"
#include "features/cases/context.h"
#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

struct Policy {
  std::string id;
  std::int64_t version = 1;

  silence::Weights weights;
  int months = 12;              // at most between two visits
  std::int64_t one_visit = 60;  // ordinary matters that one visit can deal with
  int record_months = 24;       // how far back words are read

  int unannounced_percent = 20;
  int not_again_within_days = 60;  // no place is drawn that was seen so recently

  int minutes = 90;  // of a visit
  int most_a_day = 3;
  tours::Hours hours;
  tours::Hours lunch;
  double speed_kmh = 35;
  double detour = 1.35;

  // Thousandths of an ordinary matter. A category counts with everything under it.
  std::map<std::string, std::int64_t, std::less<>> of_urgency;
  std::map<std::string, std::int64_t, std::less<>> of_category;
  std::vector<std::string> single_family;  // categories

  std::string toml;  // what it was read from
};

// Fault invalid_input plans.bad_policy; details: line or name, reason.
Result<Policy> read_policy(std::string_view toml);
// The one that comes with the program.
const Policy& usual_policy();

// The one in force: the last that was decided, else the usual one.
Policy policy_of(Reading& reading, RegionId region);
// From the next cycle on. Faults: plans.bad_policy; not_allowed plans.not_allowed; invalid_input
// plans.reason_missing, plans.reason_long.
Result<Policy> decide_policy(Transaction& transaction, const cases::Context& context,
                             std::string_view toml, std::string_view reason);
struct Decided {
  std::int64_t seq = 0;
  Instant at;
  std::string policy;  // "usual@2"
  std::string reason;
};
std::vector<Decided> policy_decisions(Reading& reading, RegionId region);  // the latest first

// `line`: the category and everything above it, nearest first.
std::int64_t severity_of(const Policy& policy, cases::Urgency urgency,
                         const std::vector<std::string>& line);
bool of_one_family(const Policy& policy, const std::vector<std::string>& line);

}  // namespace minhu::visit_plans
