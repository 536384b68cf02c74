#include "features/visit_plans/cycle.h"

#include <algorithm>
#include <map>

#include "features/accounts/permissions.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/gather.h"
#include "features/visit_plans/quiet_rows.h"
#include "features/visit_plans/seen.h"

namespace minhu::visit_plans {

namespace {

using silence::Points;

Date first_of_month(Date date) {
  const std::chrono::year_month_day day{date};
  return Date(day.year() / day.month() / std::chrono::day(1));
}

// Of a month, what had been said until it began: silence at a visit reads a model that no later
// word has touched, and the village's own count up to the visit.
class AtTheVisit {
 public:
  AtTheVisit(const silence::Record& record, const silence::Settings& settings)
      : record_(record), settings_(settings) {}

  silence::Quiet quiet(std::size_t place, Date visited, double peers) {
    const silence::Model& model = model_of(first_of_month(visited));
    silence::Record until_then = record_;
    until_then.until = std::min(record_.until, start_of_day(visited));
    const silence::Counted counted = silence::count(until_then, settings_.counting);
    return silence::begin_quiet(visited, silence::at_visit(model, record_.places, counted, place),
                                peers, silence::estimate(model, record_.places, counted, place));
  }

 private:
  const silence::Model& model_of(Date month) {
    const auto found = models_.find(month);
    if (found != models_.end()) return found->second;
    silence::Record before = record_;
    // A month in which nothing is known yet would give no model: the first weeks are read instead.
    constexpr std::chrono::days first_weeks{60};
    before.until = std::clamp(start_of_day(month),
                              start_of_day(to_date(record_.from) + first_weeks), record_.until);
    return models_
        .emplace(month, silence::fit(record_.classes, record_.places,
                                     silence::count(before, settings_.counting), settings_))
        .first->second;
  }

