#include <set>

#include "features/visit_plans/test_plans.h"

namespace minhu::visit_plans {
namespace {

class Drafts : public PlansWorld {
 protected:
  void SetUp() override {
    two_years_of_words();
    ASSERT_EQ(frozen(maker(), "2026-12"), "frozen");
  }
  void publish(visits::VisitId id) {
    visits::Step revised;
    revised.kind = visits::EventKind::revised;
    revised.fields = {{"accessibility", "一楼"}};
    const auto filled = database_->write(
        [&](Transaction& t) { return visits::take_step(t, maker(), id, revised); });
    ASSERT_TRUE(filled) << filled.error().key << ' ' << filled.error().field;
    visits::Step step;
    step.kind = visits::EventKind::published;
    step.postings = {{"board", "村口公告栏", "照片已存", ""},
                     {"broadcast", "村广播", "播三天", ""},
                     {"web", "县政府网站", "公示栏", ""}};
    const auto done =
        database_->write([&](Transaction& t) { return visits::take_step(t, maker(), id, step); });
    ASSERT_TRUE(done) << done.error().key << ' ' << done.error().field
                      << done.error().details.begin()->second;
  }
  // Somebody was there in autumn: the cycle is frozen anew with it.
  void seen_lately(int number) {
    FrozenCycle anew = cycle("2026-12");
    for (FrozenVillage& one : anew.villages) {
      if (one.place == village(number)) one.quiet.since = *parse_date("2026-10-01");
    }
    anew.seal = sealed(anew);
    write([&](Transaction& t) {
      t.execute("DELETE FROM plan_cycle WHERE region_id = ?1", {param(county_.region)});
      t.execute("DELETE FROM plan_quiet WHERE region_id = ?1", {param(county_.region)});
      ASSERT_TRUE(publish_cycle(t, maker(), anew));
    });
  }
  static Digest sealed(const FrozenCycle& anew) {
    std::vector<silence::Frozen> places;
    for (const FrozenVillage& one : anew.villages) {
      places.push_back({one.place, one.silence, one.quiet.since});
    }
    return silence::seal_of(anew.cycle, places);
  }
};

TEST_F(Drafts, EveryVillageIsVisitedOrLeftOutWithItsReason) {
  EXPECT_EQ(drafted(order()), "version 1");
  const PlanFile file = plan();
  ASSERT_EQ(file.stops.size(), 12U);
  std::int64_t visited = 0;
  for (const PlanStop& one : file.stops) {
    EXPECT_FALSE(one.reasons.empty()) << one.place;
    EXPECT_FALSE(one.due.empty());
    visited += one.outcome == StopOutcome::visited ? 1 : 0;
    for (const silence::Reason& reason : one.reasons) EXPECT_FALSE(reason.facts.contains("value"));
  }
  // Five days, one of them kept for the lot, three visits a day at most.
  EXPECT_EQ(file.team_days, 5);
  EXPECT_EQ(file.lot_days.size(), 1U);
  EXPECT_GT(visited, 6);
  EXPECT_LE(visited, 12);
  EXPECT_EQ(file.input_hash, sha256(as_bytes(file.problem)));
  // The same seed and iterations on the stored text: the same plan.
  const auto again = tours::read_problem(file.problem);
  ASSERT_TRUE(again);
  const tours::Plan second = tours::make_plan(*again, work_of(order()));
  for (const tours::PlannedDay& day : second.days) {
    for (const tours::PlannedVisit& visit : day.visits) {
      const auto& id = again->stops[static_cast<std::size_t>(visit.stop)].id;
      for (const PlanStop& one : file.stops) {
        if (one.place == id) {
          EXPECT_EQ(*one.date, visit.date);
        }
      }
    }
  }
}

TEST_F(Drafts, WhatIsWrongWithTheDaysIsSaid) {
  Order none = order();
  none.leaders.clear();
  EXPECT_EQ(drafted(none), "plans.no_days");
  Order outside = order();
  outside.leaders[0].dates = {*parse_date("2027-01-05")};
  EXPECT_EQ(drafted(outside), "plans.bad_date");
  Order clerk = order();
  clerk.leaders[0].account = official("clerk", "接待岗", Role::clerk, county_.petition_office);
  EXPECT_EQ(drafted(clerk), "plans.not_a_leader");
  EXPECT_EQ(drafted(order(0)), "plans.bad_iterations");
  EXPECT_EQ(drafted(order(), "2027-01"), "plans.no_cycle");
  now_ = *parse_instant("2027-01-05 09:00");
  EXPECT_EQ(drafted(order()), "plans.month_is_over");
}

TEST_F(Drafts, NobodyIsSentWhereAnOpenCaseAccusesThemAndNobodyReadsWhy) {
  accounts::PasswordHasher hasher(accounts::nearly_free_for_tests);
  const accounts::Ground ground{*database_, county_.region, entropy_, hasher, {}};
  write([&](Transaction& t) {
    ASSERT_TRUE(accounts::appoint_leader(t, ground, {}, leader_, water_, "分工", now_));
  });
  EXPECT_EQ(drafted(order()), "version 1");
  EXPECT_EQ(plan().problem.find("\"never\""), std::string::npos);
  told(3, "minhu:02", {{"complained_of", water_.text()}});
  EXPECT_EQ(drafted(order()), "version 2");
  const PlanFile file = plan();
  EXPECT_EQ(stop(file, 3).outcome, StopOutcome::left_out);
  EXPECT_EQ(stop(file, 3).reasons.front().key, "plans.out_nobody");
  EXPECT_TRUE(stop(file, 3).reasons.front().facts.empty());
  EXPECT_NE(stop(file, 2).reasons.front().key, "plans.out_nobody");
}

TEST_F(Drafts, APinIsKeptARefusalIsNamedAndBothNeedAReason) {
  EXPECT_EQ(wished(WishKind::pin, 11, "2026-12-09", " "), "plans.reason_missing");
  EXPECT_EQ(wished(WishKind::pin, 11, "2027-02-01"), "plans.bad_date");
  EXPECT_EQ(wished(WishKind::pin, 5, "2026-12-09", "电话13800000000"), "plans.personal_details");
  EXPECT_EQ(wished(WishKind::refuse, 4, "", "道路塌方，月底才通"), "plans.must_be_seen");
  seen_lately(4);
  EXPECT_EQ(wished(WishKind::refuse, 4, "", "道路塌方，月底才通"), "kept");
  EXPECT_EQ(drafted(order()), "version 1");
  const auto free_day = [&](const char* date) {
    return plan().lot_days.front().date == *parse_date(date) ? "2026-12-10" : date;
  };
  const std::string date = free_day("2026-12-09");
  EXPECT_EQ(wished(WishKind::pin, 11, date.c_str()), "kept");
  EXPECT_EQ(drafted(order()), "version 2");
  const PlanFile file = plan();
  EXPECT_EQ(format_date(*stop(file, 11).date), date);
  EXPECT_EQ(stop(file, 4).outcome, StopOutcome::refused);
  EXPECT_EQ(stop(file, 4).reasons.front().facts.at("reason"), "道路塌方，月底才通");
  EXPECT_EQ(file.lot_days.front().date, plan().lot_days.front().date);
  EXPECT_EQ(wished(WishKind::lift, 4, "", "路通了"), "kept");
  EXPECT_EQ(drafted(order()), "version 3");
  EXPECT_NE(stop(plan(), 4).outcome, StopOutcome::refused);
  database_->read([&](Reading& r) {
    EXPECT_EQ(all_wishes(r, county_.region, "2026-12").size(), 3U);
    return 0;
  });
}

TEST_F(Drafts, AnAcceptedPlanBecomesVisitsAndWhatWasAnnouncedStands) {
  EXPECT_EQ(drafted(order()), "version 1");
  EXPECT_EQ(accepted(2), "plans.not_the_latest ");
  std::int64_t visited = 0;
  for (const PlanStop& one : plan().stops) visited += one.outcome == StopOutcome::visited ? 1 : 0;
  EXPECT_EQ(accepted(1), std::to_string(visited) + " 0 0");
  EXPECT_EQ(accepted(1), "plans.accepted_already ");
  const PlanFile first = plan();
  const PlanStop told_of =
      *std::find_if(first.stops.begin(), first.stops.end(),
                    [](const PlanStop& one) { return one.outcome == StopOutcome::visited; });
  EXPECT_EQ(told_of.from % 300, 0) << "people are told whole five minutes";
  publish(told_of.visit);
  // A day falls away; it is not the one that people were told of.
  Order shorter = order();
  std::erase_if(shorter.leaders[0].dates, [&](Date date) {
    return date != *told_of.date &&
           date == (*told_of.date == *parse_date("2026-12-08") ? *parse_date("2026-12-10")
                                                               : *parse_date("2026-12-08"));
  });
  EXPECT_EQ(shorter.leaders[0].dates.size(), 4U);
  EXPECT_EQ(drafted(shorter), "version 2");
  const PlanFile second = plan();
  for (const PlanStop& one : second.stops) {
    if (one.place != told_of.place) continue;
    EXPECT_TRUE(one.announced);
    EXPECT_EQ(one.date, told_of.date);
    EXPECT_EQ(one.from, told_of.from);
  }
  const std::string done = accepted(2);
  EXPECT_EQ(done.find("plans."), std::string::npos) << done;
  std::set<std::string> coming;
  database_->read([&](Reading& r) {
    for (const auto& row :
         visits::between(r, county_.region, now_, {now_.unix_ms + 90LL * 86'400'000})) {
      if (row.state == visits::State::cancelled) continue;
      EXPECT_TRUE(coming.insert(row.place).second) << "two visits to " << row.place;
    }
    return 0;
  });
  for (const PlanStop& one : second.stops) {
    EXPECT_EQ(one.outcome == StopOutcome::visited, coming.contains(one.place)) << one.place;
  }
  EXPECT_EQ(wished(WishKind::pin,
                   static_cast<int>(std::find_if(first.stops.begin(), first.stops.end(),
                                                 [&](const PlanStop& one) {
                                                   return one.place == told_of.place;
                                                 }) -
                                    first.stops.begin()),
                   "2026-12-10"),
            "plans.announced");
}

TEST_F(Drafts, WhatWasAnnouncedForADayThatFellAwayGetsNoSecondVisit) {
  EXPECT_EQ(drafted(order()), "version 1");
  ASSERT_EQ(accepted(1).find("plans."), std::string::npos);
  const PlanFile first = plan();
  const PlanStop told_of =
      *std::find_if(first.stops.begin(), first.stops.end(),
                    [](const PlanStop& one) { return one.outcome == StopOutcome::visited; });
  publish(told_of.visit);
  Order with_another_day = order();
  std::erase(with_another_day.leaders[0].dates, *told_of.date);
  with_another_day.leaders[0].dates.push_back(*parse_date("2026-12-29"));
  EXPECT_EQ(drafted(with_another_day), "version 2");
  const PlanFile second = plan();
  const auto now = std::find_if(second.stops.begin(), second.stops.end(),
                                [&](const PlanStop& one) { return one.place == told_of.place; });
  ASSERT_EQ(now->outcome, StopOutcome::visited);
  EXPECT_NE(now->date, told_of.date);
  ASSERT_EQ(accepted(2).find("plans."), std::string::npos);
  database_->read([&](Reading& r) {
    std::vector<Instant> coming;
    for (const auto& row :
         visits::between(r, county_.region, now_, {now_.unix_ms + 90LL * 86'400'000})) {
      const bool there = row.place == told_of.place && row.state != visits::State::cancelled;
      if (there) coming.push_back(row.begins);
    }
    EXPECT_EQ(coming.size(), 1U);
    EXPECT_EQ(to_date(coming.front()), *told_of.date);  // until somebody moves it and says so
    return 0;
  });
}

TEST_F(Drafts, CoverageSaysWhatIsDueAndHowManyDaysAreMissing) {
  const auto now = [&] {
    return database_->read([&](Reading& r) { return coverage_of(r, county_, now_, {}); });
  };
  const Coverage before = now();
  EXPECT_EQ(before.villages.size(), 12U);
  EXPECT_EQ(before.seen, 0);
  EXPECT_EQ(before.never, 12);
  EXPECT_EQ(before.overdue, 12);
  EXPECT_EQ(before.team_days_needed, 4);
  EXPECT_EQ(before.short_by(), 4);
  EXPECT_EQ(before.team_days_a_month, 1);

  NewInvestigation made{
      "冬季走访",
      {{*parse_date("2026-11-25"), village(0)}, {*parse_date("2026-11-25"), village(1)}}};
  const auto id = database_->write(
      [&](Transaction& t) { return plan_investigation(t, county_leader(), made); });
  ASSERT_TRUE(id) << id.error().key;
  const auto need = told(0);
  NewFinding found;
  found.place = village(0);
  found.date = *parse_date("2026-11-25");
  found.people_met = 14;
  found.words = "村口的桥栏坏了半年，没有人说过。";
  found.needs = {need};
  const auto record = [&](const NewFinding& one, std::uint8_t token) {
    const Outcome done = database_->write_job([&](Transaction& t) {
      return record_finding(t, maker(), *id, one, cases::ClientToken{token});
    });
    return done ? "written" : done.error().key;
  };
  EXPECT_EQ(record(found, 1), "written");
  EXPECT_EQ(record(found, 1), "written");
  EXPECT_EQ(record(found, 2), "plans.need_elsewhere");
  NewFinding elsewhere = found;
  elsewhere.place = village(5);
  elsewhere.needs = {};
  EXPECT_EQ(record(elsewhere, 3), "written");
  elsewhere.people_met = -1;
  EXPECT_EQ(record(elsewhere, 4), "plans.people_met");
  elsewhere.people_met = 3;
  elsewhere.words = " ";
  EXPECT_EQ(record(elsewhere, 5), "plans.words");
  elsewhere.date = *parse_date("2026-12-25");
  EXPECT_EQ(record(elsewhere, 6), "plans.bad_date");
  database_->read([&](Reading& r) {
    const auto read = investigation(r, county_leader(), *id);
    EXPECT_EQ(read->findings.size(), 2U);
    EXPECT_EQ(read->findings[0].words, found.words);
    EXPECT_EQ(read->people_met, 28);
    EXPECT_EQ(read->needs, 1);
    EXPECT_EQ(read->villages_seen, 1);
    EXPECT_EQ(read->villages_beside, 1);
    EXPECT_TRUE(all_investigations(r, county_leader()).front().findings.front().words.empty());
    // The words lie sealed and nowhere else.
    r.query("SELECT content_id FROM investigation_finding WHERE region_id = ?1",
            {param(county_.region)}, [&](const Row& row) { EXPECT_EQ(row.bytes(0).size(), 16U); });
    return 0;
  });
  EXPECT_EQ(now().seen, 2);
  EXPECT_EQ(now().never, 10);
}

}  // namespace
}  // namespace minhu::visit_plans
