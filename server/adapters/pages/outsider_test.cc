// Random counties are published, and somebody attacks what was published: reads the CSV and the
// JSON as anybody would, sets up every sum that is known to hold, and reckons exactly.
#include <boost/json/parse.hpp>

#include "adapters/pages/test_browser.h"
#include "features/insight/test_outsider.h"
#include "kernel/test_dice.h"

namespace minhu::pages {
namespace {

using insight::Counts;
using insight::Measure;
using insight::Outsider;
using insight::Standing;

// "2025-Q2|县住建局|late" to what is published of it; nothing where it is not.
using Published = std::map<std::string, std::optional<std::int64_t>>;

std::string key_of(const std::string& period, const std::string& office, const std::string& name) {
  return period + "|" + office + "|" + name;
}

Published read_csv(const std::string& text) {
  Published all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> fields;
    std::istringstream in(line.substr(0, line.find('\r')) + ",");
    for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
    EXPECT_EQ(fields.size(), 5U) << line;
    if (fields.size() != 5 || fields[2] == "figure" || fields[2] == "2") continue;
    const auto number = [](const std::string& field) {
      return field.empty() ? std::nullopt : std::optional<std::int64_t>(std::stoll(field));
    };
    if (fields[0] == "version") continue;
    all[key_of(fields[0], fields[1], fields[2])] = number(fields[3]);
    if (fields[2] == "share:notice_in_time") {
      all[key_of(fields[0], fields[1], "notices")] = number(fields[4]);
    } else if (fields[2].starts_with("share:")) {
      EXPECT_EQ(number(fields[4]), all[key_of(fields[0], "", "due")]) << line;
    }
  }
  return all;
}

void read_line(const boost::json::object& line, const std::string& period,
               const std::string& office, Published& all) {
  const auto number = [](const boost::json::value& value) {
    return value.is_null() ? std::nullopt : std::optional(value.as_int64());
  };
  for (const char* name : {"received", "due", "returned", "reopened", "median_days"}) {
    if (const auto* value = line.if_contains(name)) {
      all[key_of(period, office, name)] = number(*value);
    }
  }
  for (const char* group : {"parts", "details"}) {
    if (!line.contains(group)) continue;
    for (const auto& [name, value] : line.at(group).as_object()) {
      all[key_of(period, office, std::string(name))] = number(value);
    }
  }
  if (!line.contains("shares")) return;
  for (const auto& [name, value] : line.at("shares").as_object()) {
    all[key_of(period, office, "share:" + std::string(name))] = number(value.at("above"));
    if (name == "notice_in_time") {
      all[key_of(period, office, "notices")] = number(value.at("below"));
    }
  }
}

Published read_json(const std::string& text) {
  Published all;
  const auto data = boost::json::parse(text);
  for (const auto& quarter : data.at("quarters").as_array()) {
    const std::string period(quarter.at("period").as_string());
    read_line(quarter.at("county").as_object(), period, "", all);
    for (const auto& month : quarter.at("months").as_array()) {
      read_line(month.as_object(), std::string(month.at("period").as_string()), "", all);
    }
    for (const auto& office : quarter.at("offices").as_array()) {
      read_line(office.as_object(), period, std::string(office.at("name").as_string()), all);
    }
  }
  return all;
}

const std::vector<std::string> five{"solved", "unconfirmed", "late", "open", "set_aside"};
const std::vector<std::string> four{"partly", "not_solved", "not_reached", "not_asked"};
const std::vector<std::string> seven{"withdrawn",    "voided",    "legal_road", "emergency",
                                     "not_accepted", "to_repeat", "parked"};

// Everything that is known to hold among the numbers of one quarter.
class Attack {
 public:
  Attack(const Published& published, const std::string& quarter) : published_(published) {
    std::set<std::string> offices;
    std::set<std::string> months;
    for (const auto& [key, number] : published) {
      const auto first = key.find('|');
      const auto second = key.find('|', first + 1);
      const std::string period = key.substr(0, first);
      const std::string office = key.substr(first + 1, second - first - 1);
      if (period == quarter && !office.empty()) offices.insert(office);
      if (period.find('Q') == std::string::npos && quarter_with(period) == quarter) {
        months.insert(period);
      }
    }
    std::vector<std::string> lines{key_of(quarter, "", "")};
    for (const auto& month : months) lines.push_back(key_of(month, "", ""));
    const std::size_t first_office = lines.size();
    for (const auto& office : offices) lines.push_back(key_of(quarter, office, ""));
    for (const std::string& line : lines) is_sum(line + "due", line, five);
    std::vector<std::string> all{"received", "due"};
    all.insert(all.end(), five.begin(), five.end());
    for (const std::string& name : all) {
      Outsider::Terms by_month;
      Outsider::Terms by_office;
      std::int64_t month_total = 0;
      std::int64_t office_total = 0;
      for (std::size_t i = 1; i < lines.size(); ++i) {
        if (i < first_office) {
          take(lines[i] + name, 1, by_month, month_total);
        } else {
          take(lines[i] + name, 1, by_office, office_total);
        }
      }
      take(lines[0] + name, -1, by_month, month_total);
      take(lines[0] + name, -1, by_office, office_total);
      outsider.equation(by_month, month_total);
      outsider.equation(by_office, office_total);
    }
    const std::string& county = lines[0];
    is_sum(county + "unconfirmed", county, four);
    is_sum(county + "set_aside", county, seven);
    is_sum(county + "share:solved_in_time", county, {"solved"});
    // Those that lie within one another, and what is left between them.
    within(county, "share:solved_in_time", "share:solved_first", {"late"});
    within(county, "share:solved_first", "share:solved", {"late", "not_solved"});
    within(county, "share:solved_in_time", "share:solved", {"late", "not_solved"});
    within(county, "share:solved", "due", {});
    within(county, "share:satisfied", "due", {});
    within(county, "share:notice_in_time", "notices", {});
    at_most(county, {"share:satisfied"}, {"solved", "partly", "not_solved", "not_reached", "late"});
  }

