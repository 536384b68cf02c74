#include "engines/deadlines/deadlines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "project_folder.h"

namespace minhu::deadlines {
namespace {

using std::chrono::days;
using namespace std::chrono_literals;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::filesystem::path policies = project_folder() / "policies";

RuleBook shipped() {
  RuleBook book;
  for (const auto& entry : std::filesystem::directory_iterator(policies / "packs")) {
    const auto pack = read_pack(read_file(entry.path()));
    EXPECT_TRUE(pack) << entry.path() << ": " << pack.error().details.at("reason");
    if (pack) book.packs.push_back(*pack);
  }
  std::vector<CalendarFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(policies / "calendars")) {
    const auto file = read_calendar(read_file(entry.path()));
    EXPECT_TRUE(file) << entry.path() << ": " << file.error().details.at("reason");
    if (file && file->id.starts_with("cn-")) files.push_back(*file);
  }
  book.calendar = Calendar(std::move(files));
  return book;
}

std::string_view nothing_said(std::string_view) {
  return {};
}

Instant noon(Date day) {
  return {start_of_day(day).unix_ms + 12 * 3'600'000};
}

// Throws where a pack has no such rule: the test that asked fails by name, and the others still
// run.
const Rule& rule(const RuleBook& book, std::string_view pack, std::string_view code) {
  const Rule* found = book.find(pack, code);
  if (found == nullptr) {
    throw std::out_of_range(std::string(pack) + " has no rule " + std::string(code));
  }
  return *found;
}

class Vectors : public ::testing::Test {
 protected:
  Date due(std::string_view code, Date start) const {
    return compute(rule(book_, "cn-petition-2022@1", code), book_.calendar, noon(start)).last_day;
  }
  RuleBook book_ = shipped();
};

TEST_F(Vectors, FifteenCalendarDaysMayEndOnAMakeUpSaturday) {
  EXPECT_EQ(due("route-15", 2025y / 9 / 26), Date(2025y / 10 / 11));
}

TEST_F(Vectors, FiveWorkingDaysStepOverTheNationalHolidayAndCountTheMakeUpSunday) {
  EXPECT_EQ(due("objection-5", 2025y / 9 / 26), Date(2025y / 10 / 10));
}

TEST_F(Vectors, SixtyDaysAndThirtyMoreDoNotRollForAnOffice) {
  const Rule& answer = rule(book_, "cn-petition-2022@1", "answer-60");
  const Due first = compute(answer, book_.calendar, noon(2025y / 10 / 11));
  EXPECT_EQ(first.last_day, Date(2025y / 12 / 10));
  const Due longer = extend(answer, book_.calendar, first.started, first.due, 30);
  EXPECT_EQ(longer.last_day, Date(2026y / 1 / 9));
}

TEST_F(Vectors, ASpeakersWindowRollsOverASundayAndOverTheSpringFestival) {
  EXPECT_EQ(due("ask-review-30", 2026y / 1 / 9), Date(2026y / 2 / 9));
  EXPECT_EQ(due("ask-review-30", 2026y / 1 / 16), Date(2026y / 2 / 24));
}

// The clocks of the state machine (T4 to T27), as the shipped packs write them: a pack that is
// edited by mistake is found here.
struct Term {
  std::string_view transition;
  std::string_view pack;
  std::string_view code;
  std::string_view starts_on;
  std::int64_t amount;
  Unit unit;
  Roll roll = Roll::none;
  Side side = Side::office;
  std::int64_t max_extension = 0;
};

TEST_F(Vectors, EveryClockOfTheStateMachineHasItsNumberItsKindOfDayAndItsSide) {
  using enum Unit;
  constexpr std::string_view law = "cn-petition-2022@1";
  constexpr std::string_view ours = "our-promises@1";
  constexpr std::string_view line = "hotline-5-working-days@1";
  constexpr std::string_view beijing = "beijing-hotline-draft-2021@1";
  const Term terms[] = {
      {"T4", law, "route-15", "received", 15, calendar_days},
      {"T7", law, "notice-15", "transferred", 15, calendar_days},
      {"T7", law, "notice-15", "assigned", 15, calendar_days},
      {"T4a", law, "report", "assigned", 0, calendar_days},  // as many as the assignment says
      {"T8", law, "objection-5", "transferred", 5, working_days},
      {"T8", ours, "suggestion-objection-5", "transferred", 5, working_days},
      {"T8", line, "hotline-objection-1", "dispatched", 1, working_days},
      {"T9", ours, "decide-objection-2", "objected", 2, working_days},
      {"T9", ours, "send-again-2", "objection_upheld", 2, working_days},
      {"T13 T14", law, "answer-60", "accepted", 60, calendar_days, Roll::none, Side::office, 30},
      {"T17", ours, "call-back-7", "answered", 7, working_days},
      {"T18", ours, "answer-again-60", "reopened", 60, calendar_days, Roll::none, Side::office, 30},
      {"T19", law, "ask-review-30", "answered", 30, calendar_days, Roll::forward, Side::citizen},
      {"T20", law, "review-30", "review_requested", 30, calendar_days},
      {"T21", law, "ask-recheck-30", "review_answered", 30, calendar_days, Roll::forward,
       Side::citizen},
      {"T22", law, "recheck-30", "recheck_requested", 30, calendar_days},
      {"T26", ours, "supervision-7", "supervised", 7, calendar_days},
      {"T27", ours, "recommendation-30", "recommended", 30, calendar_days},
      {"hotline", line, "hotline-answer-5", "received", 5, working_days, Roll::none, Side::office,
       10},
      {"hotline", line, "hotline-call-back-3", "answered", 3, working_days},
      {"Beijing", beijing, "danger-2h", "received", 2, hours},
      {"Beijing", beijing, "utilities-24h", "received", 24, hours},
      {"Beijing", beijing, "ordinary-7", "received", 7, calendar_days, Roll::none, Side::office, 8},
      {"Zhejiang", "zhejiang-2016@1", "decide-5", "received", 5, working_days},
      {"Zhejiang", "zhejiang-2016@1", "finish-30", "accepted", 30, calendar_days, Roll::none,
       Side::office, 60},
      {"suggestion", ours, "suggestion-30", "received", 30, calendar_days},
  };
  for (const Term& term : terms) {
    SCOPED_TRACE(std::string(term.transition) + " " + std::string(term.code));
    const Rule* found = book_.find(term.pack, term.code);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->amount, term.amount);
    EXPECT_EQ(found->unit, term.unit);
    EXPECT_EQ(found->roll, term.roll);
    EXPECT_EQ(found->side, term.side);
    EXPECT_EQ(found->max_extension, term.max_extension);
    EXPECT_EQ(found->begins, Begins::at_once);
    EXPECT_EQ(found->ends, Ends::with_the_day);
    EXPECT_NE(std::find(found->starts_on.begin(), found->starts_on.end(), term.starts_on),
              found->starts_on.end());
  }
}

