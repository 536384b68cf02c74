// Whoever leaves one person out, or moves one answer, is caught: when the statement is made, and
// afterwards by whoever has it.
#include "features/record/completeness.h"

#include <gtest/gtest.h>

#include "features/cases/sealed_reports.h"
#include "features/record/test_record.h"

namespace minhu::record {
namespace {

using cases::EventKind;
using merkle::Counted;

constexpr merkle::Months september{std::chrono::year(2025) / 9, std::chrono::year(2025) / 9};
constexpr merkle::Months summer{std::chrono::year(2025) / 7, std::chrono::year(2025) / 9};

struct Statements : RecordWorld {
  AuditParts parts() { return {*database_, county_.region, keyring_, files_, {}, &key_}; }
  OnFinding keep() {
    return [this](const Fault& finding) { found_.push_back(finding); };
  }
  Result<merkle::CompletenessStatement> state(merkle::Months months = september) {
    found_.clear();
    return state_completeness(parts(), county_, months, keep());
  }
  std::string signed_text(const merkle::CompletenessStatement& statement) const {
    merkle::Note note{format_statement(statement), {}};
    note.signatures.push_back(sign_text(keys_.log, note.text));
    return merkle::format_note(note);
  }
  merkle::CheckedStatement checked(const merkle::CompletenessStatement& statement) const {
    return merkle::check_statement(policy_, signed_text(statement)).value();
  }
  // What the audit says of a statement: the keys of its findings.
  std::vector<std::string> findings_of(const merkle::CompletenessStatement& statement) {
    found_.clear();
    audit_statement(parts(), county_, checked(statement), keep());
    std::vector<std::string> keys;
    for (const Fault& finding : found_) keys.push_back(finding.key);
    return keys;
  }

  merkle::VerifierKey key_ = keys_.log.verifier();
  std::vector<Fault> found_;
};

struct Completeness : Statements {
  Completeness() {
    for (std::uint8_t token = 1; token <= 6; ++token) ids_.push_back(says(token));
    sequencer()->run_once();
    answer(ids_[0]);
    must(speaker(), ids_[2], EventKind::withdrawn);
    take_on(ids_[1]);
    take_on(ids_[3]);
    pass_days(100);
    must(handler(), ids_[1], EventKind::answered, opinion());
    sequencer()->run_once();
  }

  void take_on(cases::CaseId id) {
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
  }
  const merkle::CountedCase& line_of(const merkle::CompletenessStatement& statement, int which) {
    return *statement.find(
        merkle::line_of(september, ids_[static_cast<std::size_t>(which)].uuid()));
  }
  void change(std::string_view sql, int which) {
    write([&](Transaction& t) {
      t.execute(sql, {param(county_.region), param(ids_[static_cast<std::size_t>(which)])});
    });
  }

