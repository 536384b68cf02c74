// What intervals, verdicts, alarms and lists of the engine `recurrence` are worth: worlds whose
// truth is known are drawn and measured.
//
//   recurrence_simulate effects [CLASSES [SEED]]    each stratum: classes, covered, verdicts (%)
//   recurrence_simulate power   [IGNORED [SEED]]    a halved class by its size: how often it is
//   found recurrence_simulate relapse [CLASSES [SEED]]    false alarms a year, delays, promised and
//   seen recurrence_simulate hot     [MONTHS  [SEED]]    false alarms and what is found
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "engines/recurrence/effect.h"
#include "engines/recurrence/hot.h"
#include "engines/recurrence/relapse.h"
#include "engines/recurrence/test_classes.h"

namespace {

using namespace minhu;
using namespace minhu::recurrence;

struct Tally {
  int all = 0;
  int covered = 0;
  std::map<Verdict, int> verdicts;
  double part(int number) const { return all > 0 ? 100.0 * number / all : 0; }
};

void add(Tally& tally, const Effect& effect, double truth) {
  ++tally.all;
  ++tally.verdicts[effect.verdict];
  if (truth >= effect.range->low && truth <= effect.range->high) ++tally.covered;
}

const char* name(Chance chance) {
  switch (chance) {
    case Chance::single:
      return "single";
    case Chance::matters:
      return "matters";
    case Chance::storms:
      return "storms";
    case Chance::both:
      break;
  }
  return "matters_and_storms";
}

const char* name(Against against) {
  switch (against) {
    case Against::nothing:
      return "alone";
    case Against::same_class_elsewhere:
      return "same_class_elsewhere";
    case Against::other_classes_here:
      break;
  }
  return "other_classes_here";
}

std::vector<std::string> strata_of(const SimulatedClass& one, const Effect& effect, double truth) {
  char ratio[32];
  std::snprintf(ratio, sizeof ratio, "true_%.2f", truth);
  const std::string size = effect.cases_before >= 30 ? "large" : "small";
  const int after = one.months_after;
  return {"all",
          ratio,
          ratio + ("_" + size),
          size,
          std::string("chance_") + name(one.chance),
          size + (one.chance == Chance::single ? "_low_dispersion" : "_high_dispersion"),
          std::string("against_") + name(one.against),
          after <= 5   ? "months_3_to_5"
          : after <= 8 ? "months_6_to_8"
                       : "months_9_to_12",
          one.matters_known ? "matters_known" : "matters_unknown",
          one.places <= 2 ? "places_1_or_2" : "places_3_to_12",
          one.season > 0 ? "with_season" : "without_season"};
}

int effects(int classes, Drawn& drawn) {
  std::map<std::string, Tally> strata;
  constexpr std::array truths{1.0, 1.0, 1.0, 0.5, 0.5, 0.75, 0.25, 0.1, 1.5};
  for (int i = 0; i < classes; ++i) {
    const double truth = drawn.one_of(truths);
    const SimulatedClass one = any_class(drawn, truth);
    const auto effect = measure(draw_class(one, drawn));
    if (!effect || !effect->range) {
      std::fprintf(stderr, "not measured: %s\n", effect ? "" : effect.error().key.c_str());
      return 1;
    }
    for (const std::string& stratum : strata_of(one, *effect, truth)) {
      add(strata[stratum], *effect, truth);
    }
  }
  for (auto& [stratum, tally] : strata) {
    std::printf(
        "%s classes %d covered %.1f fewer %.1f no_change_seen %.1f more %.1f too_few %.1f\n",
        stratum.c_str(), tally.all, tally.part(tally.covered),
        tally.part(tally.verdicts[Verdict::fewer]),
        tally.part(tally.verdicts[Verdict::no_change_seen]),
        tally.part(tally.verdicts[Verdict::more]),
        tally.part(tally.verdicts[Verdict::too_few_to_say]));
  }
  return 0;
}

// A true fall by half, counted as new matters that come singly, half a year before and after.
int power(Drawn& drawn) {
  for (const double a_month : {3.0, 5.0, 10.0, 15.0, 20.0, 30.0}) {
    for (const bool comes_in_bursts : {false, true}) {
      SimulatedClass one;
      one.a_month = a_month;
      one.true_ratio = 0.5;
      one.season = 0.5;
      one.months_before = 24;
      one.matters_known = !comes_in_bursts;
      one.chance = comes_in_bursts ? Chance::matters : Chance::single;
      one.size_of_matters = 3;
      Tally tally;
      for (int i = 0; i < 300; ++i) {
        const auto effect = measure(draw_class(one, drawn));
        if (!effect) return 1;
        add(tally, *effect, one.true_ratio);
      }
      std::printf("%s_%.0f classes %d found %.1f covered %.1f\n",
                  comes_in_bursts ? "a_month_in_bursts_of_3" : "a_month", a_month, tally.all,
                  tally.part(tally.verdicts[Verdict::fewer]), tally.part(tally.covered));
    }
  }
  return 0;
}

struct AlarmTally {
  int classes = 0;
  double promised_false = 0;
  int alarms = 0;
  int alarms_in_a_year = 0;
  double promised_in_a_year = 0;
  double months = 0;
  double promised_months = 0;
};

// Months until the alarm; 0: none.
int months_to_alarm(const Watch& watch, const Question& question, const Effect& effect) {
  std::map<std::int64_t, std::int64_t> cases;
  for (const Count& count : question.counts) {
    if (count.period > effect.periods_after.back()) cases[count.period] += count.cases;
  }
  std::vector<Now> periods;
  for (const auto& [period, number] : cases) periods.push_back({period, number, 1});
  const auto looked = look(watch, periods);
  if (!looked || !looked->relapsed_in) return 0;
  return static_cast<int>(*looked->relapsed_in - effect.periods_after.back());
}

int relapse(int classes, Drawn& drawn) {
  std::map<std::string, AlarmTally> tallies;
  for (int i = 0; i < classes; ++i) {
    constexpr std::array truths{0.5, 0.25, 0.1};
    SimulatedClass one = any_class(drawn, drawn.one_of(truths));
    one.against = Against::nothing;
    one.drift = 1;
    for (const bool back : {false, true}) {
      one.months_watched = back ? 60 : 12;
      one.ratio_watched = back ? 1 : one.true_ratio;
      const Question question = draw_class(one, drawn);
      const auto effect = measure(question);
      if (!effect || effect->verdict != Verdict::fewer) continue;
      const auto rule = watch(*effect, question.period);
      if (!rule) return 1;
      const int months = months_to_alarm(*rule, question, *effect);
      const std::string size = one.a_month < 6 ? "small" : one.a_month < 20 ? "middle" : "large";
      for (const std::string& stratum :
           {std::string("all"), size, std::string("chance_") + name(one.chance)}) {
        AlarmTally& tally = tallies[stratum + (back ? "_returned" : "_stayed_away")];
        ++tally.classes;
        tally.promised_false += rule->false_alarms_a_year;
        tally.promised_in_a_year += rule->when_back.within_a_year;
        tally.promised_months += rule->when_back.mean_months;
        if (months == 0) continue;
        ++tally.alarms;
        tally.months += months;
        if (months <= 12) ++tally.alarms_in_a_year;
      }
    }
  }
  for (const auto& [stratum, tally] : tallies) {
    const double all = tally.classes;
    std::printf(
        "%s classes %d alarms_in_a_year %.1f promised_false %.1f promised_found %.1f "
        "mean_months %.1f promised_months %.1f\n",
        stratum.c_str(), tally.classes, 100 * tally.alarms_in_a_year / all,
        100 * tally.promised_false / all, 100 * tally.promised_in_a_year / all,
        tally.alarms > 0 ? tally.months / tally.alarms : 0, tally.promised_months / all);
  }
  return 0;
}

struct HotTally {
  double listed_of_nothing = 0;
  double promised = 0;
  double true_shown = 0;
  double true_all = 0;
  double false_shown = 0;
};

struct Map {
  const char* name;
  int places;
  double rate;   // cases a window of the middle category in a place of middle size
  double burst;  // mean size of one matter at most
};

// 40 categories; where anything rises, two in a hundred of the spots that are no rarities bring
// four times as much.
bool hot_month(const Map& map, bool anything, Drawn& drawn, HotTally& tally) {
  std::vector<Spot> spots;
  std::vector<char> rising;
  for (int category = 0; category < 40; ++category) {
    const double common = map.rate * drawn.log_between(0.1, 5);
    const double size = drawn.between(1, map.burst);
    const auto draw = [&](double mean) {
      std::int64_t cases = 0;
      for (std::int64_t n = drawn.poisson(mean / size); n > 0; --n) cases += drawn.geometric(size);
      return cases;
    };
    for (int place = 0; place < map.places; ++place) {
      const double rate = common * drawn.log_between(0.2, 5);
      Spot spot{std::to_string(category), std::to_string(place), 0, {}, 1};
      for (int window = 0; window < 13; ++window) spot.earlier.push_back(draw(rate));
      const bool rises = anything && rate >= 1 && drawn.unit() < 0.02;
      spot.cases = draw(rises ? rate * 4 : rate);
      rising.push_back(rises ? 1 : 0);
      spots.push_back(std::move(spot));
    }
  }
  const auto found = hot(spots);
  if (!found) return false;
  if (!anything) {
    tally.listed_of_nothing += static_cast<double>(found->spots.size());
    return true;
  }
  tally.promised += found->false_alarms_expected;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const bool shown = std::any_of(found->spots.begin(), found->spots.end(), [&](const Hot& one) {
      return one.category == spots[i].category && one.place == spots[i].place;
    });
    tally.true_all += rising[i] != 0 ? 1 : 0;
    (rising[i] != 0 ? tally.true_shown : tally.false_shown) += shown ? 1 : 0;
  }
  return true;
}

