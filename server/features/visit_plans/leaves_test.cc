// What was frozen, drawn, wished, planned and found out stands in the record: that it was so before
// the month began is then no longer a matter of trust.
#include <gtest/gtest.h>

#include "features/record/test_steps.h"
#include "features/state_machine/rebuild.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/test_plans.h"
#include "features/visits/chronicle.h"

namespace minhu::visit_plans {
namespace {

class LeavesOfPlans : public record::RecordedSteps<PlansWorld> {
 protected:
  LeavesOfPlans()
      : RecordedSteps(record::with_record(all_steps()),
                      {&month_chronicle(), &lot_chronicle(), &wish_chronicle(), &plan_chronicle(),
                       &investigation_chronicle(), &visits::chronicle()}) {}

  // A month from its freezing to the draw, with a pin, two versions of the plan and somebody who
  // went and looked.
  void a_month() {
    two_years_of_words();
    ASSERT_EQ(frozen(maker(), "2026-12"), "frozen");
    const auto seed =
        database_->write([&](Transaction& t) { return commit_lot(t, drawer(), "2026-12", 2); });
    ASSERT_TRUE(seed) << seed.error().key;
    ASSERT_EQ(wished(WishKind::pin, 3, "2026-12-08"), "kept");
    ASSERT_TRUE(database_->write([&](Transaction& t) {
      return draw_lot(t, drawer(), "2026-12", *seed, "双色球 2026136 期 01 07 12 19 22 30 + 09");
    }));
    ASSERT_EQ(drafted(order()), "version 1");
    ASSERT_EQ(drafted(order()), "version 2");
    write([&](Transaction& t) {
      ASSERT_TRUE(accept_plan(t, county_leader(), "2026-12", 2));
      NewInvestigation made;
      made.title = "冬季供水调研";
      made.stops = {{to_date(now_), village(1)}, {to_date(now_), village(2)}};
      const auto id = plan_investigation(t, county_leader(), made);
      ASSERT_TRUE(id) << id.error().key;
      NewFinding found;
      found.place = village(1);
      found.date = to_date(now_);
      found.people_met = 7;
      found.words = "水塔漏水，三户要到河边挑水。";
      ASSERT_TRUE(record_finding(t, county_leader(), *id, found, {1}));
    });
    seed_ = *seed;
  }
  void the_seed_is_published() {
    now_ = *parse_instant("2027-01-01 09:00");
    write([&](Transaction& t) { ASSERT_TRUE(reveal_lot(t, drawer(), "2026-12", seed_)); });
  }
  void changed(std::string_view sql, std::string_view finding) {
    write([&](Transaction& t) { EXPECT_GT(t.execute(sql, {param(county_.region)}), 0) << sql; });
    const auto found = found_in_steps();
    EXPECT_TRUE(std::find(found.begin(), found.end(), finding) != found.end()) << sql;
  }

  std::string seed_;
};

TEST_F(LeavesOfPlans, every_step_of_a_month_has_its_leaf) {
  a_month();
  the_seed_is_published();
  take_in();
  EXPECT_EQ(found_in_steps(), std::vector<std::string>());
  EXPECT_EQ(audited_.waiting, 0);
  EXPECT_EQ(audited_.leaves, audited_.events);
  std::map<std::string, int> about;
  for (const record::LeafRow& leaf : leaves()) ++about[leaf.about];
  EXPECT_EQ(about["month"], 4);          // frozen, committed, drawn, revealed
  EXPECT_EQ(about["lot"], 1);            // committed, for everybody
  EXPECT_EQ(about["wish"], 1);           // pinned
  EXPECT_EQ(about["plan"], 3);           // made twice, accepted
  EXPECT_EQ(about["investigation"], 2);  // planned, found
  for (const auto* chronicle : chronicles_) {
    const auto rebuilt = state_machine::rebuild(*database_, county_.region, *chronicle,
                                                state_machine::OnDifference::report);
    EXPECT_GE(rebuilt.subjects, 1) << chronicle->name();
    EXPECT_TRUE(rebuilt.different.empty()) << chronicle->name();
  }
}

TEST_F(LeavesOfPlans, whatever_is_changed_afterwards_is_found) {
  a_month();
  take_in();
  changed("UPDATE investigation_finding SET people_met = 70 WHERE region_id = ?1",
          "record.audit_other_changed investigation 1");
  changed(
      "UPDATE plan_stop SET outcome = 'left_out' WHERE region_id = ?1 AND version = 1 "
      "AND outcome = 'visited'",
      "record.audit_other_changed plan 0");
  changed("UPDATE plan_wish SET reason = '领导要求' WHERE region_id = ?1",
          "record.audit_other_changed wish 0");
  changed(
      "UPDATE plan_lot_event SET payload = replace(payload, '双色球', '七乐彩') "
      "WHERE region_id = ?1 AND kind = 'drawn'",
      "record.audit_other_changed month 2");
  changed(
      "UPDATE plan_quiet SET silence = silence + 1 WHERE region_id = ?1 "
      "AND place = '339901101201'",
      "record.audit_other_changed month 0");
}

TEST_F(LeavesOfPlans, a_wish_that_is_taken_away_is_missed) {
  a_month();
  take_in();
  changed("DELETE FROM plan_wish WHERE region_id = ?1", "record.audit_other_gone wish 0");
}

TEST_F(LeavesOfPlans, months_from_before_the_record_knew_them_are_taken_over) {
  county_.derivations.clear();
  a_month();
  the_seed_is_published();
  EXPECT_TRUE(leaves().empty());
  county_.derivations.push_back(&leaves_);
  pass_days(1);
  EXPECT_EQ(wished(WishKind::lift, 3), "kept");  // brings the leaf of the pin before it, too
  EXPECT_GE(take_over(), 9);
  EXPECT_EQ(take_over(), 0);
  take_in();
  EXPECT_EQ(found_in_steps(), std::vector<std::string>());
  EXPECT_EQ(audited_.leaves, audited_.events);
}

}  // namespace
}  // namespace minhu::visit_plans
