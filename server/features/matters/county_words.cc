#include "features/matters/county_words.h"

namespace minhu::matters {

namespace places = places_and_units;

namespace {

void add_places_under(Reading& reading, RegionId region, const std::string& parent,
                      text::Lexicon& lexicon) {
  for (const places::Place& place : places::places_under(reading, region, parent)) {
    // A list may name the county as what lies above itself. (Any other circle hangs nowhere below.)
    if (place.code == parent) continue;
    // A name that cannot be a word is read as the words that it is made of.
    (void)lexicon.add(place.name, text::WordKind::place);
    add_places_under(reading, region, place.code, lexicon);
  }
}

}  // namespace

text::Lexicon county_lexicon(Reading& reading, RegionId region) {
  text::Lexicon lexicon;
  add_places_under(reading, region, std::to_string(region.value), lexicon);
  for (const places::Unit& unit : places::all_units(reading, region)) {
    (void)lexicon.add(unit.name, text::WordKind::unit);
  }
  return lexicon;
}

CountyUnits county_units(Reading& reading, RegionId region) {
  CountyUnits county;
  for (places::Unit& unit : places::all_units(reading, region)) {
    if (!unit.active) continue;
    county.known.push_back({unit.code, unit.name, {}});
    county.units.push_back(std::move(unit));
  }
  return county;
}

text::Whereabouts whereabouts(Reading& reading, RegionId region, std::string_view place) {
  text::Whereabouts where;
  const std::string county = std::to_string(region.value);
  for (const std::string& code : places::place_line(reading, region, place)) {
    if (code == county) break;
    if (const auto found = places::find_place(reading, region, code)) {
      where.places.push_back(found->name);
    }
  }
  return where;
}

}  // namespace minhu::matters
