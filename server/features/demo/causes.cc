#include "features/demo/causes.h"

#include <algorithm>
#include <array>

namespace minhu::demo {

namespace {

// Parts of all first words; the rest are the matters of single families.
constexpr double shared_part = 0.42;
constexpr double everyday_part = 0.22;
constexpr double inquiry_part = 0.045;
constexpr double suggestion_part = 0.035;
constexpr double accusation_part = 0.015;
constexpr double emergency_part = 0.008;
// Of all words, the same person through a second door.
constexpr double again_part = 0.025;

constexpr double fade_days = 70;  // an unrepaired trouble is over, or borne in silence
// Reports a day about a trouble that 1000 people live with, where people speak as usual.
constexpr double notice_of_shared = 0.11;
constexpr double notice_of_everyday = 0.05;
constexpr std::size_t most_reports = 60;

using Months = std::array<double, 12>;

const Months& season(std::string_view name) {
  static constexpr Months even{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  static constexpr Months flood{.3, .3, .6, 1, 2, 5, 5, 2.5, 1, .5, .3, .3};
  static constexpr Months exam{.1, .05, .1, .3, 2.5, 8, .3, .05, .05, .05, .05, .3};
  static constexpr Months school{.6, 2, .8, .5, .8, 1.5, 3, 6, 5, 1, .6, .5};
  static constexpr Months harvest{.5, .5, 1, 1, 1.5, 2, 1.5, 1, 2.5, 4, 3, 1};
  static constexpr Months summer{.3, .3, .3, .5, 1, 2.5, 5, 5, 2, .6, .3, .3};
  static constexpr Months cold{5, 4, 1, .05, .02, .02, .02, .02, .02, .1, 3, 5};
  static constexpr Months festival{4, 4, .7, 1.2, 1.6, .7, .6, .6, 1.6, 3, .8, 2.5};
  if (name == "flood") return flood;
  if (name == "exam") return exam;
  if (name == "school") return school;
  if (name == "harvest") return harvest;
  if (name == "summer") return summer;
  if (name == "cold") return cold;
  if (name == "festival") return festival;
  MINHU_ASSERT(name.empty());
  return even;
}

double season_weight(const Months& months, Instant at) {
  const std::chrono::year_month_day day{to_date(at)};
  return months[static_cast<unsigned>(day.month()) - 1];
}

class Drawing {
 public:
  Drawing(const Book& book, Instant from, Instant to, Dice& dice)
      : book_(book), from_(from), to_(to), dice_(dice) {
    for (std::size_t i = 0; i < book.things.size(); ++i) {
      things_.at(static_cast<std::size_t>(book.things[i].kind)).push_back(i);
    }
    for (const Cause& cause : book.causes) {
      TrueCause truth = cause.truth;
      if (cause.treated < 1) truth.treated_on = to_date(at_part(cause.treated));
      if (cause.treated >= 1) truth.left = 1;
      if (cause.relapsed < 1) truth.relapsed_on = to_date(at_part(cause.relapsed));
      world_.causes.push_back(std::move(truth));
    }
  }

  World draw(std::int64_t reports) {
    const auto part = [&](double share) {
      return world_.arrivals.size() +
             static_cast<std::size_t>(share * static_cast<double>(reports));
    };
    for (const auto until = part(shared_part); world_.arrivals.size() < until;) add_shared();
    for (const auto until = part(everyday_part); world_.arrivals.size() < until;) add_everyday();
    add_alone(part(inquiry_part), Nature::inquiry);
    add_alone(part(suggestion_part), Nature::suggestion);
    add_alone(part(accusation_part), Nature::accusation);
    add_emergencies(part(emergency_part));
    add_alone(static_cast<std::size_t>(static_cast<double>(reports) * (1 - again_part)),
              Nature::single);
    add_second_doors(static_cast<std::size_t>(reports));
    std::stable_sort(world_.arrivals.begin(), world_.arrivals.end(),
                     [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
    for (const Arrival& arrival : world_.arrivals) ++world_.issues[arrival.issue].truth.reports;
    return std::move(world_);
  }

 private:
  Instant at_part(double part) const {
    return {from_.unix_ms +
            static_cast<std::int64_t>(part * static_cast<double>(to_.unix_ms - from_.unix_ms))};
  }
  double people(std::size_t village) const {
    return static_cast<double>(book_.villages[village].truth.population);
  }

  Instant time_in_season(const Matter& matter) {
    const Months& months = season(matter.season);
    const double most = *std::max_element(months.begin(), months.end());
    for (int tries = 0; tries < 400; ++tries) {  // a run of few months may hold none of the season
      const Instant at = at_part(dice_.unit());
      if (dice_.chance(season_weight(months, at) / most)) return at;
    }
    return at_part(dice_.unit());
  }

  // Where a matter without a cause happens: as often per head everywhere.
  std::size_t thing_for(const Matter& matter) {
    const auto& things = things_.at(static_cast<std::size_t>(matter.at));
    return things[dice_.pick_weighted(
        things, [&](std::size_t thing) { return people(book_.things[thing].village); })];
  }

  Issue begin(const Matter& matter, std::size_t thing, Instant started, Nature nature) {
    Issue issue;
    issue.matter = &matter;
    issue.village = book_.things[thing].village;
    if (matter.at == At::town) {  // the windows of a town serve all its villages
      const std::size_t town = book_.villages[issue.village].town;
      while (book_.villages[issue.village].town == town &&
             issue.village + 1 < book_.villages.size() && dice_.chance(0.85)) {
        ++issue.village;
      }
      if (book_.villages[issue.village].town != town) --issue.village;
    }
    issue.truth.id = static_cast<std::int64_t>(world_.issues.size()) + 1;
    issue.truth.nature = nature;
    issue.truth.matter = matter.key;
    issue.truth.category = matter.category;
    issue.truth.owner = book_.owner_of(matter.category, issue.village);
    issue.truth.place = book_.villages[issue.village].truth.code;
    if (matter.at != At::village && matter.at != At::town)
      issue.truth.at = book_.things[thing].name;
    issue.truth.started = started;
    issue.truth.ended = days_after(started, 1 + dice_.exponential(fade_days));
    return issue;
  }

  // The office that heard of it repairs it or does not; a second try comes much later.
  void draw_repair(Issue& issue, Instant heard) {
    const TrueOffice& office = book_.office(issue.truth.owner).truth;
    double days = 2 + dice_.around(3 * office.days_to_act, 0.6);
    if (dice_.chance(office.paper)) {
      if (!dice_.chance(0.45)) return;
      days += dice_.between(25, 110);
    }
    const Instant repaired = days_after(heard, days);
    if (issue.truth.nature == Nature::single || repaired < issue.truth.ended) {
      issue.truth.fixed_at = repaired;
      issue.truth.ended = repaired;
    }
  }

  // Reports come by chance while it lasts; the first lets the office begin.
  void tell(Issue issue, double reports_a_day) {
    const std::size_t index = world_.issues.size();
    // From the second day on: a word is then never older than its trouble, whatever the hour.
    Instant at = days_after(issue.truth.started, 1);
    std::int64_t speaker = 0;
    while (static_cast<std::size_t>(speaker) < most_reports) {
      at = days_after(at, dice_.exponential(1 / reports_a_day));
      const Instant spoken = speaking_time(at, dice_);
      if (spoken >= issue.truth.ended || spoken >= to_) break;
      if (++speaker == 1) draw_repair(issue, spoken);
      world_.arrivals.push_back({spoken, index, speaker, false});
    }
    world_.issues.push_back(std::move(issue));
  }

  double reporting(std::size_t village, double notice) const {
    // A trouble of a big estate is noticed by many, but not by all of them.
    return notice * std::sqrt(people(village) / 1000) * book_.villages[village].truth.speaking;
  }

  void add_shared() {
    const std::size_t which =
        dice_.pick_weighted(book_.causes, [](const Cause& cause) { return cause.weight; });
    const Cause& cause = book_.causes[which];
    const Instant started = time_in_season(book_.matters[cause.matter]);
    const double part = static_cast<double>(started.unix_ms - from_.unix_ms) /
                        static_cast<double>(to_.unix_ms - from_.unix_ms);
    if (part < cause.from) return;
    const bool treated = part >= cause.treated && part < cause.relapsed;
    if (treated && !dice_.chance(cause.truth.left)) return;
    Issue issue =
        begin(book_.matters[cause.matter], dice_.pick(cause.things), started, Nature::shared);
    issue.cause = &cause;
    issue.truth.cause = cause.truth.key;
    const double rate = reporting(issue.village, notice_of_shared);
    tell(std::move(issue), rate);
  }

  void add_everyday() {
    const std::size_t which =
        dice_.pick_weighted(book_.matters, [](const Matter& matter) { return matter.everyday; });
    const Matter& matter = book_.matters[which];
    // Drawn one after the other: in which order arguments are evaluated is up to the compiler.
    const Instant started = time_in_season(matter);
    const std::size_t thing = thing_for(matter);
    Issue issue = begin(matter, thing, started, Nature::everyday);
    const double rate = reporting(issue.village, notice_of_everyday);
    tell(std::move(issue), rate);
  }

  void add_one(const Matter& matter, Nature nature) {
    std::size_t thing = thing_for(matter);
    // One family in a silent village keeps its matter to itself more often, too.
    while (!dice_.chance(book_.villages[book_.things[thing].village].truth.speaking)) {
      thing = thing_for(matter);
    }
    const Instant started = time_in_season(matter);
    const Instant spoken = speaking_time(days_after(started, 1 + dice_.exponential(9)), dice_);
    if (spoken >= to_) return;
    Issue issue = begin(matter, thing, started, nature);
    if (nature == Nature::single) draw_repair(issue, spoken);
    if (!matter.emergency_line.empty()) issue.truth.ended = days_after(spoken, 0.1);
    world_.arrivals.push_back({spoken, world_.issues.size(), 1, false});
    world_.issues.push_back(std::move(issue));
  }

  void add_alone(std::size_t until, Nature nature) {
    while (world_.arrivals.size() < until) {
      const std::size_t which = dice_.pick_weighted(book_.matters, [&](const Matter& matter) {
        if (!matter.emergency_line.empty()) return 0.0;
        return matter.nature.value_or(Nature::single) == nature ? matter.single : 0.0;
      });
      add_one(book_.matters[which], nature);
    }
  }

  void add_emergencies(std::size_t until) {
    while (world_.arrivals.size() < until) {
      const std::size_t which = dice_.pick_weighted(book_.matters, [](const Matter& matter) {
        return matter.emergency_line.empty() ? 0.0 : matter.single;
      });
      add_one(book_.matters[which], Nature::single);
    }
  }

  void add_second_doors(std::size_t until) {
    const std::size_t first_words = world_.arrivals.size();
    while (world_.arrivals.size() < until) {
      Arrival again = world_.arrivals[dice_.next() % first_words];
      const Issue& issue = world_.issues[again.issue];
      const bool trouble =
          issue.truth.nature <= Nature::single && issue.matter->emergency_line.empty();
      again.at = speaking_time(days_after(again.at, dice_.between(0.2, 3)), dice_);
      again.again = true;
      if (trouble && again.at < to_) world_.arrivals.push_back(again);
    }
  }

  const Book& book_;
  Instant from_;
  Instant to_;
  Dice& dice_;
  std::array<std::vector<std::size_t>, 7> things_;
  World world_;
};

}  // namespace

Instant speaking_time(Instant day, Dice& dice) {
  // Quarters of an hour from 6:00 to 22:00 with a hump in the morning and one after supper.
  const double hour = dice.chance(0.6) ? dice.between(7.5, 12) : dice.between(13, 21.8);
  const auto moment = static_cast<std::int64_t>(hour * 3'600'000) + dice.whole(0, 59'999);
  return {start_of_day(to_date(day)).unix_ms + moment};
}

World draw_world(const Book& book, std::int64_t reports, Instant from, Instant to, Dice& dice) {
  return Drawing(book, from, to, dice).draw(reports);
}

}  // namespace minhu::demo