// T24 has no clock of its own: a case closes when the speaker's window is over. T1 to T3 are "at
// once", T5, T6 and T11 fall inside T4 and T7, and for T10, T12, T15, T16, T23 and T25 no rule
// names a number: nothing may start a clock there that is not called our own promise.
TEST_F(Vectors, WhereNoRuleNamesANumberTheDateIsCalledOurPromise) {
  for (const auto* event :
       {"registered", "urgent_reported", "hearing_opened", "mediation_started", "concluded",
        "escalated_to_joint_conference", "answered_on_spot", "sent_to_legal_road"}) {
    for (const auto* track : {"petition", "hotline", "suggestion", "accusation", "open311"}) {
      for (const auto& found : book_.started_by(track, event, Date(2025y / 9 / 26), nothing_said)) {
        EXPECT_NE(found.rule->citation.find("我们的承诺"), std::string::npos)
            << track << ' ' << event << ' ' << found.rule->code;
      }
    }
  }
}

TEST_F(Vectors, TheClassesOfUrgencyEndWhenTheyShould) {
  const auto due_of = [&](const char* code, const char* start) {
    const Rule& found = rule(book_, "beijing-hotline-draft-2021@1", code);
    return format_instant(compute(found, book_.calendar, *parse_instant(start)).due);
  };
  EXPECT_EQ(due_of("danger-2h", "2025-12-31 23:30"), "2026-01-01T01:30:00.000+08:00");
  EXPECT_EQ(due_of("utilities-24h", "2025-09-30 18:00"), "2025-10-01T18:00:00.000+08:00");
  EXPECT_EQ(due_of("ordinary-7", "2025-09-26 10:00"), "2025-10-03T23:59:59.999+08:00");
  // Complex matters: the seven days and at most eight more, together the fifteen of the draft.
  const Rule& ordinary = rule(book_, "beijing-hotline-draft-2021@1", "ordinary-7");
  const Due due = compute(ordinary, book_.calendar, *parse_instant("2025-09-26 10:00"));
  EXPECT_EQ(extend(ordinary, book_.calendar, due.started, due.due, ordinary.max_extension).last_day,
            Date(2025y / 10 / 11));
}

