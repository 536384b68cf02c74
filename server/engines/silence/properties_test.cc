// Speaking up never costs: drawn counties and histories, one thing changed in each, 100,000 times.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engines/silence/value.h"
#include "kernel/test_dice.h"

namespace minhu::silence {
namespace {

constexpr int histories = 100'000;
const Date cycle_begins{std::chrono::year{2026} / 12 / 1};
const std::vector<Class> classes{{"water", 3000, 90}, {"road", 1000, 150}};

enum class What : std::uint8_t { say, close, confirm, take_back, reopen, merge };
struct Event {
  What what = What::say;
  std::size_t village = 0;
  int matter = 0;
  int person = 0;
  int into = 0;  // of a merge
  Date day;
};

// What a feature would make of the events; persons are only ever compared within a matter.
class Telling {
 public:
  explicit Telling(std::size_t villages) : villages_(villages) {}

  // False when it changes nothing: such an event is no event, and must not become one later.
  bool apply(const Event& event) {
    auto& matters = villages_[event.village];
    const int number = whole_of(event.village, event.matter);
    if (event.what == What::say) {
      Told& told = matters[number];
      if (told.people.empty()) {
        told.known.severity = 1000 * (1 + number % 3);
        told.known.due = event.day + std::chrono::days{15 + number % 40};
        told.known.limit_days = 15 + number % 40;
      }
      told.people.insert(event.person);
      told.known.others = static_cast<std::int64_t>(told.people.size()) - 1;
      return true;
    }
    const auto at = matters.find(number);
    if (at == matters.end()) return false;
    Known& known = at->second.known;
    switch (event.what) {
      case What::say:
        break;
      case What::close:
        if (known.standing != Standing::open) return false;
        known = stand(std::move(known), Standing::closed, event.day);
        break;
      case What::confirm:
        if (known.standing != Standing::closed) return false;
        known = stand(std::move(known), Standing::confirmed);
        break;
      case What::take_back:
      case What::reopen:
        known = stand(std::move(known), Standing::open);
        break;
      case What::merge: {
        const int into = whole_of(event.village, event.into);
        const auto whole = matters.find(into);
        if (whole == matters.end() || into == number) return false;
        whole->second.people.insert(at->second.people.begin(), at->second.people.end());
        whole->second.known = merge(whole->second.known, known,
                                    static_cast<std::int64_t>(whole->second.people.size()) - 1);
        merged_[{event.village, number}] = into;
        matters.erase(at);
        break;
      }
    }
    return true;
  }

  std::vector<Known> known(std::size_t village) const {
    std::vector<Known> all;
    for (const auto& [number, told] : villages_[village]) all.push_back(told.known);
    return all;
  }

 private:
  struct Told {
    std::set<int> people;
    Known known;
  };
  int whole_of(std::size_t village, int matter) const {
    for (auto at = merged_.find({village, matter}); at != merged_.end();
         at = merged_.find({village, matter})) {
      matter = at->second;
    }
    return matter;
  }
  std::vector<std::map<int, Told>> villages_;
  std::map<std::pair<std::size_t, int>, int> merged_;
};

struct County {
  Cycle cycle;
  std::vector<Quiet> quiet;
  std::vector<Event> events;  // in order of time, since the last visit of each
  Date day;                   // on which values are looked at
};

AtVisit draw_set(Dice& dice) {
  AtVisit set;
  set.found_in_a_visit = 0.7;
  for (std::size_t kind = 0; kind < classes.size(); ++kind) {
    set.classes.push_back({static_cast<double>(dice.between(1, 40)) / 1000,
                           static_cast<double>(dice.between(5, 200)) / 1000});
  }
  return set;
}

Event draw_event(Dice& dice, std::size_t villages, Date day) {
  Event event;
  const std::int64_t what = dice.between(0, 11);
  event.what = what < 7    ? What::say
               : what == 7 ? What::close
               : what == 8 ? What::confirm
               : what == 9 ? What::reopen
                           : What::merge;
  event.village =
      static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(villages) - 1));
  event.matter = static_cast<int>(dice.between(0, 4));
  event.into = static_cast<int>(dice.between(0, 4));
  event.person = static_cast<int>(dice.between(0, 5));
  event.day = day;
  return event;
}

County draw_county(Dice& dice) {
  County county;
  const auto villages = static_cast<std::size_t>(dice.between(2, 4));
  county.cycle.from = cycle_begins;
  county.cycle.until = cycle_begins + std::chrono::days{31};
  county.cycle.weights = {dice.between(0, 4000), dice.between(0, 4000)};
  county.cycle.usual_need = dice.between(0, 5 * one_matter);
  county.cycle.months = static_cast<int>(dice.between(1, 24));
  county.cycle.one_visit = dice.between(1, 60) * one_matter;
  county.day = cycle_begins + std::chrono::days{dice.between(0, 30)};
  for (std::size_t i = 0; i < villages; ++i) {
    Quiet quiet;
    quiet.since = cycle_begins - std::chrono::days{dice.between(1, 500)};
    quiet.set = draw_set(dice);
    quiet.peers_then = static_cast<double>(dice.between(0, 3000)) / 1000;
    quiet.peers_most = quiet.peers_then + static_cast<double>(dice.between(0, 800)) / 1000;
    county.quiet.push_back(quiet);
  }
  const std::int64_t events = dice.between(0, 25);
  Date day = cycle_begins - std::chrono::days{200};
  Telling telling(villages);
  for (std::int64_t i = 0; i < events; ++i) {
    day = std::min(county.day, day + std::chrono::days{dice.between(0, 20)});
    const Event event = draw_event(dice, villages, day);
    if (telling.apply(event)) county.events.push_back(event);
  }
  return county;
}

