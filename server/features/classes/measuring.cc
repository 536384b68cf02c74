#include "features/classes/measuring.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "features/classes/counting.h"
#include "ports/storage.h"

namespace minhu::classes {

namespace {

using recurrence::Effect;
using recurrence::Period;
using recurrence::Phase;
using recurrence::Point;

// ---- from the engine

std::optional<Months> span_of(const std::vector<std::int64_t>& periods) {
  if (periods.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(periods.begin(), periods.end());
  return Months{month_name(*first), month_name(*last)};
}

std::optional<double> in_percent(std::optional<double> ratio) {
  if (!ratio) return std::nullopt;
  return (*ratio - 1) * 100;
}

std::int64_t periods_below(const std::vector<Point>& months, const ClassFile& file,
                           std::int64_t treated) {
  if (!file.threshold) return 0;
  std::int64_t below = 0;
  for (auto month = months.rbegin(); month != months.rend(); ++month) {
    if (month->period <= treated || month->cases > *file.threshold) break;
    ++below;
  }
  return below;
}

Measurement measurement_from(const Effect& effect, const ClassFile& file, std::int64_t treated) {
  Measurement measured;
  measured.verdict = effect.verdict;
  measured.before = span_of(effect.periods_before);
  measured.after = span_of(effect.periods_after);
  measured.cases_before = effect.cases_before;
  measured.cases_after = effect.cases_after;
  measured.before_a_month = effect.before_a_month;
  measured.after_a_month = effect.after_a_month;
  measured.expected_a_month = effect.expected_a_month;
  measured.percent = in_percent(effect.ratio);
  if (effect.range) {
    measured.percent_low = in_percent(effect.range->low);
    measured.percent_high = in_percent(effect.range->high);
  }
  measured.periods_below = periods_below(effect.series, file, treated);
  if (effect.narrowing) measured.intake = effect.narrowing->access;
  measured.few = effect.few;
  measured.sentence = effect.sentence;
  measured.notes = effect.notes;
  return measured;
}

std::vector<PlaceChange> changes_by_place(const std::vector<recurrence::Count>& counts,
                                          const Effect& effect) {
  const auto among = [](const std::vector<std::int64_t>& periods, std::int64_t period) {
    return std::find(periods.begin(), periods.end(), period) != periods.end();
  };
  std::map<std::string, PlaceChange> changes;
  for (const recurrence::Count& count : counts) {
    PlaceChange& change = changes[count.place];
    change.place = count.place;
    if (among(effect.periods_before, count.period)) change.before += count.cases;
    if (among(effect.periods_after, count.period)) change.after += count.cases;
  }
  std::vector<PlaceChange> all;
  for (auto& [place, change] : changes) {
    if (change.before + change.after > 0) all.push_back(std::move(change));
  }
  return all;
}

std::vector<Point> untreated(const std::vector<recurrence::Count>& counts) {
  std::map<std::int64_t, std::int64_t> sums;
  for (const auto& count : counts) sums[count.period] += count.cases;
  std::vector<Point> months;
  for (const auto& [period, cases] : sums) {
    months.push_back({period, cases, Phase::earlier, std::nullopt, std::nullopt});
  }
  return months;
}

}  // namespace

Result<Series> series_of(Reading& reading, const cases::County& county, const Matching& matching,
                         const ClassFile& file, Instant now) {
  const Known known = known_months(reading, county, now);
  const auto arrivals =
      arrivals_of(reading, county, matching, file, start_of_month(county, known.first),
                  start_of_month(county, known.last + 1));
  const auto counts = counts_of(reading, county, file.definition, arrivals, known);
  Series series;
  if (file.treated_on.empty()) {
    series.months = untreated(counts);
    return series;
  }
  const Date treated_on = *parse_date(file.treated_on);
  recurrence::Question question;
  question.counts = counts;
  Comparison comparison = comparison_for(reading, county, matching, file, counts, known);
  question.against = comparison.against;
  question.comparison = std::move(comparison.counts);
  question.measured_on = treated_on;
  question.known_until = std::max(recurrence::first_day(known.last + 1, Period::month), treated_on);
  // Which months are compared, the engine says; only then the doors of those months can be asked.
  MINHU_TRY(const Effect windows, recurrence::measure(question));
  question.doors = doors_in(reading, county, file.definition, arrivals, windows);
  MINHU_TRY(Effect effect, recurrence::measure(question));
  series.measurement =
      measurement_from(effect, file, recurrence::period_of(treated_on, Period::month));
  series.places = changes_by_place(counts, effect);
  series.months = effect.series;
  series.effect = std::move(effect);
  return series;
}

std::int64_t highest_threshold(Reading& reading, const cases::County& county,
                               const Matching& matching, const ClassFile& file, Instant now) {
  constexpr std::int64_t a_year = 12;
  const std::int64_t running = month_of(county, now);
  const auto arrivals =
      arrivals_of(reading, county, matching, file, start_of_month(county, running - a_year),
                  start_of_month(county, running));
  const double average = static_cast<double>(arrivals.size()) / a_year;
  return std::max<std::int64_t>(1, std::llround(average / 2));
}

}  // namespace minhu::classes
