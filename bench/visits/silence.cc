// How well the engine `silence` finds what nobody says, where it is known.
//
//   visits_silence counties SEEDS FIRST_SEED [all|plain [SCENARIO]]   invented counties (county.h);
//                                    `all`: with the whole value of a visit, set by the quarters
//   visits_silence demo SEEDS FIRST_SEED [CASES_A_YEAR]   the demo county and its silent villages
//   visits_silence boston FILE FIRST_SEED [SEEDS [tuning|judging|drawn]]
//                                    real requests, a part of them hidden by lot, that many times
#include <fmt/core.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "engines/silence/value.h"
#include "features/demo/causes.h"
#include "kernel/crypto.h"
#include "visits/boston.h"
#include "visits/county.h"
#include "visits/judge.h"

namespace {

using namespace minhu;
using namespace minhu::silence;
namespace judge = minhu::visits_bench;

constexpr double judged_fade_days = 90;  // for every class: nobody knows better beforehand

Instant at_day(double day) {
  return {static_cast<std::int64_t>(day * 86'400'000)};
}

// What is known of an invented county on `day`.
Record known_on(const judge::County& county, double day) {
  Record record;
  for (const judge::Class& kind : judge::classes()) {
    record.classes.push_back({std::string(kind.name), kind.severity * 1000, judged_fade_days});
  }
  for (const judge::Village& village : county.villages) {
    record.places.push_back(
        {std::to_string(record.places.size()),
         village.town,
         static_cast<double>(village.people),
         {village.signal, std::log(village.kilometres), std::log(village.open_hours)}});
  }
  for (const judge::Matter& known : county.matters) {
    if (known.words.empty() && !known.found_on) continue;
    Matter matter;
    matter.place = static_cast<std::size_t>(known.village);
    matter.kind = static_cast<std::size_t>(known.class_index);
    matter.found_by_visit = known.found_on.has_value();
    for (const judge::Word& word : known.words) {
      matter.words.push_back({at_day(word.at), static_cast<std::uint64_t>(word.person)});
    }
    if (known.answered_on) matter.stopped = at_day(*known.answered_on);
    if (known.repaired_on && at_day(*known.repaired_on) <= matter.stopped.value_or(at_day(1e6))) {
      matter.stopped = at_day(*known.repaired_on);
      matter.seen_then = true;
    }
    record.matters.push_back(std::move(matter));
  }
  for (const judge::Outage& outage : county.outages) {
    if (!outage.known) continue;
    record.closed.push_back(
        {static_cast<std::size_t>(outage.village), at_day(outage.from), at_day(outage.to)});
  }
  for (const judge::Visit& visit : county.visits) {
    record.visits.push_back({static_cast<std::size_t>(visit.village), at_day(visit.at)});
  }
  record.from = at_day(0);
  record.until = at_day(day);
  return record;
}

struct Sums {
  std::map<std::string, double> sums;
  double counties = 0;
  double mean(const std::string& name) const {
    const auto at = sums.find(name);
    return at == sums.end() ? 0 : at->second / counties;
  }
};

// Needs of a village on the last day, as the record has them.
std::vector<Known> needs(const judge::County& county, std::size_t village) {
  std::vector<Known> all;
  const Date first{std::chrono::days{0}};
  for (const judge::Matter& matter : county.matters) {
    if (static_cast<std::size_t>(matter.village) != village) continue;
    if (matter.words.empty() || matter.words.front().at >= county.days) continue;
    Known known;
    known.severity = judge::classes()[static_cast<std::size_t>(matter.class_index)].severity * 1000;
    std::vector<int> people;
    for (const judge::Word& word : matter.words) people.push_back(word.person);
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    known.others = static_cast<std::int64_t>(people.size()) - 1;
    known.due = first + std::chrono::days{static_cast<int>(matter.words.front().at) + 30};
    if (matter.answered_on && *matter.answered_on < county.days) {
      known = stand(known, Standing::closed,
                    first + std::chrono::days{static_cast<int>(*matter.answered_on)});
    }
    all.push_back(known);
  }
  return all;
}

// The value of a visit to every village on the last day: silence as it was set at the last visit,
// by a model of the quarter before it. Where nobody came, at the end of the first quarter.
std::vector<std::array<double, 4>> values(const judge::County& county) {
  constexpr double quarter = 91;
  std::vector<Quiet> quiet(county.villages.size());
  std::vector<double> last(county.villages.size(), quarter);
  for (const judge::Visit& visit : county.visits) {
    last[static_cast<std::size_t>(visit.village)] = std::max(quarter, visit.at);
  }
  std::vector<Class> classes;
  for (double until = quarter; until < county.days; until += quarter) {
    const Record record = known_on(county, until);
    classes = record.classes;
    const Counted counted = count(record);
    const Model model = fit(record.classes, record.places, counted, {});
    for (std::size_t i = 0; i < quiet.size(); ++i) {
      if (last[i] < until || last[i] >= until + quarter) continue;
      const Date since{std::chrono::days{static_cast<int>(last[i])}};
      quiet[i] = begin_quiet(since, at_visit(model, record.places, counted, i), 0, {});
    }
  }
  std::vector<std::vector<Known>> known;
  std::vector<Points> need;
  const Date today{std::chrono::days{static_cast<int>(county.days)}};
  for (std::size_t i = 0; i < quiet.size(); ++i) {
    known.push_back(needs(county, i));
    Points sum = 0;
    for (const Known& one : known.back()) sum += need_with_merged(one, today);
    need.push_back(sum);
  }
  Cycle cycle;
  cycle.from = today;
  cycle.until = today + std::chrono::days{30};
  std::nth_element(need.begin(), need.begin() + static_cast<std::ptrdiff_t>(need.size() / 2),
                   need.end());
  cycle.usual_need = need[need.size() / 2];
  std::vector<std::array<double, 4>> all;
  for (std::size_t i = 0; i < quiet.size(); ++i) {
    const Points silence = silence_of(quiet[i], classes, cycle);
    std::array<double, 4> row{};
    row[0] = static_cast<double>(silence);
    for (std::size_t j = 0; j < 3; ++j) {
      cycle.weights.silence = std::array{1000, 4000, 8000}[j];
      const Value value = value_of(cycle, silence, quiet[i], known[i], today);
      row[j + 1] = static_cast<double>(value.whole);
    }
    all.push_back(row);
  }
  return all;
}

void judge_county(const judge::County& county, bool with_values, Sums& sums) {
  const auto began = std::chrono::steady_clock::now();
  const Record record = known_on(county, county.days);
  const Counted counted = count(record);
  const Model model = fit(record.classes, record.places, counted, {});
  const std::size_t villages = county.villages.size();
  std::vector<double> hidden(villages, 0.0);
  std::vector<double> complaints(villages, 0.0);
  std::vector<double> people(villages);
  std::vector<double> estimated(villages);
  std::vector<double> truly_expected(villages, 0.0);
  for (const judge::Matter& matter : county.matters) {
    const auto village = static_cast<std::size_t>(matter.village);
    if (judge::hidden(matter, county.days)) hidden[village] += 1;
    complaints[village] += static_cast<double>(matter.words.size());
  }
  double covered = 0;
  for (std::size_t i = 0; i < villages; ++i) {
    people[i] = county.villages[i].people;
    estimated[i] = estimate(model, record.places, counted, i).hidden;
    for (std::size_t kind = 0; kind < judge::classes().size(); ++kind) {
      truly_expected[i] += judge::expected_hidden(county.villages[i], static_cast<int>(kind));
    }
    covered += judge::covered(static_cast<std::int64_t>(hidden[i]), 0.9, [&](std::int64_t n) {
      return at_most(model, record.places, counted, i, n);
    });
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const auto add = [&](const char* name, double value) { sums.sums[name] += value; };
  add("oracle", judge::share_in_top_tenth(hidden, hidden));
  add("truth", judge::share_in_top_tenth(truly_expected, hidden));
  add("estimate", judge::share_in_top_tenth(estimated, hidden));
  add("people", judge::share_in_top_tenth(people, hidden));
  add("complaints", judge::share_in_top_tenth(complaints, hidden));
  add("covered", covered / static_cast<double>(villages));
  add("hidden", std::accumulate(hidden.begin(), hidden.end(), 0.0));
  add("estimated", std::accumulate(estimated.begin(), estimated.end(), 0.0));
  add("seconds", took.count());
  if (with_values) {
    const auto rows = values(county);
    const std::array names{"silence", "value_1", "value_4", "value_8"};
    for (std::size_t j = 0; j < names.size(); ++j) {
      std::vector<double> column;
      for (const auto& row : rows) column.push_back(row[j]);
      add(names[j], judge::share_in_top_tenth(column, hidden));
    }
  }
  ++sums.counties;
}

void print(const char* scenario, const Sums& sums) {
  const double oracle = sums.mean("oracle");
  fmt::print(
      "{} oracle {:.1f} if_rates_were_known {:.1f} estimate {:.1f} people {:.1f} complaints {:.1f} "
      "of_oracle {:.3f} times_people {:.3f} covered {:.1f} hidden {:.0f} estimated {:.0f} "
      "seconds {:.1f}",
      scenario, 100 * oracle, 100 * sums.mean("truth"), 100 * sums.mean("estimate"),
      100 * sums.mean("people"), 100 * sums.mean("complaints"), sums.mean("estimate") / oracle,
      sums.mean("estimate") / sums.mean("people"), 100 * sums.mean("covered"), sums.mean("hidden"),
      sums.mean("estimated"), sums.mean("seconds"));
  for (const char* name : {"silence", "value_1", "value_4", "value_8"}) {
    if (sums.sums.count(name) == 0) continue;
    fmt::print(" {}_of_oracle {:.3f} {}_times_people {:.3f}", name, sums.mean(name) / oracle, name,
               sums.mean(name) / sums.mean("people"));
  }
  fmt::print("\n");
  std::fflush(stdout);
}

void counties(std::uint64_t seeds, std::uint64_t first, bool with_values, std::string_view only) {
  struct Scenario {
    const char* name;
    judge::Departures departures;
  };
  const std::array<Scenario, 8> scenarios{{{"as_assumed", {}},
                                           {"bursts", {.bursts = true}},
                                           {"clustered", {.clustered = true}},
                                           {"outages", {.outages = true}},
                                           {"mixed", {.mixed = true}},
                                           {"weary", {.weary = true}},
                                           {"unlinked", {.unlinked = true}},
                                           {"everything", {true, true, true, true, true, true}}}};
  for (const auto& [name, departures] : scenarios) {
    if (!only.empty() && only != name) continue;
    Sums sums;
    const bool ends =
        std::string_view(name) == "as_assumed" || std::string_view(name) == "everything";
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
      judge_county(judge::draw_county(seed, departures), with_values && ends, sums);
    }
    print(name, sums);
  }
}

// The demo county: what several people could speak of, by kind of trouble.
void demo_county(std::uint64_t seeds, std::uint64_t first, std::int64_t cases_a_year) {
  start_crypto();
  const demo::Book book = demo::read_book();
  const Instant from = start_of_day(*parse_date("2024-12-01"));
  const Instant to = start_of_day(*parse_date("2026-12-01"));
  Record empty;
  std::map<std::string, std::size_t> kinds;
  for (const demo::Matter& matter : book.matters) {
    if (kinds.emplace(matter.key, kinds.size()).second) {
      empty.classes.push_back({matter.key, 1000, judged_fade_days});
    }
  }
  for (const demo::Village& village : book.villages) {
    const double east =
        static_cast<double>(village.truth.longitude_e7 - book.villages.front().truth.longitude_e7) /
        1e5;
    const double north =
        static_cast<double>(village.truth.latitude_e7 - book.villages.front().truth.latitude_e7) /
        0.9e5;
    empty.places.push_back({village.truth.code,
                            static_cast<std::int32_t>(village.town),
                            static_cast<double>(village.truth.population),
                            {std::log(3 + std::hypot(east, north))}});
  }
  empty.from = from;
  empty.until = to;
  Sums sums;
  Sums on_the_day;
  double silent_found = 0;
  double silent = 0;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    demo::Dice dice(seed);
    const demo::World world = demo::draw_world(book, 2 * cases_a_year, from, to, dice);
    Record record = empty;
    std::vector<Matter> matters(world.issues.size());
    std::vector<double> hidden(book.villages.size(), 0.0);
    std::vector<double> never_told(book.villages.size(), 0.0);
    for (const demo::Arrival& arrival : world.arrivals) {
      matters[arrival.issue].words.push_back(
          {arrival.at, static_cast<std::uint64_t>(arrival.speaker)});
    }
    for (std::size_t i = 0; i < matters.size(); ++i) {
      const demo::Issue& issue = world.issues[i];
      if (issue.truth.nature > demo::Nature::everyday) continue;
      if (matters[i].words.empty()) {
        never_told[issue.village] += 1;
        if (issue.truth.started < to && issue.truth.ended > to) hidden[issue.village] += 1;
        continue;
      }
      matters[i].place = issue.village;
      matters[i].kind = kinds.at(issue.truth.matter);
      matters[i].stopped = issue.truth.fixed_at;
      matters[i].seen_then = issue.truth.fixed_at.has_value();
      record.matters.push_back(std::move(matters[i]));
    }
    const Counted counted = count(record);
    const Model model = fit(record.classes, record.places, counted, {});
    std::vector<double> estimated;
    std::vector<double> people;
    std::vector<std::pair<double, bool>> speaking;
    double covered = 0;
    for (std::size_t i = 0; i < record.places.size(); ++i) {
      const PlaceEstimate one = estimate(model, record.places, counted, i);
      estimated.push_back(one.hidden);
      people.push_back(record.places[i].people);
      speaking.emplace_back(one.speaking, book.villages[i].truth.silent);
      covered += judge::covered(static_cast<std::int64_t>(hidden[i]), 0.9, [&](std::int64_t n) {
        return at_most(model, record.places, counted, i, n);
      });
    }
    // As many that speak least as there are silent villages: how many of them are silent ones.
    std::sort(speaking.begin(), speaking.end());
    std::size_t all = 0;
    for (const auto& [rate, is] : speaking) all += is ? 1 : 0;
    for (std::size_t i = 0; i < all; ++i) silent_found += speaking[i].second ? 1 : 0;
    silent += static_cast<double>(all);
    // On one day hardly forty lie hidden in the whole county, and an oracle that knows where chance
    // put them is no measure; over two years there are enough.
    sums.sums["oracle"] += judge::share_in_top_tenth(never_told, never_told);
    sums.sums["estimate"] += judge::share_in_top_tenth(estimated, never_told);
    sums.sums["people"] += judge::share_in_top_tenth(people, never_told);
    on_the_day.sums["oracle"] += judge::share_in_top_tenth(hidden, hidden);
    on_the_day.sums["estimate"] += judge::share_in_top_tenth(estimated, hidden);
    on_the_day.sums["people"] += judge::share_in_top_tenth(people, hidden);
    on_the_day.sums["hidden"] += std::accumulate(hidden.begin(), hidden.end(), 0.0);
    ++on_the_day.counties;
    sums.sums["covered"] += covered / static_cast<double>(people.size());
    sums.sums["hidden"] += std::accumulate(hidden.begin(), hidden.end(), 0.0);
    sums.sums["never_told"] += std::accumulate(never_told.begin(), never_told.end(), 0.0);
    sums.sums["estimated"] += std::accumulate(estimated.begin(), estimated.end(), 0.0);
    ++sums.counties;
  }
  print("demo", sums);
  print("demo_on_the_last_day", on_the_day);
  fmt::print("demo_never_told {:.0f}\ndemo_silent_villages {:.0f} found {:.1f}\n",
             sums.mean("never_told"), silent / sums.counties,
             silent > 0 ? 100 * silent_found / silent : 0);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  const auto number = [&](int i, std::int64_t otherwise) {
    return i < argc ? std::atoll(argv[i]) : otherwise;
  };
  if (what == "counties") {
    counties(static_cast<std::uint64_t>(number(2, 20)), static_cast<std::uint64_t>(number(3, 1)),
             argc > 4 && std::string_view(argv[4]) == "all", argc > 5 ? argv[5] : "");
  } else if (what == "demo") {
    demo_county(static_cast<std::uint64_t>(number(2, 20)), static_cast<std::uint64_t>(number(3, 1)),
                number(4, 10'000));
  } else if (what == "boston" && argc > 2) {
    return judge::boston(argv[2], static_cast<std::uint64_t>(number(3, 1)),
                         static_cast<std::uint64_t>(number(4, 1)), argc > 5 ? argv[5] : "");
  } else {
    fmt::print(stderr, "visits_silence counties|demo|boston …\n");
    return 2;
  }
  return 0;
}
