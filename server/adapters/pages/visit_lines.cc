#include "adapters/pages/visit_lines.h"

#include "adapters/pages/dates.h"
#include "features/places_and_units/places_and_units.h"
#include "features/places_and_units/said_of_places.h"
#include "features/visits/edges.h"

namespace minhu::pages {

namespace {

constexpr std::int64_t days_ahead_ms = std::int64_t{92} * 24 * 3'600'000;

}  // namespace

std::string VisitSaying::day(Instant instant) const {
  const FixedZone zone = site.installation.county.rules.zone;
  const Date date = to_date(instant, zone);
  const std::chrono::weekday weekday(date);
  return say_day(say, date, to_date(now, zone)) + " " +
         say.say("residents.visits.weekday." + std::to_string(weekday.c_encoding()));
}

std::string VisitSaying::time(Instant instant) const {
  return format_instant(instant, site.installation.county.rules.zone).substr(11, 5);
}

std::string VisitSaying::when(const visits::Visit& visit) const {
  const FixedZone zone = site.installation.county.rules.zone;
  const Date date = to_date(visit.begins, zone);
  const std::chrono::weekday weekday(date);
  return say.say(
      "residents.visits.when",
      {{"day", say_day(say, date, to_date(now, zone))},
       {"weekday", say.say("residents.visits.weekday." + std::to_string(weekday.c_encoding()))},
       {"from", time(visit.begins)},
       {"to", time(visit.ends)}});
}

std::string VisitSaying::who(const visits::Visit& visit) const {
  return visit.leader.post + " " + visit.leader.name;
}

Room VisitSaying::room(const visits::Visit& visit) const {
  if (!visit.bookable() || now >= visit.begins) return Room::none;
  if (visit.free_to_book() > 0) return Room::a_place;
  return visit.on_the_list() < visit.waiting_places ? Room::the_list : Room::none;
}

std::string VisitSaying::free(const visits::Visit& visit) const {
  if (visit.state == visits::State::cancelled) return say.say("residents.visits.cancelled");
  if (!visits::coming_states.has(visit.state)) return say.say("residents.visits.over");
  if (!visit.bookable() || now >= visit.begins) return say.say("residents.visits.begun");
  const auto counted = [&](const char* key, std::int64_t n) {
    return say.say(key, {{"n", std::to_string(n)}});
  };
  switch (room(visit)) {
    case Room::a_place:
      return counted("residents.visits.free", visit.free_to_book());
    case Room::the_list:
      if (visit.on_the_list() == 0) return say.say("residents.visits.list_first");
      return counted("residents.visits.list", visit.on_the_list());
    case Room::none:
      break;
  }
  return counted("residents.visits.full", visit.walk_in_quota);
}

void VisitSaying::show_moved(const visits::Visit& visit, templates::Values& values) const {
  if (visit.not_held.empty()) return;
  const visits::NotHeld& last = visit.not_held.back();
  const bool cancelled = visit.state == visits::State::cancelled;
  const Instant begins = cancelled ? visit.instead_begins : visit.begins;
  const std::string person = cancelled ? visit.instead_leader : who(visit);
  values.add("MOVED")
      .set("LABEL", say.say(cancelled ? "residents.visits.cancelled" : "residents.visits.moved"))
      .set("WHY", say.say("residents.visits.why_moved",
                          {{"day", day(last.announced)}, {"reason", last.reason}}))
      .set("INSTEAD", last.instead == "substitute"
                          ? say.say("residents.visits.instead_person", {{"who", person}})
                          : say.say("residents.visits.instead_date", {{"day", day(begins)}}));
}

std::string where_of(Reading& reading, RegionId region, const visits::Visit& visit) {
  return places_and_units::path_as_said(places_and_units::place_path(reading, region, visit.place),
                                        visit.place_words);
}

std::optional<visits::VisitRow> next_visit(Reading& reading, RegionId region, Instant now) {
  // One that has begun today can still be gone to until it ends.
  const Instant from{now.unix_ms - std::int64_t{14} * 3'600'000};
  for (visits::VisitRow& row :
       visits::between(reading, region, from, Instant{now.unix_ms + days_ahead_ms})) {
    if (row.is_public && visits::coming_states.has(row.state) && row.ends > now) {
      return std::move(row);
    }
  }
  return std::nullopt;
}

}  // namespace minhu::pages
