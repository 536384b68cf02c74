#include "engines/merkle/completeness.h"

#include <gtest/gtest.h>

#include "engines/merkle/test_county.h"

namespace minhu::merkle {
namespace {

constexpr Months quarter{std::chrono::year(2025) / 10, std::chrono::year(2025) / 12};

Uuid case_number(std::uint8_t number) {
  return {number, 1, 2, 3};
}

struct Statements : testing::Test {
  TestCounty county;
  CompletenessStatement statement{
      county_origin, quarter, format_note(county.note({300, Key{3}})), {}, {}};

  Statements() {
    for (std::uint8_t i = 0; i < 6; ++i) {
      CountedCase one{line_of(quarter, case_number(i)), Counted::in_time, "", {}};
      if (i == 1) one.as = Counted::late;
      if (i >= 4) one = {one.line, Counted::listed, i == 4 ? "open" : "withdrawn", {}};
      if (i == 4) one.due = std::chrono::sys_days(std::chrono::year(2026) / 2 / 3);
      statement.cases.push_back(one);
    }
    std::sort(statement.cases.begin(), statement.cases.end(),
              [](const auto& a, const auto& b) { return a.line < b.line; });
  }
  static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  CheckedSample::Event event(std::uint64_t index, std::uint8_t of, const char* kind) {
    CheckedSample::Event one{index, 1'764'060'000, test_opening().payload};
    one.payload->case_id = case_number(of);
    one.payload->kind = kind;
    return one;
  }
};

TEST_F(Statements, are_read_as_they_were_written) {
  EXPECT_EQ(parse_statement(format_statement(statement)).value(), statement);
}

TEST_F(Statements, have_one_spelling_and_sums_that_are_those_of_their_lines) {
  const std::string text = format_statement(statement);
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"received 6", "received 7"},
                                                        {"in-time 3", "in-time 4"},
                                                        {"late 1\n", "late 2\n"},
                                                        {" late\n", " late \n"},
                                                        {"2026-02-03", "2026-2-3"},
                                                        {"2025-10 2025-12", "2025-12 2025-10"},
                                                        {"2025-10", "2025-13"},
                                                        {"withdrawn", "Withdrawn"},
                                                        {"minhu-complete/v1", "minhu-complete/v2"},
                                                        {"checkpoint ", "checkpoint *"}}) {
    const auto parsed = parse_statement(replaced(text, from, to));
    EXPECT_FALSE(parsed) << from;
  }
  EXPECT_FALSE(parse_statement(text.substr(0, text.size() - 1)));
  CompletenessStatement twice = statement;
  twice.cases.insert(twice.cases.begin(), twice.cases.front());
  EXPECT_FALSE(parse_statement(format_statement(twice)));
}

TEST_F(Statements, count_reports_under_seal_without_a_line_and_hide_small_numbers) {
  for (const SealedCounts& counts :
       {SealedCounts{17, 12, 0, 5}, SealedCounts{17, 12, {}, {}}, SealedCounts{}}) {
    statement.sealed = counts;
    const auto read = parse_statement(format_statement(statement));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, statement);
  }
}

TEST_F(Statements, refuse_numbers_under_seal_that_do_not_add_up_or_give_a_small_one_away) {
  for (const SealedCounts& counts :
       {SealedCounts{17, 12, 0, 6}, SealedCounts{16, 12, 0, 4}, SealedCounts{17, 12, 0, {}},
        SealedCounts{14, 12, {}, {}}, SealedCounts{4, {}, {}, {}}, SealedCounts{{}, 12, {}, {}}}) {
    statement.sealed = counts;
    EXPECT_FALSE(parse_statement(format_statement(statement)));
  }
  statement.sealed = SealedCounts{17, 12, 0, 5};
  const std::string text = format_statement(statement);
  EXPECT_FALSE(parse_statement(replaced(text, "sealed-received 17", "sealed-received 017")));
  EXPECT_FALSE(parse_statement(replaced(text, "minhu-complete/v2", "minhu-complete/v1")));
  EXPECT_FALSE(parse_statement(replaced(text, "sealed-late 0\n", "")));
  // Two statements that overlap could be subtracted from each other.
  statement.months = {quarter.last, quarter.last};
  EXPECT_FALSE(parse_statement(format_statement(statement)));
}

TEST_F(Statements, of_two_periods_give_the_same_case_two_lines) {
  const Months later{quarter.last, quarter.last};
  EXPECT_NE(line_of(quarter, case_number(0)), line_of(later, case_number(0)));
}

TEST_F(Statements, are_compared_with_the_leaves_that_a_sample_opened) {
  Note note{format_statement(statement), {}};
  note.signatures.push_back(sign_text(county.log, note.text));
  const auto checked = check_statement(county.policy(), format_note(note)).value();
  CheckedSample sample{checked.accepted, checked.accepted, {}};
  sample.events = {event(3, 0, "received"),          event(9, 4, "received"),
                   event(12, 99, "received"),        event(20, 4, "answered"),
                   event(21, 1, "answered"),         event(400, 98, "received"),
                   {30, 1'764'060'000, std::nullopt}};
  const SampleOfStatement found = compare(checked, sample, china_standard_time);
  EXPECT_EQ(found.received, 3);
  EXPECT_EQ(found.counted, 2);
  EXPECT_EQ(found.without_line, std::vector<std::uint64_t>{12});
  EXPECT_EQ(found.after_checkpoint, std::vector<std::uint64_t>{400});
  EXPECT_EQ(found.answered_but_listed, std::vector<std::uint64_t>{20});
}

}  // namespace
}  // namespace minhu::merkle
