#include "features/insight/figures.h"

#include <algorithm>
#include <numeric>

namespace minhu::insight {

namespace {

Share of_due(const Counts& counts, std::int64_t above) {
  return {above, whole(counts).due()};
}

Share solved_in_time(const Counts& counts) {
  return of_due(counts, in_bucket(counts, Measure::outcome, Standing::solved));
}
Share solved(const Counts& counts) {
  return of_due(counts, total(counts, Measure::solved));
}
Share solved_first(const Counts& counts) {
  return of_due(counts, total(counts, Measure::solved_first));
}
Share satisfied(const Counts& counts) {
  return of_due(counts, in_bucket(counts, Measure::satisfaction, cases::Satisfaction::satisfied) +
                            in_bucket(counts, Measure::satisfaction, cases::Satisfaction::mostly));
}
Share notice_in_time(const Counts& counts) {
  return {in_bucket(counts, Measure::notice, Kept::in_time),
          total(counts, Measure::notice) + total(counts, Measure::notice_open)};
}

Share answered_in_time(const Counts& counts) {
  return of_due(counts, whole(counts).in_time());
}
Share solved_of_reached(const Counts& counts) {
  return {total(counts, Measure::solved), total(counts, Measure::reached)};
}
Share satisfied_of_rated(const Counts& counts) {
  return {satisfied(counts).above, total(counts, Measure::satisfaction)};
}
Share reached(const Counts& counts) {
  return {total(counts, Measure::reached), total(counts, Measure::answered)};
}
Share callback_in_time(const Counts& counts) {
  return {in_bucket(counts, Measure::callback, Kept::in_time),
          total(counts, Measure::callback) + total(counts, Measure::callback_open)};
}
Share came_back(const Counts& counts) {
  return {total(counts, Measure::came_back), total(counts, Measure::answered)};
}
Share set_aside(const Counts& counts) {
  return of_due(counts, whole(counts).set_aside());
}
Share sent_rightly(const Counts& counts) {
  const std::int64_t sent = total(counts, Measure::sent);
  return {std::max<std::int64_t>(0, sent - total(counts, Measure::return_upheld)), sent};
}
Share reviewed(const Counts& counts) {
  return {total(counts, Measure::review_asked), total(counts, Measure::answered)};
}
Share review_changed(const Counts& counts) {
  const std::int64_t decided = total(counts, Measure::review_decided);
  return {decided - in_bucket(counts, Measure::review_decided, Reviewed::upheld), decided};
}
Share recommendation_answered(const Counts& counts) {
  return {total(counts, Measure::adopted), total(counts, Measure::recommended)};
}

using enum Audience;
using enum Better;

constexpr Figure table[] = {
    {"solved_in_time", everybody, more, solved_in_time},
    {"solved", everybody, more, solved},
    {"solved_first", everybody, more, solved_first},
    {"satisfied", everybody, more, satisfied},
    {"notice_in_time", everybody, more, notice_in_time},

    {"answered_in_time", offices, more, answered_in_time},
    {"solved_of_reached", offices, more, solved_of_reached},
    {"satisfied_of_rated", offices, more, satisfied_of_rated},
    {"reached", offices, more, reached},
    {"callback_in_time", offices, more, callback_in_time},
    {"came_back", offices, less, came_back},
    {"set_aside", offices, neither, set_aside},
    {"sent_rightly", offices, more, sent_rightly},
    {"reviewed", offices, neither, reviewed},
    {"review_changed", offices, less, review_changed},
    {"recommendation_answered", offices, more, recommendation_answered},
};

constexpr std::string_view unknown[] = {
    "first_contact", "repeat_within_90_days", "public_reply", "leader_visits",
    "classes",       "calls_connected",       "errands",      "per_ten_thousand",
    "lawsuits"};

}  // namespace

std::span<const Figure> figures() {
  return table;
}

const Figure* figure_named(std::string_view name) {
  for (const Figure& figure : table) {
    if (figure.name == name) return &figure;
  }
  return nullptr;
}

std::span<const std::string_view> not_measured() {
  return unknown;
}

std::int64_t total(const Counts& counts, Measure measure) {
  std::int64_t sum = 0;
  for (auto at = counts.lower_bound({measure, 0}); at != counts.end(); ++at) {
    if (at->first.measure != measure) break;
    sum += at->second;
  }
  return sum;
}

std::int64_t in_bucket(const Counts& counts, Measure measure, std::size_t bucket) {
  const auto found = counts.find({measure, static_cast<std::uint16_t>(bucket)});
  return found == counts.end() ? 0 : found->second;
}

std::int64_t Whole::due() const {
  return std::accumulate(std::begin(standing), std::end(standing), open) -
         standing[static_cast<int>(Standing::own_registered)];
}

std::int64_t Whole::in_time() const {
  return std::accumulate(standing, standing + static_cast<int>(Standing::late), std::int64_t{0});
}

std::int64_t Whole::set_aside() const {
  return std::accumulate(standing + static_cast<int>(Standing::withdrawn),
                         standing + static_cast<int>(Standing::own_registered), std::int64_t{0});
}

Whole whole(const Counts& counts) {
  Whole all;
  for (std::size_t i = 0; i < standing_count; ++i) {
    all.standing[i] = in_bucket(counts, Measure::outcome, i);
  }
  all.open = total(counts, Measure::open);
  return all;
}

Days days(const Counts& counts, Measure histogram) {
  Days result;
  result.of = whole(counts).due();
  result.counted = total(counts, histogram);
  // The smallest day that at least this share of all has not passed.
  const auto percentile = [&](std::int64_t percent) -> std::optional<std::int64_t> {
    if (result.of <= 0) return std::nullopt;
    const std::int64_t wanted = (result.of * percent + 99) / 100;
    std::int64_t seen = 0;
    for (auto at = counts.lower_bound({histogram, 0});
         at != counts.end() && at->first.measure == histogram; ++at) {
      seen += at->second;
      if (seen >= wanted) return at->first.bucket;
    }
    return std::nullopt;
  };
  for (auto at = counts.lower_bound({histogram, 0});
       at != counts.end() && at->first.measure == histogram; ++at) {
    result.sum += at->first.bucket * at->second;
  }
  result.median = percentile(50);
  result.p90 = percentile(90);
  return result;
}

void leave_out_what_is_not_due(Cells& cells, Date today) {
  for (auto row = cells.begin(); row != cells.end();) {
    const Date first = first_day_of(row->first.piece);
    const std::chrono::year_month_day civil(first);
    std::erase_if(row->second, [&](const auto& cell) {
      const Measure measure = cell.first.measure;
      if (measure != Measure::open && measure != Measure::notice_open &&
          measure != Measure::callback_open) {
        return false;
      }
      const Date due(civil.year() / civil.month() / std::chrono::day(cell.first.bucket));
      return due >= today;
    });
    row = row->second.empty() ? cells.erase(row) : std::next(row);
  }
}

}  // namespace minhu::insight
