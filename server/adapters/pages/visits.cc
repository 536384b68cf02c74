// R14: the days on which leaders come, what came of those that are over, and the calendar of both.
// The same for everybody, so caches may keep it for a while; a booking asks the writer itself.
#include <algorithm>

#include "adapters/pages/handlers.h"
#include "adapters/pages/visit_lines.h"
#include "features/visit_plans/cycle.h"
#include "features/visits/calendar.h"
#include "features/visits/calendars.h"
#include "features/visits/edges.h"
#include "features/visits/missed.h"
#include "features/visits/report.h"

namespace minhu::pages {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t days_ahead = 92;
constexpr std::int64_t days_back = 183;
constexpr std::size_t reports_shown = 5;
constexpr std::size_t missed_shown = 20;

struct Seen {
  visits::Visit visit;
  std::string where;
};
struct Missed {
  visits::MissedDay day;
  std::string where;
};
struct Lists {
  std::vector<Seen> coming;
  std::vector<Seen> reported;  // the latest first
  std::vector<Missed> missed;  // the latest first
  bool lots = false;           // a month of visits was frozen, so that there may be one
};

// What was announced and is over stays to be read, whether or not it took place: a day that nobody
// came on must not go away by itself.
void see_missed(const Site& site, Reading& reading, Instant now,
                const std::vector<visits::VisitRow>& rows, std::vector<Missed>& missed) {
  const cases::County& county = site.installation.county;
  const Instant since{now.unix_ms - days_back * day_ms};
  for (const visits::VisitRow& row : rows) {
    const bool changed = row.not_held > 0 || row.state == visits::State::published;
    if (!row.is_public || !changed) continue;
    const auto visit = visits::visit(reading, county.region, row.id);
    if (!visit) continue;
    for (visits::MissedDay& day : visits::missed_days(*visit, now, county.rules.zone)) {
      if (day.announced >= now || day.announced < since) continue;
      missed.push_back({std::move(day), where_of(reading, county.region, *visit)});
    }
  }
  std::sort(missed.begin(), missed.end(),
            [](const Missed& a, const Missed& b) { return a.day.announced > b.day.announced; });
  if (missed.size() > missed_shown) missed.resize(missed_shown);
}

Lists lists_of(const Site& site, Instant now) {
  const RegionId region = site.installation.county.region;
  return site.installation.database.read([&](Reading& reading) {
    Lists lists;
    const auto see = [&](const visits::VisitRow& row, std::vector<Seen>& list) {
      auto visit = visits::visit(reading, region, row.id);
      if (!visit) return;
      std::string where = where_of(reading, region, *visit);
      list.push_back({std::move(*visit), std::move(where)});
    };
    const auto rows = visits::between(reading, region, Instant{now.unix_ms - days_back * day_ms},
                                      Instant{now.unix_ms + days_ahead * day_ms});
    for (const visits::VisitRow& row : rows) {
      const bool told =
          visits::coming_states.has(row.state) || row.state == visits::State::cancelled;
      if (row.is_public && told && row.ends > now) see(row, lists.coming);
    }
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      const bool reported =
          row->state == visits::State::reported || row->state == visits::State::closed;
      if (reported && lists.reported.size() < reports_shown) see(*row, lists.reported);
    }
    see_missed(site, reading, now, rows, lists.missed);
    lists.lots = !visit_plans::published_cycles(reading, region, 1).empty();
    return lists;
  });
}

// What the page behind the button lets one do.
std::string_view key_of_button(Room room) {
  switch (room) {
    case Room::a_place:
      return "residents.visits.book";
    case Room::the_list:
      return "residents.visits.book_list";
    case Room::none:
      return "residents.visits.see";
  }
  return "residents.visits.see";
}

void show_coming(const VisitSaying& saying, const Seen& seen, bool first,
                 templates::Values& values) {
  const visits::Visit& visit = seen.visit;
  values.set("WHEN", saying.when(visit))
      .set("WHO", saying.who(visit))
      .set("WHERE", seen.where)
      .set("FORM", saying.say.say("residents.visits.form." + std::string(name(visit.form))));
  if (!visit.topics.empty()) {
    values.add("TOPICS").set("TEXT",
                             saying.say.say("residents.visits.topics", {{"topics", visit.topics}}));
  }
  saying.show_moved(visit, values);
  if (visit.state == visits::State::cancelled) return;
  values.add("OPEN")
      .set("FREE", saying.free(visit))
      .set("ID", visit.id.text())
      .set("WHEN", saying.when(visit))
      .set("GO", saying.say.say(key_of_button(saying.room(visit))))
      .show_if(!first, "SECOND");
}

