// The steps of a class stand in the record like those of a case: what was measured stays what was
// measured.
#include <gtest/gtest.h>

#include "features/classes/test_classes.h"
#include "features/record/test_steps.h"

namespace minhu::classes {
namespace {

class LeavesOfClasses : public record::RecordedSteps<ClassesWorld> {
 protected:
  LeavesOfClasses() : RecordedSteps(record::with_record(migrations()), {&chronicle()}) {}

  Parameters of(const ClassFile& file) const { return {param(county_.region), param(file.id)}; }
};

TEST_F(LeavesOfClasses, every_step_has_its_leaf_also_when_a_case_leaves_by_itself) {
  const CaseId held = reported();
  const ClassFile file = proposed({reported(), held});
  treat(file.id);
  must(dispatcher(), held, CaseKind::held);
  EXPECT_EQ(now_of(file.id).members.size(), 1);
  take_in();
  EXPECT_EQ(found_in_steps(), std::vector<std::string>());
  EXPECT_EQ(audited_.cases, 2);
  EXPECT_EQ(audited_.others, 1);
  EXPECT_EQ(audited_.leaves, audited_.events);
  EXPECT_EQ(audited_.waiting, 0);
}

TEST_F(LeavesOfClasses, a_step_that_is_changed_or_taken_away_afterwards_is_found) {
  const ClassFile file = proposed({reported()});
  must_take(proposer(), file.id, EventKind::screened, four_tests("3"));
  take_in();
  forge(
      "UPDATE class_event SET payload = replace(payload, '72', '27') "
      "WHERE region_id = ?1 AND class_id = ?2 AND kind = 'screened'",
      of(file));
  EXPECT_EQ(found_in_steps(), std::vector<std::string>{"record.audit_other_changed class 3"});
  forge("DELETE FROM class_event WHERE region_id = ?1 AND class_id = ?2 AND kind = 'screened'",
        of(file));
  EXPECT_EQ(found_in_steps(), (std::vector<std::string>{"record.audit_other_gone class 3",
                                                        "record.audit_other_row class 2"}));
}

TEST_F(LeavesOfClasses, rows_of_today_must_follow_from_the_steps_and_are_written_anew) {
  const CaseId one = reported();
  const CaseId other = reported();
  const ClassFile file = proposed({one});
  const ClassFile second = *try_propose(proposer(), pipes({other}), 2);
  take_in();
  forge("UPDATE class_file SET state = 'closed' WHERE region_id = ?1 AND class_id = ?2", of(file));
  EXPECT_EQ(found_in_steps(), std::vector<std::string>{"record.audit_other_row class 2"});
  // One of its cases is said to be in another class, and a class of which there is no event has
  // one.
  forge("UPDATE class_member SET class_id = ?2 WHERE region_id = ?1 AND case_id = ?3",
        {param(county_.region), param(second.id), param(one)});
  forge("INSERT INTO class_unrelated(region_id, class_id, case_id) VALUES (?1, ?2, ?3)",
        {param(county_.region), param(entropy_.id<ClassId>(now_)), param(one)});
  EXPECT_EQ(different(state_machine::OnDifference::repair).size(), 3);
  EXPECT_EQ(different(), std::vector<Uuid>());
  EXPECT_EQ(found_in_steps(), std::vector<std::string>());
  const auto in = [&](CaseId id) {
    return database_->read([&](Reading& reading) {
      return membership_of(reading, county_.region, id).value().class_id;
    });
  };
  EXPECT_EQ(in(one), file.id);
  EXPECT_EQ(in(other), second.id);
}

}  // namespace
}  // namespace minhu::classes
