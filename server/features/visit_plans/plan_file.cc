#include "features/visit_plans/plan_file.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace minhu::visit_plans {

namespace {

namespace bj = boost::json;
constexpr std::array<std::string_view, 4> outcomes{"visited", "left_out", "refused", "otherwise"};

StopOutcome outcome_named(std::string_view text) {
  const auto found = std::find(outcomes.begin(), outcomes.end(), text);
  if (found == outcomes.end()) throw StorageFailure("a stop of a plan without an outcome");
  return static_cast<StopOutcome>(found - outcomes.begin());
}

std::string text_of(const std::vector<silence::Reason>& reasons) {
  bj::array list;
  for (const silence::Reason& reason : reasons) {
    bj::object facts;
    for (const auto& [name, value] : reason.facts) facts[name] = value;
    list.push_back(bj::object{{"key", reason.key}, {"facts", std::move(facts)}});
  }
  return bj::serialize(list);
}

bj::array list_in(std::string_view text) {
  boost::system::error_code error;
  const bj::value stored = bj::parse(text, error);
  if (error || !stored.is_array()) throw StorageFailure("a list of a plan cannot be read");
  return stored.get_array();
}

std::vector<silence::Reason> reasons_in(std::string_view text) {
  std::vector<silence::Reason> reasons;
  for (const bj::value& one : list_in(text)) {
    silence::Reason reason{std::string(one.at("key").as_string()), {}};
    for (const auto& fact : one.at("facts").as_object()) {
      reason.facts[std::string(fact.key())] = std::string(fact.value().as_string());
    }
    reasons.push_back(std::move(reason));
  }
  return reasons;
}

accounts::AccountId account_in(const bj::value& text) {
  const auto id = accounts::AccountId::parse(std::string_view(text.as_string()));
  if (!id) throw StorageFailure("an account of a plan cannot be read");
  return *id;
}

PlanStop stop_of(const Row& row) {
  PlanStop stop;
  stop.place = row.text(0);
  stop.outcome = outcome_named(row.text(1));
  stop.leader = row.id<accounts::AccountId>(2);
  if (const auto date = parse_date(row.text(3))) stop.date = *date;
  stop.from = static_cast<tours::DayTime>(row.integer(4));
  stop.to = static_cast<tours::DayTime>(row.integer(5));
  stop.announced = row.integer(6) != 0;
  stop.due = row.text(7);
  stop.reasons = reasons_in(row.text(8));
  stop.visit = row.id<visits::VisitId>(9);
  return stop;
}

}  // namespace

std::string_view name(StopOutcome outcome) noexcept {
  return outcomes[static_cast<std::size_t>(outcome)];
}

void store_plan(Transaction& transaction, RegionId region, const PlanFile& plan,
                accounts::AccountId by) {
  bj::array lot_days;
  for (const LotDay& day : plan.lot_days) {
    lot_days.push_back(bj::object{{"leader", day.leader.text()}, {"date", format_date(day.date)}});
  }
  bj::array leaders;
  for (const LeaderOfPlan& leader : plan.leaders) {
    bj::array dates;
    for (const Date date : leader.dates) dates.push_back(bj::value(format_date(date)));
    leaders.push_back(bj::object{{"account", leader.account.text()},
                                 {"name", leader.name},
                                 {"post", leader.post},
                                 {"portfolio", leader.portfolio},
                                 {"rank", leader.rank},
                                 {"dates", std::move(dates)}});
  }
  const std::string days = bj::serialize(lot_days);
  const std::string people = bj::serialize(leaders);
  const std::string notes = text_of(plan.notes);
  const std::string_view month = plan.month;
  transaction.execute(
      "INSERT INTO visit_plan(region_id, month, version, problem, input_hash, seed, iterations, "
      "team_days, lot_days, leaders, notes, account_id, made_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
      {param(region), month, plan.version, std::string_view(plan.problem),
       BytesView(plan.input_hash), static_cast<std::int64_t>(plan.seed), plan.iterations,
       plan.team_days, std::string_view(days), std::string_view(people), std::string_view(notes),
       param(by), param(plan.made_at)});
  for (const PlanStop& stop : plan.stops) {
    const std::string date = stop.date ? format_date(*stop.date) : std::string();
    const std::string reasons = text_of(stop.reasons);
    transaction.execute(
        "INSERT INTO plan_stop(region_id, month, version, place, outcome, leader, on_date, begins, "
        "ends, announced, due, reasons, visit_id) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        {param(region), month, plan.version, std::string_view(stop.place), name(stop.outcome),
         param(stop.leader), std::string_view(date), std::int64_t{stop.from}, std::int64_t{stop.to},
         std::int64_t{stop.announced}, std::string_view(stop.due), std::string_view(reasons),
         param(stop.visit)});
  }
}

