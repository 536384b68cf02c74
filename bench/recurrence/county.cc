// What the engine `recurrence` says of the causes of the demo county, whose truth is known: those
// that were treated, and those to which nothing happened, as if somebody claimed a measure.
//
//   recurrence_county SEEDS [MONTHS [CASES_A_YEAR [FIRST_SEED]]]
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engines/recurrence/effect.h"
#include "engines/recurrence/relapse.h"
#include "features/demo/causes.h"
#include "kernel/crypto.h"

namespace {

using namespace minhu;
using namespace minhu::recurrence;

enum class Counting { cases, cases_by_first_word, new_matters };
constexpr Counting countings[] = {Counting::cases, Counting::cases_by_first_word,
                                  Counting::new_matters};

const char* name(Counting counting) {
  switch (counting) {
    case Counting::cases:
      return "cases";
    case Counting::cases_by_first_word:
      return "cases_by_first_word";
    case Counting::new_matters:
      break;
  }
  return "new_matters";
}

struct Span {
  Instant from;
  Instant to;
};

std::string place_of(const demo::Book& book, std::size_t village) {
  return book.villages[village].truth.code;
}

// Every month of every village in which the cause can show itself.
std::vector<Count> counts_of(const demo::Book& book, const demo::World& world, std::size_t cause,
                             const Span& span, Counting counting) {
  std::map<std::pair<std::string, std::int64_t>, Count> cells;
  const auto month = [](Instant at) { return period_of(to_date(at), Period::month); };
  std::set<std::size_t> villages;
  for (const std::size_t thing : book.causes[cause].things) {
    villages.insert(book.things[thing].village);
  }
  std::map<std::size_t, std::vector<Instant>> heard;  // of each matter
  for (const demo::Arrival& arrival : world.arrivals) {
    const demo::Issue& issue = world.issues[arrival.issue];
    if (issue.truth.cause != book.causes[cause].truth.key) continue;
    heard[arrival.issue].push_back(arrival.at);
    villages.insert(issue.village);
  }
  for (const std::size_t village : villages) {
    for (std::int64_t m = month(span.from); m < month(span.to); ++m) {
      Count& count = cells[{place_of(book, village), m}];
      count.place = place_of(book, village);
      count.period = m;
      if (counting != Counting::cases) count.squares = 0;
    }
  }
  for (const auto& [issue, instants] : heard) {
    const std::string place = place_of(book, world.issues[issue].village);
    const auto add = [&](Instant at, std::int64_t cases) {
      const auto cell = cells.find({place, month(at)});
      if (cell == cells.end()) return;
      cell->second.cases += cases;
      if (cell->second.squares) *cell->second.squares += cases * cases;
    };
    const auto all = static_cast<std::int64_t>(instants.size());
    if (counting == Counting::new_matters) add(instants.front(), 1);
    if (counting == Counting::cases_by_first_word) add(instants.front(), all);
    if (counting == Counting::cases) {
      for (const Instant at : instants) add(at, 1);
    }
  }
  std::vector<Count> counts;
  for (auto& [key, count] : cells) counts.push_back(std::move(count));
  return counts;
}

struct Tally {
  int all = 0;
  int measured = 0;
  int covered = 0;
  std::map<Verdict, int> verdicts;
};

void add(Tally& tally, const Effect& effect, double truth) {
  ++tally.all;
  ++tally.verdicts[effect.verdict];
  if (!effect.range) return;
  ++tally.measured;
  if (truth >= effect.range->low && truth <= effect.range->high) ++tally.covered;
}

struct Watched {
  double years = 0;
  int classes = 0;
  int alarms = 0;
  int relapses = 0;
  int relapses_seen = 0;
  double months_to_see = 0;
};

// Measured eight months after the treatment, watched from then on.
void watch_on(Question question, const demo::TrueCause& cause, Watched& watched) {
  const Date end = question.known_until;
  const std::int64_t last = period_of(end, Period::month);
  question.known_until = question.measured_on + std::chrono::days{245};
  if (question.known_until >= end) return;
  const auto effect = measure(question);
  if (!effect || effect->verdict != Verdict::fewer) return;
  const auto rule = watch(*effect, Period::month);
  if (!rule) return;
  std::map<std::int64_t, std::int64_t> cases;
  for (const Count& count : question.counts) {
    if (count.period > effect->periods_after.back()) cases[count.period] += count.cases;
  }
  std::vector<Now> periods;
  for (const auto& [period, number] : cases) periods.push_back({period, number, 1});
  const auto looked = look(*rule, periods);
  if (!looked) return;
  // A relapse begins in a month; what is seen before it was false.
  const std::int64_t until =
      cause.relapsed_on ? period_of(*cause.relapsed_on, Period::month) : last;
  ++watched.classes;
  watched.years += static_cast<double>(until - effect->periods_after.back() - 1) / 12;
  if (looked->relapsed_in && *looked->relapsed_in < until) {
    ++watched.alarms;
  } else if (cause.relapsed_on) {
    ++watched.relapses;
    if (looked->relapsed_in) {
      ++watched.relapses_seen;
      watched.months_to_see += static_cast<double>(*looked->relapsed_in - until + 1);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](int i, std::int64_t otherwise) {
    return i < count ? std::atoll(arguments[i]) : otherwise;
  };
  const std::int64_t seeds = number(1, 10);
  const std::int64_t months = number(2, 36);
  const std::int64_t cases = number(3, 10000) * months / 12;
  const std::int64_t first_seed = number(4, 1);
  start_crypto();
  const demo::Book book = demo::read_book();
  const std::int64_t last = period_of(*parse_date("2026-12-01"), Period::month);
  const Span span{start_of_day(first_day(last - months, Period::month)),
                  start_of_day(first_day(last, Period::month))};
  std::map<std::string, Tally> tallies;
  Watched watched;
  for (std::int64_t seed = first_seed; seed < first_seed + seeds; ++seed) {
    demo::Dice dice(static_cast<std::uint64_t>(seed));
    const demo::World world = demo::draw_world(book, cases, span.from, span.to, dice);
    for (std::size_t i = 0; i < book.causes.size(); ++i) {
      const demo::TrueCause& cause = world.causes[i];
      const bool treated = cause.treated_on.has_value();
      const double truth = treated ? cause.left : 1;
      for (const Counting counting : countings) {
        Question question;
        question.counts = counts_of(book, world, i, span, counting);
        if (question.counts.empty()) continue;
        question.measured_on = cause.treated_on.value_or(
            to_date(demo::days_after(span.from, 30.4 * static_cast<double>(months) * 0.66)));
        question.known_until = cause.relapsed_on.value_or(to_date(span.to));
        Settings settings;
        if (counting == Counting::cases) settings.washout_days = 90;
        const auto effect = measure(question, settings);
        if (!effect) {
          std::fprintf(stderr, "refused: %s\n", effect.error().key.c_str());
          return 1;
        }
        if (treated && counting == Counting::new_matters) {
          question.known_until = to_date(span.to);
          watch_on(question, cause, watched);
        }
        const std::string kind =
            std::string(name(counting)) + (treated ? "_treated" : "_nothing_changed");
        add(tallies[kind], *effect, truth);
        if (effect->cases_before >= 20) add(tallies[kind + "_of_20_cases"], *effect, truth);
      }
    }
  }
  for (auto& [kind, tally] : tallies) {
    const auto part = [&](int of, int all) { return all > 0 ? 100.0 * of / all : 0; };
    std::printf(
        "%s causes %d compared %.1f covered %.1f fewer %.1f no_change_seen %.1f more %.1f "
        "too_few %.1f\n",
        kind.c_str(), tally.all, part(tally.measured, tally.all),
        part(tally.covered, tally.measured), part(tally.verdicts[Verdict::fewer], tally.measured),
        part(tally.verdicts[Verdict::no_change_seen], tally.measured),
        part(tally.verdicts[Verdict::more], tally.measured),
        part(tally.verdicts[Verdict::too_few_to_say], tally.measured));
  }
  std::printf(
      "watched classes %d years %.1f false_alarms %d a_year %.1f relapses %d seen %d "
      "mean_months %.1f\n",
      watched.classes, watched.years, watched.alarms,
      watched.years > 0 ? 100 * watched.alarms / watched.years : 0, watched.relapses,
      watched.relapses_seen,
      watched.relapses_seen > 0 ? watched.months_to_see / watched.relapses_seen : 0);
  return 0;
}
