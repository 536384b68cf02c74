#include "features/visit_plans/acceptance.h"

#include <algorithm>
#include <set>

#include "features/accounts/accounts.h"
#include "features/accounts/permissions.h"
#include "features/visit_plans/asking_again.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/lot.h"
#include "features/visit_plans/standing.h"
#include "features/visits/steps.h"

namespace minhu::visit_plans {

namespace {

// The same for the same stop, so that a repeat makes no second visit.
cases::ClientToken token_for(std::string_view what, std::string_view month, std::int64_t version,
                             std::string_view place) {
  const std::string text = std::string(what) + "/" + std::string(month) + "/" +
                           std::to_string(version) + "/" + std::string(place);
  const Digest digest = sha256(as_bytes(text));
  cases::ClientToken token{};
  std::copy_n(digest.begin(), token.size(), token.begin());
  return token;
}

Instant at(Date date, tours::DayTime time) {
  return {start_of_day(date).unix_ms + std::int64_t{time} * 1000};
}

const LeaderOfPlan* leader_in(const PlanFile& plan, accounts::AccountId id) {
  const auto found = std::find_if(plan.leaders.begin(), plan.leaders.end(),
                                  [&](const LeaderOfPlan& one) { return one.account == id; });
  return found == plan.leaders.end() ? nullptr : &*found;
}

std::optional<PlanFile> last_accepted(Reading& reading, RegionId region, const PlanFile& plan) {
  const auto version = reading.first(
      "SELECT MAX(version) FROM visit_plan WHERE region_id = ?1 AND month = ?2 AND version < ?3 "
      "AND accepted_at IS NOT NULL",
      {param(region), std::string_view(plan.month), plan.version},
      [](const Row& row) { return row.maybe_integer(0); });
  if (!version || !*version) return std::nullopt;
  return load_plan(reading, region, plan.month, **version);
}

class Accepting {
 public:
  Accepting(Transaction& transaction, const cases::Context& context, const PlanFile& plan)
      : transaction_(transaction),
        context_(context),
        plan_(plan),
        office_(context),
        accepted_before_(last_accepted(transaction, context.county.region, plan)),
        villages_(all_villages(transaction, context.county.region)) {
    // What follows from the acceptance is done by the program, for the body that holds visits.
    office_.actor.role = accounts::Role::system;
    office_.actor.unit = context.county.petition_office;
  }

  Result<visits::Planned> planned(const PlanStop& stop) const {
    const LeaderOfPlan* leader = leader_in(plan_, stop.leader);
    if (leader == nullptr) return fail(FaultCode::conflict, "plans.no_plan");
    visits::Planned planned;
    planned.form = visits::Form::going_down;
    planned.unit = context_.county.petition_office;
    planned.leader = {
        leader->name, leader->post, leader->portfolio,
        visits::named<visits::Rank>(leader->rank).value_or(visits::Rank::county_deputy)};
    planned.place = stop.place;
    planned.place_words = name_of(stop.place);
    planned.begins = at(*stop.date, stop.from);
    planned.ends = at(*stop.date, stop.to);
    planned.capacity = std::max<std::int64_t>(1, (stop.to - stop.from) / 60 / planned.slot_minutes);
    planned.walk_in_quota = planned.capacity / 2;
    planned.plan = plan_.month + "/" + std::to_string(plan_.version);
    return planned;
  }

  Outcome take_over(const PlanStop& stop, Accepted& accepted) {
    if (stop.announced) return {};
    MINHU_TRY(const visits::Planned wanted, planned(stop));
    if (!stop.visit.empty()) {
      const auto known = visits::visit(transaction_, context_.county.region, stop.visit);
      if (known && known->state == visits::State::planned) {
        return move(*known, wanted, stop.leader, accepted);
      }
      // Announced for a day that fell away: the visit itself is moved, where people were told of
      // it. A second one beside it would be announced as well.
      if (known && known->state != visits::State::cancelled) return {};
    }
    MINHU_TRY(const visits::Visit made,
              visits::plan(transaction_, office_, wanted,
                           token_for("visit", plan_.month, plan_.version, stop.place)));
    remember(stop.place, made.id);
    ++accepted.made;
    return {};
  }

  // Planned by an earlier version, nobody was told, and this one does without it.
  Outcome give_up(const PlanStop& stop, Accepted& accepted) {
    const auto known = visits::visit(transaction_, context_.county.region, stop.visit);
    if (!known || known->state != visits::State::planned) return {};
    visits::Step step;
    step.kind = visits::EventKind::cancelled;
    step.fields["reason"] = "新的月度计划里没有这一次";
    MINHU_CHECK_OK(visits::take_step(transaction_, office_, known->id, step));
    ++accepted.given_up;
    return {};
  }

