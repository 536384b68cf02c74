#include "features/leases/lease.h"

#include <gtest/gtest.h>

#include "adapters/test_storage/test_database.h"
#include "features/leases/fenced_database.h"
#include "features/leases/migrations.h"

namespace minhu::leases {
namespace {

using std::chrono::milliseconds;

class LeaseTest : public testing::Test {
 protected:
  static constexpr RegionId region{339901};

  SteadyTime at(milliseconds since) const { return SteadyTime{} + since; }
  // Some rows that only whoever has the lease may write.
  Outcome write_through(Database& database) {
    return database.write_job([](Transaction& transaction) -> Outcome {
      transaction.execute(
          "INSERT INTO lease(region_id, name, holder, term, beat) VALUES (?1, 'work', NULL, 0, 0) "
          "ON CONFLICT (region_id, name) DO UPDATE SET beat = lease.beat + 1",
          {param(region)});
      return {};
    });
  }
  std::int64_t work_done() {
    return database_
        ->read([](Reading& reading) {
          return reading.first("SELECT beat FROM lease WHERE region_id = ?1 AND name = 'work'",
                               {param(region)}, [](const Row& row) { return row.integer(0) + 1; });
        })
        .value_or(0);
  }

  test_storage::TestDatabase database_{{migrations()}};
  Lease first_{*database_, region, "jobs", Uuid{1}};
  Lease second_{*database_, region, "jobs", Uuid{2}};
};

TEST_F(LeaseTest, GoesToWhoeverAsksFirstAndToNobodyElse) {
  first_.tend(at({}));
  second_.tend(at({}));
  first_.tend(at(beat_every));
  second_.tend(at(beat_every));
  EXPECT_TRUE(first_.is_held());
  EXPECT_FALSE(second_.is_held());
}

TEST_F(LeaseTest, StaysWithAHolderThatCountsHoweverLongItIsWatched) {
  for (int beat = 0; beat < 20; ++beat) {
    first_.tend(at(beat * beat_every));
    second_.tend(at(beat * beat_every));
  }
  EXPECT_TRUE(first_.is_held());
  EXPECT_FALSE(second_.is_held());
}

TEST_F(LeaseTest, IsTakenFromAHolderThatStoodStillForAsLongAsItLastsAndNotBefore) {
  first_.tend(at({}));
  second_.tend(at({}));
  second_.tend(at(lasts - milliseconds(1)));
  EXPECT_FALSE(second_.is_held());
  second_.tend(at(lasts));
  EXPECT_TRUE(second_.is_held());
}

TEST_F(LeaseTest, AWatcherThatSleptItselfBeginsToWatchAnew) {
  first_.tend(at({}));
  second_.tend(at({}));
  first_.tend(at(beat_every));
  second_.tend(at(100 * lasts));
  EXPECT_FALSE(second_.is_held());
}

TEST_F(LeaseTest, AHolderThatWakesUpAfterLosingItKeepsNothingAndReadsNothing) {
  FencedDatabase of_first(*database_, first_);
  FencedDatabase of_second(*database_, second_);
  first_.tend(at({}));
  of_first.begin();
  ASSERT_TRUE(write_through(of_first));
  second_.tend(at({}));
  second_.tend(at(lasts));

  // It still believes that it holds it: it has not looked since.
  const Outcome late = write_through(of_first);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().key, "leases.lost");
  EXPECT_THROW(of_first.read_job([](Reading&) {}), Lost);
  of_second.begin();
  EXPECT_TRUE(write_through(of_second));
  EXPECT_EQ(work_done(), 2);
  first_.tend(at(lasts));
  EXPECT_FALSE(first_.is_held());
}

TEST_F(LeaseTest, WhatWasBegunInAnEarlierTermIsLostAlsoWhenTheLeaseHasComeBack) {
  FencedDatabase of_first(*database_, first_);
  first_.tend(at({}));
  of_first.begin();
  second_.tend(at({}));
  second_.tend(at(lasts));
  second_.give_up();
  first_.tend(at(lasts));
  ASSERT_TRUE(first_.is_held());
  EXPECT_FALSE(of_first.goes_on());
  EXPECT_FALSE(write_through(of_first));
  of_first.begin();
  EXPECT_TRUE(of_first.goes_on());
  EXPECT_TRUE(write_through(of_first));
}

TEST_F(LeaseTest, NothingIsWrittenBeforeItWasBegun) {
  FencedDatabase of_first(*database_, first_);
  EXPECT_FALSE(write_through(of_first));
  first_.tend(at({}));
  EXPECT_FALSE(write_through(of_first));
}

TEST_F(LeaseTest, AfterACleanEndTheNextOneNeedNotWait) {
  first_.tend(at({}));
  first_.give_up();
  second_.tend(at({}));
  EXPECT_TRUE(second_.is_held());
}

TEST_F(LeaseTest, GivingUpWhatAnotherHasTakesNothingFromThem) {
  first_.tend(at({}));
  second_.tend(at({}));
  second_.tend(at(lasts));
  first_.give_up();
  second_.tend(at(lasts));
  EXPECT_TRUE(second_.is_held());
}

}  // namespace
}  // namespace minhu::leases
