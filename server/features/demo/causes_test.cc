#include "features/demo/causes.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "kernel/crypto.h"

namespace minhu::demo {
namespace {

class Causes : public ::testing::Test {
 protected:
  Causes() {
    start_crypto();
    book_ = read_book();
    Dice dice(7);
    world_ = draw_world(book_, 12000, from_, to_, dice);
  }
  Instant from_ = start_of_day(*parse_date("2024-11-25"));
  Instant to_ = start_of_day(*parse_date("2026-11-25"));
  Book book_;
  World world_;
};

TEST_F(Causes, SilentVillagesHaveTheTroublesOfOthersAndFewWords) {
  struct Sum {
    double people = 0, issues = 0, unreported = 0, reports = 0;
  };
  std::array<Sum, 2> sums;
  for (const Village& village : book_.villages) {
    sums[village.truth.silent].people += static_cast<double>(village.truth.population);
  }
  for (const Issue& issue : world_.issues) {
    if (issue.truth.nature != Nature::everyday) continue;
    Sum& sum = sums[book_.villages[issue.village].truth.silent];
    ++sum.issues;
    sum.reports += static_cast<double>(issue.truth.reports);
    if (issue.truth.reports == 0) ++sum.unreported;
  }
  const Sum& loud = sums[0];
  const Sum& silent = sums[1];
  ASSERT_GT(silent.issues, 50);
  // As many troubles for each head, a fraction of the words, and most that nobody ever names.
  EXPECT_NEAR((silent.issues / silent.people) / (loud.issues / loud.people), 1.0, 0.35);
  EXPECT_LT(silent.reports / silent.issues, 0.35 * loud.reports / loud.issues);
  EXPECT_GT(silent.unreported / silent.issues, 0.6);
  EXPECT_LT(loud.unreported / loud.issues, 0.5);
}

TEST_F(Causes, WhatWasTreatedComesSeldomAgainUntilItRelapses) {
  std::map<std::string, std::array<double, 2>> begun;  // before and after the treatment
  for (const Issue& issue : world_.issues) {
    if (issue.cause == nullptr || issue.cause->treated >= 1 || issue.cause->relapsed < 1) continue;
    const double part = static_cast<double>(issue.truth.started.unix_ms - from_.unix_ms) /
                        static_cast<double>(to_.unix_ms - from_.unix_ms);
    begun[issue.truth.cause][part < issue.cause->treated ? 0 : 1] += 1;
  }
  ASSERT_GT(begun.size(), 25U);
  double before = 0;
  double after = 0;
  for (const auto& [cause, counts] : begun) {
    before += counts[0];
    after += counts[1];
  }
  EXPECT_GT(before, 5 * after);
  EXPECT_GT(after, 0);
}

TEST_F(Causes, TroublesKeepTheirSeason) {
  std::array<double, 13> exams{};
  for (const Issue& issue : world_.issues) {
    if (issue.matter->key != "exam-noise") continue;
    const std::chrono::year_month_day day{to_date(issue.truth.started)};
    ++exams[static_cast<unsigned>(day.month())];
  }
  EXPECT_GT(exams[6], 3 * (exams[8] + exams[9] + exams[10] + exams[11] + exams[12]));
}

TEST_F(Causes, NobodySpeaksBeforeItBeginsAndSharedTroublesHaveSeveralSpeakers) {
  std::int64_t several = 0;
  for (const Arrival& arrival : world_.arrivals) {
    const TrueIssue& issue = world_.issues[arrival.issue].truth;
    EXPECT_GE(arrival.at, issue.started);
    EXPECT_LT(arrival.at, to_);
    if (arrival.speaker == 3) ++several;
  }
  EXPECT_GT(several, 500);
}

TEST_F(Causes, EveryCauseShowsItself) {
  std::map<std::string, int> seen;
  for (const Issue& issue : world_.issues) ++seen[issue.truth.cause];
  for (const Cause& cause : book_.causes) EXPECT_GT(seen[cause.truth.key], 0) << cause.truth.key;
}

TEST(CausesOfTheBook, VillagesLieInTheSeaAndOfficesHaveNumbersThatNobodyCanDial) {
  start_crypto();
  const Book book = read_book();
  EXPECT_EQ(book.villages.size(), 120U);
  for (const Village& village : book.villages) {
    EXPECT_GT(village.truth.longitude_e7, 1'230'000'000);
    EXPECT_GT(village.truth.population, 100);
  }
  for (const Office& office : book.offices) {
    EXPECT_TRUE(office.unit.phone.starts_with("000-")) << office.unit.name;
  }
}

}  // namespace
}  // namespace minhu::demo
