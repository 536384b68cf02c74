// For tests: the small county of cases, with a leader, a supervisor, and classes of its matters.
#pragma once

#include "features/cases/test_world.h"
#include "features/classes/chronicle.h"
#include "features/classes/class_file.h"
#include "features/classes/lessons.h"
#include "features/classes/linking.h"
#include "features/classes/measuring.h"
#include "features/classes/migrations.h"
#include "features/classes/steps.h"
#include "features/classes/store.h"
#include "features/classes/watching.h"
#include "features/state_machine/rebuild.h"

namespace minhu::classes {

class ClassesWorld : public cases::World {
 protected:
  using CaseId = cases::CaseId;
  using CaseKind = cases::EventKind;
  using Context = cases::Context;

  explicit ClassesWorld(std::span<const Migration> tables = migrations()) : cases::World(tables) {
    county_.derivations = {&leaving(), &learning()};
    inspection_ = unit("inspection", "县督查室", {}, places_and_units::UnitLevel::county);
    write([&](Transaction& t) {
      for (const char* code : {"339901102", "339901103"}) {
        places_and_units::put_place(t, county_.region, {code, "339901", code});
      }
      places_and_units::put_category(t, county_.region, {"minhu", "0201", "02", "污水管"});
      places_and_units::put_category(t, county_.region, {"minhu", "0202", "02", "河道"});
    });
    // Whole years before and after: the calendars of the packs may end before or begin later.
    now_ = *parse_instant("2024-01-02 09:00");
  }

  void TearDown() override {
    if (forged_) return;
    EXPECT_TRUE(different().empty());
  }

  // Classes whose rows are not what their events give.
  std::vector<Uuid> different(
      state_machine::OnDifference on_difference = state_machine::OnDifference::report) {
    return state_machine::rebuild(*database_, county_.region, chronicle(), on_difference).different;
  }
  void forge(std::string_view sql, const Parameters& parameters) {
    forged_ = true;
    write([&](Transaction& t) { EXPECT_GT(t.execute(sql, parameters), 0); });
  }

  Context by(Role role, UnitId at) {
    Context context = as(role, at);
    // Everybody has an account of their own: who writes is not who approves.
    context.actor.account = accounts::AccountId::from_bytes(
        BytesView(as_bytes("account of " + std::string(accounts::name(role)) + "      "))
            .first(16));
    return context;
  }
  Context proposer() { return by(Role::dispatcher, county_.petition_office); }
  Context leader() { return by(Role::leader, county_.petition_office); }
  Context treater() { return by(Role::unit_head, water_); }
  Context supporter() { return by(Role::unit_head, housing_); }
  // Of a unit that treats the class: it does not judge.
  Context supporter_as_supervisor() { return by(Role::supervisor, housing_); }
  Context judge() { return by(Role::supervisor, inspection_); }

  cases::Words words_at(const char* place) {
    cases::Words words = some_words(0);
    words.token = {};
    ++serial_;
    for (std::size_t i = 0; i < sizeof serial_; ++i) {
      words.token[i] = static_cast<std::uint8_t>(serial_ >> (8 * i));
    }
    words.place = place;
    return words;
  }
  // Somebody says it, and the petition office sorts it.
  CaseId reported(const char* category = "minhu:0201", const char* place = "339901101") {
    const auto receipt = receive_words(as(Role::anyone), words_at(place));
    EXPECT_TRUE(receipt) << receipt.error().key;
    must(dispatcher(), receipt->case_id, CaseKind::triaged, {{"category", category}});
    return receipt->case_id;
  }
  void answer_now(CaseId id) {
    must(dispatcher(), id, CaseKind::answered_on_spot,
         {{"public_answer", "今天派人去修。"}, {"outcome", "supported"}});
  }
  void say_solved(CaseId id, const char* solved = "yes") {
    must(speaker(), id, CaseKind::rated, {{"solved", solved}});
  }

  NewClass pipes(std::vector<CaseId> cases = {}) {
    NewClass made;
    made.title = "村口污水管老化";
    made.statement = "几个村的污水管用了二十年，一到雨季就破。";
    made.definition = {"minhu:0201", {}, {}};
    made.cases = std::move(cases);
    return made;
  }
  Result<ClassFile> try_propose(const Context& context, const NewClass& made,
                                std::uint8_t token = 1) {
    return database_->write(
        [&](Transaction& t) { return propose(t, context, made, cases::ClientToken{token, 9}); });
  }
  ClassFile proposed(std::vector<CaseId> cases = {}) {
    const auto file = try_propose(proposer(), pipes(std::move(cases)));
    EXPECT_TRUE(file) << file.error().key << ' ' << file.error().field;
    return *file;
  }