  const silence::Record& record_;
  const silence::Settings& settings_;
  std::map<Date, silence::Model> models_;
};

Points median(std::vector<Points> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

silence::Cycle cycle_of(const Policy& policy, const Month& month, Points usual_need) {
  silence::Cycle cycle;
  cycle.from = month.from;
  cycle.until = month.until;
  cycle.weights = policy.weights;
  cycle.usual_need = usual_need;
  cycle.months = policy.months;
  cycle.one_visit = policy.one_visit * silence::one_matter;
  return cycle;
}

Digest seal_of(const FrozenCycle& frozen) {
  std::vector<silence::Frozen> places;
  for (const FrozenVillage& village : frozen.villages) {
    places.push_back({village.place, village.silence, village.quiet.since});
  }
  return silence::seal_of(frozen.cycle, std::move(places));
}

// With the classes of now: a category that has come since had no trouble at the visit.
silence::Quiet as_of(silence::Quiet quiet, const std::vector<std::string>& then,
                     const std::vector<silence::Class>& now) {
  std::vector<silence::AtVisit::OfClass> rates(now.size(), {0, 1});
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto found = std::find(then.begin(), then.end(), now[i].code);
    const auto at = static_cast<std::size_t>(found - then.begin());
    if (at < quiet.set.classes.size()) rates[i] = quiet.set.classes[at];
  }
  quiet.set.classes = std::move(rates);
  return quiet;
}

// Those of the last month that was frozen, by place.
std::map<std::string, silence::Quiet> quiet_before(Reading& reading, RegionId region,
                                                   std::string_view month,
                                                   const std::vector<silence::Class>& classes) {
  std::map<std::string, silence::Quiet> quiet;
  const auto last = reading.first(
      "SELECT MAX(month) FROM plan_cycle WHERE region_id = ?1 AND month < ?2",
      {param(region), month}, [](const Row& row) { return std::string(row.text(0)); });
  if (!last || last->empty()) return quiet;
  const auto frozen = load_cycle(reading, region, *last);
  if (!frozen) return quiet;
  for (const FrozenVillage& village : frozen->villages) {
    quiet[village.place] = as_of(village.quiet, frozen->classes, classes);
  }
  return quiet;
}

bool frozen_already(Reading& reading, RegionId region, std::string_view month) {
  return reading
      .first("SELECT 1 FROM plan_cycle WHERE region_id = ?1 AND month = ?2", {param(region), month},
             [](const Row&) { return true; })
      .value_or(false);
}

}  // namespace

const FrozenVillage* FrozenCycle::find(std::string_view place) const {
  const auto found = std::lower_bound(
      villages.begin(), villages.end(), place,
      [](const FrozenVillage& village, std::string_view code) { return village.place < code; });
  return found != villages.end() && found->place == place ? &*found : nullptr;
}

Result<FrozenCycle> prepare_cycle(Reading& reading, const cases::Context& context,
                                  std::string_view name) {
  const RegionId region = context.county.region;
  FrozenCycle frozen;
  MINHU_TRY(frozen.month, month_named(name));
  const Date today = to_date(context.now);
  if (frozen.month.until <= today) return fail(FaultCode::conflict, "plans.month_is_over");
  if (frozen.month.from > today + std::chrono::days(62)) {
    return fail(FaultCode::conflict, "plans.too_early");
  }
  if (frozen_already(reading, region, name)) {
    return fail(FaultCode::conflict, "plans.frozen_already");
  }
  frozen.policy = policy_of(reading, region);
  frozen.published_at = context.now;

  const auto villages = all_villages(reading, region);
  const auto seen = all_seen(reading, region, context.now);
  MINHU_TRY(const Gathered gathered, gather(reading, context.county, context.entropy, frozen.policy,
                                            villages, seen, context.now));
  const silence::Record& record = gathered.record;
  MINHU_CHECK_OK(silence::check(record));
  frozen.matters = static_cast<std::int64_t>(record.matters.size());
  frozen.no_village = gathered.no_village;

  for (const silence::Class& one : record.classes) frozen.classes.push_back(one.code);
  const silence::Settings settings;
  const silence::Counted counted = silence::count(record, settings.counting);
  std::map<std::int32_t, silence::Model> without;  // town → the county without it
  for (const silence::Place& place : record.places) {
    if (without.contains(place.cluster)) continue;
    without.emplace(place.cluster,
                    silence::fit(record.classes, record.places, counted, settings, place.cluster));
  }
  std::map<std::string, Date, std::less<>> last;
  for (const Seen& one : seen) last[one.place] = to_date(one.at);
  const auto before = quiet_before(reading, region, name, record.classes);

  AtTheVisit at_the_visit(record, settings);
  std::vector<Points> needs;
  for (std::size_t i = 0; i < villages.size(); ++i) {
    const double peers = silence::weighed_hidden_of_peers(without.at(record.places[i].cluster),
                                                          record.places[i], record.classes);
    // Where nobody has come yet, silence counts from the day from which words are known.
    const auto visited = last.find(villages[i].code);
    const auto kept = before.find(villages[i].code);
    FrozenVillage village;
    village.place = villages[i].code;
    if (kept != before.end() && (visited == last.end() || kept->second.since == visited->second)) {
      village.quiet = silence::next_cycle(kept->second, peers);
    } else if (visited != last.end()) {
      const double then = kept == before.end() ? peers : kept->second.peers_most;
      village.quiet = silence::next_cycle(at_the_visit.quiet(i, visited->second, then), peers);
    } else {
      village.quiet = at_the_visit.quiet(i, today, peers);
      village.quiet.since = to_date(record.from);
    }
    frozen.villages.push_back(std::move(village));
    Points need = 0;
    for (const silence::Known& known : gathered.known[i]) {
      need += silence::need_with_merged(known, today);
    }
    needs.push_back(need);
  }
  frozen.cycle = cycle_of(frozen.policy, frozen.month,
                          std::max(silence::one_matter, median(std::move(needs))));
  MINHU_CHECK_OK(silence::check(frozen.cycle));
  for (FrozenVillage& village : frozen.villages) {
    village.silence = silence::silence_of(village.quiet, record.classes, frozen.cycle);
  }
  std::sort(frozen.villages.begin(), frozen.villages.end(),
            [](const FrozenVillage& a, const FrozenVillage& b) { return a.place < b.place; });
  frozen.seal = seal_of(frozen);
  return frozen;
}

Outcome publish_cycle(Transaction& transaction, const cases::Context& context,
                      const FrozenCycle& frozen) {
  if (!accounts::decide(context.actor, "plan:make").allowed) {
    return fail(FaultCode::not_allowed, "plans.not_allowed");
  }
  const RegionId region = context.county.region;
  const std::string_view month = frozen.month.name;
  if (frozen_already(transaction, region, month)) {
    return fail(FaultCode::conflict, "plans.frozen_already");
  }
  const std::string classes = joined(frozen.classes);
  transaction.execute(
      "INSERT INTO plan_cycle(region_id, month, policy, classes, usual_need, matters, no_village, "
      "seal, account_id, published_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {param(region), month, std::string_view(frozen.policy.toml), std::string_view(classes),
       frozen.cycle.usual_need, frozen.matters, frozen.no_village, BytesView(frozen.seal),
       param(context.actor.account), param(frozen.published_at)});
  for (const FrozenVillage& village : frozen.villages) {
    const std::string since = format_date(village.quiet.since);
    const std::string quiet = text_of(village.quiet);
    transaction.execute(
        "INSERT INTO plan_quiet(region_id, month, place, since, silence, quiet) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {param(region), month, std::string_view(village.place), std::string_view(since),
         village.silence, std::string_view(quiet)});
  }
  const state_machine::Chronicle& chronicle = month_chronicle();
  derive_from_last(transaction, context.county, chronicle, subject_of(chronicle, month));
  return {};
}

