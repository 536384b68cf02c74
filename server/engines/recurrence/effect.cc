#include "engines/recurrence/effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engines/recurrence/beginning.h"
#include "engines/recurrence/expected.h"
#include "engines/recurrence/interval.h"
#include "engines/recurrence/sentences.h"
#include "engines/recurrence/windows.h"

namespace minhu::recurrence {

namespace {

// More of the cases than this in places that are known on one side only, and what is left is
// another county.
constexpr double most_left_out = 0.2;

Outcome check(const Question& question, const Settings& settings) {
  const auto bad_setting = [](const char* which) {
    return fail(FaultCode::invalid_input, "recurrence.bad_settings", which);
  };
  if (settings.washout_days < 0 || settings.washout_days > 3660) return bad_setting("washout_days");
  if (settings.least_months < 1 || settings.least_months > 120) return bad_setting("least_months");
  if (settings.most_months < settings.least_months || settings.most_months > 120) {
    return bad_setting("most_months");
  }
  if (settings.years_before < 1 || settings.years_before > 20) return bad_setting("years_before");
  if (!(settings.confidence >= 0.5 && settings.confidence <= 0.999)) {
    return bad_setting("confidence");
  }
  if (question.counts.empty()) {
    return fail(FaultCode::invalid_input, "recurrence.nothing_counted", "counts");
  }
  if (question.known_until < question.measured_on) {
    return fail(FaultCode::invalid_input, "recurrence.bad_dates", "known_until");
  }
  if (question.comparison.empty() != (question.against == Against::nothing)) {
    return fail(FaultCode::invalid_input, "recurrence.no_comparison", "comparison");
  }
  MINHU_CHECK_OK(recurrence::check(question.counts, question.period, "counts"));
  return recurrence::check(question.comparison, question.period, "comparison");
}

Side side_of(const Table& table, const Pairs& pairs, const Windows& windows,
             const Question& question) {
  Side side;
  side.ratio = ratio_of(pairs.pairs);
  const std::vector<std::int64_t> after = windows.after();
  std::vector<std::int64_t> both = windows.before();
  both.insert(both.end(), after.begin(), after.end());
  const std::int64_t measured = period_of(question.measured_on, question.period);
  std::vector<Dispersion> over_time{between_periods(pairs.pairs, side.ratio),
                                    between_years(table, measured, question.period)};
  Dispersion within = of_matters(table, both);
  if (within.degrees == 0) {
    const Within found = within_places(table, measured, question.period);
    within = found.dispersion;
    within.value *= found.lasting;
    for (Dispersion& one : over_time) {
      one.value *= found.lasting;
      one.degrees /= found.lasting;
    }
  }
  side.dispersion = together(within, over_time);
  return side;
}

struct Since {
  Table table;
  std::optional<std::string> began;  // the day
};

Since since_beginning(const Table& all, const Question& question) {
  const std::int64_t measured = period_of(question.measured_on, question.period);
  std::vector<std::int64_t> before;
  for (const auto& [place, periods] : all) {
    for (const auto& [number, count] : periods) {
      if (number < measured) before.push_back(number);
    }
  }
  double dispersion = of_matters(all, before).value;
  if (dispersion == 1) {
    const Within within = within_places(all, measured, question.period);
    dispersion = within.dispersion.value * within.lasting;
  }
  Since since{all, {}};
  const auto began = beginning_of(all, measured, question.period, dispersion);
  if (!began) return since;
  since.began = format_date(first_day(*began, question.period));
  for (auto& [place, periods] : since.table) {
    periods.erase(periods.begin(), periods.lower_bound(*began));
  }
  return since;
}

void draw_series(const Question& question, const Table& table, const Windows& windows,
                 const std::map<std::int64_t, Expected>& expected, Effect& effect) {
  std::map<std::int64_t, std::int64_t> cases;
  for (const auto& [place, known] : table) {
    for (const auto& [number, count] : known) cases[number] += count.cases;
  }
  const std::vector<std::int64_t> before = windows.before();
  const std::vector<std::int64_t> after = windows.after();
  for (const auto& [number, sum] : cases) {
    Point point{number, sum, Phase::earlier, {}, {}};
    const bool measured = first_day(number + 1, question.period) > question.measured_on;
    if (std::binary_search(before.begin(), before.end(), number)) point.phase = Phase::before;
    if (measured) point.phase = Phase::between;
    if (measured && !after.empty() && number > after.back()) point.phase = Phase::later;
    if (std::binary_search(after.begin(), after.end(), number)) point.phase = Phase::after;
    if (const auto found = expected.find(number); found != expected.end()) {
      point.expected = found->second.cases;
      point.range = found->second.range;
    }
    effect.series.push_back(point);
  }
}

Level level_of(const Question& question, const Table& table, const Side& matter,
               const std::map<std::int64_t, Expected>& expected) {
  Level level;
  level.dispersion = matter.dispersion.value;
  level.dispersion_degrees = matter.dispersion.degrees;
  level.season = season_of(table, period_of(question.measured_on, question.period), question.period,
                           level.dispersion);
  double in_season = 0;  // of the periods after
  double would_have_been = 0;
  const auto year = static_cast<std::int64_t>(level.season.size());
  for (const auto& [number, one] : expected) {
    in_season += level.season[static_cast<std::size_t>(((number % year) + year) % year)];
    would_have_been += one.cases;
  }
  level.events = matter.ratio.after / level.dispersion + 0.5;
  level.after = level.events * level.dispersion / in_season;
  level.expected_before = would_have_been / in_season;
  return level;
}

Verdict verdict_of(const Range& range) {
  constexpr double by_half = 0.5;
  if (range.high < 1) return Verdict::fewer;
  if (range.low > 1) return Verdict::more;
  return range.low > by_half ? Verdict::no_change_seen : Verdict::too_few_to_say;
}

std::string method_of(const Question& question, const Windows& windows) {
  std::string text = windows.same_season ? "same-season" : "just-before";
  if (question.against == Against::same_class_elsewhere) text += ", same class elsewhere";
  if (question.against == Against::other_classes_here) text += ", other classes here";
  return text +
         "; ratio of gamma variables with events = cases / dispersion + 1/2, dispersion inverse "
         "chi-squared; minhu recurrence 1";
}

}  // namespace

std::string_view name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::fewer:
      return "fewer";
    case Verdict::no_change_seen:
      return "no_change_seen";
    case Verdict::more:
      return "more";
    case Verdict::too_few_to_say:
      return "too_few_to_say";
    case Verdict::not_comparable:
      break;
  }
  return "not_comparable";
}