  Result<ClassFile> take(const Context& context, ClassId id, EventKind kind, Fields fields = {}) {
    Step taken;
    taken.kind = kind;
    taken.fields = std::move(fields);
    return database_->write(
        [&](Transaction& t) { return take_step(t, context, matching_, id, taken); });
  }
  void must_take(const Context& context, ClassId id, EventKind kind, Fields fields = {}) {
    const auto file = take(context, id, kind, std::move(fields));
    ASSERT_TRUE(file) << name(kind) << ": " << file.error().key << ' ' << file.error().field;
  }
  std::string told(const Context& context, ClassId id, EventKind kind, Fields fields = {}) {
    const auto file = take(context, id, kind, std::move(fields));
    return file ? "taken" : file.error().key;
  }
  ClassFile now_of(ClassId id) {
    return database_->read(
        [&](Reading& reading) { return *load_class(reading, county_.region, id); });
  }
  std::string linked(const Context& context, ClassId id, CaseId case_id) {
    return said(
        database_->write([&](Transaction& t) { return link_case(t, context, id, case_id); }));
  }
  std::string unlinked(const Context& context, ClassId id, CaseId case_id) {
    return said(
        database_->write([&](Transaction& t) { return unlink_case(t, context, id, case_id); }));
  }
  std::string called_unrelated(const Context& context, ClassId id, CaseId case_id) {
    return said(
        database_->write([&](Transaction& t) { return reject_case(t, context, id, case_id); }));
  }
  std::string asked(const Context& context, ClassId id, CaseId case_id,
                    const char* solved = "yes") {
    return said(database_->write(
        [&](Transaction& t) { return ask_speaker(t, context, id, case_id, {"visit", solved}); }));
  }
  static std::string said(const Result<ClassFile>& file) {
    return file ? "done" : file.error().key;
  }

  static Fields four_tests(const char* score = "3") {
    Fields fields;
    for (const std::string_view test : test_names) {
      fields[std::string(test)] = score;
      fields[std::string(test) + "_evidence"] = "三个镇都有人反映，一年72件。";
    }
    return fields;
  }
  Fields selection() {
    return {{"lead_unit", water_.text()},
            {"supporting_units", housing_.text()},
            {"sponsor", "分管水利的副县长"},
            {"theme", "2024-12"},
            {"baseline", "去年72件，三分之一的人说没有解决。"}};
  }
  // From the proposal to the treatment, on the day that it is.
  void treat(ClassId id, const char* threshold = "1") {
    must_take(proposer(), id, EventKind::screened, four_tests());
    must_take(leader(), id, EventKind::selected, selection());
    must_take(treater(), id, EventKind::cause_found,
              {{"cause", "money"}, {"text", "更换的钱没有列入预算。"}});
    must_take(treater(), id, EventKind::measure_planned,
              {{"text", "换掉全部旧管"},
               {"unit", water_.text()},
               {"due", "2025-06-30"},
               {"moves", "每月新来的件数"}});
    must_take(treater(), id, EventKind::plan_published,
              {{"plan", "分两期更换。"}, {"threshold", threshold}});
    must_take(treater(), id, EventKind::treatment_begun,
              {{"treated_on", format_date(to_date(now_))}});
  }

  WatchRound watch_round() {
    system::ManualClock clock{now_};
    const cases::Installation installation{*database_, county_, keyring_, entropy_, clock};
    return watch_once(installation, matching_);
  }

  // So many cases in the month of now_, which becomes the next one, beside ten others of another
  // kind. Each is answered at once. In one commit, because a test has years of them.
  std::vector<CaseId> a_month(int number, const char* category = "minhu:0201") {
    std::vector<CaseId> ids;
    const char* places[] = {"339901101", "339901102", "339901103"};
    constexpr int others = 10;
    write([&](Transaction& t) {
      for (int i = 0; i < number + others; ++i) {
        const auto words = cases::prepare(as(Role::anyone), words_at(places[i % 3]));
        ASSERT_TRUE(words);
        const auto receipt = cases::receive(t, as(Role::anyone), **words);
        ASSERT_TRUE(receipt);
        const auto step = [&](CaseKind kind, Fields fields) {
          cases::Step taken;
          taken.kind = kind;
          taken.fields = std::move(fields);
          ASSERT_TRUE(cases::take_step(t, dispatcher(), receipt->case_id, taken));
        };
        step(CaseKind::triaged, {{"category", i < number ? category : "minhu:01"}});
        step(CaseKind::answered_on_spot,
             {{"public_answer", "今天派人去修。"}, {"outcome", "supported"}});
        if (i < number) ids.push_back(receipt->case_id);
      }
    });
    const std::chrono::year_month_day day(to_date(now_));
    const auto next = std::chrono::year_month(day.year(), day.month()) + std::chrono::months(1);
    now_ = start_of_day(std::chrono::sys_days(next / std::chrono::day(2)));
    now_.unix_ms += 9 * 3'600'000;
    return ids;
  }

  UnitId inspection_;
  ByCategoryAndPlace matching_;
  std::uint32_t serial_ = 0;
  bool forged_ = false;  // rows were changed behind the events
};

}  // namespace minhu::classes
