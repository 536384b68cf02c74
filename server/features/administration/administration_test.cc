#include "features/administration/migrations.h"
#include "features/administration/rules.h"
#include "features/administration/units.h"
#include "features/cases/test_world.h"

namespace minhu::administration {
namespace {

namespace pu = places_and_units;

class Administration : public cases::World {
 protected:
  Administration() : World(migrations()) {}

  cases::Context admin() { return as(Role::system_admin); }

  // "ok", or the key of the fault.
  template <class Work>
  std::string told(Work&& work) {
    const Outcome outcome = database_->write_job([&](Transaction& t) -> Outcome {
      auto result = work(t);
      if (!result) return tl::unexpected<Fault>(result.error());
      return {};
    });
    return outcome ? "ok" : outcome.error().key;
  }
  std::string put(const UnitEntry& entry, UnitId id) {
    return told([&](Transaction& t) { return change_unit(t, admin(), id, entry); });
  }
  std::string put(const RuleEntry& entry) {
    return told([&](Transaction& t) { return put_rule(t, admin(), entry); });
  }
  std::vector<SettingsEvent> log() {
    return database_->read(
        [&](Reading& reading) { return settings_events(reading, county_.region, 0, 100); });
  }
  DryRun tried(const RuleEntry& entry) {
    return database_->read(
        [&](Reading& reading) { return try_rule(reading, admin(), entry).value(); });
  }
  Bench asked(const char* category, const char* place, UnitId complains_of = {}) {
    return database_->read([&](Reading& reading) {
      return ask_rules(reading, admin(), category, place, complains_of);
    });
  }

  UnitEntry water() {
    UnitEntry entry;
    entry.name = "县水利局";
    return entry;
  }
  RuleEntry rule(const char* code, const char* category, const char* area, UnitId unit) {
    RuleEntry entry;
    entry.code = code;
    entry.category = category;
    entry.area = area;
    entry.unit = unit;
    entry.source = "三定方案";
    return entry;
  }
};

TEST_F(Administration, AUnitIsClosedWithAReasonAndNeverRemoved) {
  UnitEntry entry = water();
  entry.active = false;
  EXPECT_EQ(put(entry, water_), "admin.empty");
  entry.reason = "并入农业农村局";
  EXPECT_EQ(put(entry, water_), "ok");
  const auto lines = log();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].change.action, Action::closed);
  EXPECT_EQ(lines[0].change.item, "water");
  EXPECT_EQ(lines[0].by.role, Role::system_admin);
  const auto kept = database_->read(
      [&](Reading& reading) { return pu::find_unit(reading, county_.region, water_); });
  ASSERT_TRUE(kept);
  EXPECT_FALSE(kept->active);
}

TEST_F(Administration, AClosedUnitReceivesNoCaseFromThatMomentOn) {
  const auto id = received().case_id;
  must(dispatcher(), id, cases::EventKind::triaged, {{"category", "minhu:02"}});
  UnitEntry entry = water();
  entry.active = false;
  entry.reason = "撤并";
  EXPECT_EQ(put(entry, water_), "ok");
  EXPECT_NE(refused(dispatcher(), id, cases::EventKind::transferred, to(water_)), "allowed");
}

TEST_F(Administration, WhoeverSawAnOlderUnitIsToldAndNothingIsKept) {
  UnitEntry entry = water();
  entry.phone = "0579-1";
  EXPECT_EQ(put(entry, water_), "ok");
  entry.phone = "0579-2";
  EXPECT_EQ(put(entry, water_), "admin.changed_meanwhile");
  entry.revision = log().front().seq;
  EXPECT_EQ(put(entry, water_), "ok");
  EXPECT_EQ(log().size(), 2U);
}

TEST_F(Administration, SavingWhatStandsThereIsNoLineInTheLog) {
  EXPECT_EQ(put(water(), water_), "ok");
  EXPECT_TRUE(log().empty());
}

TEST_F(Administration, AUnitStandsBelowNobodyThatStandsBelowIt) {
  UnitEntry entry = water();
  entry.name = "县住建局";
  entry.parent = town_;  // which stands below housing
  EXPECT_EQ(put(entry, housing_), "admin.parent_circle");
  entry.parent = housing_;
  EXPECT_EQ(put(entry, housing_), "admin.parent_circle");
}

TEST_F(Administration, WhoTakesWordsInForTheCountyCannotBeClosed) {
  UnitEntry entry = water();
  entry.active = false;
  entry.reason = "撤并";
  EXPECT_EQ(put(entry, county_.petition_office), "admin.unit_needed");
  EXPECT_EQ(put(entry, county_.hotline_body), "admin.unit_needed");
}

TEST_F(Administration, WhatHangsOnAUnitIsCountedBeforeItIsClosed) {
  const auto id = received().case_id;
  must(dispatcher(), id, cases::EventKind::transferred, to(housing_));
  EXPECT_EQ(put(rule("roads", "minhu:01", "", housing_)), "ok");
  const auto standing = database_->read(
      [&](Reading& reading) { return standing_of(reading, admin(), housing_).value(); });
  EXPECT_EQ(standing.open_cases, 1);
  EXPECT_EQ(standing.rules, 1);
  EXPECT_EQ(standing.children, 1);
  EXPECT_EQ(standing.duties, 0);
}

