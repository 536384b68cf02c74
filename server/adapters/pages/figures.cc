// P1, P3 and P5: what came in, what was answered in time and solved, by month and by office, and
// the same as data. The same for everybody, kept by caches for five minutes.
#include <fmt/format.h>

#include "adapters/pages/dates.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

namespace {

class Numbers {
 public:
  explicit Numbers(const catalogue::Catalogue& say) : say_(say) {}

  std::string of(const insight::Hideable& number) const {
    return number ? std::to_string(*number) : say_.say("insight.few");
  }
  // "12 / 40", and "—" where nothing is divided.
  std::string of(const insight::ShownShare& share) const {
    if (share.below == std::int64_t{0}) return say_.say("insight.none");
    return of(share.above) + " / " + of(share.below);
  }
  std::string per_cent(const insight::ShownShare& share) const {
    if (!share.above || !share.below || *share.below == 0) return {};
    return fmt::format("{}%", *share.above * 100 / *share.below);
  }

 private:
  const catalogue::Catalogue& say_;
};

// Five pieces of one bar, from the parts of the year; nothing when one of them is hidden.
void set_bar(templates::Values& values, const insight::Picture& picture) {
  std::int64_t widths[5] = {};
  std::int64_t all = 0;
  for (const insight::Part& part : picture.parts) {
    if (!part.count) return;
    const std::size_t piece = part.name == "solved" ? 0
                              : part.name == "late" ? 2
                              : part.name == "open" ? 3
                              : part.name == "partly" || part.name == "not_solved" ||
                                      part.name == "not_reached" || part.name == "not_asked"
                                  ? 1
                                  : 4;
    widths[piece] += *part.count;
    all += *part.count;
  }
  if (all == 0) return;
  templates::Values& bar = values.add("BAR");
  std::int64_t at = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    if (widths[i] == 0) continue;
    const std::int64_t wide = widths[i] * 1000 / all;
    bar.add("PIECE").set("X", at).set("WIDE", wide).set("KIND", static_cast<std::int64_t>(i));
    at += wide;
  }
}

http::Response kept_five_minutes(std::string body, std::string type, const std::string& name) {
  http::Response response;
  response.body = std::move(body);
  response.with("Content-Type", std::move(type));
  response.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.with("Cache-Control", "public, max-age=300");
  response.with("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace

http::Response show_figures(const Site& site, const http::Request& request) {
  const auto figures = site.cache.figures.of(site.installation);
  const auto& say = site.surface.sentences(request);
  const Numbers shown(say);
  templates::Values values;
  values.set("LEAD", site.say(request, "residents.figures.lead", {{"year", figures->year.name}}));
  values.set("RECEIVED", shown.of(figures->picture.received));
  values.set("DUE", shown.of(figures->picture.due));
  templates::Values* standing = nullptr;
  for (const insight::Part& part : figures->picture.parts) {
    if (part.count == std::int64_t{0}) continue;
    if (standing == nullptr) set_bar(*(standing = &values.add("STANDING")), figures->picture);
    standing->add("PART")
        .set("NAME", say.say("insight.standing." + std::string(part.name)))
        .set("COUNT", shown.of(part.count));
  }
  values.show_if(standing == nullptr, "EMPTY");
  for (const insight::ShownShare& share : figures->picture.shares) {
    if (share.figure->audience != insight::Audience::everybody) continue;
    const std::string key = "insight." + std::string(share.figure->name);
    values.add("SHARE")
        .set("NAME", say.say(key + ".title"))
        .set("SHARE_OF", shown.of(share))
        .set("PER_CENT", shown.per_cent(share))
        .set("WHAT", say.say(key + ".what"));
  }
  for (auto month = figures->months.rbegin(); month != figures->months.rend(); ++month) {
    const insight::ShownShare& solved = month->picture.shares.front();
    values.add("MONTH")
        .set("NAME", say_month(say, month->period.from()))
        .set("RECEIVED", shown.of(month->picture.received))
        .set("DUE", shown.of(month->picture.due))
        .set("SOLVED",
             solved.below == std::int64_t{0} ? say.say("insight.none") : shown.of(solved.above));
  }
  values.set("CSV_SUM", figures->csv_sha256).set("JSON_SUM", figures->json_sha256);
  return site.surface.page(request, "figures", values,
                           {site.say(request, "residents.figures.title"), 200, Keep::five_minutes});
}

http::Response show_figure_offices(const Site& site, const http::Request& request) {
  const auto figures = site.cache.figures.of(site.installation);
  const auto& say = site.surface.sentences(request);
  const Numbers shown(say);
  templates::Values values;
  values.set("LEAD", site.say(request, "residents.offices.lead", {{"year", figures->year.name}}));
  templates::Values* table = nullptr;
  for (const insight::OfficeLine& line : figures->offices) {
    if (table == nullptr) table = &values.add("TABLE");
    auto& row = table->add("ROW");
    row.set("NAME", line.name.empty() ? say.say("insight.row.small_offices") : line.name)
        .set("RECEIVED", shown.of(line.received))
        .set("DUE", line.due)
        .set("RETURNED", shown.of(line.returned))
        .set("REOPENED", shown.of(line.reopened))
        .set("MEDIAN",
             line.median_days ? std::to_string(*line.median_days) : say.say("insight.none"));
    constexpr const char* names[] = {"SOLVED", "UNCONFIRMED", "LATE", "OPEN", "ASIDE"};
    for (std::size_t i = 0; i < line.parts.size(); ++i) {
      row.set(names[i], shown.of(line.parts[i].count));
    }
  }
  values.show_if(table == nullptr, "EMPTY");
  return site.surface.page(request, "offices", values,
                           {site.say(request, "residents.offices.title"), 200, Keep::five_minutes});
}

http::Response download_figures_csv(const Site& site, const http::Request& /*request*/) {
  return kept_five_minutes(site.cache.figures.of(site.installation)->csv, "text/csv; charset=utf-8",
                           "minhu-figures.csv");
}

http::Response download_figures_json(const Site& site, const http::Request& /*request*/) {
  return kept_five_minutes(site.cache.figures.of(site.installation)->json, "application/json",
                           "minhu-figures.json");
}

}  // namespace minhu::pages