TEST_F(Vectors, ATermMayWaitForTheOpeningAndKeepTheTimeOfDay) {
  Rule two;
  two.amount = 2;
  two.unit = Unit::working_days;
  two.begins = Begins::when_open;
  two.ends = Ends::at_the_time;
  two.label_zh = "派单";
  two.label_en = "Sent";
  two.citation = "示例";
  const auto due_of = [&](const char* start) {
    return format_instant(compute(two, book_.calendar, *parse_instant(start)).due);
  };
  EXPECT_EQ(due_of("2025-09-23 10:15"), "2025-09-25T10:15:00.000+08:00");
  EXPECT_EQ(due_of("2025-09-23 06:00"), "2025-09-25T08:30:00.000+08:00");
  EXPECT_EQ(due_of("2025-09-23 17:30"), "2025-09-26T08:30:00.000+08:00");
  // Saturday; the office opens on Sunday 28 September, which is worked, and then not on Monday the
  // 29th but two working days on: before the eight days off.
  EXPECT_EQ(due_of("2025-09-27 12:00"), "2025-09-30T08:30:00.000+08:00");
  const Due due = compute(two, book_.calendar, *parse_instant("2025-09-27 12:00"));
  EXPECT_EQ(
      explain(two, due, Language::chinese),
      "派单：从2025年9月28日08:30起算2个工作日（收到时不在上班时间，从下次上班算起），当天不算"
      "，到2025年9月30日08:30止。依据：示例。");
}

TEST_F(Vectors, ADueDayEndsWithItsLastMillisecond) {
  const Due found =
      compute(rule(book_, "cn-petition-2022@1", "route-15"), book_.calendar, noon(2025y / 9 / 26));
  EXPECT_EQ(format_instant(found.due), "2025-10-11T23:59:59.999+08:00");
}

TEST_F(Vectors, HoursRunThroughTheNight) {
  const Rule& danger = rule(book_, "beijing-hotline-draft-2021@1", "danger-2h");
  const Instant start = *parse_instant("2025-10-01 23:30");
  EXPECT_EQ(format_instant(compute(danger, book_.calendar, start).due),
            "2025-10-02T01:30:00.000+08:00");
}

TEST_F(Vectors, TheExplanationNamesTheRuleTheStartAndTheDaysNotCounted) {
  const Rule& objection = rule(book_, "cn-petition-2022@1", "objection-5");
  const Due found = compute(objection, book_.calendar, noon(2025y / 9 / 26));
  EXPECT_EQ(explain(objection, found, Language::chinese),
            "单位提出异议的期限：从2025年9月26日起算5个工作日，当天不算，中间9天休息日不算，到2025"
            "年10月10日止。"
            "依据：信访工作条例第二十三条第三款。");
  EXPECT_NE(explain(objection, found, Language::english).find("9 days off not counted"),
            std::string::npos);
}

TEST_F(Vectors, BeyondTheCalendarADateIsProvisionalAndSaysSo) {
  const Rule& objection = rule(book_, "cn-petition-2022@1", "objection-5");
  const Due found = compute(objection, book_.calendar, noon(2026y / 12 / 30));
  EXPECT_TRUE(found.provisional);
  EXPECT_NE(explain(objection, found, Language::chinese).find("日期暂定"), std::string::npos);
  // Calendar days need no calendar, so nothing about them is provisional.
  EXPECT_FALSE(
      compute(rule(book_, "cn-petition-2022@1", "route-15"), book_.calendar, noon(2026y / 12 / 30))
          .provisional);
}

TEST_F(Vectors, ADayBeforeAnyRuleHasNoRule) {
  EXPECT_TRUE(book_.started_by("petition", "received", Date(2019y / 2 / 14), nothing_said).empty());
  EXPECT_EQ(book_.started_by("petition", "received", Date(2025y / 9 / 26), nothing_said).size(),
            1U);
  EXPECT_TRUE(
      book_.started_by("accusation", "received", Date(2025y / 9 / 26), nothing_said).empty());
}

