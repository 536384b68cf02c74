#include "features/visits/audit_period.h"

#include "features/visits/test_visits.h"

namespace minhu::visits {
namespace {

class AuditedDays : public VisitsWorld {
 protected:
  PeriodAudit days(const char* from = "2026-03-01", const char* to = "2026-04-01") {
    return database_->read([&](Reading& reading) {
      return audit_period(reading, as(Role::auditor), *parse_date(from), *parse_date(to));
    });
  }
  std::vector<std::string> findings() {
    std::vector<std::string> found;
    for (const Fault& fault : days().findings) found.push_back(fault.key);
    return found;
  }
  std::string moved_to(VisitId id, const char* begins, const char* ends) {
    return told(planner(), id, EventKind::rescheduled,
                {{"reason", "防汛"}, {"instead", "new_date"}, {"begins", begins}, {"ends", ends}},
                three_channels());
  }
  // Somebody with the database in hand.
  void forge(VisitId id, std::string_view sql) {
    forged_rows_ = true;
    write(
        [&](Transaction& t) { EXPECT_GT(t.execute(sql, {param(county_.region), param(id)}), 0); });
  }
  void TearDown() override {
    if (!forged_rows_) VisitsWorld::TearDown();
  }
  bool forged_rows_ = false;
};

TEST_F(AuditedDays, EveryPlannedDayIsHeldMovedNotHeldOrStillToCome) {
  const VisitId moved = published_visit();
  ASSERT_EQ(moved_to(moved, "2026-03-20 09:00", "2026-03-20 12:00"), "taken");
  const VisitId held = published_visit();
  const VisitId forgotten = published_visit();
  const VisitId never_said = planned_visit();
  open_doors(held);
  walked_in(held);
  heard(held);
  now_ = *parse_instant("2026-03-13 09:00");
  const PeriodAudit audit = days();
  EXPECT_EQ(audit.planned, 5);
  EXPECT_EQ(audit.held, 1);
  EXPECT_EQ(audit.moved, 1);
  EXPECT_EQ(audit.not_held, 2);
  EXPECT_EQ(audit.open, 1);
  EXPECT_EQ(audit.heard, 1);
  EXPECT_EQ(audit.receipts, 1);
  ASSERT_EQ(audit.findings.size(), 2U);
  for (const Fault& fault : audit.findings) {
    const bool said = fault.key == "visits.audit_not_held";
    EXPECT_EQ(fault.details.at("visit"), (said ? forgotten : never_said).text()) << fault.key;
    EXPECT_EQ(fault.details.at("day"), "2026-03-12");
  }
  EXPECT_EQ(days("2026-04-01", "2026-05-01").planned, 0);
}

TEST_F(AuditedDays, ASubstituteOnTheSameDayKeepsTheDay) {
  const VisitId id = published_visit();
  ASSERT_EQ(told(planner(), id, EventKind::rescheduled, another_leader(), three_channels()),
            "taken");
  open_doors(id);
  const PeriodAudit audit = days();
  EXPECT_EQ(audit.planned, 1);
  EXPECT_EQ(audit.held, 1);
  EXPECT_TRUE(audit.findings.empty());
}

TEST_F(AuditedDays, ADayWithASubstituteThatIsGivenUpAfterAllIsOneDayInTheFiguresToo) {
  const VisitId moved = published_visit();
  const VisitId cancelled = published_visit();
  for (const VisitId id : {moved, cancelled}) {
    ASSERT_EQ(told(planner(), id, EventKind::rescheduled, another_leader(), three_channels()),
              "taken");
  }
  ASSERT_EQ(moved_to(moved, "2026-03-20 09:00", "2026-03-20 12:00"), "taken");
  ASSERT_EQ(told(planner(), cancelled, EventKind::cancelled, another_leader(), three_channels()),
            "taken");
  open_doors(moved);
  const PeriodAudit audit = days();
  EXPECT_EQ(audit.planned, 3);
  EXPECT_EQ(audit.moved, 2);
  EXPECT_EQ(audit.held, 1);
  EXPECT_TRUE(audit.findings.empty()) << audit.findings.front().key;
}

TEST_F(AuditedDays, ANewDayThatIsToldTooLateIsNamed) {
  const VisitId id = published_visit();
  now_ = *parse_instant("2026-03-11 09:00");
  EXPECT_EQ(moved_to(id, "2026-03-13 09:00", "2026-03-13 12:00"), "visits.too_late begins");
  // Of before the step refused it, or of somebody with the database in hand.
  ASSERT_EQ(moved_to(id, "2026-03-20 09:00", "2026-03-20 12:00"), "taken");
  const auto in_ms = [](const char* time) { return std::to_string(parse_instant(time)->unix_ms); };
  const std::string told_of = in_ms("2026-03-20 09:00");
  const std::string nearer = in_ms("2026-03-13 09:00");
  forged_rows_ = true;
  write([&](Transaction& t) {
    EXPECT_EQ(t.execute("UPDATE visit_event SET payload = replace(payload, ?3, ?4) "
                        "WHERE region_id = ?1 AND visit_id = ?2 AND kind = 'rescheduled'",
                        {param(county_.region), param(id), std::string_view(told_of),
                         std::string_view(nearer)}),
              1);
    write_rows(t, county_.region, id, load_visit(t, county_.region, id));
  });
  const PeriodAudit audit = days();
  ASSERT_EQ(audit.findings.size(), 1U);
  EXPECT_EQ(audit.findings[0].key, "visits.audit_short_notice");
  EXPECT_EQ(audit.findings[0].details.at("days"), "2");
  EXPECT_EQ(audit.findings[0].details.at("fewest"), "5");
}

TEST_F(AuditedDays, ANoticeOnScreensAloneInFewChannelsOrWithoutProofIsNamed) {
  const VisitId id = published_visit();
  forge(id,
        "UPDATE visit_event SET payload = replace(replace(replace(payload, 'board', 'web'), "
        "'broadcast', 'web'), '首页公示栏', '') "
        "WHERE region_id = ?1 AND visit_id = ?2 AND kind = 'published'");
  const auto found = findings();
  EXPECT_NE(std::find(found.begin(), found.end(), "visits.audit_few_channels"), found.end());
  EXPECT_NE(std::find(found.begin(), found.end(), "visits.audit_no_offline_channel"), found.end());
  EXPECT_NE(std::find(found.begin(), found.end(), "visits.audit_no_proof"), found.end());
}

TEST_F(AuditedDays, AReasonThatWasTakenAwayMakesADayMissing) {
  const VisitId id = published_visit();
  ASSERT_EQ(moved_to(id, "2026-03-20 09:00", "2026-03-20 12:00"), "taken");
  forge(id,
        "UPDATE visit_event SET payload = replace(payload, '防汛', '') "
        "WHERE region_id = ?1 AND visit_id = ?2 AND kind = 'rescheduled'");
  EXPECT_EQ(findings(), (std::vector<std::string>{"visits.audit_no_reason", "visits.audit_sum",
                                                  "visits.audit_figures"}));
}

TEST_F(AuditedDays, WhoLeftWithoutANumberOrAheadOfOthersIsNamed) {
  const VisitId id = published_visit();
  open_doors(id);
  walked_in(id);
  const std::int64_t number = std::stoll(called(id));
  recorded(id, number, false);
  EXPECT_EQ(findings(), std::vector<std::string>{"visits.audit_no_receipt"});
  EXPECT_EQ(days().receipts, 0);
}

}  // namespace
}  // namespace minhu::visits