  Outsider outsider;
  std::map<std::string, std::size_t> hidden;              // what is not published
  std::vector<std::pair<std::string, std::size_t>> rest;  // what nobody prints

 private:
  static std::string quarter_with(const std::string& month) {
    return month.substr(0, 5) + "Q" + std::to_string((std::stoi(month.substr(5)) + 2) / 3);
  }
  void take(const std::string& key, std::int64_t times, Outsider::Terms& terms,
            std::int64_t& total) {
    const auto found = published_.find(key);
    ASSERT_NE(found, published_.end()) << key;
    if (found->second) {
      total -= times * *found->second;
      return;
    }
    auto known = hidden.find(key);
    if (known == hidden.end()) known = hidden.emplace(key, outsider.unknown(1)).first;
    terms.emplace_back(known->second, times);
  }
  void is_sum(const std::string& whole, const std::string& line,
              const std::vector<std::string>& parts) {
    Outsider::Terms terms;
    std::int64_t total = 0;
    take(whole, -1, terms, total);
    for (const auto& part : parts) take(line + part, 1, terms, total);
    outsider.equation(terms, total);
  }
  void within(const std::string& line, const std::string& inner, const std::string& outer,
              const std::vector<std::string>& at_most_these) {
    const std::size_t between = outsider.unknown(0);
    rest.emplace_back(line + outer + " without " + inner, between);
    Outsider::Terms terms{{between, 1}};
    std::int64_t total = 0;
    take(line + inner, 1, terms, total);
    take(line + outer, -1, terms, total);
    outsider.equation(terms, total);
    if (!at_most_these.empty()) at_most(line, {}, at_most_these, between);
  }
  void at_most(const std::string& line, const std::vector<std::string>& smaller,
               const std::vector<std::string>& larger, std::optional<std::size_t> also = {}) {
    Outsider::Terms terms{{outsider.unknown(0), 1}};
    if (also) terms.emplace_back(*also, 1);
    std::int64_t total = 0;
    for (const auto& name : smaller) take(line + name, 1, terms, total);
    for (const auto& name : larger) take(line + name, -1, terms, total);
    outsider.equation(terms, total);
  }

  const Published& published_;
};

class AgainstAnOutsider : public PagesWorld {
 protected:
  AgainstAnOutsider() {
    units_ = {county_.petition_office, county_.hotline_body, housing_, water_, town_};
    for (const char* name : {"县交通局", "县教育局", "县民政局", "石门乡人民政府"}) {
      units_.push_back(unit(name, name, {}, places_and_units::UnitLevel::county));
    }
  }