// Whose petition goes on inside another case gets a date that says whose promise it is. The other
// tracks are promised an answer from the day their words came, and being merged changes nothing.
TEST_F(Vectors, AMergedPetitionHasADateAndItIsOurPromise) {
  const auto started = book_.started_by("petition", "merged", Date(2025y / 9 / 26), nothing_said);
  ASSERT_EQ(started.size(), 1U);
  EXPECT_EQ(started[0].pack->id, "our-promises");
  EXPECT_EQ(started[0].rule->code, "merged-answer-60");
  for (const auto* track : {"hotline", "suggestion", "accusation", "open311"}) {
    EXPECT_TRUE(book_.started_by(track, "merged", Date(2025y / 9 / 26), nothing_said).empty())
        << track;
  }
}

// A rule that only one class of urgency has starts nothing for the others.
TEST_F(Vectors, OnlyDangerStartsTheClockOfDanger) {
  for (auto& pack : book_.packs) pack.enabled = pack.id == "beijing-hotline-draft-2021";
  const auto codes = [&](std::string_view urgency) {
    std::vector<std::string> found;
    const auto fact_of = [&](std::string_view) { return urgency; };
    for (const auto& one : book_.started_by("hotline", "received", Date(2025y / 9 / 26), fact_of)) {
      found.push_back(one.rule->code);
    }
    return found;
  };
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes("danger_to_life"), (Codes{"danger-2h", "ordinary-7"}));
  EXPECT_EQ(codes("utilities_cut"), (Codes{"utilities-24h", "ordinary-7"}));
  EXPECT_EQ(codes("complex"), Codes{"ordinary-7"});
  EXPECT_EQ(codes("ordinary"), Codes{"ordinary-7"});
}

TEST_F(Vectors, ZhejiangOf2016IsShippedSwitchedOff) {
  for (const auto& found :
       book_.started_by("petition", "accepted", Date(2025y / 9 / 26), nothing_said)) {
    EXPECT_NE(found.pack->id, "zhejiang-2016");
  }
  EXPECT_NE(book_.find("zhejiang-2016@1", "finish-30"), nullptr);
}

TEST(Packs, AMisspeltFieldIsNamedWithItsLine) {
  const std::string good = read_file(policies / "packs" / "cn-petition-2022.toml");
  ASSERT_TRUE(read_pack(good));
  const auto line_of = [&](std::size_t at) {
    return std::to_string(std::count(good.begin(), good.begin() + static_cast<long>(at), '\n') + 1);
  };
  const auto refused = [](const std::string& pack) {
    const auto read = read_pack(pack);
    EXPECT_FALSE(read);
    return read ? std::map<std::string, std::string>() : read.error().details;
  };
  std::string misspelt = good;
  const auto at = misspelt.find("max_extension");
  misspelt.replace(at, 13, "max_extensoin");
  EXPECT_EQ(refused(misspelt).at("line"), line_of(at));
  EXPECT_NE(refused(misspelt).at("reason").find("max_extensoin"), std::string::npos);

  std::string of_the_pack = good;
  const auto from = of_the_pack.find("valid_from");
  of_the_pack.insert(from, "valid_until = 2030-01-01\n");
  EXPECT_EQ(refused(of_the_pack).at("line"), line_of(from));

  // A value of another kind is not passed over either.
  std::string another_kind = good;
  const auto number = another_kind.find("max_extension = 30");
  another_kind.replace(number, 18, "max_extension = \"30\"");
  EXPECT_EQ(refused(another_kind).at("line"), line_of(number));
}

TEST(Packs, ATermIsANumberOrAFactAndNeverBothOrNeither) {
  const std::string good = read_file(policies / "packs" / "cn-petition-2022.toml");
  const std::string fact = "amount_from = \"report_days\"\n";
  const auto at = good.find(fact);
  ASSERT_NE(at, std::string::npos);
  std::string neither = good;
  neither.erase(at, fact.size());
  EXPECT_FALSE(read_pack(neither));
  std::string both = good;
  both.insert(at, "amount = 3\n");
  EXPECT_FALSE(read_pack(both));
}

TEST(Calendar, AMisspeltFieldIsNamedWithItsLine) {
  std::string calendar = read_file(policies / "calendars" / "cn-2026.toml");
  const auto at = calendar.find("\nworked") + 1;
  calendar.replace(at, 6, "workde");
  const auto read = read_calendar(calendar);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().details.at("line"),
            std::to_string(
                std::count(calendar.begin(), calendar.begin() + static_cast<long>(at), '\n') + 1));
  EXPECT_NE(read.error().details.at("reason").find("workde"), std::string::npos);
}