Result<FrozenCycle> load_cycle(Reading& reading, RegionId region, std::string_view name) {
  FrozenCycle frozen;
  MINHU_TRY(frozen.month, month_named(name));
  bool found = false;
  Points usual_need = 0;
  reading.query(
      "SELECT policy, usual_need, matters, no_village, seal, published_at, classes FROM plan_cycle "
      "WHERE region_id = ?1 AND month = ?2",
      {param(region), name}, [&](const Row& row) {
        auto policy = read_policy(row.text(0));
        if (!policy || row.bytes(4).size() != frozen.seal.size()) {
          throw StorageFailure("a cycle cannot be read");
        }
        found = true;
        frozen.policy = std::move(*policy);
        usual_need = row.integer(1);
        frozen.matters = row.integer(2);
        frozen.no_village = row.integer(3);
        std::copy_n(row.bytes(4).begin(), frozen.seal.size(), frozen.seal.begin());
        frozen.published_at = row.instant(5);
        frozen.classes = words_of(row.text(6));
      });
  if (!found) return fail(FaultCode::not_found, "plans.no_cycle");
  frozen.cycle = cycle_of(frozen.policy, frozen.month, usual_need);
  reading.query(
      "SELECT place, since, silence, quiet FROM plan_quiet WHERE region_id = ?1 AND month = ?2 "
      "ORDER BY place",
      {param(region), name}, [&](const Row& row) {
        const auto since = parse_date(row.text(1));
        if (!since) throw StorageFailure("a cycle without a date");
        frozen.villages.push_back(
            {std::string(row.text(0)), row.integer(2), quiet_in(row.text(3), *since)});
      });
  return frozen;
}

std::vector<std::string> all_cycles(Reading& reading, RegionId region) {
  return reading.all("SELECT month FROM plan_cycle WHERE region_id = ?1 ORDER BY month DESC",
                     {param(region)}, [](const Row& row) { return std::string(row.text(0)); });
}

std::vector<PublishedCycle> published_cycles(Reading& reading, RegionId region, std::int64_t most) {
  return reading.all(
      "SELECT month, seal, published_at FROM plan_cycle WHERE region_id = ?1 "
      "ORDER BY month DESC LIMIT ?2",
      {param(region), most}, [](const Row& row) {
        auto month = month_named(row.text(0));
        PublishedCycle cycle;
        if (!month || row.bytes(1).size() != cycle.seal.size()) {
          throw StorageFailure("a cycle cannot be read");
        }
        cycle.month = std::move(*month);
        std::copy_n(row.bytes(1).begin(), cycle.seal.size(), cycle.seal.begin());
        cycle.published_at = row.instant(2);
        return cycle;
      });
}

Outcome check_seal(const FrozenCycle& frozen) {
  if (seal_of(frozen) != frozen.seal) return fail(FaultCode::conflict, "plans.seal_broken");
  return {};
}

}  // namespace minhu::visit_plans
