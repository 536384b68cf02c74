// Everything that data/*.toml says about the county, its troubles and how people talk, read once
// per use. The files are part of the program: a mistake in them is a bug and stops it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/principal.h"
#include "features/demo/truth.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/ids.h"

namespace minhu::demo {

using Phrases = std::vector<std::string>;

struct Town {
  std::string code;
  std::string name;
  std::string terrain;
  double east_km = 0;
  double north_km = 0;
};

struct Village {
  TrueVillage truth;
  std::size_t town = 0;
};

// What a trouble can hang on: its name and where it lies.
enum class At : std::uint8_t { town, village, estate, road, school, company, river };
struct Thing {
  At kind = At::village;
  std::string name;
  std::size_t village = 0;
};

struct Office {
  places_and_units::Unit unit;
  TrueOffice truth;
};

struct CategoryOfBook {
  std::string code;
  std::string parent;
  std::string name;
  std::string owner;  // unit code, empty: the town of the place
  std::string basis;
};

struct Matter {
  std::string key;
  std::string category;
  At at = At::village;
  std::optional<Nature> nature;  // only for what is no trouble
  std::string emergency_line;    // "119", empty for everything else
  double everyday = 0;
  double single = 0;
  std::string season;
  Phrases what, detail, harm, ask, title, fixed;
};

struct Cause {
  TrueCause truth;  // its dates are drawn later
  std::size_t matter = 0;
  std::vector<std::size_t> things;  // where it shows
  double weight = 1;
  double from = 0;
  double treated = 2;  // after the end: never
  double relapsed = 2;
  Phrases hints;
};

struct Voice {
  std::string key;
  double weight = 1;
  double typo = 0;  // per character
  Phrases open, who, close, tail;
};

struct Book {
  RegionId region;
  std::string county_name;
  std::string organiser;
  std::string phone;
  std::string petition_office;
  std::string hotline_body;

  std::vector<Town> towns;
  std::vector<Village> villages;
  std::vector<Thing> things;
  std::vector<Office> offices;
  std::vector<CategoryOfBook> categories;  // parents before children
  std::map<std::string, Phrases> category_words;
  std::vector<Matter> matters;
  std::vector<Cause> causes;
  std::vector<Voice> voices;
  std::vector<std::vector<std::string>> schemes, phone_schemes;  // part names in order
  std::vector<std::array<std::string, 2>> typos;
  std::map<std::string, Phrases, std::less<>> phrases;  // of voices.toml and answers.toml, by name

  const Office& office(std::string_view code) const;
  const CategoryOfBook& category(std::string_view code) const;
  const Phrases& of(std::string_view name) const;
  // Unit code of who must deal with that category there.
  std::string owner_of(std::string_view category_code, std::size_t village) const;
};
Book read_book();

// The same at every start, so that logins and units fit each other without a database.
UnitId unit_id(std::string_view unit_code);
accounts::AccountId account_id(std::string_view login);

}  // namespace minhu::demo
