// Which villages are visited without a word beforehand is drawn by lot. What was published before
// the draw and after the visits stands here, so that everybody can draw again: by a script on their
// own device (pages/assets/lots.js), or with the file of the API. Nothing before the seed is
// published says where somebody will come.
#include "adapters/pages/assets.h"
#include "adapters/pages/dates.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "adapters/pages/record_line.h"
#include "features/places_and_units/places_and_units.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/cycle.h"
#include "features/visit_plans/lot.h"

namespace minhu::pages {

namespace {

using visit_plans::Lot;

constexpr std::int64_t months_shown = 12;

struct MonthOfLot {
  visit_plans::PublishedCycle frozen;
  std::optional<Lot> lot;
  std::vector<std::string> spoiled;
  std::vector<std::string> places;  // drawn, in words; empty until the seed is published
};

std::vector<MonthOfLot> months_of(const Site& site) {
  const RegionId region = site.installation.county.region;
  return site.installation.database.read([&](Reading& reading) {
    std::vector<MonthOfLot> months;
    for (auto& frozen : visit_plans::published_cycles(reading, region, months_shown)) {
      const std::string name = frozen.month.name;
      MonthOfLot month{std::move(frozen),
                       visit_plans::lot_of(reading, region, name),
                       visit_plans::spoiled_lots(reading, region, name),
                       {}};
      if (month.lot && month.lot->revealed_at) {
        for (const std::string& place : month.lot->drawn) {
          month.places.push_back(places_and_units::place_path(reading, region, place));
        }
      }
      months.push_back(std::move(month));
    }
    return months;
  });
}

std::string_view standing_of(const std::optional<Lot>& lot) {
  if (!lot) return "residents.lots.none";
  if (lot->revealed_at) return "residents.lots.revealed";
  return lot->drawn_at ? "residents.lots.drawn" : "residents.lots.committed";
}

class LotSaying {
 public:
  LotSaying(const Site& site, const http::Request& request)
      : say_(site.surface.sentences(request)),
        zone_(site.installation.county.rules.zone),
        today_(to_date(site.installation.clock.now(), zone_)),
        phone_(unbroken(site.surface.county().phone)) {}

  const catalogue::Catalogue& say() const { return say_; }

  void show(const MonthOfLot& month, templates::Values& values) const {
    values.set("MONTH", say_month(say_, month.frozen.month.from))
        .set("STANDING", say_.say(standing_of(month.lot)));
    fact(values, "frozen", moment(month.frozen.published_at), to_hex(month.frozen.seal));
    for (const std::string& reason : month.spoiled) {
      values.add("SPOILED").set("TEXT", say_.say("residents.lots.spoiled", {{"reason", reason}}));
    }
    if (!month.lot) return;
    const Lot& lot = *month.lot;
    values.add("HOW_MANY")
        .set("TEXT",
             say_.say("residents.lots.how_many", {{"n", std::to_string(lot.number)},
                                                  {"of", std::to_string(lot.tickets.size())}}));
    fact(values, "sealed", moment(lot.committed_at), to_hex(lot.commitment));
    values.add("PROOF")
        .set("FILE", "/visits/lots/" + month.frozen.month.name + "/proof")
        .set("MONTH", say_month(say_, month.frozen.month.from));
    if (lot.drawn_at) fact(values, "beacon", moment(*lot.drawn_at), lot.beacon);
    if (!lot.revealed_at) return;
    fact(values, "seed", moment(*lot.revealed_at), lot.seed);
    templates::Values& over = values.add("OVER");
    for (const std::string& place : month.places) over.add("PLACE").set("NAME", place);
    over.set("FILE", "/api/v1/plans/" + month.frozen.month.name + "/lot")
        .set("MONTH", say_month(say_, month.frozen.month.from))
        .set("COMMITMENT", to_hex(lot.commitment))
        .set("DRAWN", joined(lot.drawn))
        .set("GOOD", say_.say("residents.lots.good", {{"n", std::to_string(lot.drawn.size())}}));
    for (const char* wrong : {"other_seed", "other_places", "cannot"}) {
      over.add("WRONG")
          .set("KEY", wrong)
          .set("TEXT", say_.say("residents.lots." + std::string(wrong), {{"phone", phone_}}));
    }
  }

 private:
  std::string moment(Instant instant) const { return say_moment(say_, instant, today_, zone_); }
  void fact(templates::Values& values, std::string_view what, const std::string& when,
            const std::string& text) const {
    values.add("FACT")
        .set("NAME", say_.say("residents.lots." + std::string(what)))
        .set("WHEN", when)
        .set("TEXT", text);
  }
  static std::string joined(const std::vector<std::string>& places) {
    std::string text;
    for (const std::string& place : places) text += (text.empty() ? "" : " ") + place;
    return text;
  }

  const catalogue::Catalogue& say_;
  FixedZone zone_;
  Date today_;
  std::string phone_;
};

}  // namespace

http::Response show_lots(const Site& site, const http::Request& request) {
  const LotSaying saying(site, request);
  const auto months = months_of(site);
  templates::Values values;
  values.set("LOTS_SCRIPT", asset_address("lots.js")).show_if(months.empty(), "EMPTY");
  for (const MonthOfLot& month : months) saying.show(month, values.add("LOT"));
  return site.surface.page(
      request, "visit-lots", values,
      {saying.say().say("residents.lots.title"), 200, Keep::until_asked_again});
}

// That this seed was sealed, and when, as the record has it: a file for /verify or for the program,
// from the moment in which it was sealed.
http::Response show_lot_proof(const Site& site, const http::Request& request) {
  const std::string& month = request.captures.at(0);
  const auto receipt =
      site.installation.database.read([&](Reading& reading) -> Result<record::Receipt> {
        const auto lots =
            visit_plans::committed_lots(reading, site.installation.county.region, month);
        if (lots.empty()) return fail(FaultCode::not_found, "plans.no_lot");
        const auto& chronicle = visit_plans::lot_chronicle();
        return site.record.public_receipt_of(reading, chronicle,
                                             visit_plans::subject_of(chronicle, month),
                                             static_cast<std::int64_t>(lots.size()) - 1);
      });
  if (!receipt) return site.refuse(request, receipt.error());
  if (const auto* promise = std::get_if<record::PromiseOfEvent>(&*receipt)) {
    return as_file(promise->text, "lot-" + month + ".tlog-promise");
  }
  return as_file(std::get<record::ProofOfEvent>(*receipt).text.reveal_because(
                     "what was committed to of a lot is public"),
                 "lot-" + month + ".tlog-proof");
}

}  // namespace minhu::pages
