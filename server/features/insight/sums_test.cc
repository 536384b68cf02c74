// Whatever happens to cases, in whatever order it is folded: what is stored is what the events
// give.
#include "features/insight/sums.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/test_storage/interrupted.h"
#include "features/cases/test_world.h"
#include "features/insight/contribution.h"
#include "features/insight/figures.h"
#include "features/insight/migrations.h"
#include "kernel/test_dice.h"

namespace minhu::insight {
namespace {

using cases::CaseId;
using cases::EventKind;

class Figures : public cases::World {
 protected:
  Figures() : World(migrations()) { county_.derivations = {&derivation()}; }

  Cells stored() {
    return database_->read(
        [&](Reading& reading) { return sums(reading, county_.region, 0, INT64_MAX); });
  }
  Counts of(UnitId unit) {
    Counts counts;
    for (const auto& [key, more] : stored()) {
      if (unit_of(key.about) == unit) add(counts, more);
    }
    return counts;
  }
  std::int64_t fold_all() { return fold(*database_, county_.region).value(); }
  Checked checked() { return check(*database_, county_, OnWrong::report); }

  CaseId hotline_case(std::uint8_t token, UnitId unit) {
    cases::Words words = some_words(token);
    words.track = cases::Track::hotline;
    const CaseId id = receive_words(as(Role::anyone), words)->case_id;
    must(line(), id, EventKind::dispatched, to(unit));
    must(as(Role::handler, unit), id, EventKind::signed_in);
    must(as(Role::handler, unit), id, EventKind::accepted);
    return id;
  }
  cases::Context line() { return as(Role::dispatcher, county_.hotline_body); }
  cases::Context line_caller() { return as(Role::caller, county_.hotline_body); }
  void call_back(CaseId id, const char* solved) {
    must(line_caller(), id, EventKind::callback_done,
         {{"reached", "yes"}, {"solved", solved}, {"satisfaction", "satisfied"}});
  }
  static Fields plain_answer() { return {{"public_answer", "修好了。"}, {"outcome", "supported"}}; }
};

TEST_F(Figures, ACaseIsCountedAtOnceAndAgainNotAtAllOnceItIsHeld) {
  const CaseId id = hotline_case(1, housing_);
  EXPECT_EQ(whole(of(housing_)).open, 1);
  EXPECT_GT(fold_all(), 0);
  EXPECT_EQ(whole(of(housing_)).open, 1);
  must(line(), id, EventKind::held);
  EXPECT_TRUE(stored().empty());
  EXPECT_EQ(fold_all(), 1);
  EXPECT_TRUE(stored().empty());
}

TEST_F(Figures, AnAccusationAddsNothingFromTheFirstMomentOn) {
  cases::Words words = some_words(1);
  words.track = cases::Track::accusation;
  ASSERT_TRUE(receive_words(as(Role::anyone), words));
  EXPECT_TRUE(stored().empty());
  EXPECT_EQ(fold_all(), 0);
}

TEST_F(Figures, AnErasedCaseLeavesTheFigures) {
  const CaseId id = hotline_case(1, housing_);
  write([&](Transaction& t) { ASSERT_TRUE(cases::erase(t, as(Role::system), id, "court")); });
  EXPECT_TRUE(stored().empty());
  EXPECT_TRUE(checked().wrong.empty());
}

TEST_F(Figures, OnlyWhatAnotherBodyHeardFromTheSpeakerIsSolved) {
  const CaseId called = hotline_case(1, housing_);
  const CaseId alone = hotline_case(2, housing_);
  for (const CaseId id : {called, alone}) must(handler(), id, EventKind::answered, plain_answer());
  must(speaker(), alone, EventKind::rated, {{"solved", "yes"}, {"satisfaction", "satisfied"}});
  EXPECT_EQ(total(of(housing_), Measure::solved), 0);
  call_back(called, "yes");
  const Counts counts = of(housing_);
  EXPECT_EQ(whole(counts).standing[static_cast<int>(Standing::solved)], 1);
  EXPECT_EQ(whole(counts).standing[static_cast<int>(Standing::not_asked)], 1);
  EXPECT_EQ(total(counts, Measure::rated_alone), 1);
}

TEST_F(Figures, TheSpeakersOwnNoTakesAnAnswerOffTheGoodSide) {
  const CaseId id = hotline_case(1, housing_);
  must(handler(), id, EventKind::answered, plain_answer());
  call_back(id, "yes");
  EXPECT_EQ(total(of(housing_), Measure::solved), 1);
  must(speaker(), id, EventKind::rated, {{"solved", "no"}});
  EXPECT_EQ(total(of(housing_), Measure::solved), 0);
  EXPECT_EQ(whole(of(housing_)).standing[static_cast<int>(Standing::not_solved)], 1);
}

TEST_F(Figures, AnAnswerThatNamesAnEarlierDayCountsFromWhenItWasWrittenDown) {
  const CaseId id = hotline_case(1, housing_);
  pass_days(30);
  cases::Step backdated;
  backdated.kind = EventKind::answered;
  backdated.fields = plain_answer();
  backdated.happened_at = Instant{now_.unix_ms - 29LL * 24 * 3'600'000};
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return cases::take_step(t, handler(), id, backdated); }));
  EXPECT_EQ(whole(of(housing_)).standing[static_cast<int>(Standing::late)], 1);
}

