// The engine against a city's own dates: Boston's 311 requests of 2015, 121,145 of them. What is
// measured and why it differs where it does: docs/deadlines-boston.md.
//
// The file's times are the wall clock of Boston, summer and winter. Its terms count days and keep
// the time of day, so they are computed on the wall clock too: a zone without an offset.
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "engines/deadlines/deadlines.h"
#include "kernel/csv.h"
#include "project_folder.h"

namespace minhu::deadlines {
namespace {

constexpr FixedZone wall_clock{std::chrono::minutes(0)};
constexpr std::int64_t minute = 60'000;

const std::filesystem::path project = project_folder();
const std::filesystem::path example = project / "policies" / "examples" / "boston-311";
const std::filesystem::path data =
    project / ".." / "shared" / "data" / "service_requests" / "boston_2015.csv.gz";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string unpacked(const std::filesystem::path& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string text;
  std::array<char, 1U << 16U> part;
  for (int got = 0; (got = gzread(file, part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(got));
  }
  gzclose(file);
  return text;
}

// "01/31/2015 08:30:00 AM"
Instant american(std::string_view text) {
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const int hour = number(11) % 12 + (text[20] == 'P' ? 12 : 0);
  const auto civil = fmt::format("{}-{}-{} {:02}:{}", text.substr(6, 4), text.substr(0, 2),
                                 text.substr(3, 2), hour, text.substr(14, 5));
  return *parse_instant(civil, wall_clock);
}

struct Request {
  std::size_t line = 0;
  std::string type;
  std::string status;
  Instant opened;
  Instant target;
  std::optional<Instant> closed;
};

// Requests with a target date, in the order of their opening.
const std::vector<Request>& requests() {
  static const std::vector<Request> all = [] {
    std::vector<Request> found;
    std::istringstream text(unpacked(data));
    CsvReader reader(text);
    CsvRow row;
    EXPECT_TRUE(*reader.next(row));
    const auto column = [&](const char* name) { return column_of(row, name).value(); };
    const auto type = column("TYPE"), status = column("OnTime_Status"), opened = column("OPEN_DT"),
               target = column("TARGET_DT"), closed = column("CLOSED_DT");
    while (*reader.next(row)) {
      if (row.fields[target].empty()) continue;
      found.push_back({row.line, row.fields[type], row.fields[status], american(row.fields[opened]),
                       american(row.fields[target]), std::nullopt});
      if (!row.fields[closed].empty()) found.back().closed = american(row.fields[closed]);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Request& a, const Request& b) { return a.opened < b.opened; });
    return found;
  }();
  return all;
}

class Boston : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data)) GTEST_SKIP() << "the file of Boston's requests is not here";
  }
};

