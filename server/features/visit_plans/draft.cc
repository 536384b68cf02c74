#include "features/visit_plans/draft.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "features/accounts/permissions.h"
#include "features/visit_plans/announced.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/gather.h"
#include "features/visit_plans/in_words.h"
#include "features/visit_plans/leaders.h"
#include "features/visit_plans/standing.h"
#include "features/visits/sending.h"

namespace minhu::visit_plans {

namespace {

namespace bj = boost::json;
using Details = std::map<std::string, std::string>;

constexpr double degrees = 1e7;

bj::array pair_of(const tours::Hours& hours) {
  return {format_day_time(hours.from), format_day_time(hours.to)};
}

bj::array list_of(const std::vector<std::string>& texts) {
  bj::array list;
  for (const std::string& text : texts) list.push_back(bj::value(text));
  return list;
}

Outcome may_make(const cases::Context& context) {
  if (accounts::decide(context.actor, "plan:make").allowed) return {};
  return fail(FaultCode::not_allowed, "plans.not_allowed");
}

class Drafting {
 public:
  Drafting(Reading& reading, const cases::Context& context, FrozenCycle frozen, const Order& order)
      : reading_(reading),
        context_(context),
        region_(context.county.region),
        frozen_(std::move(frozen)),
        villages_(all_villages(reading, region_)),
        seen_(all_seen(reading, region_, context.now)) {
    draft_.month = frozen_.month;
    draft_.order = order;
  }

  Result<Draft> run() {
    MINHU_CHECK_OK(check_seal(frozen_));
    const auto middle = hall(reading_, region_);
    if (!middle) return fail(FaultCode::conflict, "plans.no_hall");
    before_ = load_plan(reading_, region_, frozen_.month.name);
    MINHU_CHECK_OK(know_leaders());
    standing_ = standing_visits(reading_, region_, frozen_.month);
    wishes_ = wishes_in_force(all_wishes(reading_, region_, frozen_.month.name));
    MINHU_CHECK_OK(put_days());
    MINHU_CHECK_OK(put_stops());
    draft_.problem_json = bj::serialize(bj::object{
        {"places",
         bj::array{bj::object{{"id", "hall"},
                              {"lon", static_cast<double>(middle->longitude_e7) / degrees},
                              {"lat", static_cast<double>(middle->latitude_e7) / degrees}}}},
        {"travel", bj::object{{"speed_kmh", frozen_.policy.speed_kmh},
                              {"detour", frozen_.policy.detour},
                              {"whole_minutes", 5}}},
        {"leaders", std::move(leaders_)},
        {"days", std::move(days_)},
        {"stops", std::move(stops_)},
        {"announced", std::move(announced_)},
        {"previous", std::move(previous_)}});
    MINHU_TRY(draft_.problem, tours::read_problem(draft_.problem_json));
    return std::move(draft_);
  }

 private:
  Outcome know_leaders() {
    Announced announced(reading_, region_, context_.now);
    const auto spoken = languages_remembered(reading_, region_, frozen_.month.name);
    for (LeaderDays& leader : draft_.order.leaders) {
      const auto account = leader_in_office(reading_, region_, leader.account, context_.now);
      if (!account) {
        return fail(FaultCode::invalid_input, "plans.not_a_leader", "leaders",
                    Details{{"account", leader.account.text()}});
      }
      avoided_.push_back(visits::places_to_avoid(reading_, context_, account->principal));
      MINHU_CHECK_OK(say_who_comes(leader, *account, announced));
      if (!leader.languages) {
        const auto before = spoken.find(leader.account);
        leader.languages = before == spoken.end() ? std::vector<std::string>() : before->second;
      }
      leaders_.push_back(bj::object{{"id", leader.account.text()},
                                    {"name", leader.name},
                                    {"languages", list_of(*leader.languages)}});
    }
    return {};
  }

  // A visit that is planned without a post can be announced by nobody: better said now than a week
  // before the day.
  Outcome say_who_comes(LeaderDays& leader, const accounts::Account& account,
                        Announced& announced) const {
    MINHU_TRY(const visits::Leader said,
              visits::public_leader({leader.name, leader.post, leader.portfolio, {}}));
    const visits::Leader known =
        known_of(by_the_registers(reading_, region_, account, context_.now),
                 said_before(account, announced));
    leader.name = said.name.empty() ? known.name : said.name;
    leader.post = said.post.empty() ? known.post : said.post;
    leader.portfolio = said.portfolio.empty() ? known.portfolio : said.portfolio;
    leader.rank = leader.rank.value_or(known.rank);
    const auto missing = [&](const char* key) {
      return fail(FaultCode::invalid_input, key, "leaders", Details{{"leader", leader.name}});
    };
    if (leader.post.empty()) return missing("plans.post_missing");
    if (leader.portfolio.empty()) return missing("plans.portfolio_missing");
    return {};
  }

