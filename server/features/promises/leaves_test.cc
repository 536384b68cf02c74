// The steps of visits, promises and relays stand in the record like those of cases.
#include <gtest/gtest.h>

#include "features/promises/test_promises.h"
#include "features/record/files.h"
#include "features/record/sample.h"
#include "features/record/test_steps.h"
#include "features/record/watching.h"
#include "features/visits/chronicle.h"

namespace minhu::promises {
namespace {

using record::LeafRow;

class LeavesOfSteps : public record::RecordedSteps<PromisesWorld> {
 protected:
  LeavesOfSteps()
      : RecordedSteps(record::with_record(kept_tables()),
                      {&visits::chronicle(), &chronicle(), &relay_chronicle()}) {}
};

TEST_F(LeavesOfSteps, every_step_has_its_leaf_and_a_record_that_nobody_touched_is_clean) {
  held_visit();
  promised();
  received();
  handed_over();
  take_in();
  EXPECT_TRUE(faults().empty());
  EXPECT_EQ(audited_.cases, 1);
  EXPECT_EQ(audited_.others, 3);
  EXPECT_EQ(audited_.leaves, audited_.events);
  std::map<std::string, int> about;
  for (const LeafRow& leaf : leaves()) {
    ++about[leaf.about];
    EXPECT_EQ(leaf.entry.size(), merkle::leaf_size);
  }
  EXPECT_EQ(about["visit"], 2);    // planned, opened
  EXPECT_EQ(about["promise"], 2);  // made, taken over
  EXPECT_EQ(about["relay"], 4);    // frozen, accepted, signed twice
}

TEST_F(LeavesOfSteps, one_step_more_in_a_transaction_that_fails_leaves_no_leaf) {
  const PromiseId id = promised();
  const std::size_t before = leaves().size();
  EXPECT_FALSE(database_->write_job([&](Transaction& t) -> Outcome {
    Step step;
    step.kind = EventKind::report_asked;
    step.fields = {{"by", "2026-03-20"}};
    (void)take_step(t, watcher(), id, step);
    return fail(FaultCode::conflict, "test.something_else");
  }));
  EXPECT_EQ(leaves().size(), before);
}

TEST_F(LeavesOfSteps, whatever_is_changed_in_the_row_of_a_step_is_named_with_its_place) {
  const visits::VisitId visit = held_visit();
  const PromiseId promise = promised();
  take_in();
  forge(
      "UPDATE visit_event SET payload = replace(payload, '沈国平', '李国平') "
      "WHERE region_id = ?1 AND visit_id = ?2 AND seq = 0",
      {param(county_.region), param(visit)});
  const auto found = faults();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].key, "record.audit_other_changed");
  EXPECT_EQ(found[0].details.at("subject"), visit.text());
  const merkle::Fetch fetch = record::fetch_from(files_);
  const auto head = database_->read(
      [&](Reading& reading) { return *record::find_head(reading, county_.region); });
  merkle::TileReader tiles(head.tree, fetch);
  EXPECT_EQ(*tiles.entry(std::stoull(found[0].details.at("index"))), leaves()[0].entry);
  for (const char* column : {"account_id = unit_id", "recorded_at = recorded_at + 1",
                             "kind = 'withheld'", "role = 'leader'", "unit_id = NULL"}) {
    write([&](Transaction& t) {
      const auto row = t.savepoint([&]() -> Outcome {
        t.execute("UPDATE promise_event SET " + std::string(column) +
                      " WHERE region_id = ?1 AND promise_id = ?2 AND seq = 0",
                  {param(county_.region), param(promise)});
        std::vector<std::string> keys;
        record::UnitCodes codes(t, county_.region);
        record::audit_subject(t, county_.region, keyring_, codes, chronicle(), promise.uuid(),
                              [&](const Fault& fault) { keys.push_back(fault.key); });
        EXPECT_EQ(keys.empty() ? "" : keys[0], "record.audit_other_changed") << column;
        return fail(FaultCode::conflict, "test.undo");
      });
      EXPECT_FALSE(row);
    });
  }
}

TEST_F(LeavesOfSteps, what_was_taken_away_or_put_in_is_found) {
  const PromiseId id = promised();
  report_done(id);
  take_in();
  take_over();
  forge(
      "INSERT INTO promise_event SELECT region_id, promise_id, 2, kind, recorded_at, role, "
      "unit_id, "
      "account_id, payload FROM promise_event "
      "WHERE region_id = ?1 AND promise_id = ?2 AND seq = 1",
      {param(county_.region), param(id)});
  EXPECT_EQ(found_in_steps(), (std::vector<std::string>{"record.audit_other_no_leaf promise 2",
                                                        "record.audit_other_row promise 2"}));
  forge("DELETE FROM promise_event WHERE region_id = ?1 AND promise_id = ?2 AND seq = 2",
        {param(county_.region), param(id)});
  forge("DELETE FROM promise_event WHERE region_id = ?1 AND promise_id = ?2 AND seq = 1",
        {param(county_.region), param(id)});
  EXPECT_EQ(found_in_steps(), (std::vector<std::string>{"record.audit_other_gone promise 1",
                                                        "record.audit_other_row promise 0"}));
  forge("DELETE FROM promise_event WHERE region_id = ?1 AND promise_id = ?2",
        {param(county_.region), param(id)});
  forge("DELETE FROM promise_file WHERE region_id = ?1 AND promise_id = ?2",
        {param(county_.region), param(id)});
  const auto found = found_in_steps();
  ASSERT_GE(found.size(), 2U);
  EXPECT_EQ(found[0], "record.audit_other_gone promise 0");
  EXPECT_EQ(found[1], "record.audit_other_gone promise 1");
  forge(
      "INSERT INTO visit_event(region_id, visit_id, seq, kind, recorded_at, role, payload) "
      "VALUES (?1, ?2, 0, 'planned', 5, 'dispatcher', '{}')",
      {param(county_.region), param(id)});
  // The leaf that stands under that id is no visit's.
  EXPECT_EQ(found_in_steps()[0], "record.audit_other_changed visit 0");
}