TEST_F(Boston, WhatIsOnTimeAndWhatIsLateFollowsFromTheDates) {
  std::int64_t closed = 0;
  std::int64_t agree = 0;
  std::vector<std::size_t> no_status;
  std::vector<std::size_t> other;
  for (const Request& request : requests()) {
    if (!request.closed) continue;
    ++closed;
    const std::string_view ours = in_time(request.target, *request.closed) ? "ONTIME" : "OVERDUE";
    if (request.status == ours) {
      ++agree;
    } else if (request.status.empty()) {
      // Says nothing about being late, with dates that say it was.
      EXPECT_EQ(ours, "OVERDUE") << "line " << request.line;
      no_status.push_back(request.line);
    } else {
      other.push_back(request.line);
    }
  }
  fmt::print(
      "closed requests with a target: {}\n  our status is the city's: {}\n"
      "  the city gives none, the dates say late: {}, in the lines\n   ",
      closed, agree, no_status.size());
  for (const auto line : no_status) fmt::print(" {}", line);
  fmt::print("\n  contradicted: {}\n", other.size());
  EXPECT_EQ(closed, 79'208);
  EXPECT_EQ(no_status.size(), 82U);
  EXPECT_TRUE(other.empty());
  EXPECT_EQ(agree, closed - 82);
}

// ---- which term a type has, learned from its earlier half

bool agrees(Instant ours, Instant theirs) {
  return std::abs(ours.unix_ms - theirs.unix_ms) <= minute;
}

struct City {
  Pack pack = read_pack(read_file(example / "pack-2015.toml")).value();
  CalendarFile year_2015 = read_calendar(read_file(example / "calendar-2015.toml")).value();
  CalendarFile year_2016 = read_calendar(read_file(example / "calendar-2016.toml")).value();
  Calendar calendar{{year_2015, year_2016}};
  Calendar before_2016_was_known{{year_2015}};

  // Whether the term gives the target; terms that cannot are not computed.
  bool fits(const Rule& rule, const Request& request) const {
    const auto days = (to_date(request.target, wall_clock) - to_date(request.opened, wall_clock));
    const auto away = days.count() - rule.amount;
    if (away < -1 || away > rule.amount + 10) return false;
    return agrees(compute(rule, calendar, request.opened, wall_clock).due, request.target);
  }
};

struct Learned {
  const Rule* before = nullptr;
  const Rule* now = nullptr;  // the same, unless the term was changed
};

// The term that explains most of the requests; or two, one after the other, where a change explains
// at least ten more.
Learned learn(const City& city, const std::vector<const Request*>& earlier) {
  constexpr std::size_t worth_a_change = 10;
  const auto& rules = city.pack.rules;
  struct Best {
    std::size_t hits = 0;
    const Rule* rule = nullptr;
  };
  std::vector<std::vector<std::size_t>> hits_before(rules.size());  // in the first i requests
  for (std::size_t r = 0; r < rules.size(); ++r) {
    hits_before[r].push_back(0);
    for (const Request* request : earlier) {
      hits_before[r].push_back(hits_before[r].back() + (city.fits(rules[r], *request) ? 1 : 0));
    }
  }
  const auto best_of = [&](std::size_t from, std::size_t to) {
    Best best;
    for (std::size_t r = 0; r < rules.size(); ++r) {
      const std::size_t hits = hits_before[r][to] - hits_before[r][from];
      if (hits > best.hits) best = {hits, &rules[r]};
    }
    return best;
  };
  const std::size_t end = earlier.size();
  const Best one = best_of(0, end);
  Learned learned{one.rule, one.rule};
  std::size_t most = one.hits + worth_a_change - 1;
  for (std::size_t change = 1; change < end; ++change) {
    const Best before = best_of(0, change);
    const Best after = best_of(change, end);
    if (before.hits + after.hits > most) {
      most = before.hits + after.hits;
      learned = {before.rule, after.rule};
    }
  }
  return learned;
}

// Why a target is not the date of the learned term. The order is the order of the questions.
enum class Why {
  calendar_of_2016_not_entered,
  clock_began_within_the_hour,
  no_time_given,
  another_term_of_the_city,
  other_whole_days,
  time_set_by_hand,
  nothing_to_learn_from,
};
constexpr std::array<std::string_view, 7> why_names{
    "counted before the city knew its holidays of 2016",
    "the clock began up to an hour from the opening",
    "target = opening: no time was given",
    "another term of the city (a sub-type, or moved between types)",
    "moved by whole days that are no term",
    "a time of day set by hand",
    "type with no term in its earlier half"};

Why why(const City& city, const Rule* rule, const Request& request) {
  if (agrees(request.opened, request.target)) return Why::no_time_given;
  if (rule == nullptr) return Why::nothing_to_learn_from;
  const Due early = compute(*rule, city.before_2016_was_known, request.opened, wall_clock);
  if (agrees(early.due, request.target)) {
    // What we would have told the speaker on that day was marked as provisional.
    EXPECT_TRUE(early.provisional) << "line " << request.line;
    return Why::calendar_of_2016_not_entered;
  }
  const Due due = compute(*rule, city.calendar, request.opened, wall_clock);
  if (std::abs(due.due.unix_ms - request.target.unix_ms) <= 60 * minute) {
    return Why::clock_began_within_the_hour;
  }
  for (const Rule& other : city.pack.rules) {
    if (city.fits(other, request)) return Why::another_term_of_the_city;
  }
  const auto time_of = [](Instant instant) { return to_civil(instant, wall_clock).since_midnight; };
  const auto apart = std::abs((time_of(due.begun) - time_of(request.target)).count());
  const auto apart_opened = std::abs((time_of(request.opened) - time_of(request.target)).count());
  if (std::min(apart, apart_opened) <= minute) return Why::other_whole_days;
  return Why::time_set_by_hand;
}

struct Share {
  std::int64_t of = 0;
  std::int64_t agree = 0;
  void count(bool agreed) {
    ++of;
    agree += agreed ? 1 : 0;
  }
  double percent() const {
    return of == 0 ? 0 : 100.0 * static_cast<double>(agree) / static_cast<double>(of);
  }
};

TEST_F(Boston, TargetsFollowFromTheOpeningByTheTermOfTheType) {
  const City city;
  std::map<std::string, std::vector<const Request*>> by_type;
  for (const Request& request : requests()) by_type[request.type].push_back(&request);

  Share all, to_the_second, same_day;
  std::array<std::int64_t, why_names.size()> reasons{};
  std::map<std::string, Share> slices;
  int changed = 0;
  for (const auto& [type, of_type] : by_type) {
    const auto half = of_type.begin() + static_cast<std::ptrdiff_t>((of_type.size() + 1) / 2);
    const Learned learned = learn(city, {of_type.begin(), half});
    if (learned.before != learned.now) ++changed;
    for (auto at = half; at != of_type.end(); ++at) {
      const Request& request = **at;
      if (learned.now == nullptr) {
        all.count(false);
        to_the_second.count(false);
        same_day.count(false);
        ++reasons[static_cast<std::size_t>(why(city, nullptr, request))];
        continue;
      }
      const Due due = compute(*learned.now, city.calendar, request.opened, wall_clock);
      const bool agreed = agrees(due.due, request.target);
      all.count(agreed);
      to_the_second.count(due.due == request.target);
      same_day.count(due.last_day == to_date(request.target, wall_clock));
      if (!agreed) ++reasons[static_cast<std::size_t>(why(city, learned.now, request))];

      const bool working = learned.now->unit == Unit::working_days;
      slices[working ? "terms in working days" : "terms in calendar days"].count(agreed);
      const Date opened = to_date(request.opened, wall_clock);
      if (working && !city.calendar.works(opened)) {
        const bool weekend = std::chrono::weekday(opened).iso_encoding() > 5;
        slices[weekend ? "working days, opened on a weekend" : "working days, opened on a holiday"]
            .count(agreed);
      } else if (working && due.begun != due.started) {
        slices["working days, opened before 8:30 or from 17:00"].count(agreed);
      }
      if (working && due.begun != due.started) {
        slices["working days, due at 8:30 sharp"].count(agreed);
      }
      if (working && due.skipped_days > 0) slices["working days, over days off"].count(agreed);
      if (!working && !city.calendar.works(due.last_day)) {
        slices["calendar days, due on a day off"].count(agreed);
      }
    }
  }

  fmt::print("types: {}, of which changed their term in the earlier half: {}\n", by_type.size(),
             changed);
  fmt::print(
      "later half: {} requests\n  within a minute {} ({:.2f} %), to the second {}, on the "
      "same day {} ({:.2f} %)\n",
      all.of, all.agree, all.percent(), to_the_second.agree, same_day.agree, same_day.percent());
  for (const auto& [name, share] : slices) {
    fmt::print("  {:<50} {:>6} of {:>6} ({:.2f} %)\n", name, share.agree, share.of,
               share.percent());
  }
  fmt::print("disagreements: {}\n", all.of - all.agree);
  std::int64_t explained = 0;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    fmt::print("  {:<66} {:>5}\n", why_names[i], reasons[i]);
    explained += reasons[i];
  }
  EXPECT_EQ(explained, all.of - all.agree);
  // What was reached; the file does not change, so a lower figure is the engine's.
  EXPECT_EQ(all.of, 47'047);
  EXPECT_GE(all.agree, 45'890);
  EXPECT_GE(same_day.agree, 46'315);
}

}  // namespace
}  // namespace minhu::deadlines