  std::optional<visits::Leader> said_before(const accounts::Account& account,
                                            Announced& announced) const {
    if (before_) {
      for (const LeaderOfPlan& one : before_->leaders) {
        const auto rank = visits::named<visits::Rank>(one.rank);
        if (one.account != account.id || one.post.empty() || !rank) continue;
        return visits::Leader{one.name, one.post, one.portfolio, *rank};
      }
    }
    return announced.last_of(account);
  }

  // Days that are left, by date; a share of them is kept free for what the lot draws.
  Outcome put_days() {
    const Date today = to_date(context_.now);
    std::vector<LotDay> pairs;
    for (const LeaderDays& leader : draft_.order.leaders) {
      for (const Date date : leader.dates) {
        if (date < frozen_.month.from || date >= frozen_.month.until) {
          return fail(FaultCode::invalid_input, "plans.bad_date", "leaders");
        }
        if (date <= today) continue;
        if (visits::is_away(reading_, context_, leader.account, start_of_day(date))) continue;
        pairs.push_back({leader.account, date});
      }
    }
    const auto order = [](const LotDay& a, const LotDay& b) {
      return a.date != b.date ? a.date < b.date : a.leader < b.leader;
    };
    std::sort(pairs.begin(), pairs.end(), order);
    const auto same = [](const LotDay& a, const LotDay& b) {
      return a.date == b.date && a.leader == b.leader;
    };
    pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
    if (pairs.empty()) return fail(FaultCode::invalid_input, "plans.no_days", "leaders");
    draft_.team_days = static_cast<std::int64_t>(pairs.size());
    keep_lot_days(pairs);
    std::map<Date, bj::array> by_date;
    for (const LotDay& pair : pairs) {
      const bool drawn = std::any_of(draft_.lot_days.begin(), draft_.lot_days.end(),
                                     [&](const LotDay& day) { return same(day, pair); });
      if (!drawn) by_date[pair.date].push_back(bj::value(pair.leader.text()));
    }
    for (auto& [date, who] : by_date) {
      days_.push_back(bj::object{{"date", format_date(date)},
                                 {"hours", pair_of(frozen_.policy.hours)},
                                 {"lunch", pair_of(frozen_.policy.lunch)},
                                 {"leaders", std::move(who)},
                                 {"start", "hall"},
                                 {"most_stops", frozen_.policy.most_a_day}});
    }
    if (days_.empty()) return fail(FaultCode::invalid_input, "plans.no_days", "leaders");
    return {};
  }

  bool told_of_something(const LotDay& pair) const {
    return std::any_of(standing_.begin(), standing_.end(), [&](const auto& one) {
      return one.second.leader == pair.leader && to_date(one.second.row.begins) == pair.date &&
             one.second.row.state != visits::State::planned;
    });
  }

  // Those of the plan before stay, so that a new plan says nothing of what was drawn.
  void keep_lot_days(const std::vector<LotDay>& pairs) {
    const std::int64_t most = frozen_.policy.most_a_day;
    const std::int64_t number =
        (draft_.team_days * most * frozen_.policy.unannounced_percent + 50) / 100;
    const auto wanted = static_cast<std::size_t>((number + most - 1) / most);
    const auto taken = [&](const LotDay& pair) {
      return std::any_of(draft_.lot_days.begin(), draft_.lot_days.end(), [&](const LotDay& day) {
        return day.date == pair.date && day.leader == pair.leader;
      });
    };
    const auto add = [&](const LotDay& pair) {
      const bool free = draft_.lot_days.size() < wanted && !taken(pair) && !told_of_something(pair);
      if (free) draft_.lot_days.push_back(pair);
    };
    if (before_) {
      for (const LotDay& day : before_->lot_days) {
        const bool there = std::any_of(pairs.begin(), pairs.end(), [&](const LotDay& pair) {
          return pair.date == day.date && pair.leader == day.leader;
        });
        if (there) add(day);
      }
    }
    for (std::size_t i = 0; i < wanted; ++i) add(pairs[(2 * i + 1) * pairs.size() / (2 * wanted)]);
    for (const LotDay& pair : pairs) add(pair);
  }

