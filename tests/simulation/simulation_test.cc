// From one seed: people, officials, the clock and the weather at both databases of a whole program.
// Afterwards everything that anybody was told is there, once, and nothing else is.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "adapters/record_files/record_files.h"
#include "app/chronicles.h"
#include "app/record_setup.h"
#include "features/cases/rebuild.h"
#include "features/cases/receipt_number.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/insight/sums.h"
#include "features/record/audit.h"
#include "walk.h"

namespace minhu::simulation {
namespace {

// MINHU_SEED=N plays that one; MINHU_SIMULATIONS=N plays N from there.
std::vector<std::uint64_t> seeds() {
  const char* first = std::getenv("MINHU_SEED");
  const char* count = std::getenv("MINHU_SIMULATIONS");
  const std::uint64_t from = first != nullptr ? std::strtoull(first, nullptr, 10) : 1;
  const std::uint64_t many = count != nullptr   ? std::strtoull(count, nullptr, 10)
                             : first != nullptr ? 1
                                                : 3;
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = from; seed < from + many; ++seed) all.push_back(seed);
  return all;
}

class Simulation : public ::testing::TestWithParam<std::uint64_t> {};

INSTANTIATE_TEST_SUITE_P(Seeds, Simulation, ::testing::ValuesIn(seeds()));

void expect_every_number_once(Walk& walk) {
  std::set<std::string> numbers;
  for (const Handed& matter : walk.handed()) numbers.insert(matter.number);
  EXPECT_EQ(numbers.size(), walk.handed().size()) << "two people were told one number";
  app::Foundation& foundation = walk.program().foundation();
  const auto stored = foundation.database->read([&](Reading& reading) {
    return reading.first("SELECT count(*) FROM case_file WHERE region_id = ?1",
                         {param(walk.program().county().region)},
                         [](const Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(*stored, static_cast<std::int64_t>(walk.handed().size()));
  for (const Handed& matter : walk.handed()) {
    const Answer shown = walk.look_at(matter);
    EXPECT_EQ(shown.status, 200) << matter.number;
    EXPECT_NE(shown.body.find(matter.text), std::string::npos) << matter.number;
  }
}

void expect_rows_of_the_events(Walk& walk) {
  app::Foundation& foundation = walk.program().foundation();
  const RegionId region = walk.program().county().region;
  const auto rebuilt = cases::rebuild(*foundation.database, region, cases::OnDifference::report);
  EXPECT_TRUE(rebuilt.different.empty()) << rebuilt.different.size();
  EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  const auto checked =
      insight::check(*foundation.database, walk.program().county(), insight::OnWrong::report);
  EXPECT_TRUE(checked.wrong.empty()) << checked.wrong.front();
}

// Nobody waits for nobody, and no date is another than the rules give now.
void expect_somebody_responsible_by_a_date(Walk& walk) {
  app::Foundation& foundation = walk.program().foundation();
  const cases::County& county = walk.program().county();
  const cases::Context system{county,
                              foundation.keyring,
                              foundation.entropy,
                              foundation.clock.now(),
                              {accounts::Role::system, {}, {}}};
  std::vector<cases::CaseFile> files;
  foundation.database->read_job([&](Reading& reading) {
    const auto ids =
        reading.all("SELECT case_id FROM case_file WHERE region_id = ?1", {param(county.region)},
                    [](const Row& row) { return row.id<cases::CaseId>(0); });
    files = cases::load_files(reading, county.region, ids);
  });
  for (const cases::CaseFile& file : files) {
    if (file.erased || cases::ended_states.has(file.state)) continue;
    // Accusations wait in no queue: who may open them has a desk of their own.
    if (file.state == cases::State::held) continue;
    const bool has_a_date = std::any_of(file.clocks.begin(), file.clocks.end(),
                                        [](const auto& clock) { return clock.runs(); });
    EXPECT_TRUE(has_a_date || !cases::waiting_for(file).empty())
        << file.id.text() << " in " << cases::name(file.state) << " waits for nobody";
    const Outcome stand = foundation.database->write_job([&](Transaction& t) -> Outcome {
      const auto moved = cases::recompute_clocks(t, system, file.id);
      return moved ? Outcome() : Outcome(tl::unexpected<Fault>(moved.error()));
    });
    ASSERT_FALSE(stand) << "a date of " << file.id.text() << " was another";
    EXPECT_EQ(stand.error().key, "cases.clocks_stand");
  }
}

void expect_a_clean_record(Walk& walk) {
  app::Foundation& foundation = walk.program().foundation();
  const auto setup = app::read_record_setup(foundation.folder);
  ASSERT_TRUE(setup);
  const record_files::FolderFiles files(app::record_files_folder(foundation.folder));
  const merkle::VerifierKey log = setup->log->verifier();
  const auto audited = record::audit({*foundation.database, walk.program().county().region,
                                      foundation.keyring, files, app::chronicles(), &log},
                                     [](const Fault& finding) { ADD_FAILURE() << finding.key; });
  EXPECT_EQ(audited.findings, 0);
  EXPECT_EQ(audited.waiting, 0);
  EXPECT_EQ(audited.events, audited.leaves);
  EXPECT_GE(audited.checkpoints, 1);
}

// Each step that somebody was told is written down stands in its case under the place it was told,
// and no person took a step of which nobody was told.
void expect_every_step_once(Walk& walk) {
  app::Foundation& foundation = walk.program().foundation();
  const RegionId region = walk.program().county().region;
  std::map<std::string, std::vector<cases::Event>> histories;  // by id and by number
  foundation.database->read_job([&](Reading& reading) {
    struct Known {
      cases::CaseId id;
      std::string number;
    };
    const auto known = reading.all(
        "SELECT case_id, number FROM case_file WHERE region_id = ?1", {param(region)},
        [](const Row& row) { return Known{row.id<cases::CaseId>(0), std::string(row.text(1))}; });
    for (const Known& one : known) {
      histories[one.id.text()] = histories[one.number] =
          cases::load_events(reading, region, one.id);
    }
  });
  std::set<std::pair<cases::CaseId, std::int64_t>> told;
  for (const Taken& taken : walk.taken()) {
    const auto number = cases::parse_number(taken.subject);
    const auto history = histories.find(number ? *number : taken.subject);
    ASSERT_NE(history, histories.end()) << taken.subject;
    ASSERT_LT(taken.seq, static_cast<std::int64_t>(history->second.size())) << taken.kind;
    const cases::Event& event = history->second[static_cast<std::size_t>(taken.seq)];
    EXPECT_EQ(cases::name(event.kind), taken.kind);
    EXPECT_TRUE(told.emplace(event.case_id, event.seq).second)
        << taken.kind << " was told twice for one event";
  }
  for (const auto& [name, history] : histories) {
    if (name != history.front().case_id.text()) continue;
    for (const cases::Event& event : history) {
      const bool by_a_person = event.actor.role != accounts::Role::system && event.seq > 0;
      if (!by_a_person || told.contains({event.case_id, event.seq})) continue;
      const auto lost = std::any_of(
          walk.perhaps_taken().begin(), walk.perhaps_taken().end(), [&](const Taken& taken) {
            return taken.kind == cases::name(event.kind) && taken.subject == name;
          });
      if (lost) continue;
      ADD_FAILURE() << cases::name(event.kind) << " by " << accounts::name(event.actor.role)
                    << ": nobody was told";
    }
  }
}

TEST_P(Simulation, WhatAnybodyWasToldIsThereOnceWhateverTheWeather) {
  Walk walk(GetParam());
  walk.go(400, 5);
  walk.settle();
  for (const std::string& wrong : walk.wrong()) ADD_FAILURE() << wrong;
  expect_every_number_once(walk);
  expect_every_step_once(walk);
  expect_rows_of_the_events(walk);
  expect_a_clean_record(walk);
  expect_somebody_responsible_by_a_date(walk);
  std::string seen;
  for (std::size_t i = 0; i < troubles; ++i) {
    seen += std::string(name(static_cast<Trouble>(i))) + " " +
            std::to_string(walk.program().weather().seen()[i]) + ", ";
  }
  std::printf("seed %llu: %zu matters, %zu steps, %lld sent again, %d starts; %s\n",
              static_cast<unsigned long long>(GetParam()), walk.handed().size(),
              walk.taken().size(), static_cast<long long>(walk.repeats()), walk.program().starts(),
              seen.c_str());
}

// That the weather is what it says: without their keys people are written down twice.
TEST(Control, WhoeverSendsAgainUnderANewKeyIsThereTwice) {
  Walk walk(3, Again::under_a_new_one);
  walk.go(200, 5);
  walk.settle();
  const auto stored = walk.program().foundation().database->read([&](Reading& reading) {
    return reading.first("SELECT count(*) FROM case_file WHERE region_id = ?1",
                         {param(walk.program().county().region)},
                         [](const Row& row) { return row.integer(0); });
  });
  EXPECT_GT(*stored, static_cast<std::int64_t>(walk.handed().size()));
}

TEST(Replay, ASeedGivesTheSameAnswersToTheLast) {
  Walk first(7);
  Walk second(7);
  first.go(60, 5);
  second.go(60, 5);
  EXPECT_EQ(first.trace(), second.trace());
  EXPECT_GT(first.repeats(), 0);
}

}  // namespace
}  // namespace minhu::simulation