TEST_F(Figures, WhatNobodyAcceptsFallsDueAllTheSame) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  Cells cells = stored();
  leave_out_what_is_not_due(cells, to_date(now_) + std::chrono::days(400));
  Counts counts;
  for (const auto& [key, more] : cells) {
    if (unit_of(key.about) == housing_) add(counts, more);
  }
  EXPECT_EQ(whole(counts).open, 1);
  EXPECT_EQ(whole(counts).due(), 1);
}

TEST_F(Figures, WhatAUnitRegistersAndAnswersItselfIsListedApart) {
  cases::Words words = some_words(1);
  words.track = cases::Track::hotline;
  const CaseId id = receive_words(as(Role::clerk, housing_), words)->case_id;
  must(line(), id, EventKind::dispatched, to(housing_));
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::answered, plain_answer());
  const Whole all = whole(of(housing_));
  EXPECT_EQ(all.standing[static_cast<int>(Standing::own_registered)], 1);
  EXPECT_EQ(all.due(), 0);
}

TEST_F(Figures, AMergedSpeakerIsCountedLikeTheOther) {
  const CaseId lead = hotline_case(1, housing_);
  const CaseId other = hotline_case(2, housing_);
  must(line(), other, EventKind::merged, {{"into", lead.text()}});
  must(handler(), lead, EventKind::answered, plain_answer());
  EXPECT_EQ(whole(of(housing_)).due(), 2);
  EXPECT_EQ(whole(of(housing_)).in_time(), 2);
  EXPECT_TRUE(checked().wrong.empty());
}

TEST_F(Figures, TheCheckNamesWhatWasChangedOutsideAndPutsItRight) {
  hotline_case(1, housing_);
  fold_all();
  Counts wrong;
  add(wrong, {Measure::received, 0}, 7);
  const Bytes bytes = packed(wrong);
  write([&](Transaction& t) {
    t.execute("UPDATE figure_sum SET counts = ?2 WHERE region_id = ?1",
              {param(county_.region), BytesView(bytes)});
  });
  EXPECT_FALSE(checked().wrong.empty());
  EXPECT_FALSE(check(*database_, county_, OnWrong::put_right).wrong.empty());
  EXPECT_TRUE(checked().wrong.empty());
  EXPECT_EQ(whole(of(housing_)).open, 1);
}

TEST_F(Figures, WhatAnotherServerWritesWhileTheyArePutRightIsNotLost) {
  hotline_case(1, housing_);
  fold_all();
  write([&](Transaction& t) {
    t.execute("DELETE FROM figure_sum WHERE region_id = ?1", {param(county_.region)});
  });
  test_storage::Interrupted database(*database_, [&] { hotline_case(2, housing_); });
  EXPECT_FALSE(check(database, county_, OnWrong::put_right).wrong.empty());
  EXPECT_TRUE(checked().wrong.empty());
  EXPECT_EQ(whole(of(housing_)).open, 2);
}

TEST(StoredFigures, ARowThatEndsTooEarlyIsNotRead) {
  Cells cells;
  add(cells, {4242, about_category("minhu:01"), cases::Track::hotline}, {Measure::open, 31}, -3);
  Bytes bytes = packed(cells);
  EXPECT_EQ(unpacked_cells(bytes), cells);
  bytes.pop_back();
  EXPECT_THROW(unpacked_cells(bytes), StorageFailure);
}

// ---- random lives

class Walks : public Figures {
 protected:
  std::string any_choice(std::string_view choices) {
    std::vector<std::string> all;
    while (!choices.empty()) {
      const auto end = std::min(choices.find(' '), choices.size());
      all.emplace_back(choices.substr(0, end));
      choices.remove_prefix(std::min(end + 1, choices.size()));
    }
    return dice_.one_of(all);
  }

