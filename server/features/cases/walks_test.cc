// Random lives of cases: whoever may take a step takes one, the wall clock jumps, dates are named
// backwards. Whatever happens, the rules about time hold (INV-32).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "features/cases/clocks.h"
#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"
#include "kernel/test_dice.h"
#include "project_folder.h"

namespace minhu::cases {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

class Walks : public World {
 protected:
  struct Choice {
    Context who;
    const Edge* edge;
  };

  // A step that somebody may take now. Most lives go on, and what may move a clock comes more often
  // than notes.
  std::optional<Choice> any_step(const CaseFile& current) {
    const UnitId units[] = {county_.petition_office, county_.hotline_body, housing_, water_, town_};
    const Role roles[] = {Role::dispatcher, Role::handler,    Role::unit_head, Role::caller,
                          Role::speaker,    Role::supervisor, Role::clerk};
    std::map<EventKind, std::vector<Choice>> open;
    const bool may_end = dice_.between(0, 19) == 0;
    for (const Role role : roles) {
      for (const UnitId at : units) {
        const Context who = as(role, at);
        for (const Edge* edge : open_steps(who, current)) {
          const bool ends = edge->to && (ended_states.has(*edge->to) || *edge->to == State::held ||
                                         *edge->to == State::answered_on_spot);
          if (!ends || may_end) open[edge->kind].push_back({who, edge});
        }
      }
    }
    if (open.empty()) return std::nullopt;
    std::vector<EventKind> tickets;
    for (const auto& [kind, choices] : open) {
      const bool moves_clocks = kind == EventKind::extended || kind == EventKind::parked ||
                                kind == EventKind::unparked || kind == EventKind::merged;
      const bool goes_on = choices.front().edge->to.has_value();
      tickets.insert(tickets.end(), moves_clocks ? 8 : goes_on ? 3 : 1, kind);
    }
    return dice_.one_of(open.at(dice_.one_of(tickets)));
  }

  std::string any_choice(std::string_view choices) {
    std::vector<std::string> all;
    while (!choices.empty()) {
      const auto end = std::min(choices.find(' '), choices.size());
      all.emplace_back(choices.substr(0, end));
      choices.remove_prefix(std::min(end + 1, choices.size()));
    }
    return dice_.one_of(all);
  }

  Fields any_fields(const Edge& edge) {
    Fields fields;
    for (const Field& field : edge.fields) {
      const bool nothing_to_choose = field.form == Form::choice && field.choices.empty();
      if (nothing_to_choose || (field.need == Need::optional && dice_.coin())) continue;
      std::string& value = fields[std::string(field.name)];
      switch (field.form) {
        case Form::words:
          value = "说明";
          break;
        case Form::choice:
          value = any_choice(field.choices);
          break;
        case Form::unit: {
          const UnitId units[] = {housing_, water_, town_};
          value = dice_.one_of(units).text();
          break;
        }
        case Form::other_case:
          value = dice_.one_of(cases_).text();
          break;
        case Form::place:
          value = "339901101";
          break;
        case Form::category:
          value = dice_.coin() ? "minhu:01" : "minhu:02";
          break;
        case Form::date:
          value = "2027-03-01";
          break;
        case Form::count:
          value = std::to_string(dice_.between(1, 8));
          break;
        case Form::flag:
          value = "yes";
          break;
        case Form::official:
          value = official_.text();
          break;
      }
    }
    return fields;
  }

  // Somebody whom a step may name: accused, or staying out of it.
  void put_official() {
    accounts::Account account;
    account.id = official_;
    account.login = "wang";
    account.display_name = "王某";
    account.principal = {Role::handler, water_, official_};
    write([&](Transaction& t) {
      EXPECT_TRUE(accounts::create_account(t, county_.region, account, {}, now_));
    });
  }

  void start_cases() {
    for (std::uint8_t token = 1; token <= 5; ++token) {
      Words words = some_words(token);
      const Track tracks[] = {Track::petition, Track::hotline, Track::suggestion};
      words.track = dice_.one_of(tracks);
      const auto receipt = receive_words(as(Role::anyone), words);
      ASSERT_TRUE(receipt) << receipt.error().key;
      cases_.push_back(receipt->case_id);
    }
  }

  bool an_accusation_is_queued() {
    return database_->read([&](Reading& reading) {
      return reading
          .first(
              "SELECT 1 FROM queue_entry q JOIN case_file f ON f.region_id = q.region_id AND "
              "f.case_id = q.case_id WHERE q.region_id = ?1 AND f.track = 'accusation' LIMIT 1",
              {param(county_.region)}, [](const Row& row) { return row.integer(0); })
          .has_value();
    });
  }

  std::vector<CaseFile> all_files() {
    std::vector<CaseFile> files;
    for (const CaseId id : cases_) files.push_back(file(id));
    return files;
  }

