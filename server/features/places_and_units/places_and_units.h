// Where things are, who is there for what, and to whom a matter of some kind in some place goes.
// All of it data.
#pragma once

#include <istream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/places_and_units/unit_id.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::places_and_units {

std::span<const Migration> migrations();  // numbers 0100 to 0199

// ---- places: the administrative tree, by national division code (浙江 33 … 村 12 digits)

struct Place {
  std::string code;
  std::string parent;  // empty for the root
  std::string name;
};
void put_place(Transaction& transaction, RegionId region, const Place& place);
std::optional<Place> find_place(Reading& reading, RegionId region, std::string_view code);
// "竹源镇 上溪村": from below the county down to the place.
std::string place_path(Reading& reading, RegionId region, std::string_view code);
// Towns and villages whose name holds the text, at most `limit`, towns first.
std::vector<Place> search_places(Reading& reading, RegionId region, std::string_view text,
                                 std::int64_t limit);
std::vector<Place> places_under(Reading& reading, RegionId region, std::string_view parent);

// A file with the columns code and name, and the parent's code in any of parent, streetCode,
// areaCode, cityCode.
struct ImportedPlaces {
  std::int64_t kept = 0;
  std::vector<std::string> faults;  // "line 7: …"
};
Result<ImportedPlaces> import_places(Transaction& transaction, RegionId region, std::istream& csv);

// ---- units

enum class UnitKind : std::uint8_t {
  petition_office,
  hotline_body,
  department,
  town_government,
  village_committee,
  inspection
};
enum class UnitLevel : std::uint8_t { county, town, village };
std::string_view name(UnitKind) noexcept;
std::string_view name(UnitLevel) noexcept;

struct Unit {
  UnitId id;
  std::string code;  // short and stable: "housing", "town-03"
  std::string name;
  UnitKind kind = UnitKind::department;
  UnitLevel level = UnitLevel::county;
  UnitId parent;
  std::string place;  // its area
  std::string leader_post;
  std::string phone;
  bool active = true;
};
void put_unit(Transaction& transaction, RegionId region, const Unit& unit);
std::optional<Unit> find_unit(Reading& reading, RegionId region, UnitId id);
// The unit above; empty when it stands at the top or there is no such unit.
UnitId parent_of(Reading& reading, RegionId region, UnitId id);
std::optional<Unit> find_unit_by_code(Reading& reading, RegionId region, std::string_view code);
std::vector<Unit> all_units(Reading& reading, RegionId region);  // by code

// ---- duties: what a department must do itself

struct Duty {
  std::string category;  // "scheme:code"; holds for everything under it
  UnitId unit;           // the department that must do it
  std::string source;    // where it is written
};
void put_duty(Transaction& transaction, RegionId region, const Duty& duty);
void remove_duty(Transaction& transaction, RegionId region, std::string_view category);
std::vector<Duty> all_duties(Reading& reading, RegionId region);  // by category
// INV-36: what a department must do is not pushed down. Fault not_allowed
// "units.duty_of_department" names the department.
Outcome may_take_duty(Reading& reading, RegionId region, std::string_view category,
                      const Unit& unit);

// ---- categories: one tree a scheme, and what a label of one scheme is in another

struct Category {
  std::string scheme;
  std::string code;
  std::string parent;
  std::string name;
  // Not offered any more from then on. What was filed under it stays readable.
  std::optional<Instant> ended_at = {};
};
void put_category(Transaction& transaction, RegionId region, const Category& category);
std::vector<Category> categories_of(Reading& reading, RegionId region, std::string_view scheme);
std::vector<std::string> category_schemes(Reading& reading, RegionId region);
// The category and everything above it, nearest first, as "scheme:code".
std::vector<std::string> category_line(Reading& reading, RegionId region,
                                       std::string_view category);
std::string category_name(Reading& reading, RegionId region,
                          std::string_view category);  // of "scheme:code"
void map_category(Transaction& transaction, RegionId region, std::string_view from,
                  std::string_view to);
void forget_mappings(Transaction& transaction, RegionId region, std::string_view from);
struct CategoryMapping {
  std::string from;  // "scheme:code"
  std::string to;
};
std::vector<CategoryMapping> category_mappings(Reading& reading, RegionId region);
std::optional<std::string> mapped_category(Reading& reading, RegionId region, std::string_view from,
                                           std::string_view scheme);
// A file of three columns level1, level2, level3. Gives the number of labels.
Result<std::int64_t> import_category_tree(Transaction& transaction, RegionId region,
                                          std::string_view scheme, std::istream& csv);

// ---- dispatch rules: category × area → unit

struct DispatchRule {
  std::string code;
  std::string category;  // "scheme:code", with everything under it; empty: any
  std::string area;      // place code, with everything under it; empty: anywhere
  UnitId unit;
  std::string source;
  std::optional<Instant> ended_at = {};  // in force until then; it is never removed
};
void put_dispatch_rule(Transaction& transaction, RegionId region, const DispatchRule& rule);
std::vector<DispatchRule> all_dispatch_rules(Reading& reading, RegionId region);  // ended ones, too

// Rules against one another: how closely one fits a matter. Higher is closer; no fit: nothing.
struct RuleFit {
  const DispatchRule* rule = nullptr;
  std::size_t category_depth = 0;  // 0: for any category
  std::size_t area_depth = 0;      // 0: anywhere
};
// Those in force that fit, the closest first. The lines are a category and a place with everything
// above them, nearest first.
std::vector<RuleFit> fitting_rules(std::span<const DispatchRule> rules,
                                   std::span<const std::string> category_line,
                                   std::span<const std::string> place_line);
// The place and everything above it, nearest first.
std::vector<std::string> place_line(Reading& reading, RegionId region, std::string_view place);

struct Suggestion {
  DispatchRule rule;
  std::string unit_name;
  std::string because;              // a sentence: which rule, and why it beat the others
  std::vector<std::string> beaten;  // codes of the rules that fit less closely
};
// The rule that fits most closely: the deeper category, then the smaller area, then the code.
// Nothing when none fits.
std::optional<Suggestion> suggest_unit(Reading& reading, RegionId region, std::string_view category,
                                       std::string_view place);

// Words that speak for a category, until the text engine reads better.
void put_category_word(Transaction& transaction, RegionId region, std::string_view category,
                       std::string_view word);
struct Guess {
  std::string category;
  std::vector<std::string> words;  // found in the text
};
std::optional<Guess> guess_category(Reading& reading, RegionId region, std::string_view text);

}  // namespace minhu::places_and_units
