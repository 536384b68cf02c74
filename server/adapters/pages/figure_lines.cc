#include "adapters/pages/figure_lines.h"

#include <fmt/format.h>

#include "adapters/pages/dates.h"

namespace minhu::pages {

std::string ShownNumbers::of(const insight::Hideable& number) const {
  return number ? std::to_string(*number) : say_.say("residents.figures.not_shown");
}

std::string ShownNumbers::of(const insight::ShownShare& share) const {
  if (share.below == std::int64_t{0}) return say_.say("insight.none");
  if (!share.above) return of(share.above);
  return of(share.above) + " / " + of(share.below);
}

std::string ShownNumbers::per_cent(const insight::ShownShare& share) const {
  if (!share.above || !share.below || *share.below == 0) return {};
  return fmt::format("{}%", *share.above * 100 / *share.below);
}

std::string say_quarter(const catalogue::Catalogue& say, const insight::Quarter& quarter) {
  const std::string& name = quarter.period.name;  // 2026-Q3
  return say.say("residents.quarter." + name.substr(6), {{"year", name.substr(0, 4)}});
}

void set_when_published(const catalogue::Catalogue& say, const PublicFigures& figures,
                        templates::Values& values) {
  if (!figures.quarters.empty()) return;
  // A day of another year is said with its year.
  values.add("EMPTY").set(
      "WHEN", say.say("residents.figures.first", {{"date", say_day(say, figures.next, Date())}}));
}

void set_months(const catalogue::Catalogue& say, const insight::Quarter& quarter,
                templates::Values& values) {
  const ShownNumbers shown(say);
  for (auto month = quarter.months.rbegin(); month != quarter.months.rend(); ++month) {
    values.add("MONTH")
        .set("NAME", say_month(say, month->period.from()))
        .set("RECEIVED", shown.of(month->received))
        .set("DUE", shown.of(month->due))
        .set("SOLVED", month->due == std::int64_t{0} ? say.say("insight.none")
                                                     : shown.of(month->parts.front().count));
  }
}

}  // namespace minhu::pages