  Dice dice_{seed_of_this_run()};
  std::vector<CaseId> cases_;
  const accounts::AccountId official_{Uuid{9, 9}};
};

// The documented exceptions to "nothing lengthens": what ends a pause (policies/README.md).
bool resumes(EventKind kind) {
  return kind == EventKind::unparked || kind == EventKind::taken_back ||
         kind == EventKind::hearing_held;
}

// What a step may do to the clocks of the case it was taken in, and of every other.
void expect_rules_of_time(const CaseFile& before, const CaseFile& after, const Event& event) {
  const bool own = event.case_id == before.id;
  ASSERT_GE(after.changed_at, before.changed_at);
  ASSERT_GE(after.clocks.size(), before.clocks.size());
  for (std::size_t i = 0; i < before.clocks.size(); ++i) {
    const RunningClock& old_clock = before.clocks[i];
    const RunningClock& new_clock = after.clocks[i];
    SCOPED_TRACE(old_clock.rule + " after " + std::string(name(event.kind)));
    ASSERT_EQ(new_clock.started, old_clock.started);
    if (new_clock.due > old_clock.due) {
      const bool longer = event.kind == EventKind::extended || resumes(event.kind);
      ASSERT_TRUE(own && longer) << "only an extension or a pause lengthens";
    }
    if (new_clock.due < old_clock.due) {
      ASSERT_EQ(event.kind, EventKind::merged) << "only a merge shortens";
    }
    if (old_clock.citizen) {
      ASSERT_EQ(new_clock.due, old_clock.due) << "a speaker's window moved";
    }
  }
}

// Whatever was done: every open case has somebody, an ended or held one nobody, and a merged one
// waits in a case that is still to be answered.
void expect_somebody(const CaseFile& now, const std::vector<CaseFile>& all) {
  SCOPED_TRACE(std::string(name(now.state)));
  std::vector<Waiting> acting = waiting_for(now);
  std::erase_if(acting, [](const Waiting& one) { return one.part == Part::asked; });
  for (const Waiting& one : acting) ASSERT_FALSE(one.unit.empty());
  const bool nobody = ended_states.has(now.state) || now.state == State::held;
  if (now.state != State::merged) {
    ASSERT_EQ(acting.empty(), nobody);
    return;
  }
  const auto lead = std::find_if(all.begin(), all.end(),
                                 [&](const CaseFile& one) { return one.id == now.merged_into; });
  ASSERT_NE(lead, all.end());
  ASSERT_TRUE(before_answer.has(lead->state)) << name(lead->state);
  ASSERT_FALSE(waiting_for(*lead).empty());
}

// The case that takes another in owes its answer no later than the other did.
void expect_no_later_than(const CaseFile& into, const CaseFile& member) {
  for (const RunningClock& clock : into.clocks) {
    for (const RunningClock& other : member.clocks) {
      if (clock.runs() && other.runs() && clock.rule == other.rule) {
        ASSERT_LE(clock.due, other.due) << clock.rule;
      }
    }
  }
}

TEST_F(Walks, NothingButAnExtensionOrAPauseLengthensAndAMergeNeverDoes) {
  int taken = 0;
  int merged = 0;
  int lengthened = 0;
  int held = 0;
  int given_back = 0;
  // Some more where chance has left a question out.
  const auto all_asked = [&] { return held > 0 && given_back > 0 && merged > 5 && lengthened > 0; };
  for (int walk = 0; walk < 20 || (walk < 80 && !all_asked()); ++walk) {
    cases_.clear();
    // Half of the walks cross the end of the last calendar.
    now_ = *parse_instant(dice_.coin() ? "2025-09-26 10:00" : "2026-12-18 10:00");
    county_.region = RegionId{100'000 + walk};  // tokens are fresh in a fresh region
    build_units();
    start_cases();
    put_official();
    for (int i = 0; i < 120; ++i) {
      now_.unix_ms += dice_.between(-2 * hour_ms, day_ms / 4);
      const CaseId id = dice_.one_of(cases_);
      const auto before = all_files();
      const auto current = std::find_if(before.begin(), before.end(),
                                        [&](const CaseFile& one) { return one.id == id; });
      const auto choice = any_step(*current);
      if (!choice) continue;
      Step any;
      any.kind = choice->edge->kind;
      any.fields = any_fields(*choice->edge);
      if (dice_.between(0, 3) == 0) {
        any.happened_at = Instant{now_.unix_ms - dice_.between(0, 20 * day_ms)};
      }
      const auto event =
          database_->write([&](Transaction& t) { return take_step(t, choice->who, id, any); });
      if (!event) continue;
      ++taken;
      const Rebuilt rebuilt = rebuild(*database_, county_.region, OnDifference::report);
      ASSERT_TRUE(rebuilt.different.empty()) << "after " << name(event->kind);
      ASSERT_EQ(rebuilt.stray_queue_entries, 0) << "after " << name(event->kind);
      ASSERT_FALSE(an_accusation_is_queued()) << "after " << name(event->kind);
      held += event->kind == EventKind::held ? 1 : 0;
      given_back += event->kind == EventKind::taken_back ? 1 : 0;
      if (event->kind == EventKind::merged) {
        expect_no_later_than(file(*CaseId::parse(event->fact("into"))), *current);
      }
      merged += event->kind == EventKind::merged ? 1 : 0;
      const auto after = all_files();
      for (std::size_t at = 0; at < cases_.size(); ++at) {
        expect_rules_of_time(before[at], after[at], *event);
        expect_somebody(after[at], after);
        if (HasFatalFailure()) return;
        for (std::size_t c = 0; c < before[at].clocks.size(); ++c) {
          lengthened += after[at].clocks[c].due > before[at].clocks[c].due ? 1 : 0;
        }
        const Extensible longer = extensible_clock(county_, after[at]);
        if (longer.rule != nullptr) {
          ASSERT_LE(after[at].extended_days, longer.rule->max_extension);
        }
      }
    }
  }
  // The draw did ask the questions.
  std::printf("%d steps, %d merges, %d lengthened, %d held, %d taken back\n", taken, merged,
              lengthened, held, given_back);
  EXPECT_GT(held, 0);
  EXPECT_GT(given_back, 0);
  EXPECT_GT(taken, 300);
  EXPECT_GT(merged, 5);
  EXPECT_GT(lengthened, 0);
}

class CalendarArrives : public World {
 protected:
  // A hotline matter that housing has taken on.
  CaseId accepted_by_housing() {
    Words words = some_words(1);
    words.track = Track::hotline;
    const CaseId id = receive_words(as(Role::anyone), words)->case_id;
    must(as(Role::dispatcher, county_.hotline_body), id, EventKind::dispatched, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    return id;
  }
  // A hotline matter that is parked for a while and given more time, over the turn of 2027.
  CaseId life(std::uint8_t token, int parked_after, int parked_for,
              const std::function<void(CaseId)>& while_parked = {}) {
    now_ = *parse_instant("2026-12-22 10:00");
    Words words = some_words(token);
    words.track = Track::hotline;
    const auto receipt = receive_words(as(Role::anyone), words);
    EXPECT_TRUE(receipt);
    const CaseId id = receipt->case_id;
    const Context line = as(Role::dispatcher, county_.hotline_body);
    must(line, id, EventKind::dispatched, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    must(head(), id, EventKind::extended, {{"days", "3"}, {"reason", "等配件"}});
    pass_days(parked_after);
    must(head(), id, EventKind::parked,
         {{"public_plan", "化冻后施工"}, {"review_on", "2027-02-01"}});
    pass_days(parked_for);
    if (while_parked) while_parked(id);
    must(handler(), id, EventKind::unparked);
    return id;
  }
  // The built-in calendars and one of 2027.
  static deadlines::Calendar calendar_with_2027() {
    deadlines::CalendarFile year_2027;
    year_2027.id = "cn-2027";
    year_2027.from = *parse_date("2027-01-01");
    year_2027.to = *parse_date("2027-12-31");
    for (int day = 0; day < 3; ++day) year_2027.off.insert(year_2027.from + std::chrono::days(day));
    for (int day = 0; day < 9; ++day) {
      year_2027.off.insert(*parse_date("2027-02-05") + std::chrono::days(day));
    }
    year_2027.worked.insert(*parse_date("2027-01-09"));
    std::vector<deadlines::CalendarFile> files{year_2027};
    for (const char* name : {"cn-2025.toml", "cn-2026.toml"}) {
      std::ifstream in(project_folder() / "policies" / "calendars" / name);
      std::ostringstream text;
      text << in.rdbuf();
      files.push_back(deadlines::read_calendar(text.str()).value());
    }
    return deadlines::Calendar(files);
  }
  Result<Event> recompute(CaseId id) {
    return database_->write(
        [&](Transaction& t) { return recompute_clocks(t, as(Role::system), id); });
  }
  static const RunningClock& answer_clock(const CaseFile& file) {
    return *std::find_if(file.clocks.begin(), file.clocks.end(), [](const RunningClock& clock) {
      return clock.rule == "hotline-answer-5";
    });
  }
};

TEST_F(CalendarArrives, AProvisionalDateBecomesTheOneAKnownCalendarWouldHaveGiven) {
  const auto short_calendar = county_.rules.calendar;
  const deadlines::Calendar full_calendar = calendar_with_2027();

  int moved = 0;
  std::uint8_t token = 0;
  for (const int parked_after : {0, 2, 6}) {
    for (const int parked_for : {0, 1, 5, 12, 40}) {
      SCOPED_TRACE(std::to_string(parked_after) + " " + std::to_string(parked_for));
      county_.rules.calendar = full_calendar;
      const CaseId known = life(++token, parked_after, parked_for);
      county_.rules.calendar = short_calendar;
      const CaseId learned = life(++token, parked_after, parked_for);
      const RunningClock before = answer_clock(file(learned));
      county_.rules.calendar = full_calendar;
      const auto event = recompute(learned);
      const RunningClock after = answer_clock(file(learned));
      EXPECT_EQ(format_instant(after.due), format_instant(answer_clock(file(known)).due));
      EXPECT_FALSE(after.provisional);
      EXPECT_EQ(event.has_value(), before.provisional);
      moved += before.due != after.due ? 1 : 0;
    }
  }
  EXPECT_GT(moved, 3);
}

// The clock stands still, or is counted on, between the day on which the calendar comes and the one
// on which the dates are reckoned anew: what was guessed of the year must not pass for known.
TEST_F(CalendarArrives, WhatWasGuessedStaysMarkedUntilItIsReckonedAnewAlsoInAPause) {
  const auto short_calendar = county_.rules.calendar;
  const deadlines::Calendar full_calendar = calendar_with_2027();
  int guessed = 0;
  std::uint8_t token = 0;
  for (const bool reckoned_in_the_pause : {true, false}) {
    for (const int parked_for : {5, 12}) {
      SCOPED_TRACE(std::to_string(reckoned_in_the_pause) + " " + std::to_string(parked_for));
      county_.rules.calendar = full_calendar;
      const CaseId known = life(++token, 6, parked_for);
      county_.rules.calendar = short_calendar;
      const CaseId learned = life(++token, 6, parked_for, [&](CaseId id) {
        EXPECT_TRUE(answer_clock(file(id)).provisional);
        county_.rules.calendar = full_calendar;
        if (reckoned_in_the_pause) {
          EXPECT_TRUE(recompute(id));
        }
      });
      const RunningClock right = answer_clock(file(known));
      const RunningClock now = answer_clock(file(learned));
      // Right, or said to be provisional; never wrong and certain.
      EXPECT_TRUE(now.due == right.due || now.provisional);
      EXPECT_EQ(now.provisional, !reckoned_in_the_pause);
      guessed += now.due != right.due ? 1 : 0;
      (void)recompute(learned);
      EXPECT_EQ(format_instant(answer_clock(file(learned)).due), format_instant(right.due));
      EXPECT_FALSE(answer_clock(file(learned)).provisional);
    }
  }
  EXPECT_GT(guessed, 0);
}

TEST_F(CalendarArrives, ADateThatWasGuessedIsNotCertainBecauseItWasLengthened) {
  const deadlines::Calendar full_calendar = calendar_with_2027();
  now_ = *parse_instant("2026-12-28 10:00");
  const CaseId id = accepted_by_housing();
  ASSERT_TRUE(answer_clock(file(id)).provisional);
  county_.rules.calendar = full_calendar;
  must(head(), id, EventKind::extended, {{"days", "3"}, {"reason", "等配件"}});
  EXPECT_TRUE(answer_clock(file(id)).provisional);
  const Instant before = answer_clock(file(id)).due;
  EXPECT_TRUE(recompute(id));
  EXPECT_FALSE(answer_clock(file(id)).provisional);
  EXPECT_NE(answer_clock(file(id)).due, before);
}

TEST_F(CalendarArrives, APauseThatNamesAnEarlierDayCountsFromWhenItIsWrittenDown) {
  now_ = *parse_instant("2025-09-22 10:00");
  const CaseId id = accepted_by_housing();
  const Instant due = answer_clock(file(id)).due;
  pass_days(4);
  Step backwards;
  backwards.kind = EventKind::parked;
  backwards.fields = {{"public_plan", "等材料"}, {"review_on", "2025-10-20"}};
  backwards.happened_at = Instant{now_.unix_ms - 4 * day_ms};
  ASSERT_TRUE(
      database_->write([&](Transaction& t) { return take_step(t, head(), id, backwards); }));
  must(handler(), id, EventKind::unparked);
  EXPECT_EQ(answer_clock(file(id)).due, due);
}

TEST_F(CalendarArrives, AClockSetBackDuringAPauseMovesNothingAndBreaksNothing) {
  now_ = *parse_instant("2025-09-22 10:00");
  const CaseId id = accepted_by_housing();
  const Instant due = answer_clock(file(id)).due;
  must(head(), id, EventKind::parked, {{"public_plan", "等材料"}, {"review_on", "2025-10-20"}});
  pass_days(-5);
  must(handler(), id, EventKind::unparked);
  EXPECT_EQ(answer_clock(file(id)).due, due);
}

}  // namespace
}  // namespace minhu::cases
