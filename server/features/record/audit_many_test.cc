// Many cases are audited with one question for some of them; what is found is what each case says
// by itself, whatever was done to it behind the program.
#include <gtest/gtest.h>

#include <set>

#include "features/cases/rebuild.h"
#include "features/record/audit.h"
#include "features/record/test_record.h"
#include "kernel/test_dice.h"
#include "ports/test_counting.h"

namespace minhu::record {
namespace {

struct AuditingMany : RecordWorld {
  std::vector<cases::CaseId> some_cases(std::uint8_t how_many) {
    std::vector<cases::CaseId> ids;
    for (std::uint8_t token = 1; token <= how_many; ++token) {
      ids.push_back(says(token));
      if (token % 2 == 0) answer(ids.back());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  std::vector<std::string> findings(Reading& reading, std::span<const cases::CaseId> ids) {
    UnitCodes codes(reading, county_.region);
    std::vector<std::string> found;
    audit_cases(reading, county_.region, keyring_, codes, ids, [&](const Fault& fault) {
      std::string one = fault.key;
      for (const auto& [key, value] : fault.details) one += " " + key + "=" + value;
      found.push_back(std::move(one));
    });
    return found;
  }
  void damage(cases::CaseId id) {
    constexpr std::array<std::string_view, 10> ways{
        "UPDATE case_event SET happened_at = happened_at - 1 WHERE region_id = ?1 AND case_id = ?2 "
        "AND seq = 0",
        "UPDATE case_event SET unit_id = NULL WHERE region_id = ?1 AND case_id = ?2 AND seq > 1",
        "DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2 AND seq = 1",
        "DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2",
        "DELETE FROM record_leaf WHERE region_id = ?1 AND case_id = ?2 AND seq = 0",
        "DELETE FROM queue_entry WHERE region_id = ?1 AND case_id = ?2",
        "DELETE FROM watch_entry WHERE region_id = ?1 AND case_id = ?2",
        "UPDATE case_file SET urged = 7 WHERE region_id = ?1 AND case_id = ?2",
        "UPDATE case_clock SET due = due + 1 WHERE region_id = ?1 AND case_id = ?2",
        "DELETE FROM case_file WHERE region_id = ?1 AND case_id = ?2"};
    const std::string_view way = dice_.one_of(ways);
    write([&](Transaction& t) { t.execute(way, {param(county_.region), param(id)}); });
  }

  Dice dice_{seed_of_this_run()};
};

TEST_F(AuditingMany, TellsOfEachWhatItTellsByItself) {
  const auto ids = some_cases(40);
  for (int round = 0; round < 12; ++round) {
    if (round > 0) damage(dice_.one_of(ids));
    // A row that cannot be read at all is a finding of its case alone.
    if (round == 10) {
      write([&](Transaction& t) {
        t.execute("UPDATE case_event SET payload = '{' WHERE region_id = ?1 AND case_id = ?2",
                  {param(county_.region), param(ids[3])});
        t.execute("UPDATE case_file SET state = 'nowhere' WHERE region_id = ?1 AND case_id = ?2",
                  {param(county_.region), param(ids[20])});
      });
    }
    database_->read_job([&](Reading& reading) {
      std::vector<std::string> alone;
      for (const cases::CaseId id : ids) {
        for (auto& one : findings(reading, {&id, 1})) alone.push_back(std::move(one));
      }
      EXPECT_EQ(findings(reading, ids), alone);
      if (round >= 10) return;
      const auto histories = cases::load_events(reading, county_.region, ids);
      const auto standing = cases::those_that_stand(reading, county_.region, histories);
      for (const cases::CaseId id : ids) {
        const auto events = cases::load_events(reading, county_.region, id);
        const auto found = histories.find(id);
        ASSERT_EQ(found == histories.end(), events.empty());
        if (events.empty()) continue;
        EXPECT_TRUE(found->second == events);
        bool stands = false;
        try {
          stands = cases::stands(reading, county_.region, id);
        } catch (const StorageFailure&) {  // its events cannot follow each other
        }
        EXPECT_EQ(standing.contains(id), stands);
      }
    });
  }
}

TEST_F(AuditingMany, AsksOnceForSixteen) {
  const auto ids = some_cases(16);
  database_->read_job([&](Reading& reading) {
    CountingQuestions counting(reading);
    EXPECT_TRUE(findings(counting, ids).empty());
    // Events, leaves, codes, rows and clocks of all; where they stand and are watched, eight at
    // once.
    EXPECT_LE(counting.asked(), 12);
  });
}

}  // namespace
}  // namespace minhu::record