  std::string any_value(const cases::Field& field) {
    switch (field.form) {
      case cases::Form::choice:
        return any_choice(field.choices);
      case cases::Form::unit: {
        const UnitId units[] = {housing_, water_, town_};
        return dice_.one_of(units).text();
      }
      case cases::Form::other_case:
        return dice_.one_of(cases_).text();
      case cases::Form::place:
        return "339901101";
      case cases::Form::category:
        return dice_.coin() ? "minhu:01" : "minhu:02";
      case cases::Form::date:
        return "2027-03-01";
      case cases::Form::count:
        return std::to_string(dice_.between(1, 8));
      case cases::Form::flag:
        return "yes";
      case cases::Form::official:
        return official_.text();
      case cases::Form::words:
        return "说明";
    }
    return {};
  }

  // One that may still be, by whoever may seal it.
  void hold_one() {
    const cases::Context who = as(Role::dispatcher, county_.petition_office);
    for (const CaseId id : cases_) {
      cases::Step hold;
      hold.kind = EventKind::held;
      const auto held =
          database_->write([&](Transaction& t) { return cases::take_step(t, who, id, hold); });
      if (!held) continue;
      ++taken_;
      ++kinds_[EventKind::held];
      return;
    }
  }

  // Ending steps are rare, or the lives would be short.
  void any_step(CaseId id) {
    const UnitId units[] = {county_.petition_office, county_.hotline_body, housing_, water_, town_};
    const Role roles[] = {Role::dispatcher, Role::handler,    Role::unit_head, Role::caller,
                          Role::speaker,    Role::supervisor, Role::clerk};
    const cases::Context who = as(dice_.one_of(roles), dice_.one_of(units));
    const auto open = cases::open_steps(who, file(id));
    if (open.empty()) return;
    const cases::Edge& edge = *dice_.one_of(open);
    const bool ends =
        edge.to && (cases::ended_states.has(*edge.to) || *edge.to == cases::State::held);
    if (ends && dice_.between(0, 9) != 0) return;
    cases::Step step;
    step.kind = edge.kind;
    for (const cases::Field& field : edge.fields) {
      const bool nothing_to_choose = field.form == cases::Form::choice && field.choices.empty();
      if (nothing_to_choose || (field.need == cases::Need::optional && dice_.coin())) continue;
      step.fields[std::string(field.name)] = any_value(field);
    }
    if (dice_.between(0, 3) == 0) {
      step.happened_at = Instant{now_.unix_ms - dice_.between(0, 20LL * 24 * 3'600'000)};
    }
    const auto event =
        database_->write([&](Transaction& t) { return cases::take_step(t, who, id, step); });
    if (!event) return;
    ++taken_;
    ++kinds_[event->kind];
  }

  Dice dice_{seed_of_this_run()};
  std::vector<CaseId> cases_;
  const accounts::AccountId official_{Uuid{9, 9}};
  std::map<EventKind, int> kinds_;
  int taken_ = 0;
};

TEST_F(Walks, WhatIsStoredIsWhatTheEventsGiveWheneverItIsFolded) {
  for (int walk = 0; walk < 8; ++walk) {
    cases_.clear();
    now_ = *parse_instant("2026-08-10 10:00");
    county_.region = RegionId{100'000 + walk};
    build_units();
    for (std::uint8_t token = 1; token <= 6; ++token) {
      cases::Words words = some_words(token);
      const cases::Track tracks[] = {cases::Track::petition, cases::Track::hotline,
                                     cases::Track::suggestion};
      words.track = dice_.one_of(tracks);
      cases_.push_back(
          receive_words(as(dice_.coin() ? Role::anyone : Role::clerk, housing_), words)->case_id);
    }
    for (int i = 0; i < 500; ++i) {
      now_.unix_ms += dice_.between(-3'600'000, 8LL * 3'600'000);
      if (i == 250) hold_one();
      any_step(dice_.one_of(cases_));
      if (dice_.between(0, 9) == 0) {
        ASSERT_TRUE(fold_some(*database_, county_.region, dice_.between(1, 20)));
      }
      if (dice_.between(0, 60) == 0) {
        write([&](Transaction& t) {
          (void)cases::erase(t, as(Role::system), dice_.one_of(cases_), "test");
        });
      }
      if (i % 25 == 0) {
        const Checked found = checked();
        ASSERT_TRUE(found.wrong.empty()) << found.wrong.front();
      }
    }
    const Checked found = checked();
    ASSERT_TRUE(found.wrong.empty()) << found.wrong.front();
    fold_all();
    ASSERT_TRUE(checked().wrong.empty());
  }
  std::printf("%d steps, %zu kinds\n", taken_, kinds_.size());
  EXPECT_GT(taken_, 300);
  EXPECT_GT(kinds_.size(), 18U);
  EXPECT_GT(kinds_[EventKind::held], 0);
}

}  // namespace
}  // namespace minhu::insight