 private:
  std::string name_of(const std::string& place) const {
    const auto found = std::find_if(villages_.begin(), villages_.end(),
                                    [&](const Village& one) { return one.code == place; });
    return found == villages_.end() ? place : found->name;
  }
  // The office may have put right since, on the visit itself, how the leader is named there: that
  // stays, unless it is another leader or the plan itself names them otherwise than it did.
  bool names_otherwise(const visits::Visit& known, const visits::Leader& wanted,
                       accounts::AccountId id) const {
    if (accounts::name_without_blanks(known.leader.name) !=
        accounts::name_without_blanks(wanted.name)) {
      return true;
    }
    if (!accepted_before_) return false;
    const LeaderOfPlan* before = leader_in(*accepted_before_, id);
    return before == nullptr || before->post != wanted.post ||
           before->portfolio != wanted.portfolio || before->rank != visits::name(wanted.rank);
  }
  void remember(const std::string& place, visits::VisitId id) {
    transaction_.execute(
        "UPDATE plan_stop SET visit_id = ?5 WHERE region_id = ?1 AND month = ?2 AND version = ?3 "
        "AND place = ?4",
        {param(context_.county.region), std::string_view(plan_.month), plan_.version,
         std::string_view(place), param(id)});
  }

  Outcome move(const visits::Visit& known, const visits::Planned& wanted, accounts::AccountId id,
               Accepted& accepted) {
    const bool another_name = names_otherwise(known, wanted.leader, id);
    if (known.begins == wanted.begins && !another_name) return {};
    visits::Step step;
    step.kind = visits::EventKind::revised;
    step.fields = {{"begins", format_instant(wanted.begins)},
                   {"ends", format_instant(wanted.ends)}};
    if (another_name) {
      step.fields["leader_name"] = wanted.leader.name;
      step.fields["leader_post"] = wanted.leader.post;
      step.fields["leader_portfolio"] = wanted.leader.portfolio;
      step.fields["leader_rank"] = visits::name(wanted.leader.rank);
    }
    MINHU_CHECK_OK(visits::take_step(transaction_, office_, known.id, step));
    ++accepted.moved;
    return {};
  }

  Transaction& transaction_;
  const cases::Context& context_;
  const PlanFile& plan_;
  cases::Context office_;
  std::optional<PlanFile> accepted_before_;
  std::vector<Village> villages_;
};

}  // namespace

Result<Accepted> accept_plan(Transaction& transaction, const cases::Context& context,
                             std::string_view month, std::int64_t version) {
  if (!accounts::decide(context.actor, "plan:accept").allowed) {
    return fail(FaultCode::not_allowed, "plans.not_allowed");
  }
  const RegionId region = context.county.region;
  const auto plan = load_plan(transaction, region, month);
  if (!plan) return fail(FaultCode::not_found, "plans.no_plan");
  if (plan->version != version) return fail(FaultCode::conflict, "plans.not_the_latest");
  if (plan->accepted_at) return fail(FaultCode::conflict, "plans.accepted_already");
  MINHU_CHECK_OK(ask_again(transaction, context, *plan));
  Accepted accepted;
  Accepting accepting(transaction, context, *plan);
  const auto standing = standing_visits(transaction, region, *month_named(month));
  for (const PlanStop& stop : plan->stops) {
    if (stop.outcome == StopOutcome::visited) {
      MINHU_CHECK_OK(accepting.take_over(stop, accepted));
    } else if (stop.outcome != StopOutcome::otherwise) {
      const auto known = standing.find(stop.place);
      if (known == standing.end() || known->second.leader.empty()) continue;
      PlanStop gone = stop;
      gone.visit = known->second.row.id;
      MINHU_CHECK_OK(accepting.give_up(gone, accepted));
    }
  }
  transaction.execute(
      "UPDATE visit_plan SET accepted_at = ?4 WHERE region_id = ?1 AND month = ?2 "
      "AND version = ?3",
      {param(region), month, version, param(context.now)});
  const state_machine::Chronicle& chronicle = plan_chronicle();
  derive_from_last(transaction, context.county, chronicle, subject_of(chronicle, month));
  return accepted;
}

std::vector<DrawnDay> drawn_days(Reading& reading, RegionId region, std::string_view month) {
  std::vector<DrawnDay> days;
  const auto lot = lot_of(reading, region, month);
  const auto plan = load_plan(reading, region, month);
  const auto frozen = load_cycle(reading, region, month);
  if (!lot || !plan || !frozen) return days;
  const auto most = static_cast<std::size_t>(frozen->policy.most_a_day);
  for (std::size_t i = 0; i < lot->drawn.size() && i / most < plan->lot_days.size(); ++i) {
    const LotDay& day = plan->lot_days[i / most];
    days.push_back({lot->drawn[i], day.leader, day.date});
  }
  return days;
}

}  // namespace minhu::visit_plans