  // Cases of one office in the second quarter of 2025, as their events would have counted them.
  static void draw_case(Dice& dice, Counts& counts) {
    const auto one = [&](Measure measure, std::size_t bucket = 0) {
      insight::add(counts, {measure, static_cast<std::uint16_t>(bucket)}, 1);
    };
    const auto in_hundred = [&](std::int64_t share) { return dice.between(1, 100) <= share; };
    one(Measure::notice, in_hundred(80) ? 0 : 1);
    if (in_hundred(8)) {
      one(Measure::open, 9);
      return;
    }
    static constexpr Standing drawn[] = {
        Standing::solved,     Standing::solved,      Standing::solved,    Standing::solved,
        Standing::solved,     Standing::solved,      Standing::partly,    Standing::not_solved,
        Standing::not_asked,  Standing::not_reached, Standing::late,      Standing::late,
        Standing::legal_road, Standing::parked,      Standing::withdrawn, Standing::own_registered};
    const Standing standing = dice.one_of(drawn);
    one(Measure::outcome, static_cast<std::size_t>(standing));
    const bool late = standing == Standing::late && in_hundred(60);
    const bool again = standing == Standing::not_solved && in_hundred(30);
    if (standing == Standing::solved || late || again) {
      one(Measure::solved);
      one(Measure::days_to_solved, static_cast<std::size_t>(dice.between(0, 60)));
      if (!again && (!late || in_hundred(70))) one(Measure::solved_first);
      if (in_hundred(70)) one(Measure::satisfaction, 0);
    } else if (standing == Standing::partly && in_hundred(50)) {
      one(Measure::satisfaction, 1);
    }
  }

  void store_a_county(Dice& dice) {
    const insight::Piece first = insight::piece_of(*parse_date("2025-04-01"));
    const std::int64_t most = dice.one_of(std::array<std::int64_t, 4>{4, 12, 30, 80});
    write([&](Transaction& t) {
      t.execute("DELETE FROM figure_sum WHERE region_id = ?1", {param(county_.region)});
      for (const UnitId& unit : units_) {
        if (dice.between(0, 3) == 0) continue;
        const std::int64_t cases = dice.between(0, most);
        std::map<insight::Piece, Counts> pieces;
        for (std::int64_t i = 0; i < cases; ++i) {
          Counts& counts = pieces[first + dice.between(0, 5)];
          draw_case(dice, counts);
          insight::add(pieces[first + dice.between(0, 5)], {Measure::received, 0}, 1);
          if (dice.between(0, 9) == 0) insight::add(counts, {Measure::returned, 0}, 1);
          if (dice.between(0, 9) == 0) insight::add(counts, {Measure::reopened, 0}, 1);
        }
        for (const auto& [piece, counts] : pieces) {
          const std::string about = insight::about_unit(unit);
          const Bytes bytes = insight::packed(counts);
          t.execute(
              "INSERT INTO figure_sum(region_id, piece, about, track, counts) "
              "VALUES (?1, ?2, ?3, 'hotline', ?4)",
              {param(county_.region), piece, as_bytes(about), BytesView(bytes)});
        }
      }
    });
  }

  std::vector<UnitId> units_;
};

TEST_F(AgainstAnOutsider, NoHiddenNumberOfAnyCountyCanBeWorkedOut) {
  Dice dice{seed_of_this_run()};
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (int round = 0; round < 300; ++round) {
    store_a_county(dice);
    // Another day, so that what was kept is made anew.
    now_ = *parse_instant(round % 2 == 0 ? "2025-07-02 10:00" : "2025-09-02 10:00");
    const Published published = read_csv(get("/figures/data.csv").body);
    ASSERT_EQ(read_json(get("/figures/data.json").body), published);
    for (const auto& [key, number] : published) {
      if (!number) continue;
      ++shown;
      if (key.ends_with("median_days")) continue;
      ASSERT_TRUE(*number == 0 || *number >= 5) << "round " << round << ": " << key;
    }
    if (published.empty()) continue;
    Attack attack(published, "2025-Q2");
    ASSERT_TRUE(attack.outsider.begin()) << "round " << round << ": the sums do not hold";
    for (const auto& [key, unknown] : attack.hidden) {
      ++hidden;
      const auto range = attack.outsider.range(unknown, 5, 4);
      EXPECT_GE(range.most, 5) << "round " << round << ": " << key << " is known to be small";
      EXPECT_GE(range.width(), 4) << "round " << round << ": " << key << " is from " << range.least
                                  << " to " << range.most;
    }
    for (const auto& [key, unknown] : attack.rest) {
      const auto range = attack.outsider.range(unknown, 5, 4);
      EXPECT_FALSE(range.least > 0 && range.most < 5)
          << "round " << round << ": " << key << " is from " << range.least << " to " << range.most;
    }
    if (HasFailure()) break;
  }
  // Or nothing would have been attacked.
  EXPECT_GT(hidden, 5000U);
  EXPECT_GT(shown, 5000U);
}

}  // namespace
}  // namespace minhu::pages
