// Can whoever a case accuses tell by the time an answer takes that there is such a case? Pairs of
// requests over real HTTP by an official of the accused unit: one for a case that is hidden from
// them, one for a case that there is not, in random order. AUC is the part of all comparisons in
// which the hidden one took longer (ties count half): 0.5 is chance.
//
// timing PAIRS CASES: prints `auc_<door> <value>` a line, and the medians in microseconds.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "doors.h"
#include "features/cases/receipt_number.h"
#include "kernel/test_dice.h"

namespace minhu::accused {
namespace {

using Times = std::vector<double>;  // microseconds

double took(Town& town, AccountId by, const CaseDoor& door) {
  const auto begun = std::chrono::steady_clock::now();
  (void)knock(town, by, door);
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun)
      .count();
}

double auc(const Times& hidden, const Times& none) {
  struct One {
    double time;
    bool hidden;
  };
  std::vector<One> all;
  for (const double time : hidden) all.push_back({time, true});
  for (const double time : none) all.push_back({time, false});
  std::sort(all.begin(), all.end(), [](const One& a, const One& b) { return a.time < b.time; });
  double ranks = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && all[end].time == all[i].time) ++end;
    const double rank = (static_cast<double>(i + 1) + static_cast<double>(end)) / 2;
    for (; i < end; ++i) {
      if (all[i].hidden) ranks += rank;
    }
  }
  const auto n = static_cast<double>(hidden.size());
  const auto m = static_cast<double>(none.size());
  return (ranks - n * (n + 1) / 2) / (n * m);
}

double median(Times times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

struct Door {
  const char* name;
  CaseDoor (*at)(const std::string& id, const std::string& number);
};
const Door doors[] = {
    {"case", [](const std::string& id,
                const std::string&) { return CaseDoor{"GET", "/api/v1/cases/" + id, ""}; }},
    {"find",
     [](const std::string&, const std::string& number) {
       return CaseDoor{"GET", "/api/v1/find?number=" + number, ""};
     }},
    {"page", [](const std::string& id,
                const std::string&) { return CaseDoor{"GET", "/office/cases/" + id, ""}; }},
    {"draft",
     [](const std::string& id, const std::string&) {
       return CaseDoor{"GET", "/api/v1/cases/" + id + "/draft?tab=note", ""};
     }},
    {"similar",
     [](const std::string& id, const std::string&) {
       return CaseDoor{"GET", "/api/v1/cases/" + id + "/similar", ""};
     }},
    {"step",
     [](const std::string& id, const std::string&) {
       return CaseDoor{"POST", "/api/v1/cases/" + id + "/steps/noted",
                       R"({"fields":{"note":"x"}})"};
     }},
};

int run(int pairs, int cases_there_are) {
  Town town;
  Dice dice(seed_of_this_run());
  std::vector<Matter> hidden;
  for (int i = 0; i < cases_there_are; ++i) {
    const Matter matter = town.received();
    if (i % 5 == 0) {
      town.name(matter, town.unit("housing"));
      hidden.push_back(matter);
    }
    town.send(matter, town.unit(i % 2 == 0 ? "water" : "forestry"));
  }
  const AccountId accused = town.who("housing_handler");
  double worst = 0.5;
  for (const Door& door : doors) {
    Times there;
    Times none;
    for (int i = -50; i < pairs; ++i) {  // the first ones warm up
      const Matter& matter = dice.one_of(hidden);
      const CaseDoor real = door.at(matter.id.text(), cases::show_number(matter.number));
      const CaseDoor other = door.at(no_such_id(town), cases::show_number(no_such_number(town)));
      const bool real_first = dice.coin();
      const double first = took(town, accused, real_first ? real : other);
      const double second = took(town, accused, real_first ? other : real);
      if (i < 0) continue;
      there.push_back(real_first ? first : second);
      none.push_back(real_first ? second : first);
    }
    const double one = auc(there, none);
    worst = std::max(worst, 0.5 + std::abs(one - 0.5));
    std::printf("auc_%s %.4f\nmedian_hidden_%s %.1f\nmedian_none_%s %.1f\n", door.name, one,
                door.name, median(there), door.name, median(none));
    std::fflush(stdout);
  }
  std::printf("pairs %d\nauc_worst %.4f\n", pairs, worst);
  return 0;
}

}  // namespace
}  // namespace minhu::accused

int main(int count, char** arguments) {
  const int pairs = count > 1 ? std::atoi(arguments[1]) : 2000;
  const int cases = count > 2 ? std::atoi(arguments[2]) : 500;
  return minhu::accused::run(pairs, cases);
}