std::vector<Value> values_of(const County& county, const std::vector<Event>& events, Date day) {
  Telling telling(county.quiet.size());
  for (const Event& event : events) telling.apply(event);
  std::vector<Value> values;
  for (std::size_t i = 0; i < county.quiet.size(); ++i) {
    const Points silence = silence_of(county.quiet[i], classes, county.cycle);
    values.push_back(value_of(county.cycle, silence, county.quiet[i], telling.known(i), day));
  }
  return values;
}

std::size_t rank(const std::vector<Value>& values, std::size_t village) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Points other = values[i].whole;
    const Points own = values[village].whole;
    if (other > own || (other == own && i < village)) ++before;
  }
  return before;
}

std::vector<Event> with(std::vector<Event> events, const Event& event, std::size_t at) {
  events.insert(events.begin() + static_cast<std::ptrdiff_t>(at), event);
  return events;
}

// The village of `changed` is not worse off, and nobody else is touched.
void expect_no_cost(const std::vector<Value>& before, const std::vector<Value>& after,
                    std::size_t village) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i != village) {
      ASSERT_EQ(after[i].whole, before[i].whole);
      ASSERT_EQ(after[i].of_a_visit, before[i].of_a_visit);
    }
  }
  ASSERT_GE(after[village].whole, before[village].whole);
  ASSERT_GE(after[village].of_a_visit, before[village].of_a_visit);
  ASSERT_EQ(after[village].silence, before[village].silence);
  ASSERT_LE(rank(after, village), rank(before, village));
  ASSERT_EQ(after[village].must, before[village].must);
}

TEST(SilenceProperties, OneMoreWordNeverLowersItsPlaceAndTouchesNoOther) {
  Dice dice(seed_of_this_run());
  int raised = 0;
  for (int round = 0; round < histories; ++round) {
    const County county = draw_county(dice);
    const auto before = values_of(county, county.events, county.day);
    const auto at =
        static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(county.events.size())));
    const Date day = at < county.events.size() ? county.events[at].day : county.day;
    Event word = draw_event(dice, county.quiet.size(), day);
    switch (dice.between(0, 3)) {
      case 0:  // a new matter
        word.what = What::say;
        word.matter = 9;
        break;
      case 1:  // somebody more, or the same again
        word.what = What::say;
        break;
      case 2:
        word.what = What::reopen;
        break;
      default:
        word.what = What::take_back;
    }
    const auto after = values_of(county, with(county.events, word, at), county.day);
    expect_no_cost(before, after, word.village);
    if (HasFatalFailure()) FAIL() << "history " << round;
    if (after[word.village].whole > before[word.village].whole) ++raised;
  }
  EXPECT_GT(raised, histories / 5);  // it is not true for want of effect
}

TEST(SilenceProperties, MergingDoesNotLowerThenNorLater) {
  Dice dice(seed_of_this_run());
  for (int round = 0; round < histories / 10; ++round) {
    const County county = draw_county(dice);
    Event merge = draw_event(dice, county.quiet.size(), county.day);
    merge.what = What::merge;
    const auto events = with(county.events, merge, county.events.size());
    for (const int days : {0, 3, 40}) {
      const Date later = county.day + std::chrono::days{days};
      expect_no_cost(values_of(county, county.events, later), values_of(county, events, later),
                     merge.village);
      if (HasFatalFailure()) FAIL() << "history " << round << ", days " << days;
    }
  }
}

TEST(SilenceProperties, WhoSpeaksChangesNothing) {
  Dice dice(seed_of_this_run());
  for (int round = 0; round < histories / 10; ++round) {
    const County county = draw_county(dice);
    std::vector<int> names(6);
    for (int& name : names) name = static_cast<int>(dice.between(0, 1'000'000));
    std::vector<Event> events = county.events;
    if (std::set<int>(names.begin(), names.end()).size() != names.size()) continue;
    for (Event& event : events) event.person = names[static_cast<std::size_t>(event.person)];
    const auto before = values_of(county, county.events, county.day);
    const auto after = values_of(county, events, county.day);
    for (std::size_t i = 0; i < before.size(); ++i) ASSERT_EQ(after[i].whole, before[i].whole);
  }
}

TEST(SilenceProperties, SilenceNeverFallsBetweenVisitsAndNeverWithSlowerSpeaking) {
  Dice dice(seed_of_this_run());
  for (int round = 0; round < histories / 10; ++round) {
    County county = draw_county(dice);
    Quiet quiet = county.quiet[0];
    Quiet slower = quiet;
    for (AtVisit::OfClass& of : slower.set.classes) {
      of.over_a_day *= static_cast<double>(dice.between(300, 1000)) / 1000;
    }
    Points last = 0;
    for (int month = 0; month < 12; ++month) {
      const Points now = silence_of(quiet, classes, county.cycle);
      ASSERT_GE(now, last);
      ASSERT_GE(silence_of(slower, classes, county.cycle), now);
      last = now;
      const double peers = static_cast<double>(dice.between(0, 5000)) / 1000;
      quiet = next_cycle(quiet, peers);
      slower = next_cycle(slower, peers);
      county.cycle.from += std::chrono::days{30};
      county.cycle.until += std::chrono::days{30};
    }
  }
}

}  // namespace
}  // namespace minhu::silence