TEST_F(LeavesOfSteps, a_row_of_today_and_a_line_of_a_frozen_list_must_follow_from_the_steps) {
  const PromiseId id = promised();
  const Relay relay = handed_over();
  take_in();
  forge("UPDATE promise_file SET due = '2027-01-01' WHERE region_id = ?1 AND promise_id = ?2",
        {param(county_.region), param(id)});
  EXPECT_EQ(found_in_steps(), std::vector<std::string>{"record.audit_other_row promise 1"});
  using state_machine::OnDifference;
  const auto rebuilt =
      state_machine::rebuild(*database_, county_.region, chronicle(), OnDifference::repair);
  EXPECT_EQ(rebuilt.different, std::vector<Uuid>{id.uuid()});
  EXPECT_TRUE(faults().empty());
  forge("UPDATE relay_item SET line = '{}' WHERE region_id = ?1 AND relay_id = ?2 AND item = 1",
        {param(county_.region), param(relay.id)});
  EXPECT_EQ(found_in_steps(), std::vector<std::string>{"record.audit_other_row relay 3"});
}

TEST_F(LeavesOfSteps, steps_from_before_are_taken_over_late_and_say_so) {
  county_.derivations.clear();
  const PromiseId old = promised();
  report_done(old);
  held_visit();
  const Instant then = now_;
  county_.derivations = {&leaves_};
  pass_days(40);
  // A further step brings the leaves that its promise lacks.
  EXPECT_EQ(told(watcher(), old, EventKind::found_not_kept, {{"reason", "到现场看，没有水"}}),
            "taken");
  EXPECT_EQ(leaves().size(), 3U);
  EXPECT_TRUE(faults().empty());
  EXPECT_EQ(audited_.waiting, 2);
  EXPECT_EQ(take_over(), 2);  // the visit
  EXPECT_EQ(take_over(), 0);
  take_in();
  EXPECT_TRUE(faults().empty());
  for (const LeafRow& leaf : leaves()) {
    EXPECT_EQ(merkle::parse_leaf(leaf.entry)->seconds,
              static_cast<std::uint64_t>(now_.unix_ms / 1000));
  }
  const auto events = database_->read(
      [&](Reading& reading) { return chronicle().events_of(reading, county_.region, old.uuid()); });
  EXPECT_EQ(events[0].recorded_at, then);
  const auto opening = database_->read([&](Reading& reading) {
    return record::opening_of(reading, county_.region, keyring_, chronicle(), events[0], {}, 7);
  });
  EXPECT_EQ(opening.payload.happened, static_cast<std::uint64_t>(then.unix_ms / 1000));
  EXPECT_EQ(opening.payload.kind, "promise.made");
}

TEST_F(LeavesOfSteps, the_inner_watch_finds_a_changed_step_and_tells_it_once) {
  const visits::VisitId visit = held_visit();
  received();
  record::InnerWatch watch(installation_, chronicles_);
  std::vector<std::string> told;
  const record::OnFinding tell = [&](const Fault& finding) { told.push_back(finding.key); };
  EXPECT_TRUE(watch.look(1000, tell).went_round);
  EXPECT_TRUE(told.empty());
  forge("DELETE FROM visit_event WHERE region_id = ?1 AND visit_id = ?2 AND seq = 1",
        {param(county_.region), param(visit)});
  watch.look(0, tell);
  watch.look(1000, tell);
  EXPECT_EQ(told, (std::vector<std::string>{"record.audit_other_gone", "record.audit_other_row"}));
}

TEST_F(LeavesOfSteps, an_auditor_is_given_the_openings_of_drawn_steps_and_no_word_of_them) {
  held_visit();
  promised();
  take_in();
  const std::string audited = to_text(*files_.get(record::checkpoint_path));
  pass_days(1);
  promised();
  take_in();
  const auto sample = database_->read([&](Reading& reading) {
    return record::sample_of(reading, county_.region, keyring_, chronicles_, files_, policy_,
                             audited, 60, now_);
  });
  ASSERT_TRUE(sample) << sample.error().key;
  std::set<std::string> kinds;
  for (const merkle::SampledLeaf& leaf : sample->leaves) {
    if (!leaf.opened) continue;
    const auto payload = merkle::parse_payload(leaf.opened->payload);
    ASSERT_TRUE(payload);
    kinds.insert(payload->kind);
    EXPECT_EQ(leaf.opened->payload.find("水"), std::string::npos);
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"visit.planned", "visit.opened", "promise.made"}));
}

}  // namespace
}  // namespace minhu::promises