  std::vector<cases::CaseId> ids_;
};

TEST_F(Completeness, everybody_is_answered_in_time_answered_late_or_listed) {
  const auto statement = state();
  ASSERT_TRUE(statement) << statement.error().key;
  EXPECT_EQ(statement->cases.size(), 6);
  EXPECT_EQ(statement->count(Counted::in_time), 1);
  EXPECT_EQ(statement->count(Counted::late), 1);
  EXPECT_EQ(statement->count(Counted::listed), 4);
  EXPECT_EQ(line_of(*statement, 0).as, Counted::in_time);
  EXPECT_EQ(line_of(*statement, 1).as, Counted::late);
  EXPECT_EQ(line_of(*statement, 2).why, "withdrawn");
  EXPECT_EQ(line_of(*statement, 3).why, "open");
  EXPECT_TRUE(line_of(*statement, 3).due);
  EXPECT_TRUE(findings_of(*statement).empty());
}

TEST_F(Completeness, a_month_with_fewer_than_five_people_has_no_statement) {
  const merkle::Months august{std::chrono::year(2025) / 8, std::chrono::year(2025) / 8};
  EXPECT_EQ(state(august).error().key, "record.complete_too_few");
}

// The witnesses were away at the end of the month: the last checkpoint knows nothing of whoever
// came since.
TEST_F(Statements, no_statement_is_made_while_somebody_of_its_months_is_not_published) {
  for (std::uint8_t token = 1; token <= 6; ++token) says(token);
  sequencer()->run_once();
  ASSERT_EQ(state()->cases.size(), 6U);
  witnesses_.away = {"http://congress.example/", "http://audit.example/"};
  says(7);
  sequencer()->run_once();
  ASSERT_FALSE(state());
  EXPECT_EQ(state().error().key, "record.complete_not_published");
  EXPECT_EQ(state().error().details.at("count"), "1");
  witnesses_.away = {};
  sequencer()->run_once();
  EXPECT_EQ(state()->cases.size(), 7U);
}

TEST_F(Completeness, a_statement_that_leaves_one_person_out_is_caught) {
  auto statement = *state();
  statement.cases.erase(statement.cases.begin() + 3);
  EXPECT_EQ(findings_of(statement), std::vector<std::string>{"record.complete_left_out"});
}

TEST_F(Completeness, a_statement_that_moves_one_answer_or_makes_one_up_is_caught) {
  auto statement = *state();
  const auto late = std::find_if(statement.cases.begin(), statement.cases.end(),
                                 [](const auto& one) { return one.as == Counted::late; });
  ASSERT_NE(late, statement.cases.end());
  late->as = Counted::in_time;
  EXPECT_EQ(findings_of(statement), std::vector<std::string>{"record.complete_moved"});
  EXPECT_EQ(found_.front().details.at("case"), ids_[1].text());
  late->as = Counted::late;
  merkle::CountedCase nobody;
  nobody.as = Counted::in_time;
  statement.cases.insert(statement.cases.begin(), nobody);
  EXPECT_EQ(findings_of(statement), std::vector<std::string>{"record.complete_unknown"});
}

TEST_F(Completeness, no_statement_is_made_of_a_record_from_which_a_case_was_taken) {
  const auto before = *state();
  change("DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2", 3);
  change("DELETE FROM case_file WHERE region_id = ?1 AND case_id = ?2", 3);
  EXPECT_EQ(state().error().key, "record.complete_not_clean");
  EXPECT_EQ(found_.front().details.at("case"), ids_[3].text());
  EXPECT_EQ(findings_of(before), std::vector<std::string>{"record.complete_unknown"});
  // Also when its leaves are taken away with it.
  change("DELETE FROM record_leaf WHERE region_id = ?1 AND case_id = ?2", 3);
  EXPECT_EQ(state().error().key, "record.complete_not_clean");
}

TEST_F(Completeness, no_statement_is_made_of_a_record_in_which_an_answer_was_dated_back) {
  const auto before = *state();
  change(
      "UPDATE case_event SET happened_at = happened_at - 8640000000, recorded_at = recorded_at - "
      "8640000000 WHERE region_id = ?1 AND case_id = ?2 AND kind = 'answered'",
      1);
  EXPECT_EQ(state().error().key, "record.complete_not_clean");
  EXPECT_EQ(found_.front().key, "record.audit_event_changed");
  EXPECT_EQ(findings_of(before), std::vector<std::string>{"record.complete_moved"});
}

TEST_F(Completeness, what_happens_later_changes_nothing_of_what_was_stated_at_its_checkpoint) {
  const auto before = *state();
  must(handler(), ids_[3], EventKind::answered, opinion());
  for (std::uint8_t token = 10; token < 13; ++token) says(token);
  sequencer()->run_once();
  EXPECT_TRUE(findings_of(before).empty());
  EXPECT_EQ(state()->count(Counted::late), 2);
}

// Whoever knows the number of a case, because it had been theirs, compares two statements.
TEST_F(Completeness, what_came_under_seal_keeps_its_line_as_it_stood_then) {
  const cases::CaseId under_seal = ids_[4];
  const merkle::CaseLine line = merkle::line_of(september, under_seal.uuid());
  const auto before = *state();
  must(dispatcher(), under_seal, EventKind::held);
  write([&](Transaction& t) {
    EXPECT_TRUE(
        cases::note_sealed_step(t, handler(), under_seal, "decided", {{"decision", "accepted"}}));
  });
  pass_days(200);
  write([&](Transaction& t) {
    EXPECT_TRUE(
        cases::note_sealed_step(t, handler(), under_seal, "decided", {{"decision", "concluded"}}));
  });
  sequencer()->run_once();
  const auto statement = *state();
  ASSERT_NE(before.find(line), nullptr);
  ASSERT_NE(statement.find(line), nullptr);
  EXPECT_EQ(*statement.find(line), *before.find(line));
  EXPECT_TRUE(findings_of(statement).empty());
  EXPECT_TRUE(findings_of(before).empty());
  auto without = statement;
  std::erase_if(without.cases, [&](const auto& one) { return one.line == line; });
  EXPECT_EQ(findings_of(without), std::vector<std::string>{"record.complete_left_out"});
}

// Six persons, and reports that came in under seal on the same day.
struct UnderSealToo : Statements {
  UnderSealToo() {
    for (std::uint8_t token = 1; token <= 6; ++token) ids_.push_back(says(token));
  }