  Outcome put_stops() {
    MINHU_TRY(const Gathered gathered, gather(reading_, context_.county, context_.entropy,
                                              frozen_.policy, villages_, seen_, context_.now));
    const Date day = std::clamp(to_date(context_.now), frozen_.cycle.from,
                                frozen_.cycle.until - std::chrono::days(1));
    std::set<std::string> ever;
    for (const Seen& seen : seen_) ever.insert(seen.place);
    for (std::size_t i = 0; i < villages_.size(); ++i) {
      const FrozenVillage* frozen = frozen_.find(villages_[i].code);
      if (frozen == nullptr) continue;  // came into the register within the month
      const silence::Value value =
          silence::value_of(frozen_.cycle, frozen->silence, frozen->quiet, gathered.known[i], day);
      draft_.why[frozen->place] =
          in_words(silence::reasons_of(frozen_.cycle, value, frozen->quiet, gathered.known[i], day),
                   ever.contains(frozen->place));
      draft_.due[frozen->place] = format_date(value.due);
      if (!settle(villages_[i].code)) put_stop(villages_[i], *frozen, value);
    }
    if (stops_.empty()) return fail(FaultCode::conflict, "plans.nothing_left");
    return {};
  }

  // What is no question any more: refused in writing, or seen to by a visit that is not ours.
  bool settle(const std::string& place) {
    PlanStop stop;
    stop.place = place;
    const auto standing = standing_.find(place);
    if (standing != standing_.end()) {
      const visits::VisitRow& row = standing->second.row;
      const bool held =
          row.state != visits::State::planned && row.state != visits::State::published;
      if (!held && !standing->second.leader.empty()) return false;
      stop.outcome = StopOutcome::otherwise;
      stop.date = to_date(row.begins);
      stop.visit = row.id;
      stop.announced = row.state != visits::State::planned;
      stop.reasons = {{held ? "plans.out_was_held" : "plans.out_planned_otherwise",
                       {{"date", format_date(*stop.date)}}}};
      draft_.settled.push_back(std::move(stop));
      return true;
    }
    const auto wish = wishes_.find(place);
    if (wish == wishes_.end() || wish->second.kind != WishKind::refuse) return false;
    stop.outcome = StopOutcome::refused;
    stop.reasons = {{"plans.out_refused", {{"reason", wish->second.reason}}}};
    draft_.settled.push_back(std::move(stop));
    return true;
  }

  void put_stop(const Village& village, const FrozenVillage& frozen, const silence::Value& value) {
    bj::array hours;
    for (const tours::Hours& one : village.hours) hours.push_back(pair_of(one));
    bj::array never;
    for (std::size_t k = 0; k < avoided_.size(); ++k) {
      if (visits::lies_in_one_of(avoided_[k], village.code)) {
        never.push_back(bj::value(draft_.order.leaders[k].account.text()));
      }
    }
    bj::object stop{
        {"id", village.code},
        {"name", village.name},
        {"lon", static_cast<double>(village.longitude_e7) / degrees},
        {"lat", static_cast<double>(village.latitude_e7) / degrees},
        {"minutes", village.minutes == 0 ? frozen_.policy.minutes : village.minutes},
        {"value", static_cast<double>(value.of_a_visit) / static_cast<double>(silence::one_matter)},
        {"last_visit", format_date(frozen.quiet.since)},
        {"months", frozen_.cycle.months}};
    if (!hours.empty()) stop["hours"] = std::move(hours);
    if (!never.empty()) stop["never"] = std::move(never);
    if (!village.languages.empty()) stop["languages"] = list_of(village.languages);
    const auto standing = standing_.find(village.code);
    const bool told =
        standing != standing_.end() && standing->second.row.state == visits::State::published;
    const auto wish = wishes_.find(village.code);
    if (!told && wish != wishes_.end() && wish->second.kind == WishKind::pin) {
      stop["must"] = true;
      stop["only_on"] = bj::array{bj::value(format_date(*wish->second.date))};
    }
    stops_.push_back(std::move(stop));
    put_where_it_was(village.code, told);
  }

  void put_where_it_was(const std::string& place, bool told) {
    const auto standing = standing_.find(place);
    if (told) {
      const auto civil = to_civil(standing->second.row.begins);
      const auto seconds =
          std::chrono::duration_cast<std::chrono::seconds>(civil.since_midnight).count();
      announced_.push_back(
          bj::object{{"stop", place},
                     {"leader", standing->second.leader.text()},
                     {"date", format_date(civil.date)},
                     {"at", format_day_time(static_cast<tours::DayTime>(seconds))}});
      return;
    }
    if (!before_) return;
    const auto known = [&](accounts::AccountId id) {
      return std::any_of(draft_.order.leaders.begin(), draft_.order.leaders.end(),
                         [&](const LeaderDays& leader) { return leader.account == id; });
    };
    for (const PlanStop& stop : before_->stops) {
      if (stop.place != place || stop.outcome != StopOutcome::visited) continue;
      if (!known(stop.leader)) continue;
      previous_.push_back(bj::object{
          {"stop", place}, {"leader", stop.leader.text()}, {"date", format_date(*stop.date)}});
    }
  }