TEST(Calendar, TheRunningTotalsAgreeWithCountingByHand) {
  const RuleBook book = shipped();
  std::vector<Date> starts;
  for (Date from = 2024y / 11 / 1; from < Date(2027y / 2 / 1); from += days(7)) {
    starts.push_back(from);
  }
  // Letters of another age are imported, too: the counting days around 1970 and long before it.
  for (int day = 20; day < 40; ++day) starts.push_back(Date(1969y / 12 / 1) + days(day));
  for (int day = 0; day < 7; ++day) starts.push_back(Date(1949y / 10 / 1) + days(day));
  for (const Date from : starts) {
    std::int64_t counted = 0;
    for (Date day = from + days(1); day < from + days(60); day += days(1)) {
      if (!book.calendar.works(day)) continue;
      ++counted;
      ASSERT_EQ(book.calendar.working_days_between(from, day), counted) << format_date(day);
      ASSERT_EQ(book.calendar.working_days_after(from, counted), day) << format_date(from);
    }
  }
}

TEST(Files, AFaultNamesTheLineOrTheReason) {
  EXPECT_EQ(read_pack("id = ").error().details.at("line"), "1");
  EXPECT_NE(read_pack("id = \"x\"\nversion = 1").error().details.at("reason").find("title_zh"),
            std::string::npos);
  EXPECT_NE(
      read_calendar(
          "id=\"a\"\nversion=1\nsource=\"s\"\nfrom=2025-01-01\nto=2025-12-31\noff=[2026-01-01]")
          .error()
          .details.at("reason")
          .find("outside"),
      std::string::npos);
}

// Found by fuzzing: "4050" for "2025" counted out two thousand years of days before it was refused.
TEST(Files, ACalendarOfCenturiesIsRefusedBeforeItsDaysAreCounted) {
  const auto reason = [](std::string_view rest) {
    const auto read = read_calendar("id=\"a\"\nversion=1\nsource=\"s\"\n" + std::string(rest));
    return read ? std::string("read") : read.error().details.at("reason");
  };
  constexpr std::string_view year = "from=2025-01-01\nto=2025-12-31\n";
  EXPECT_EQ(reason(std::string(year) + "off=[[2025-05-31, 9999-06-02]]"),
            "9999-06-02 lies outside the calendar");
  EXPECT_EQ(reason(std::string(year) + "off=[[0001-05-31, 2025-06-02]]"),
            "0001-05-31 lies outside the calendar");
  EXPECT_EQ(reason(std::string(year) + "worked=[[2025-06-02, 2025-05-31]]"),
            "2025-05-31 ends a span before it begins");
  EXPECT_EQ(reason("from=0001-01-01\nto=9999-12-31\noff=[[0001-01-01, 9999-12-31]]"),
            "it covers more than twelve years");
  EXPECT_EQ(reason(std::string(year) + "off=[[2025-01-01, 2025-12-31]]"), "read");
}

TEST(Files, ACombinationThatWouldOvertakeIsRefused) {
  constexpr std::string_view pack = R"(
    id = "x"
    version = 1
    title_zh = "甲"
    title_en = "a"
    source = "s"
    valid_from = 2025-01-01
    enabled = true
    [[rule]]
    code = "two"
    tracks = ["hotline"]
    starts_on = ["received"]
    met_by = ["answered"]
    amount = 2
    label_zh = "甲"
    label_en = "a"
    citation = "c"
    )";
  const auto read = [&](std::string_view more) {
    return read_pack(std::string(pack) + std::string(more));
  };
  for (const auto* more :
       {"unit = 'hours'\nroll = 'forward'", "unit = 'working_days'\nends = 'at_the_time'",
        "unit = 'calendar_days'\nroll = 'forward'\nends = 'at_the_time'"}) {
    const auto refused = read(more);
    ASSERT_FALSE(refused) << more;
    EXPECT_EQ(refused.error().details.at("reason"),
              "two: with this roll, begins and ends a later matter could be due earlier");
  }
  EXPECT_TRUE(read("unit = 'working_days'\nends = 'at_the_time'\nbegins = 'when_open'"));
}

}  // namespace
}  // namespace minhu::deadlines
