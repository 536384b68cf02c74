#include "features/visit_plans/asking_again.h"

#include <algorithm>
#include <map>

#include "features/visit_plans/leaders.h"
#include "features/visit_plans/standing.h"
#include "features/visit_plans/villages.h"
#include "features/visits/sending.h"
#include "features/visits/visits.h"

namespace minhu::visit_plans {

namespace {

using Details = std::map<std::string, std::string>;

// What is asked of a leader once, for all their visits.
struct Sent {
  LeaderOfPlan as_planned;
  std::optional<accounts::Account> account;  // nothing: no longer in office
  std::vector<std::string> avoids;
  std::vector<std::string> languages;
};

std::map<accounts::AccountId, Sent> everybody_sent(Reading& reading, const cases::Context& context,
                                                   const PlanFile& plan) {
  const RegionId region = context.county.region;
  const auto spoken = languages_of(plan);
  std::map<accounts::AccountId, Sent> sent;
  for (const LeaderOfPlan& leader : plan.leaders) {
    Sent one{leader, leader_in_office(reading, region, leader.account, context.now), {}, {}};
    if (one.account) {
      one.avoids = visits::places_to_avoid(reading, context, one.account->principal);
    }
    if (const auto known = spoken.find(leader.account); known != spoken.end()) {
      one.languages = known->second;
    }
    sent.emplace(leader.account, std::move(one));
  }
  return sent;
}

bool speaks_one_of(const Sent& leader, const std::vector<std::string>& languages) {
  return languages.empty() ||
         std::any_of(languages.begin(), languages.end(), [&](const std::string& language) {
           return std::find(leader.languages.begin(), leader.languages.end(), language) !=
                  leader.languages.end();
         });
}

// People were told of it, or somebody was there: whatever is to change, a step of its own changes.
bool is_settled(Reading& reading, RegionId region, const PlanStop& stop) {
  if (stop.outcome != StopOutcome::visited || stop.announced) return true;
  const auto known = stop.visit.empty() ? std::nullopt : visits::visit(reading, region, stop.visit);
  return known && known->state != visits::State::planned &&
         known->state != visits::State::cancelled;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "/") + word;
  return text;
}

}  // namespace

Outcome ask_again(Reading& reading, const cases::Context& context, const PlanFile& plan) {
  const RegionId region = context.county.region;
  const auto sent = everybody_sent(reading, context, plan);
  std::map<std::string, Village> villages;
  for (Village& village : all_villages(reading, region)) {
    villages.emplace(village.code, std::move(village));
  }
  MINHU_TRY(const Month month, month_named(plan.month));
  const auto standing = standing_visits(reading, region, month);
  for (const PlanStop& stop : plan.stops) {
    if (is_settled(reading, region, stop)) continue;
    const auto leader = sent.find(stop.leader);
    if (leader == sent.end()) throw StorageFailure("a stop of a plan has no leader of the plan");
    const auto village = villages.find(stop.place);
    Details said{{"leader", leader->second.as_planned.name},
                 {"place", village == villages.end() ? stop.place : village->second.name},
                 {"date", format_date(*stop.date)}};
    // Somebody else has planned one since: two would be announced for one village.
    const auto other = standing.find(stop.place);
    if (other != standing.end() && other->second.row.id != stop.visit) {
      said["date"] = format_date(to_date(other->second.row.begins));
      return fail(FaultCode::conflict, "plans.planned_meanwhile", std::string(), std::move(said));
    }
    const bool can_go = leader->second.account &&
                        !visits::lies_in_one_of(leader->second.avoids, stop.place) &&
                        !visits::is_away(reading, context, stop.leader, start_of_day(*stop.date));
    if (!can_go) {
      return fail(FaultCode::conflict, "plans.cannot_be_sent", std::string(), std::move(said));
    }
    if (village != villages.end() && !speaks_one_of(leader->second, village->second.languages)) {
      said["languages"] = listed(village->second.languages);
      return fail(FaultCode::conflict, "plans.other_language", std::string(), std::move(said));
    }
  }
  return {};
}

}  // namespace minhu::visit_plans