Result<Effect> measure(const Question& question, const Settings& settings) {
  MINHU_CHECK_OK(check(question, settings));
  Effect effect;
  if (question.doors) {
    MINHU_TRY(effect.narrowing, narrowing(*question.doors));
  }
  const Table all = table_of(question.counts);
  const auto [table, began] = since_beginning(all, question);
  const std::vector<std::int64_t> after = periods_after(question, settings, table);
  const auto least = static_cast<std::size_t>(least_periods(settings, question.period));
  const auto unanswered = [&](Verdict verdict, Sentence sentence) {
    effect.verdict = verdict;
    effect.sentence = std::move(sentence);
    if (effect.series.empty()) draw_series(question, all, {}, {}, effect);
    return std::move(effect);
  };
  if (after.size() < least) {
    return unanswered(
        Verdict::too_few_to_say,
        {"recurrence.too_early", {{"months", std::to_string(settings.least_months)}}});
  }
  Windows windows = same_season(question, settings, table, after);
  if (windows.before_of.size() < least && question.against == Against::same_class_elsewhere) {
    windows = just_before(question, table, after);
  }
  if (windows.before_of.size() < least) {
    if (began) {
      return unanswered(Verdict::not_comparable,
                        {"recurrence.not_comparable.began_late", {{"from", *began}}});
    }
    return unanswered(Verdict::not_comparable, {"recurrence.not_comparable.no_last_year", {}});
  }
  const Pairs pairs = pair_up(table, windows);
  effect.places_left_out = pairs.left_out;
  const Side matter = side_of(table, pairs, windows, question);
  const double counted = matter.ratio.after + matter.ratio.before;
  if (pairs.pairs.empty() ||
      pairs.cases_left_out > most_left_out * (pairs.cases_left_out + counted)) {
    return unanswered(Verdict::not_comparable,
                      {"recurrence.not_comparable.places_changed",
                       {{"number", std::to_string(pairs.left_out.size())}}});
  }
  std::optional<Side> beside;
  if (question.against != Against::nothing) {
    const Table others = table_of(question.comparison);
    const Pairs other_pairs = pair_up(others, windows);
    if (other_pairs.pairs.empty()) {
      return unanswered(Verdict::not_comparable,
                        {"recurrence.not_comparable.comparison_unknown", {}});
    }
    beside = side_of(others, other_pairs, windows, question);
    if (beside->ratio.known()) effect.comparison_ratio = beside->ratio.value();
  }

  const RatioDistribution ratio(matter, beside);
  const double outside = (1 - settings.confidence) / 2;
  // Where nothing came after, it may be gone altogether.
  const double low = matter.ratio.after > 0 ? ratio.quantile(outside) : 0;
  effect.range = Range{low, ratio.quantile(1 - outside)};
  if (matter.ratio.known() && (!beside || effect.comparison_ratio.value_or(0) > 0)) {
    effect.ratio = matter.ratio.value() / effect.comparison_ratio.value_or(1);
  }
  effect.verdict = verdict_of(*effect.range);

  effect.periods_before = windows.before();
  effect.periods_after = windows.after();
  effect.cases_before = static_cast<std::int64_t>(matter.ratio.before);
  effect.cases_after = static_cast<std::int64_t>(matter.ratio.after);
  effect.few = effect.cases_before + effect.cases_after < few_cases;
  const double to_month = periods_in_a_month(question.period);
  const auto a_month = [&](double cases, const std::vector<std::int64_t>& periods) {
    return cases / static_cast<double>(periods.size()) * to_month;
  };
  effect.before_a_month = a_month(matter.ratio.before, effect.periods_before);
  effect.after_a_month = a_month(matter.ratio.after, effect.periods_after);
  effect.exposure_ratio = matter.ratio.exposure;
  effect.dispersion = matter.dispersion.value;
  effect.dispersion_degrees = matter.dispersion.degrees;
  effect.method = method_of(question, windows);
  const auto expected = expected_in(pairs.pairs, matter, beside, windows.same_season);
  const double would_have_been =
      std::accumulate(expected.begin(), expected.end(), 0.0,
                      [](double sum, const auto& one) { return sum + one.second.cases; });
  effect.expected_a_month = a_month(would_have_been, effect.periods_after);
  effect.level = level_of(question, table, matter, expected);
  draw_series(question, all, windows, expected, effect);
  if (began) effect.notes.push_back({"recurrence.note.began", {{"from", *began}}});
  put_into_words(question, settings, windows.same_season, effect);
  return effect;
}

}  // namespace minhu::recurrence
