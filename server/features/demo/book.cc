#include "features/demo/book.h"

#include <algorithm>

#include "features/demo/dice.h"
#include "kernel/assert.h"
#include "kernel/crypto.h"
#include "kernel/toml.h"
#include "minhu_demo_data.h"

namespace minhu::demo {

namespace {

// The south-western corner of the county: open sea, where no village can be mistaken for ours.
constexpr std::int64_t south_e7 = 284000000;
constexpr std::int64_t west_e7 = 1236000000;
constexpr double e7_per_km_north = 90000;
constexpr double e7_per_km_east = 102000;
// The day on which the identities of units and accounts were "made".
constexpr Instant made_at{1'600'000'000'000};

toml::table file(std::string_view name) {
  const std::string_view found = find_embedded(embedded::demo_data(), name);
  MINHU_ASSERT(!found.empty());
  return toml::parse(found);
}

std::string text(const toml::table& table, std::string_view key, std::string otherwise = {}) {
  return table[key].value_or(std::move(otherwise));
}

double number(const toml::table& table, std::string_view key, double otherwise) {
  return table[key].value_or(otherwise);
}

Phrases list(const toml::table& table, std::string_view key) {
  Phrases all;
  if (const auto* array = table[key].as_array()) {
    for (const auto& one : *array) all.push_back(one.value_or(std::string()));
  }
  return all;
}

template <class F>
void each_table(const toml::table& table, std::string_view key, F&& use) {
  const auto* array = table[key].as_array();
  MINHU_ASSERT(array != nullptr);
  for (const auto& one : *array) use(*one.as_table());
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < line.size()) {
    const auto end = std::min(line.find(' ', at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

At at_named(std::string_view text) {
  constexpr std::array<std::string_view, 7> names{"town",   "village", "estate", "road",
                                                  "school", "company", "river"};
  const auto found = std::find(names.begin(), names.end(), text);
  MINHU_ASSERT(found != names.end());
  return static_cast<At>(found - names.begin());
}

TrueVillage village_of(const Town& town, const std::string& name, std::size_t number_in_town,
                       bool silent) {
  Dice dice(number_of(town.code + name));
  TrueVillage village;
  const std::string number = std::to_string(201 + number_in_town);
  village.code = "339901" + town.code + number;
  village.name = name;
  village.town = town.name;
  village.terrain = town.terrain;
  const auto people = [&](double median) {
    const auto tens = static_cast<std::int64_t>(dice.around(median, 0.35)) / 10;
    return tens * 10 + dice.whole(1, 9);
  };
  village.population = people(town.terrain == "urban"   ? 5200
                              : town.terrain == "plain" ? 1900
                              : town.terrain == "hills" ? 1250
                                                        : 620);
  const double reach = town.terrain == "urban" ? 1.6 : 4.5;
  const auto place = [&](std::int64_t corner, double km, double scale) {
    return corner + static_cast<std::int64_t>((km + dice.between(-reach, reach)) * scale);
  };
  village.latitude_e7 = place(south_e7, town.north_km, e7_per_km_north);
  village.longitude_e7 = place(west_e7, town.east_km, e7_per_km_east);
  village.silent = silent;
  village.speaking = silent ? dice.between(0.08, 0.16) : std::min(dice.around(1.0, 0.25), 1.8);
  return village;
}

void read_towns(const toml::table& county, Book& book) {
  const auto here = [&](const toml::table& table, const char* key, At kind, std::size_t first) {
    const std::size_t count = book.villages.size() - first;
    for (const std::string& name : list(table, key)) {
      book.things.push_back({kind, name, first + number_of(name) % count});
    }
  };
  each_table(county, "town", [&](const toml::table& table) {
    Town town{text(table, "code"), text(table, "name"), text(table, "terrain"), 0, 0};
    if (const auto* centre = table["centre"].as_array()) {
      town.east_km = centre->get(0)->value_or(0.0);
      town.north_km = centre->get(1)->value_or(0.0);
    }
    const Phrases silent = list(table, "silent");
    const std::size_t first = book.villages.size();
    for (const std::string& name : list(table, "villages")) {
      const bool hardly_speaks = std::find(silent.begin(), silent.end(), name) != silent.end();
      book.things.push_back({At::village, name, book.villages.size()});
      book.villages.push_back(
          {village_of(town, name, book.villages.size() - first, hardly_speaks), book.towns.size()});
    }
    book.things.push_back({At::town, town.name, first});
    here(table, "estates", At::estate, first);
    here(table, "roads", At::road, first);
    here(table, "schools", At::school, first);
    here(table, "rivers", At::river, first);
    book.towns.push_back(std::move(town));
  });
  for (const std::string& name : list(*county["entities"].as_table(), "companies")) {
    book.things.push_back({At::company, name, number_of(name) % book.villages.size()});
  }
}

places_and_units::UnitKind kind_named(std::string_view text) {
  using enum places_and_units::UnitKind;
  for (const auto kind : {petition_office, hotline_body, department, town_government,
                          village_committee, inspection}) {
    if (places_and_units::name(kind) == text) return kind;
  }
  MINHU_ASSERT(false && "no such kind of unit");
  return department;
}

void add_office(Book& book, places_and_units::Unit unit, double days, double paper,
                double objects) {
  unit.id = unit_id(unit.code);
  // 000: see the note on top of county.toml.
  unit.phone = "000-8" + std::to_string(100'0000 + number_of(unit.code) % 900'0000).substr(0, 3) +
               "-" + std::to_string(1000 + number_of(unit.name) % 9000);
  TrueOffice truth{unit.code, days, paper, objects};
  book.offices.push_back({std::move(unit), std::move(truth)});
}

void read_offices(const toml::table& county, Book& book) {
  using places_and_units::UnitKind;
  using places_and_units::UnitLevel;
  each_table(county, "unit", [&](const toml::table& table) {
    places_and_units::Unit unit;
    unit.code = text(table, "code");
    unit.name = text(table, "name");
    unit.kind = kind_named(text(table, "kind"));
    const std::string parent = text(table, "parent", "government");
    if (unit.code != "city-review") unit.parent = unit_id(parent);
    unit.place = std::to_string(book.region.value);
    unit.leader_post = text(table, "post");
    add_office(book, unit, number(table, "days", 1.0), number(table, "paper", 0.2),
               number(table, "objects", 0.0));
  });
  const toml::table& towns = *county["town_government"].as_table();
  for (const Town& town : book.towns) {
    Dice dice(number_of("office of " + town.code));
    const bool urban = town.terrain == "urban";
    places_and_units::Unit unit;
    unit.code = "town-" + town.code;
    unit.name = town.name + text(towns, urban ? "urban_suffix" : "name_suffix");
    unit.kind = UnitKind::town_government;
    unit.level = UnitLevel::town;
    unit.parent = unit_id("government");
    unit.place = std::to_string(book.region.value) + town.code;
    unit.leader_post = text(towns, urban ? "urban_post" : "post");
    // Drawn one after the other: in which order arguments are evaluated is up to the compiler.
    const double objects = std::min(0.3, dice.around(number(towns, "objects", 0.08), 0.4));
    const double paper = std::min(0.7, dice.around(number(towns, "paper", 0.3), 0.4));
    const double days = dice.around(number(towns, "days", 1.5), 0.35);
    add_office(book, unit, days, paper, objects);
  }
  for (const Village& village : book.villages) {
    places_and_units::Unit unit;
    unit.code = "village-" + village.truth.code.substr(6);
    unit.name =
        village.truth.name + (village.truth.terrain == "urban" ? "居民委员会" : "村民委员会");
    if (const auto twice = unit.name.find("村村民"); twice != std::string::npos) {
      unit.name.erase(twice, std::string_view("村").size());
    }
    unit.kind = UnitKind::village_committee;
    unit.level = UnitLevel::village;
    unit.parent = unit_id("town-" + book.towns[village.town].code);
    unit.place = village.truth.code;
    unit.leader_post = "主任";
    add_office(book, unit, 1.5, 0.25, 0.05);
  }
}

void read_categories(const toml::table& county, Book& book) {
  each_table(county, "category", [&](const toml::table& table) {
    const CategoryOfBook parent{text(table, "code"), "", text(table, "name"), "",
                                text(table, "basis")};
    book.categories.push_back(parent);
    each_table(table, "children", [&](const toml::table& child) {
      book.categories.push_back({text(child, "code"), parent.code, text(child, "name"),
                                 text(child, "owner"), text(child, "basis", parent.basis)});
    });
  });
  for (const auto& [code, words] : file("category_words.toml")) {
    for (const auto& word : *words.as_array()) {
      book.category_words[std::string(code)].push_back(word.value_or(std::string()));
    }
  }
}

std::optional<Nature> nature_named(std::string_view text) {
  if (text == "inquiry") return Nature::inquiry;
  if (text == "suggestion") return Nature::suggestion;
  if (text == "accusation") return Nature::accusation;
  return std::nullopt;
}

void read_matters(Book& book) {
  each_table(file("matters.toml"), "matter", [&](const toml::table& table) {
    Matter matter;
    matter.key = text(table, "key");
    matter.category = text(table, "category");
    matter.at = at_named(text(table, "at"));
    matter.nature = nature_named(text(table, "nature"));
    matter.emergency_line = text(table, "line");
    matter.everyday = number(table, "everyday", 0);
    matter.single = number(table, "single", 0);
    matter.season = text(table, "season");
    matter.what = list(table, "what");
    matter.detail = list(table, "detail");
    matter.harm = list(table, "harm");
    matter.ask = list(table, "ask");
    matter.title = list(table, "title");
    matter.fixed = list(table, "fixed");
    book.matters.push_back(std::move(matter));
  });
}

// Where a cause shows: at named things, in named villages, in some towns, or anywhere.
std::vector<std::size_t> things_of(Book& book, const toml::table& table, At kind) {
  const Phrases at = list(table, "at");
  const Phrases towns = list(table, "towns");
  const Phrases places = list(table, "places");
  const auto among = [](const Phrases& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  std::vector<std::size_t> found;
  if (!places.empty()) {  // a company troubles several villages: one thing for each
    for (const std::string& name : at) {
      for (std::size_t v = 0; v < book.villages.size(); ++v) {
        if (!among(places, book.villages[v].truth.name)) continue;
        found.push_back(book.things.size());
        book.things.push_back({kind, name, v});
      }
    }
    return found;
  }
  for (std::size_t i = 0; i < book.things.size(); ++i) {
    const Thing& thing = book.things[i];
    if (thing.kind != kind) continue;
    const std::string& town = book.towns[book.villages[thing.village].town].code;
    if ((at.empty() || among(at, thing.name)) && (towns.empty() || among(towns, town))) {
      found.push_back(i);
    }
  }
  MINHU_ASSERT(!found.empty());
  return found;
}

void read_causes(Book& book) {
  each_table(file("causes.toml"), "cause", [&](const toml::table& table) {
    Cause cause;
    const std::string key = text(table, "matter");
    const auto matter = std::find_if(book.matters.begin(), book.matters.end(),
                                     [&](const Matter& one) { return one.key == key; });
    MINHU_ASSERT(matter != book.matters.end());
    cause.matter = static_cast<std::size_t>(matter - book.matters.begin());
    cause.truth.key = text(table, "key");
    cause.truth.text = text(table, "text");
    cause.truth.kind = text(table, "kind");
    cause.truth.category = matter->category;
    cause.truth.owner = book.category(matter->category).owner;
    cause.truth.left = number(table, "left", 1.0);
    cause.things = things_of(book, table, matter->at);
    cause.weight = number(table, "weight", 1);
    cause.from = number(table, "from", 0);
    cause.treated = number(table, "treated", 2);
    cause.relapsed = number(table, "relapsed", 2);
    cause.hints = list(table, "hints");
    book.causes.push_back(std::move(cause));
  });
}

void read_voices(Book& book) {
  const toml::table voices = file("voices.toml");
  each_table(voices, "voice", [&](const toml::table& table) {
    book.voices.push_back({text(table, "key"), number(table, "weight", 1), number(table, "typo", 0),
                           list(table, "open"), list(table, "who"), list(table, "close"),
                           list(table, "tail")});
  });
  for (const std::string& scheme : list(voices, "schemes")) {
    book.schemes.push_back(words_of(scheme));
  }
  for (const std::string& scheme : list(voices, "phone_schemes")) {
    book.phone_schemes.push_back(words_of(scheme));
  }
  for (const auto& pair : *voices["typos"].as_array()) {
    const toml::array& both = *pair.as_array();
    book.typos.push_back(
        {both.get(0)->value_or(std::string()), both.get(1)->value_or(std::string())});
  }
  const toml::table answers = file("answers.toml");
  for (const toml::table* table : {&voices, &answers}) {
    for (const auto& [key, value] : *table) {
      const auto* array = value.as_array();
      if (array == nullptr || array->empty() || !array->get(0)->is_string()) continue;
      book.phrases[std::string(key.str())] = list(*table, key.str());
    }
  }
}

// An identity from a name: the shape of a UUIDv7, always the same.
Uuid named_uuid(std::string_view name) {
  const Digest digest = sha256(as_bytes(name));
  std::array<std::uint8_t, 10> random{};
  std::copy_n(digest.begin(), random.size(), random.begin());
  return make_uuid_v7(made_at, random);
}

}  // namespace

UnitId unit_id(std::string_view unit_code) {
  return UnitId(named_uuid("minhu/demo/unit/" + std::string(unit_code)));
}

accounts::AccountId account_id(std::string_view login) {
  return accounts::AccountId(named_uuid("minhu/demo/account/" + std::string(login)));
}

const Office& Book::office(std::string_view code) const {
  const auto found = std::find_if(offices.begin(), offices.end(),
                                  [&](const Office& one) { return one.unit.code == code; });
  MINHU_ASSERT(found != offices.end());
  return *found;
}

const CategoryOfBook& Book::category(std::string_view code) const {
  const auto found = std::find_if(categories.begin(), categories.end(),
                                  [&](const CategoryOfBook& one) { return one.code == code; });
  MINHU_ASSERT(found != categories.end());
  return *found;
}

const Phrases& Book::of(std::string_view name) const {
  const auto found = phrases.find(name);
  MINHU_ASSERT(found != phrases.end());
  return found->second;
}

std::string Book::owner_of(std::string_view category_code, std::size_t village) const {
  const std::string& owner = category(category_code).owner;
  return owner.empty() ? "town-" + towns[villages[village].town].code : owner;
}

Book read_book() {
  const toml::table county = file("county.toml");
  const toml::table& head = *county["county"].as_table();
  Book book;
  book.region = RegionId{head["region"].value_or(std::int64_t{0})};
  book.county_name = text(head, "name");
  book.organiser = text(head, "organiser");
  book.phone = text(head, "phone");
  book.petition_office = text(head, "petition_office");
  book.hotline_body = text(head, "hotline_body");
  read_towns(county, book);
  read_offices(county, book);
  read_categories(county, book);
  read_matters(book);
  read_causes(book);
  read_voices(book);
  return book;
}

}  // namespace minhu::demo