  Reading& reading_;
  const cases::Context& context_;
  RegionId region_;
  FrozenCycle frozen_;
  std::vector<Village> villages_;
  std::vector<Seen> seen_;
  std::map<std::string, StandingVisit> standing_;
  std::optional<PlanFile> before_;
  std::map<std::string, Wish> wishes_;
  std::vector<std::vector<std::string>> avoided_;  // places, of each leader
  bj::array leaders_;
  bj::array days_;
  bj::array stops_;
  bj::array announced_;
  bj::array previous_;
  Draft draft_;
};

}  // namespace

Result<Draft> begin_draft(Reading& reading, const cases::Context& context, std::string_view month,
                          const Order& order) {
  MINHU_CHECK_OK(may_make(context));
  if (order.iterations < 1 || order.iterations > most_iterations) {
    return fail(FaultCode::invalid_input, "plans.bad_iterations", "iterations");
  }
  MINHU_TRY(FrozenCycle frozen, load_cycle(reading, context.county.region, month));
  if (frozen.month.until <= to_date(context.now)) {
    return fail(FaultCode::conflict, "plans.month_is_over");
  }
  return Drafting(reading, context, std::move(frozen), order).run();
}

tours::Work work_of(const Order& order) {
  tours::Work work;
  work.seed = order.seed;
  work.iterations = order.iterations;
  work.threads = 2;
  return work;
}

Result<std::int64_t> keep_draft(Transaction& transaction, const cases::Context& context,
                                const Draft& draft, const tours::Plan& plan) {
  MINHU_CHECK_OK(may_make(context));
  const RegionId region = context.county.region;
  PlanFile file;
  file.month = draft.month.name;
  file.version =
      1 + transaction
              .first("SELECT MAX(version) FROM visit_plan WHERE region_id = ?1 AND month = ?2",
                     {param(region), std::string_view(file.month)},
                     [](const Row& row) { return row.integer(0); })
              .value_or(0);
  file.problem = draft.problem_json;
  file.input_hash = sha256(as_bytes(draft.problem_json));
  file.seed = draft.order.seed;
  file.iterations = draft.order.iterations;
  file.team_days = draft.team_days;
  file.lot_days = draft.lot_days;
  file.made_at = context.now;
  for (const LeaderDays& leader : draft.order.leaders) {
    file.leaders.push_back({leader.account, leader.name, leader.post, leader.portfolio,
                            std::string(visits::name(*leader.rank)), leader.dates});
  }
  for (const tours::Reason& note : plan.notes) file.notes.push_back(in_words(note));

  const auto standing = standing_visits(transaction, region, draft.month);
  std::map<std::string, PlanStop> stops;
  const auto stop_at = [&](int index) -> PlanStop& {
    PlanStop& stop = stops[draft.problem.stops[static_cast<std::size_t>(index)].id];
    stop.place = draft.problem.stops[static_cast<std::size_t>(index)].id;
    return stop;
  };
  for (const tours::PlannedDay& day : plan.days) {
    for (const tours::PlannedVisit& visit : day.visits) {
      PlanStop& stop = stop_at(visit.stop);
      stop.outcome = StopOutcome::visited;
      stop.leader = draft.order.leaders[static_cast<std::size_t>(visit.leader)].account;
      stop.date = visit.date;
      stop.from = visit.from;
      stop.to = visit.to;
      stop.announced = visit.announced;
      stop.reasons = {in_words(visit.reason)};
    }
  }
  for (const tours::LeftOut& left : plan.left_out)
    stop_at(left.stop).reasons = {in_words(left.reason)};
  for (const tours::Broken& rule : plan.broken) {
    stop_at(rule.stop).reasons.push_back(in_words(rule.reason));
  }
  for (auto& [place, stop] : stops) {
    const auto known = standing.find(place);
    if (known != standing.end()) stop.visit = known->second.row.id;
    file.stops.push_back(std::move(stop));
  }
  for (const PlanStop& stop : draft.settled) file.stops.push_back(stop);
  std::sort(file.stops.begin(), file.stops.end(),
            [](const PlanStop& a, const PlanStop& b) { return a.place < b.place; });
  for (PlanStop& stop : file.stops) {
    stop.due = draft.due.at(stop.place);
    const auto& why = draft.why.at(stop.place);
    stop.reasons.insert(stop.reasons.end(), why.begin(), why.end());
  }
  store_plan(transaction, region, file, context.actor.account);
  const state_machine::Chronicle& chronicle = plan_chronicle();
  derive_from_last(transaction, context.county, chronicle, subject_of(chronicle, file.month));
  return file.version;
}

}  // namespace minhu::visit_plans