void show_report(const VisitSaying& saying, const Seen& seen, templates::Values& values) {
  const visits::Report& report = *seen.visit.report;
  const auto& say = saying.say;
  std::string counts = say.say("residents.visits.heard_few");
  if (visits::shows_parts(report)) {
    counts =
        say.say("residents.visits.heard", {{"n", std::to_string(report.heard)}}) + " " +
        say.say("residents.visits.outcome", {{"solved", std::to_string(report.solved_on_the_spot)},
                                             {"progress", std::to_string(report.in_progress)},
                                             {"cannot", std::to_string(report.not_possible)}});
  }
  values.set("WHEN", saying.day(seen.visit.begins))
      .set("WHO", saying.who(seen.visit))
      .set("WHERE", seen.where)
      .set("COUNTS", counts)
      .set("WORDS", report.words);
  if (!report.why_not_possible.empty() && visits::shows_parts(report)) {
    values.add("CANNOT").set("TEXT", report.why_not_possible);
  }
}

// An address that a program outside can follow; nothing where the request does not say.
std::string address_of(const http::Request& request, const visits::Visit& visit) {
  const std::string_view host = request.header("host");
  if (host.empty()) return {};
  return (request.secure ? "https://" : "http://") + std::string(host) + "/visits/" +
         visit.id.text();
}

http::Response calendar_response(std::string text) {
  http::Response response;
  response.body = std::move(text);
  response.with("Content-Type", "text/calendar; charset=utf-8")
      .with("X-Content-Type-Options", "nosniff");
  return response;
}

std::string calendar_text(const Site& site, const http::Request& request, std::string_view title,
                          const std::vector<visits::Visit>& all) {
  const VisitSaying saying(site, request);
  const RegionId region = site.installation.county.region;
  std::vector<visits::CalendarEntry> entries;
  site.installation.database.read_job([&](Reading& reading) {
    for (const visits::Visit& visit : all) {
      visits::CalendarEntry entry;
      entry.uid = visit.id.text() + "@" + std::to_string(region.value) + ".minhu";
      entry.sequence = visit.sequence;
      entry.stamp = visit.changed_at;
      entry.begins = visit.begins;
      entry.ends = visit.ends;
      if (visit.state == visits::State::cancelled) {
        entry.status = visits::EntryStatus::cancelled;
      } else if (!visit.public_now()) {
        entry.status = visits::EntryStatus::tentative;
      }
      entry.summary = saying.say.say("residents.visits.ics_summary", {{"who", saying.who(visit)}});
      entry.location = where_of(reading, region, visit);
      entry.description = visit.topics;
      for (const std::string* more : {&visit.accessibility, &visit.public_reason}) {
        if (more->empty()) continue;
        if (!entry.description.empty()) entry.description += "\n";
        entry.description += *more;
      }
      if (visit.public_now()) entry.url = address_of(request, visit);
      entries.push_back(std::move(entry));
    }
  });
  return visits::to_icalendar(title, entries);
}

}  // namespace

http::Response show_visits(const Site& site, const http::Request& request) {
  const VisitSaying saying(site, request);
  const Lists lists = lists_of(site, saying.now);
  templates::Values values;
  values.show_if(lists.coming.empty(), "EMPTY").show_if(lists.lots, "LOTS");
  bool first = true;
  for (const Seen& seen : lists.coming) {
    show_coming(saying, seen, first, values.add("VISIT"));
    first = first && seen.visit.state == visits::State::cancelled;
  }
  if (!lists.reported.empty()) {
    templates::Values& past = values.add("PAST");
    for (const Seen& seen : lists.reported) show_report(saying, seen, past.add("REPORT"));
  }
  if (!lists.missed.empty()) {
    templates::Values& over = values.add("MISSED");
    for (const Missed& one : lists.missed) {
      const bool unsaid = one.day.reason.empty();
      over.add("DAY").set("TEXT", saying.say.say(unsaid ? "residents.visits.missed_unsaid"
                                                        : "residents.visits.missed_because",
                                                 {{"day", saying.day(one.day.announced)},
                                                  {"where", one.where},
                                                  {"reason", one.day.reason}}));
    }
  }
  return site.surface.page(
      request, "visits", values,
      {saying.say.say("residents.visits.title"), 200, Keep::until_asked_again});
}

http::Response show_visit_calendar(const Site& site, const http::Request& request) {
  const auto all = site.installation.database.read(
      [&](Reading& reading) { return visits::public_calendar(reading, site.anyone()); });
  const std::string title =
      site.say(request, "residents.visits.ics_name", {{"county", site.surface.county().name}});
  http::Response response = calendar_response(calendar_text(site, request, title, all));
  response.with("Cache-Control", "public, max-age=300").with("Vary", "Cookie, Accept-Language");
  return response;
}

http::Response show_own_visit_calendar(const Site& site, const http::Request& request) {
  const auto own = site.installation.database.read([&](Reading& reading) {
    return visits::calendar_of(reading, site.anyone(), request.captures.at(0));
  });
  if (!own) {
    http::Response response =
        site.refuse(request, Fault(FaultCode::not_found, "visits.no_such_calendar"));
    response.hold = site.guesses.wrong(request.client, site.installation.clock.now());
    return response;
  }
  const std::string title =
      site.say(request, "residents.visits.ics_own", {{"leader", own->leader}});
  http::Response response = calendar_response(calendar_text(site, request, title, own->visits));
  response.with("Cache-Control", "private, no-store").with("Referrer-Policy", "no-referrer");
  return response;
}

}  // namespace minhu::pages
