// P1, P3 and P5: what came in, what was answered in time and solved, by quarter, month and office,
// and the same as data. The same for everybody.
#include <algorithm>

#include "adapters/pages/dates.h"
#include "adapters/pages/figure_lines.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

namespace {

// Five pieces of one bar; nothing when one of them is not published.
void set_bar(templates::Values& values, const insight::QuarterLine& line) {
  std::int64_t all = 0;
  for (const insight::Part& part : line.parts) {
    if (!part.count) return;
    all += *part.count;
  }
  if (all == 0) return;
  templates::Values& bar = values.add("BAR");
  std::int64_t at = 0;
  for (std::size_t i = 0; i < line.parts.size(); ++i) {
    const std::int64_t wide = *line.parts[i].count * 1000 / all;
    if (wide == 0) continue;
    bar.add("PIECE").set("X", at).set("WIDE", wide).set("KIND", static_cast<std::int64_t>(i));
    at += wide;
  }
}

// What the five parts are made of stands in place of the two that are made of others.
void set_standing(const catalogue::Catalogue& say, const insight::Quarter& quarter,
                  templates::Values& values) {
  if (quarter.county.due == std::int64_t{0}) return;
  templates::Values& standing = values.add("STANDING");
  set_bar(standing, quarter.county);
  const ShownNumbers shown(say);
  const auto add = [&](const insight::Part& part) {
    if (part.count == std::int64_t{0}) return;
    standing.add("PART")
        .set("NAME", say.say("insight.standing." + std::string(part.name)))
        .set("COUNT", shown.of(part.count));
  };
  const auto details = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) add(quarter.details[i]);
  };
  add(quarter.county.parts[0]);
  details(0, insight::details_of_unconfirmed);
  add(quarter.county.parts[2]);
  add(quarter.county.parts[3]);
  details(insight::details_of_unconfirmed, quarter.details.size());
}

// The other quarters that may be looked at.
void set_quarters(const catalogue::Catalogue& say, const PublicFigures& figures,
                  const insight::Quarter& shown, templates::Values& values) {
  if (figures.quarters.size() < 2) return;
  templates::Values& others = values.add("OTHERS");
  for (const insight::Quarter& quarter : figures.quarters) {
    if (&quarter == &shown) continue;
    others.add("QUARTER").set("ID", quarter.period.name).set("NAME", say_quarter(say, quarter));
  }
}

// None of its numbers is published but zeros.
bool is_quiet(const insight::OfficeOfQuarter& office) {
  const auto quiet = [](const insight::Hideable& number) { return number.value_or(0) == 0; };
  return quiet(office.received) && quiet(office.due) && quiet(office.returned) &&
         quiet(office.reopened) &&
         std::all_of(office.parts.begin(), office.parts.end(),
                     [&](const insight::Part& part) { return quiet(part.count); });
}

std::string name_of(const catalogue::Catalogue& say, const insight::OfficeOfQuarter& office) {
  return office.name.empty() ? say.say("residents.offices.nameless") : office.name;
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
  const ShownNumbers shown(say);
  templates::Values values;
  const insight::Quarter* quarter = figures->quarter(request.query_value("quarter"));
  set_when_published(say, *figures, values);
  if (quarter != nullptr) {
    templates::Values& page = values.add("FIGURES");
    page.set("LEAD", say.say("residents.figures.lead", {{"quarter", say_quarter(say, *quarter)}}));
    page.set("RECEIVED", shown.of(quarter->county.received));
    page.set("DUE", shown.of(quarter->county.due));
    set_standing(say, *quarter, page);
    for (const insight::ShownShare& share : quarter->shares) {
      const std::string key = "insight." + std::string(share.figure->name);
      page.add("SHARE")
          .set("NAME", say.say(key + ".title"))
          .set("SHARE_OF", shown.of(share))
          .set("PER_CENT", shown.per_cent(share))
          .set("WHAT", say.say(key + ".what"));
    }
    if (quarter->median_days) {
      page.add("MEDIAN").set("DAYS", *quarter->median_days);
    }
    set_months(say, *quarter, page);
    page.set("ID", quarter->period.name);
    set_quarters(say, *figures, *quarter, page);
    page.set("CSV_SUM", figures->csv_sha256).set("JSON_SUM", figures->json_sha256);
  }
  return site.surface.page(request, "figures", values,
                           {site.say(request, "residents.figures.title"), 200, Keep::five_minutes});
}

http::Response show_figure_offices(const Site& site, const http::Request& request) {
  const auto figures = site.cache.figures.of(site.installation);
  const auto& say = site.surface.sentences(request);
  const ShownNumbers shown(say);
  templates::Values values;
  const insight::Quarter* quarter = figures->quarter(request.query_value("quarter"));
  set_when_published(say, *figures, values);
  if (quarter != nullptr) {
    templates::Values& table = values.add("TABLE");
    table.set("LEAD", say.say("residents.offices.lead", {{"quarter", say_quarter(say, *quarter)}}));
    std::string quiet;
    for (const insight::OfficeOfQuarter& office : quarter->offices) {
      if (is_quiet(office)) {
        quiet += (quiet.empty() ? "" : say.say("residents.offices.and")) + name_of(say, office);
        continue;
      }
      auto& row = table.add("ROW");
      row.set("NAME", name_of(say, office))
          .set("RECEIVED", shown.of(office.received))
          .set("DUE", shown.of(office.due))
          .set("RETURNED", shown.of(office.returned))
          .set("REOPENED", shown.of(office.reopened))
          .set("MEDIAN",
               office.median_days ? std::to_string(*office.median_days) : say.say("insight.none"));
      constexpr const char* names[] = {"SOLVED", "UNCONFIRMED", "LATE", "OPEN", "ASIDE"};
      for (std::size_t i = 0; i < office.parts.size(); ++i) {
        row.set(names[i], shown.of(office.parts[i].count));
      }
    }
    if (!quiet.empty()) table.add("QUIET").set("NAMES", quiet);
    set_quarters(say, *figures, *quarter, table);
  }
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
