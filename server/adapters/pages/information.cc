#include <algorithm>

#include "adapters/pages/class_lines.h"
#include "adapters/pages/dates.h"
#include "adapters/pages/figure_lines.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/notices.h"
#include "adapters/pages/phone.h"
#include "adapters/pages/visit_lines.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::pages {

namespace {

// Classes solved, on the page of what got done; the others are one step further.
constexpr std::size_t latest_shown = 5;

http::Response plain_page(const Site& site, const http::Request& request, std::string_view name,
                          templates::Values& values) {
  return site.surface.page(request, name, values,
                           {site.say(request, "residents." + std::string(name) + ".title"), 200,
                            Keep::until_asked_again});
}

void set_with_phone(const Site& site, const http::Request& request, templates::Values& values,
                    std::string_view name, std::string_view key) {
  values.set(name, site.say(request, key, {{"phone", unbroken(site.surface.county().phone)}}));
}

// One version in full, as it was shown: also one that no longer holds.
http::Response notice_page(const Site& site, const http::Request& request,
                           std::string_view version) {
  const auto& say = site.surface.sentences(request);
  const auto text = notice_text(version, say.language());
  if (!text) return site.refuse(request, Fault(FaultCode::not_found, "pages.no_such_notice"));
  templates::Values values;
  const std::string heading =
      say.say("residents.notice.title", {{"version", std::string(version)}});
  values.set("HEADING", heading);
  const auto filled = [&](std::string line) {
    for (const auto& [name, value] :
         {std::pair{"{organiser}", site.surface.county().organiser},
          std::pair{"{phone}", unbroken(site.surface.county().phone)}}) {
      if (const auto at = line.find(name); at != std::string::npos) {
        line.replace(at, std::string_view(name).size(), value);
      }
    }
    return line;
  };
  for (std::string_view rest = *text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    if (end > 0) values.add("LINE").set("TEXT", filled(std::string(rest.substr(0, end))));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return site.surface.page(request, "notice", values, {heading, 200, Keep::until_asked_again});
}

}  // namespace

http::Response show_home(const Site& site, const http::Request& request) {
  templates::Values values;
  const VisitSaying saying(site, request);
  site.installation.database.read_job([&](Reading& reading) {
    const RegionId region = site.installation.county.region;
    const auto next = next_visit(reading, region, saying.now);
    if (!next) return;
    values.add("VISIT")
        .set("DAY", saying.say.say("residents.visits.home", {{"day", saying.day(next->begins)}}))
        .set("HINT", saying.say.say(
                         "residents.visits.home_hint",
                         {{"place", places_and_units::place_path(reading, region, next->place)}}));
  });
  return plain_page(site, request, "home", values);
}

http::Response show_help(const Site& site, const http::Request& request) {
  templates::Values values;
  set_with_phone(site, request, values, "LOST", "residents.help.lost");
  set_with_phone(site, request, values, "OTHER", "residents.help.other");
  return plain_page(site, request, "help", values);
}

http::Response show_privacy(const Site& site, const http::Request& request) {
  const auto version = request.query_value("version");
  if (!version.empty()) return notice_page(site, request, version);
  templates::Values values;
  values.set("LEAD", site.say(request, "residents.privacy.lead",
                              {{"organiser", site.surface.county().organiser}}));
  set_with_phone(site, request, values, "RIGHTS", "residents.privacy.rights");
  for (const char* who : {"you", "intake", "handler", "caller", "supervisor", "admin", "public"}) {
    const std::string key = "residents.privacy." + std::string(who);
    values.add("ROW")
        .set("WHO", site.say(request, key + ".who"))
        .set("SEES", site.say(request, key + ".sees"))
        .set("WHY", site.say(request, key + ".why"))
        .set("LONG", site.say(request, key + ".long"));
  }
  values.set("VERSION_LINE", site.say(request, "residents.privacy.version",
                                      {{"version", std::string(current_notice)}}));
  for (const std::string& each : notice_versions()) values.add("VERSION").set("ID", each);
  return plain_page(site, request, "privacy", values);
}

http::Response show_offline(const Site& site, const http::Request& request) {
  templates::Values values;
  return plain_page(site, request, "offline", values);
}

http::Response show_done(const Site& site, const http::Request& request) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  const auto lines = site.cache.ledger.of(site.installation);
  const double most = most_a_month(*lines);
  const Date today = to_date(site.installation.clock.now(), site.installation.county.rules.zone);
  templates::Values* solved = nullptr;
  std::size_t shown = 0;
  for (const KeptLine& kept : *lines) {
    if (kept.line.published.state != classes::PublicState::solved || shown == latest_shown)
      continue;
    if (solved == nullptr) solved = &values.add("SOLVED");
    show_class(say, today, most, kept, solved->add("CLASS"));
    ++shown;
  }
  // The same months as on the page of figures, by the same rule: what two rules hide of one number
  // could tell it together.
  const auto figures = site.cache.figures.of(site.installation);
  set_when_published(say, *figures, values);
  if (!figures->quarters.empty()) {
    templates::Values& table = values.add("TABLE");
    for (const insight::Quarter& quarter : figures->quarters) set_months(say, quarter, table);
  }
  return plain_page(site, request, "done", values);
}

}  // namespace minhu::pages