std::optional<PlanFile> load_plan(Reading& reading, RegionId region, std::string_view month,
                                  std::optional<std::int64_t> version) {
  if (!version) {
    version =
        reading
            .first("SELECT MAX(version) FROM visit_plan WHERE region_id = ?1 AND month = ?2",
                   {param(region), month}, [](const Row& row) { return row.maybe_integer(0); })
            .value_or(std::nullopt);
    if (!version) return std::nullopt;
  }
  auto plan = reading.first(
      "SELECT problem, input_hash, seed, iterations, team_days, lot_days, leaders, notes, made_at, "
      "accepted_at FROM visit_plan WHERE region_id = ?1 AND month = ?2 AND version = ?3",
      {param(region), month, *version}, [&](const Row& row) {
        PlanFile found;
        found.month = month;
        found.version = *version;
        found.problem = row.text(0);
        if (row.bytes(1).size() != found.input_hash.size()) {
          throw StorageFailure("a plan without the hash of its input");
        }
        std::copy_n(row.bytes(1).begin(), found.input_hash.size(), found.input_hash.begin());
        found.seed = static_cast<std::uint64_t>(row.integer(2));
        found.iterations = row.integer(3);
        found.team_days = row.integer(4);
        for (const bj::value& day : list_in(row.text(5))) {
          const auto date = parse_date(std::string_view(day.at("date").as_string()));
          if (!date) throw StorageFailure("a day of a plan cannot be read");
          found.lot_days.push_back({account_in(day.at("leader")), *date});
        }
        for (const bj::value& leader : list_in(row.text(6))) {
          const auto text = [&](const char* field) {
            return std::string(leader.at(field).as_string());
          };
          LeaderOfPlan one{account_in(leader.at("account")),
                           text("name"),
                           text("post"),
                           text("portfolio"),
                           text("rank"),
                           {}};
          for (const bj::value& day : leader.at("dates").as_array()) {
            const auto date = parse_date(std::string_view(day.as_string()));
            if (date) one.dates.push_back(*date);
          }
          found.leaders.push_back(std::move(one));
        }
        found.notes = reasons_in(row.text(7));
        found.made_at = row.instant(8);
        found.accepted_at = row.maybe_instant(9);
        return found;
      });
  if (!plan) return std::nullopt;
  plan->stops = reading.all(
      "SELECT place, outcome, leader, on_date, begins, ends, announced, due, reasons, visit_id "
      "FROM plan_stop WHERE region_id = ?1 AND month = ?2 AND version = ?3 ORDER BY place",
      {param(region), month, *version}, stop_of);
  return plan;
}

std::map<accounts::AccountId, std::vector<std::string>> languages_of(const PlanFile& plan) {
  const auto problem = tours::read_problem(plan.problem);
  if (!problem) throw StorageFailure("the problem of a plan cannot be read");
  std::map<accounts::AccountId, std::vector<std::string>> spoken;
  for (const tours::Leader& leader : problem->leaders) {
    if (const auto id = accounts::AccountId::parse(leader.id)) spoken[*id] = leader.languages;
  }
  return spoken;
}

std::map<accounts::AccountId, std::vector<std::string>> languages_remembered(
    Reading& reading, RegionId region, std::string_view month) {
  const auto latest =
      reading
          .first("SELECT MAX(month) FROM visit_plan WHERE region_id = ?1 AND month <= ?2",
                 {param(region), month}, [](const Row& row) { return std::string(row.text(0)); })
          .value_or("");
  if (latest.empty()) return {};
  return languages_of(*load_plan(reading, region, latest));
}

}  // namespace minhu::visit_plans