int hot_months(int months, Drawn& drawn) {
  for (const Map& map : {Map{"towns_matters", 11, 2, 1}, Map{"villages_matters", 120, 0.4, 1},
                         Map{"villages_bursts", 120, 0.4, 2.5}}) {
    HotTally tally;
    for (int month = 0; month < months; ++month) {
      for (const bool anything : {false, true}) {
        if (!hot_month(map, anything, drawn, tally)) return 1;
      }
    }
    std::printf(
        "%s months %d listed_when_nothing_rises %.2f found %.1f false_of_shown %.1f "
        "false_a_month %.2f promised_a_month %.2f\n",
        map.name, months, tally.listed_of_nothing / months, 100 * tally.true_shown / tally.true_all,
        100 * tally.false_shown / std::max(1.0, tally.false_shown + tally.true_shown),
        tally.false_shown / months, tally.promised / months);
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string what = count > 1 ? arguments[1] : "";
  const int number = count > 2 ? std::atoi(arguments[2]) : 2000;
  Drawn drawn(count > 3 ? std::strtoull(arguments[3], nullptr, 10) : 20261125);
  if (what == "effects") return effects(number, drawn);
  if (what == "power") return power(drawn);
  if (what == "relapse") return relapse(number, drawn);
  if (what == "hot") return hot_months(number, drawn);
  std::fprintf(stderr, "recurrence_simulate effects|power|relapse|hot [NUMBER [SEED]]\n");
  return 2;
}
