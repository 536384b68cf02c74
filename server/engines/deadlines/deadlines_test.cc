#include "engines/deadlines/deadlines.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

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

const std::filesystem::path policies = std::filesystem::path(MINHU_SOURCE_DIR) / "policies";

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

Instant noon(Date day) {
  return {start_of_day(day).unix_ms + 12 * 3'600'000};
}

const Rule& rule(const RuleBook& book, std::string_view pack, std::string_view code) {
  const Rule* found = book.find(pack, code);
  EXPECT_NE(found, nullptr) << code;
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
  EXPECT_TRUE(book_.started_by("petition", "received", Date(2019y / 2 / 14), "ordinary").empty());
  EXPECT_EQ(book_.started_by("petition", "received", Date(2025y / 9 / 26), "ordinary").size(), 1U);
  EXPECT_TRUE(book_.started_by("accusation", "received", Date(2025y / 9 / 26), "ordinary").empty());
}

TEST_F(Vectors, ZhejiangOf2016IsShippedSwitchedOff) {
  for (const auto& found :
       book_.started_by("petition", "accepted", Date(2025y / 9 / 26), "ordinary")) {
    EXPECT_NE(found.pack->id, "zhejiang-2016");
  }
  EXPECT_NE(book_.find("zhejiang-2016@1", "finish-30"), nullptr);
}

TEST(Calendar, TheRunningTotalsAgreeWithCountingByHand) {
  const RuleBook book = shipped();
  for (Date from = 2024y / 11 / 1; from < Date(2027y / 2 / 1); from += days(7)) {
    std::int64_t counted = 0;
    for (Date day = from + days(1); day < from + days(60); day += days(1)) {
      if (!book.calendar.works(day)) continue;
      ++counted;
      ASSERT_EQ(book.calendar.working_days_between(from, day), counted) << format_date(day);
      ASSERT_EQ(book.calendar.working_days_after(from, counted), day) << format_date(from);
    }
  }
}

// Any rule of these shapes, any start of three years: what must hold whatever the numbers are.
TEST(Properties, LaterStartsAreNeverDueEarlierAndOnlyExtensionsLengthen) {
  const std::uint32_t seed = std::random_device()();
  RecordProperty("seed", static_cast<int>(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const RuleBook book = shipped();
  for (int round = 0; round < 20'000; ++round) {
    Rule any;
    any.amount = 1 + static_cast<std::int64_t>(random() % 70);
    any.unit = static_cast<Unit>(random() % 4);
    any.roll = any.unit == Unit::hours ? Roll::none : static_cast<Roll>(random() % 2);
    const Instant first{parse_instant("2024-12-20 00:00:00")->unix_ms +
                        static_cast<std::int64_t>(random() % 63'000'000) * 1000};
    const Instant second{first.unix_ms + static_cast<std::int64_t>(random() % 1'000'000) * 1000};
    const Due a = compute(any, book.calendar, first);
    const Due b = compute(any, book.calendar, second);
    ASSERT_LE(a.due, b.due) << "a later start was due earlier";
    ASSERT_GT(a.due, first);
    ASSERT_TRUE(any.roll == Roll::none || book.calendar.works(a.last_day));
    ASSERT_EQ(compute(any, book.calendar, first), a) << "the same question, another answer";
    const std::int64_t more = static_cast<std::int64_t>(random() % 30);
    ASSERT_GE(extend(any, book.calendar, first, a.due, more).due, a.due);
    // A pause moves by what it took, and a pause of nothing by nothing.
    ASSERT_EQ(resume(any, book.calendar, first, a.due, second, second).due, a.due);
    ASSERT_GE(resume(any, book.calendar, first, a.due, first, second).due, a.due);
  }
}

TEST(Properties, APauseOfWorkingDaysMovesByAsManyWorkingDays) {
  const RuleBook book = shipped();
  Rule five;
  five.amount = 5;
  five.unit = Unit::working_days;
  const Date start = 2025y / 9 / 22;
  const Due due = compute(five, book.calendar, noon(start));
  for (int length = 0; length < 20; ++length) {
    const Due later =
        resume(five, book.calendar, noon(start), due.due, noon(start), noon(start + days(length)));
    EXPECT_EQ(book.calendar.working_days_between(due.last_day, later.last_day),
              book.calendar.working_days_between(start, start + days(length)));
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

}  // namespace
}  // namespace minhu::deadlines