  // Of the reports the first `in_time` are answered after ten days, the next `late` after a
  // hundred.
  void reports(int received, int in_time, int late) {
    std::vector<cases::CaseId> sealed;
    for (int i = 0; i < received; ++i) {
      sealed.push_back(entropy_.id<cases::CaseId>(now_));
      write([&](Transaction& t) {
        cases::register_sealed(t, as(Role::anyone), sealed.back(), "2026-11");
      });
    }
    const auto decide = [&](int first, int count) {
      for (int i = first; i < first + count; ++i) {
        for (const char* decision : {"accepted", i % 2 == 0 ? "concluded" : "handed_over"}) {
          write([&](Transaction& t) {
            EXPECT_TRUE(cases::note_sealed_step(t, handler(), sealed[static_cast<std::size_t>(i)],
                                                "decided", {{"decision", decision}}));
          });
        }
      }
    };
    pass_days(10);
    decide(0, in_time);
    pass_days(90);
    decide(in_time, late);
    sequencer()->run_once();
  }
  std::optional<merkle::SealedCounts> counted(merkle::Months months = summer) {
    const auto statement = state(months);
    EXPECT_TRUE(statement) << statement.error().key;
    return statement->sealed;
  }

  std::vector<cases::CaseId> ids_;
};

TEST_F(UnderSealToo, received_is_in_time_and_late_and_open_without_a_line_for_any) {
  reports(18, 7, 5);
  EXPECT_EQ(counted(), (merkle::SealedCounts{18, 7, 5, 6}));
  const auto statement = *state(summer);
  EXPECT_EQ(statement.cases.size(), 6) << "none of them stands among the persons";
  EXPECT_TRUE(findings_of(statement).empty());
  auto claimed = statement;
  claimed.sealed = merkle::SealedCounts{18, 12, 0, 6};
  EXPECT_EQ(findings_of(claimed), std::vector<std::string>{"record.complete_sealed_moved"});
}

TEST_F(UnderSealToo, small_numbers_are_hidden_and_enough_beside_them) {
  reports(13, 8, 2);
  EXPECT_EQ(counted(), (merkle::SealedCounts{13, 8, {}, {}}));
}

TEST_F(UnderSealToo, four_and_none_look_alike) {
  sequencer()->run_once();
  EXPECT_EQ(counted(), merkle::SealedCounts{});
  reports(4, 2, 1);
  EXPECT_EQ(counted(), merkle::SealedCounts{});
}

TEST_F(UnderSealToo, months_that_could_be_subtracted_from_each_other_say_nothing) {
  reports(9, 9, 0);
  const merkle::Months august_on{std::chrono::year(2025) / 8, std::chrono::year(2025) / 9};
  EXPECT_EQ(counted(september), std::nullopt);
  EXPECT_EQ(counted(august_on), std::nullopt);
}

TEST_F(UnderSealToo, what_is_taken_under_seal_later_changes_nothing_of_what_was_stated) {
  reports(9, 9, 0);
  const auto before = *state(summer);
  must(dispatcher(), ids_[4], EventKind::held);
  sequencer()->run_once();
  EXPECT_TRUE(findings_of(before).empty());
  EXPECT_EQ(counted()->received, 10);
}

TEST_F(Completeness, a_statement_without_the_signature_of_the_record_is_refused) {
  const auto statement = *state();
  const std::string text = signed_text(statement);
  EXPECT_TRUE(merkle::check_statement(policy_, text));
  merkle::Note unsigned_note{format_statement(statement), {}};
  unsigned_note.signatures.push_back(sign_text(keys_.witnesses[0], unsigned_note.text, 1));
  EXPECT_EQ(merkle::check_statement(policy_, merkle::format_note(unsigned_note)).error().key,
            "merkle.statement_unsigned");
  std::string changed = text;
  changed.replace(changed.find(" late\n"), 6, " in-time\n");
  EXPECT_EQ(merkle::check_statement(policy_, changed).error().key, "merkle.statement_broken");
}

}  // namespace
}  // namespace minhu::record
