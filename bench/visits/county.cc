#include "visits/county.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

#include "features/demo/dice.h"

namespace minhu::visits_bench {

namespace {

using demo::Dice;

constexpr double before_the_record = 400;  // days in which troubles begin that nobody recorded
constexpr double year = 365;
constexpr double found_by_visit = 0.7;  // of what lies hidden when somebody comes
constexpr double days_between_visits = 300;
constexpr double first_visits = 60;
constexpr double after_an_answer = 0.3;  // of the words that would still have come
constexpr double same_person_again = 0.06;
constexpr std::size_t most_words = 60;

double normal(Dice& dice) {
  return std::log(dice.around(1, 1));
}

double usual_rate(const Village& village, std::size_t kind) {
  return classes()[kind].words_a_day * std::sqrt(village.people / 1000.0) * village.speaking *
         village.speaks[kind];
}

double begin_rate(const Village& village, std::size_t kind) {
  return classes()[kind].a_year_per_1000 / year * village.people / 1000.0 * village.trouble *
         village.mix[kind];
}

class Drawing {
 public:
  Drawing(std::uint64_t seed, const Departures& departures, const Size& size)
      : departures_(departures), size_(size), dice_(seed * 0x9e3779b97f4a7c15U + 17) {}

  County draw() {
    county_.days = size_.days;
    county_.towns = size_.towns;
    draw_villages();
    draw_visits();
    if (departures_.outages) draw_outages();
    for (std::size_t village = 0; village < county_.villages.size(); ++village) {
      for (std::size_t kind = 0; kind < classes().size(); ++kind) draw_matters(village, kind);
    }
    if (departures_.bursts) draw_storms();
    if (departures_.unlinked) link_wrongly();
    return std::move(county_);
  }

 private:
  void draw_villages() {
    std::vector<double> town_trouble;
    std::vector<double> town_kilometres;
    for (int town = 0; town < size_.towns; ++town) {
      town_trouble.push_back(dice_.around(1, 0.2));
      town_kilometres.push_back(dice_.around(7, 0.5));
    }
    for (int i = 0; i < size_.villages; ++i) {
      Village village;
      village.town = i % size_.towns;
      const auto town = static_cast<std::size_t>(village.town);
      village.people = static_cast<int>(std::clamp(dice_.around(1100, 0.55), 120.0, 7000.0));
      village.kilometres = std::clamp(town_kilometres[town] * dice_.around(1, 0.5), 0.3, 60.0);
      village.signal = std::clamp(1 - 0.02 * village.kilometres - 0.3 * dice_.unit(), 0.2, 1.0);
      village.open_hours = std::array{8.0, 16.0, 24.0, 40.0, 56.0}[dice_.next() % 5];
      const double access = 1.5 * (village.signal - 0.7) - 0.25 * std::log(village.kilometres / 7) +
                            0.2 * std::log(village.open_hours / 24);
      village.speaking = std::exp(access + 0.5 * normal(dice_));
      village.silent = dice_.chance(0.12);
      if (village.silent) village.speaking *= dice_.between(0.1, 0.3);
      village.trouble = town_trouble[town] * dice_.around(1, 0.35);
      for (std::size_t kind = 0; kind < classes().size(); ++kind) {
        village.mix.push_back(departures_.mixed ? dice_.around(1, 0.5) : 1);
        village.speaks.push_back(departures_.mixed ? dice_.around(1, 0.3) : 1);
      }
      village.drift = departures_.weary ? std::array{0.5, 1.0, 1.5}[dice_.next() % 3] : 1.0;
      county_.villages.push_back(std::move(village));
    }
  }

  void draw_visits() {
    for (int village = 0; village < size_.villages; ++village) {
      double at = first_visits + dice_.exponential(days_between_visits);
      while (at < size_.days) {
        county_.visits.push_back({village, at});
        at += dice_.exponential(days_between_visits);
      }
    }
    std::sort(county_.visits.begin(), county_.visits.end(), [](const Visit& a, const Visit& b) {
      return a.at != b.at ? a.at < b.at : a.village < b.village;
    });
    visits_of_.resize(county_.villages.size());
    for (const Visit& visit : county_.visits) {
      visits_of_[static_cast<std::size_t>(visit.village)].push_back(visit.at);
    }
  }

  // Of a town as a rule, sometimes of one village alone.
  void draw_outages() {
    for (int i = 0; i < size_.towns / 2; ++i) {
      const int town = static_cast<int>(dice_.whole(0, size_.towns - 1));
      const bool alone = dice_.chance(0.3);
      const double from = dice_.between(0, size_.days);
      const double to = std::min(size_.days, from + dice_.between(20, 100));
      const bool known = !dice_.chance(1.0 / 3);
      bool taken = false;
      for (int village = 0; village < size_.villages; ++village) {
        if (county_.villages[static_cast<std::size_t>(village)].town != town) continue;
        if (alone && taken) continue;
        if (alone && !dice_.chance(0.2)) continue;
        taken = true;
        county_.outages.push_back({village, from, to, known});
      }
    }
  }

