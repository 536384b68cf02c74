// The rows of what stands out in a queue: whatever writes them late writes what a step of the case
// would have written.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "features/cases/queue_rows.h"
#include "features/cases/test_world.h"
#include "ports/migrate.h"

namespace minhu::cases {
namespace {

constexpr std::int64_t step_of_marks = 1297;

// On a server, schemas are kept for the next test with the same steps; this one drops a table.
constexpr Migration own[] = {
    {9999, "9999_of_these_tests", "CREATE TABLE of_these_tests (id BIGINT NOT NULL)"}};

class QueueMarks : public World {
 protected:
  QueueMarks() : World(own) {
    std::size_t number = 0;
    for (int state = 0; state <= static_cast<int>(State::voided); ++state) {
      for (const std::int64_t returned : {0, 2}) {
        for (const std::int64_t reopened : {0, 1}) {
          for (const auto solved : {std::optional<Solved>(), std::optional(Solved::yes),
                                    std::optional(Solved::partly), std::optional(Solved::no)}) {
            for (const auto satisfaction :
                 {std::optional<Satisfaction>(), std::optional(Satisfaction::satisfied),
                  std::optional(Satisfaction::dissatisfied)}) {
              CaseFile file = somewhere(static_cast<State>(state), number++);
              file.returned = returned;
              file.reopened = reopened;
              file.solved = solved;
              file.satisfaction = satisfaction;
              files_.push_back(std::move(file));
            }
          }
        }
      }
    }
    write([&](Transaction& t) {
      for (const CaseFile& file : files_) save_file(t, county_.region, std::nullopt, file);
      // Of another county in the same database.
      for (std::size_t i = 0; i < files_.size(); i += 50) {
        save_file(t, neighbour_, std::nullopt, files_[i]);
      }
    });
  }

  CaseFile somewhere(State state, std::size_t number) {
    CaseFile file;
    file.id = entropy_.id<CaseId>(now_);
    file.number = std::to_string(number);
    file.state = state;
    file.seq = 0;
    file.received_at = file.registered_at = file.changed_at = now_;
    file.dispatching_unit = county_.petition_office;
    file.lead_unit = housing_;
    file.co_units = {town_};
    file.review_unit = water_;
    file.erased = number % 23 == 0;
    if (number % 19 == 0) file.track = Track::accusation;
    if (number % 2 == 0) {
      RunningClock clock;
      clock.rule = "answer";
      clock.started = now_;
      clock.due = Instant{now_.unix_ms + static_cast<std::int64_t>(number)};
      file.clocks = {clock};
    }
    if (number % 3 == 0) file.supervised_units = {water_};
    if (number % 5 == 0) file.question_day = 28;
    if (number % 7 == 0) file.asks_again_at = now_;
    if (number % 11 == 0) file.recordings = 1;
    return file;
  }

  // Region, unit, part, mark, due, case.
  using Stored =
      std::tuple<std::int64_t, std::string, std::string, std::string, std::int64_t, std::string>;
  std::vector<Stored> stored() {
    return database_->read([](Reading& reading) {
      return reading.all(
          "SELECT region_id, unit_id, part, mark, due, case_id FROM queue_mark "
          "ORDER BY region_id, unit_id, part, mark, due, case_id",
          {}, [](const Row& row) {
            return Stored{row.integer(0),           row.id<UnitId>(1).text(),
                          std::string(row.text(2)), std::string(row.text(3)),
                          row.integer(4),           row.id<CaseId>(5).text()};
          });
    });
  }
  void mend() {
    while (mend_marks(*database_, county_.region) > 0) {
    }
  }

  std::vector<CaseFile> files_;
  const RegionId neighbour_{339902};
};

TEST_F(QueueMarks, TheStepOfTheSchemaWritesThemForCasesOfBefore) {
  const std::vector<Stored> written = stored();
  std::set<std::string> parts;
  std::set<std::string> marks;
  for (const Stored& one : written) {
    parts.insert(std::get<2>(one));
    marks.insert(std::get<3>(one));
  }
  ASSERT_EQ(parts.size(), static_cast<std::size_t>(Part::reopen) + 1);
  ASSERT_EQ(marks, (std::set<std::string>{"redo", "returned"}));

  // As the program of before leaves it.
  write([](Transaction& t) {
    t.execute("DROP TABLE queue_mark", {});
    t.execute("DELETE FROM schema_step WHERE number = ?1", {step_of_marks});
  });
  std::vector<Migration> steps(std::begin(own), std::end(own));
  for (const auto feature :
       {places_and_units::migrations(), accounts::migrations(), migrations()}) {
    steps.insert(steps.end(), feature.begin(), feature.end());
  }
  migrate(*database_, steps, now_);
  EXPECT_EQ(stored(), written);
}

TEST_F(QueueMarks, HousekeepingWritesThoseThatAreMissing) {
  const std::vector<Stored> written = stored();
  write([&](Transaction& t) {
    t.execute("DELETE FROM queue_mark WHERE region_id = ?1", {param(county_.region)});
  });
  mend();
  EXPECT_EQ(stored(), written);
}

// A verdict that a program of before took back left its mark behind, and the case still waits.
TEST_F(QueueMarks, HousekeepingRemovesThoseThatTheCaseCarriesNoMore) {
  const std::vector<Stored> written = stored();
  write([&](Transaction& t) {
    for (const char* mark : {"returned", "redo"}) {
      t.execute(
          "INSERT INTO queue_mark(region_id, unit_id, part, mark, due, case_id) "
          "SELECT region_id, unit_id, part, ?2, due, case_id FROM queue_entry AS q "
          "WHERE region_id = ?1 AND NOT EXISTS (SELECT 1 FROM queue_mark AS m "
          "WHERE m.region_id = ?1 AND m.unit_id = q.unit_id AND m.part = q.part AND m.mark = ?2 "
          "AND m.due = q.due AND m.case_id = q.case_id)",
          {param(county_.region), std::string_view(mark)});
    }
  });
  ASSERT_GT(stored().size(), written.size());
  mend();
  EXPECT_EQ(stored(), written);
}

}  // namespace
}  // namespace minhu::cases