TEST_F(Administration, ADutyIsOfADepartmentAndNamesWhereItIsWritten) {
  const auto duty = [&](UnitId unit, const char* source) {
    return told(
        [&](Transaction& t) { return put_duty(t, admin(), {"minhu:01", unit, source, "", 0}); });
  };
  EXPECT_EQ(duty(town_, "三定方案"), "admin.duty_needs_department");
  EXPECT_EQ(duty(housing_, " "), "admin.empty");
  EXPECT_EQ(duty(housing_, "三定方案"), "ok");
}

TEST_F(Administration, NoRuleSendsDownWhatADepartmentMustDo) {
  EXPECT_EQ(put(rule("water-town", "minhu:02", "339901101", town_)), "admin.rule_against_duty");
  EXPECT_EQ(put(rule("town", "", "339901101", town_)), "ok");
  // A wide rule still reaches it: the bench says so.
  const Bench bench = asked("minhu:02", "339901101");
  EXPECT_EQ(bench.obstacle, Obstacle::duty_of_department);
  EXPECT_EQ(bench.department, water_);
}

TEST_F(Administration, TheBenchSaysWhichRuleWonAndWhyTheOthersLost) {
  EXPECT_EQ(put(rule("anything", "", "", housing_)), "ok");
  EXPECT_EQ(put(rule("water", "minhu:02", "", water_)), "ok");
  EXPECT_EQ(put(rule("water-town", "minhu:02", "339901101", water_)), "ok");
  EXPECT_EQ(put(rule("water-town-2", "minhu:02", "339901101", housing_)), "ok");
  const Bench bench = asked("minhu:02", "339901101");
  ASSERT_TRUE(bench.rule);
  EXPECT_EQ(bench.rule->code, "water-town");
  EXPECT_EQ(bench.obstacle, Obstacle::none);
  ASSERT_EQ(bench.beaten.size(), 3U);
  EXPECT_EQ(bench.beaten[0].because, Beaten::Because::later_code);
  EXPECT_EQ(bench.beaten[1].because, Beaten::Because::wider_area);
  EXPECT_EQ(bench.beaten[2].because, Beaten::Because::wider_category);
}

TEST_F(Administration, TheBenchBlocksTheUnitThatIsComplainedOfAndWhatStandsBelowIt) {
  EXPECT_EQ(put(rule("town", "", "339901101", town_)), "ok");
  EXPECT_EQ(asked("minhu:01", "339901101", town_).obstacle, Obstacle::complained_of);
  EXPECT_EQ(asked("minhu:01", "339901101", housing_).obstacle, Obstacle::complained_of);
  EXPECT_EQ(asked("minhu:01", "339901101", water_).obstacle, Obstacle::none);
}

TEST_F(Administration, ADryRunCountsWhatWouldGoElsewhereAndKeepsNothing) {
  EXPECT_EQ(put(rule("anything", "", "", housing_)), "ok");
  for (std::uint8_t i = 1; i <= 3; ++i) {
    must(dispatcher(), received(i).case_id, cases::EventKind::triaged, {{"category", "minhu:02"}});
  }
  must(dispatcher(), received(4).case_id, cases::EventKind::triaged, {{"category", "minhu:01"}});
  pass_days(1);
  const DryRun run = tried(rule("water", "minhu:02", "", water_));
  EXPECT_EQ(run.looked_at, 4);
  EXPECT_EQ(run.moved_in_all, 3);
  ASSERT_EQ(run.moved.size(), 1U);
  EXPECT_EQ(run.moved[0].from, housing_);
  EXPECT_EQ(run.moved[0].to, water_);
  EXPECT_EQ(log().size(), 1U);
  pass_days(31);
  EXPECT_EQ(tried(rule("water", "minhu:02", "", water_)).looked_at, 0);
}

TEST_F(Administration, AnEndedRuleIsAskedNoMoreAndItsVersionsStay) {
  EXPECT_EQ(put(rule("water", "minhu:02", "", water_)), "ok");
  RuleEntry ended = rule("water", "minhu:02", "", water_);
  ended.ended = true;
  ended.revision = log().front().seq;
  EXPECT_EQ(put(ended), "ok");
  EXPECT_FALSE(asked("minhu:02", "339901101").rule);
  const auto versions = database_->read([&](Reading& reading) {
    return events_of(reading, county_.region, Subject::dispatch_rule, "water", 10);
  });
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].change.action, Action::ended);
  EXPECT_EQ(versions[1].change.before, "");
}

TEST_F(Administration, ACategoryIsEndedMappedAndNeverItsOwnParent) {
  const auto category = [&](CategoryEntry entry) {
    return told([&](Transaction& t) { return put_category(t, admin(), entry); });
  };
  EXPECT_EQ(category({"minhu", "01.1", "01", "道路", false, "", "", 0}), "ok");
  EXPECT_EQ(category({"minhu", "01", "01.1", "城乡建设", false, "", "", 0}), "admin.parent_circle");
  EXPECT_EQ(category({"hotline", "07", "", "市政", false, "minhu:01", "", 0}), "ok");
  EXPECT_EQ(category({"hotline", "08", "", "水", false, "hotline:07", "", 0}),
            "admin.no_such_category");
  const auto mapped = database_->read([&](Reading& reading) {
    return pu::mapped_category(reading, county_.region, "hotline:07", "minhu");
  });
  EXPECT_EQ(mapped, "minhu:01");
}

}  // namespace
}  // namespace minhu::administration