  bool closed(std::size_t village, double at) const {
    return std::any_of(county_.outages.begin(), county_.outages.end(), [&](const Outage& outage) {
      return outage.village == static_cast<int>(village) && at >= outage.from && at < outage.to;
    });
  }

  void draw_matters(std::size_t village, std::size_t kind) {
    const double rate = begin_rate(county_.villages[village], kind);
    double at = -before_the_record + dice_.exponential(1 / rate);
    while (at < size_.days) {
      live(village, kind, at);
      at += dice_.exponential(1 / rate);
    }
  }

  void draw_storms() {
    static constexpr std::array<std::size_t, 3> struck{1, 2, 6};  // water cut, roads, power
    for (int town = 0; town < size_.towns; ++town) {
      for (int storm = 0; storm < 3; ++storm) {
        const double day = dice_.between(-60, size_.days);
        const double strength = dice_.around(1.2, 0.5);  // troubles per 1000 people and class
        for (std::size_t i = 0; i < county_.villages.size(); ++i) {
          if (county_.villages[i].town != town) continue;
          for (const std::size_t kind : struck) {
            const double mean = strength * county_.villages[i].people / 1000.0;
            for (double sum = dice_.exponential(1); sum < mean; sum += dice_.exponential(1)) {
              live(i, kind, day + dice_.between(0, 3));
            }
          }
        }
      }
    }
  }

  // When the next word comes after `from`, by thinning: the rate is never above `most`.
  double next_word(std::size_t village, double from, double rate, double answered) {
    const double most = rate * 1.5;
    double at = from;
    for (;;) {
      at += dice_.exponential(1 / most);
      if (at > size_.days) return at;
      double now = rate * (at > answered ? after_an_answer : 1.0);
      now *= std::pow(county_.villages[village].drift, std::clamp(at / size_.days, 0.0, 1.0));
      if (dice_.chance(now / most) && !closed(village, at)) return at;
    }
  }

  // A word brings people of the same family or chat group within two days.
  void bring_others(Matter& matter, double at, int& people, std::size_t village) {
    if (!dice_.chance(0.35)) return;
    do {
      const double then = at + dice_.exponential(0.7);
      if (then < matter.ends && then < size_.days && !closed(village, then)) {
        matter.words.push_back({then, people++});
      }
    } while (dice_.chance(0.45));
  }

  // What an official does who has heard of it: goes there or answers in public, and repairs or not.
  void react(Matter& matter, std::size_t village) {
    const double first = matter.words.front().at;
    const bool routine = county_.villages[village].town % 2 == 0;
    if (routine) {
      matter.answered_on = first + dice_.exponential(22);
    } else {
      // Somebody goes when the third has spoken, or else after two months.
      matter.answered_on = first + dice_.between(55, 70);
    }
    if (dice_.chance(0.7)) repair(matter, first + dice_.around(18, 0.8));
  }
  static void repair(Matter& matter, double at) {
    if (at >= matter.ends) return;
    matter.ends = at;
    matter.repaired_on = at;
    matter.answered_on = std::min(at, matter.answered_on.value_or(at));
  }

  void live(std::size_t village, std::size_t kind, double begins) {
    const Village& place = county_.villages[village];
    Matter matter;
    matter.village = static_cast<int>(village);
    matter.class_index = static_cast<int>(kind);
    matter.begins = begins;
    matter.ends = begins + dice_.exponential(classes()[kind].fade_days);
    const double shows = departures_.mixed ? dice_.around(1, 0.6) : 1;
    const double rate = usual_rate(place, kind) * shows;
    // Visits while nobody has said a word.
    const double first = next_word(village, begins, rate, size_.days);
    for (const double visit : visits_of_[village]) {
      if (visit <= begins || visit >= std::min(first, matter.ends)) continue;
      if (!dice_.chance(found_by_visit)) continue;
      matter.found_on = visit;
      matter.answered_on = visit;
      if (dice_.chance(0.8)) repair(matter, visit + dice_.around(15, 0.6));
      break;
    }
    if (!matter.found_on && first < std::min(matter.ends, size_.days)) {
      tell(matter, village, first, rate);
    }
    if (matter.ends <= 0) return;  // over before the record began
    // Words from before the record are not in it, and such a matter was not new in it.
    if (!matter.words.empty() && matter.words.front().at < 0) return;
    county_.matters.push_back(std::move(matter));
  }

