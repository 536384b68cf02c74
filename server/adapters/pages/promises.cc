// What leaders promised, for everybody: overdue first, then what is under way, what was kept, and
// what was given up with its reason. Nobody who brought a matter stands in it.
#include <array>
#include <map>

#include "adapters/pages/handlers.h"
#include "adapters/pages/promise_lines.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/publishing.h"

namespace minhu::pages {

namespace {

using promises::PublicPromise;
using promises::State;

std::string_view part_of(const PublicPromise& promise) {
  if (promise.overdue) return "late_part";
  if (promise.state == State::verified) return "kept";
  if (promise.state == State::given_up) return "given_up";
  return "owed";
}
constexpr std::array<std::string_view, 4> parts{"late_part", "owed", "kept", "given_up"};

// Names of units and places, each read once for the page.
class Names {
 public:
  Names(Reading& reading, RegionId region) : reading_(reading), region_(region) {}

  const std::string& unit(UnitId id) {
    auto found = units_.find(id);
    if (found == units_.end()) {
      const auto unit = places_and_units::find_unit(reading_, region_, id);
      found = units_.emplace(id, unit ? unit->name : std::string()).first;
    }
    return found->second;
  }
  const std::string& place(const std::string& code) {
    auto found = places_.find(code);
    if (found == places_.end()) {
      found = places_.emplace(code, places_and_units::place_path(reading_, region_, code)).first;
    }
    return found->second;
  }

 private:
  Reading& reading_;
  RegionId region_;
  std::map<UnitId, std::string> units_;
  std::map<std::string, std::string> places_;
};

void show(const catalogue::Catalogue& say, Names& names, Date today, const PublicPromise& promise,
          templates::Values& values) {
  const std::string day = say_promised_day(say, promise.promised_on, today);
  values.set("ID", promise.id.text())
      .set("WORDS", promise.withheld ? say.say("residents.promises.withheld") : promise.words)
      .set("POST", promise.said_by)
      .set("SAID", say.say("residents.promises.said", {{"date", day}}))
      .set("UNIT", say.say("residents.promises.unit", {{"unit", names.unit(promise.unit)}}))
      .set("STATE", say_promise_state(say, promise.state))
      .set("DUE", say.say("residents.promises.due",
                          {{"date", say_promised_day(say, promise.due, today)}}));
  // Where it is, is not told of one that is withheld: it is not "the whole county" either.
  if (!promise.withheld) {
    values.add("PLACE").set("TEXT", promise.place.empty()
                                        ? say.say("residents.promises.where_county")
                                        : names.place(promise.place));
  }
  values.show_if(promise.overdue, "LATE");
  const std::string not_told =
      promise.withheld ? say.say("residents.promises.not_told") : std::string();
  std::vector<promises::DueChange> changes = promise.due_changes;
  for (promises::DueChange& change : changes) change.reason += not_told;
  const bool given_up = promise.state == State::given_up;
  show_what_changed(say, today, changes, given_up ? promise.reason + not_told : promise.reason,
                    values);
  if (promise.proof) {
    const bool seen = *promise.proof == promises::Proof::visit;
    values.add("FOUND")
        .set("HOW", say.say(seen ? "residents.promises.by_visit" : "residents.promises.by_call"))
        .set("TEXT", promise.finding + not_told);
  }
  if (promise.evidence > 0) {
    values.add("EVIDENCE")
        .set("TEXT",
             say.say("residents.promises.evidence", {{"n", std::to_string(promise.evidence)}}));
  }
  if (promise.handed_over > 0) {
    values.add("HANDED").set(
        "TEXT", say.say("residents.promises.handed", {{"n", std::to_string(promise.handed_over)}}));
  }
}

}  // namespace

http::Response show_promises(const Site& site, const http::Request& request) {
  const auto& say = site.surface.sentences(request);
  const cases::County& county = site.installation.county;
  const Instant now = site.installation.clock.now();
  const Date today = to_date(now, county.rules.zone);
  return site.installation.database.read([&](Reading& reading) {
    const promises::PublicList list = promises::for_everybody(reading, county, now);
    templates::Values values;
    Names names(reading, county.region);
    values.show_if(list.promises.empty(), "EMPTY");
    for (const std::string_view part : parts) {
      templates::Values* shown = nullptr;
      for (const PublicPromise& promise : list.promises) {
        if (part_of(promise) != part) continue;
        if (shown == nullptr) {
          shown = &values.add("PART");
          shown->set("NAME", say.say("residents.promises." + std::string(part)));
        }
        show(say, names, today, promise, shown->add("PROMISE"));
      }
    }
    if (list.not_yet_shown > 0) {
      values.add("WAITING").set("TEXT", say.say("residents.promises.waiting",
                                                {{"n", std::to_string(list.not_yet_shown)}}));
    }
    return site.surface.page(request, "promises", values,
                             {say.say("residents.promises.title"), 200, Keep::five_minutes});
  });
}

}  // namespace minhu::pages
