// A plan as it is kept: every village of the cycle, visited or left out, with its reasons. Listed
// by code, never by value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engines/silence/value.h"
#include "engines/tours/problem.h"
#include "features/accounts/principal.h"
#include "features/visit_plans/reason.h"
#include "features/visits/kinds.h"
#include "kernel/crypto.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

enum class StopOutcome : std::uint8_t {
  visited,
  left_out,
  refused,    // somebody wished so, in writing
  otherwise,  // another visit stands there in this month, or was held
};
std::string_view name(StopOutcome) noexcept;

struct PlanStop {
  std::string place;
  StopOutcome outcome = StopOutcome::left_out;
  accounts::AccountId leader;
  std::optional<Date> date;
  tours::DayTime from = 0;
  tours::DayTime to = 0;
  bool announced = false;
  std::string due;  // the next visit at the latest
  std::vector<silence::Reason> reasons;
  visits::VisitId visit;  // once the plan is accepted
};

struct LotDay {
  accounts::AccountId leader;
  Date date;
};

struct LeaderOfPlan {
  accounts::AccountId account;
  std::string name;
  std::string post;
  std::string portfolio;
  std::string rank;
  std::vector<Date> dates;  // on which they were there; the next plan begins from these
};

struct PlanFile {
  std::string month;
  std::int64_t version = 0;
  std::string problem;  // JSON of docs/tours.md; says who stays away from where: not to be shown
  Digest input_hash{};
  std::uint64_t seed = 0;
  std::int64_t iterations = 0;
  std::int64_t team_days = 0;
  std::vector<LotDay> lot_days;
  std::vector<LeaderOfPlan> leaders;
  std::vector<silence::Reason> notes;
  Instant made_at;
  std::optional<Instant> accepted_at;
  std::vector<PlanStop> stops;  // by place
};

// The latest, or that version. Nothing where there is none.
std::optional<PlanFile> load_plan(Reading& reading, RegionId region, std::string_view month,
                                  std::optional<std::int64_t> version = std::nullopt);
// What each leader speaks: as the latest plan of the month says, or where it has none, that of the
// latest month before.
std::map<accounts::AccountId, std::vector<std::string>> languages_remembered(
    Reading& reading, RegionId region, std::string_view month);
// As the problem of this plan has it. Throws StorageFailure where that cannot be read.
std::map<accounts::AccountId, std::vector<std::string>> languages_of(const PlanFile& plan);
void store_plan(Transaction& transaction, RegionId region, const PlanFile& plan,
                accounts::AccountId by);

}  // namespace minhu::visit_plans