  void tell(Matter& matter, std::size_t village, double first, double rate) {
    int people = 0;
    matter.words.push_back({first, people++});
    react(matter, village);
    for (const double visit : visits_of_[village]) {
      if (visit > first) matter.answered_on = std::min(visit, *matter.answered_on);
    }
    if (departures_.clustered) bring_others(matter, first, people, village);
    const bool routine = county_.villages[village].town % 2 == 0;
    int independent = 1;
    double at = first;
    while (matter.words.size() < most_words) {
      at = next_word(village, at, rate, *matter.answered_on);
      if (at >= matter.ends || at >= size_.days) break;
      if (dice_.chance(same_person_again)) {
        matter.words.push_back({at, static_cast<int>(dice_.whole(0, people - 1))});
        continue;
      }
      matter.words.push_back({at, people++});
      if (departures_.clustered) bring_others(matter, at, people, village);
      if (++independent == 3 && !routine) {
        matter.answered_on = std::min(*matter.answered_on, at + dice_.exponential(4));
      }
    }
    std::sort(matter.words.begin(), matter.words.end(), [](const Word& a, const Word& b) {
      return a.at != b.at ? a.at < b.at : a.person < b.person;
    });
    std::erase_if(matter.words, [&](const Word& word) { return word.at >= matter.ends; });
  }

  // A clerk takes a repeated report for a new matter, or a new matter for a repeated report.
  void link_wrongly() {
    std::vector<Matter> split;
    for (Matter& matter : county_.matters) {
      if (matter.words.size() < 2 || matter.words.front().at < 0) continue;
      for (std::size_t i = 1; i < matter.words.size();) {
        if (!dice_.chance(0.12)) {
          ++i;
          continue;
        }
        Matter other = matter;
        other.words = {{matter.words[i].at, 0}};
        // It counts once as a trouble, and it is not hidden.
        other.begins = other.words.front().at;
        if (other.answered_on) {
          other.answered_on = std::max(*other.answered_on, other.words.front().at);
        }
        split.push_back(std::move(other));
        matter.words.erase(matter.words.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    county_.matters.insert(county_.matters.end(), split.begin(), split.end());
    std::vector<std::size_t> last(county_.villages.size() * classes().size(), SIZE_MAX);
    for (std::size_t i = 0; i < county_.matters.size(); ++i) {
      Matter& matter = county_.matters[i];
      if (matter.words.empty()) continue;
      const auto cell = static_cast<std::size_t>(matter.village) * classes().size() +
                        static_cast<std::size_t>(matter.class_index);
      const std::size_t before = last[cell];
      last[cell] = i;
      if (before == SIZE_MAX || !dice_.chance(0.04)) continue;
      Matter& known = county_.matters[before];
      const double at = matter.words.front().at;
      if (at <= known.words.front().at || at > known.words.front().at + 60) continue;
      known.words.push_back({at, 1000});
      std::sort(known.words.begin(), known.words.end(),
                [](const Word& a, const Word& b) { return a.at < b.at; });
      matter.words.erase(matter.words.begin());
      if (matter.words.empty()) matter.ends = matter.begins;  // known under another name
    }
  }

  Departures departures_;
  Size size_;
  Dice dice_;
  County county_;
  std::vector<std::vector<double>> visits_of_;
};

}  // namespace

const std::vector<Class>& classes() {
  static const std::vector<Class> all{
      {"water_quality", 3, 2.4, 0.022, 90}, {"water_cut", 2, 2.6, 0.050, 40},
      {"road", 2, 3.6, 0.016, 150},         {"bridge", 3, 0.7, 0.018, 200},
      {"waste", 1, 3.6, 0.018, 60},         {"lighting", 1, 2.8, 0.012, 150},
      {"power", 2, 2.2, 0.060, 30},         {"clinic_hours", 2, 1.2, 0.010, 120},
      {"irrigation", 1, 1.8, 0.014, 70},    {"dust_and_noise", 2, 1.6, 0.030, 60}};
  return all;
}

County draw_county(std::uint64_t seed, const Departures& departures, const Size& size) {
  return Drawing(seed, departures, size).draw();
}

bool hidden(const Matter& matter, double day) {
  if (day < matter.begins || day >= matter.ends) return false;
  if (matter.found_on && *matter.found_on <= day) return false;
  return matter.words.empty() || matter.words.front().at > day;
}

double expected_hidden(const Village& village, int class_index) {
  const auto kind = static_cast<std::size_t>(class_index);
  return begin_rate(village, kind) /
         (usual_rate(village, kind) * village.drift + 1 / classes()[kind].fade_days);
}

}  // namespace minhu::visits_bench
