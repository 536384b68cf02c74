#include "features/record/sample.h"

#include <gtest/gtest.h>

#include "features/record/files.h"
#include "features/record/test_record.h"

namespace minhu::record {
namespace {

constexpr std::int64_t one_day = 86'400;  // seconds

struct Sampling : RecordWorld {
  std::string audited_;

  Sampling() {
    first_ = says(1);
    second_ = says(2);
    for (std::uint8_t token = 3; token < 6; ++token) says(token);
    answer(first_);
    take_in();
    audited_ = to_text(files_.get(checkpoint_path).value());
  }
  void take_in() {
    witnesses_.seconds = static_cast<std::uint64_t>(now_.unix_ms / 1000);
    sequencer()->run_once();
  }
  void a_day_later() {
    pass_seconds(one_day);
    says(9);
    take_in();
  }
  Result<merkle::Sample> sample(std::size_t count = 6) {
    return database_->read([&](Reading& reading) {
      return sample_of(reading, county_.region, keyring_, {}, files_, policy_, audited_, count,
                       now_);
    });
  }

  cases::CaseId first_;   // with steps up to an answer
  cases::CaseId second_;  // received, and nothing more
};

TEST_F(Sampling, an_auditor_reads_what_the_drawn_leaves_stand_for) {
  a_day_later();
  const auto made = sample(100);
  ASSERT_TRUE(made) << made.error().key;
  const auto read = merkle::parse_sample(merkle::format_sample(*made)).value();
  const auto checked = merkle::check_sample(policy_, read);
  ASSERT_TRUE(checked) << checked.error().key;
  // All of them, for there are so few: each event of before once, the others stand for nobody.
  std::size_t opened = 0;
  std::size_t received = 0;
  for (const auto& event : checked->events) {
    if (event.payload) ++opened;
    if (event.payload && event.payload->kind == "received") ++received;
  }
  EXPECT_EQ(checked->events.size(), checked->audited.checkpoint.head.size);
  EXPECT_EQ(received, 5U);
  EXPECT_EQ(opened + 1, all_leaves().size());  // the day after brought one more
}

TEST_F(Sampling, nobody_is_told_anything_before_the_day_is_over) {
  EXPECT_EQ(sample().error().key, "record.no_later_checkpoint");
  pass_seconds(60);
  says(9);
  take_in();
  EXPECT_EQ(sample().error().key, "record.no_later_checkpoint");
}

TEST_F(Sampling, an_event_that_was_changed_behind_the_program_cannot_be_opened) {
  a_day_later();
  write([&](Transaction& t) {
    t.execute(
        "UPDATE case_event SET happened_at = happened_at - 3600000 WHERE region_id = ?1 "
        "AND case_id = ?2",
        {param(county_.region), param(first_)});
  });
  EXPECT_EQ(sample(100).error().key, "record.leaf_not_stored");
}

// Not that its checkpoint is of another tree, which would be an accusation.
TEST_F(Sampling, a_record_without_witnesses_is_told_why_it_has_no_samples) {
  policy_ = merkle::parse_policy(policy_text(keys_, "none")).value();
  audited_ = merkle::format_note(keys_.note(signed_head()->tree, 0));
  a_day_later();
  EXPECT_EQ(sample().error().key, "merkle.sample_unwitnessed");
}

// The county would say of somebody's step that it stands for nobody.
TEST_F(Sampling, a_leaf_that_was_taken_away_behind_the_program_is_not_said_to_be_a_cover) {
  a_day_later();
  write([&](Transaction& t) {
    t.execute("DELETE FROM record_leaf WHERE region_id = ?1 AND case_id = ?2",
              {param(county_.region), param(second_)});
  });
  const auto made = sample(100);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().key, "record.leaf_not_stored");
}

TEST_F(Sampling, a_checkpoint_of_another_tree_is_refused) {
  a_day_later();
  audited_ = merkle::format_note(
      keys_.note({8, sha256(as_bytes("another tree"))}, 2, witnesses_.seconds - one_day));
  EXPECT_EQ(sample().error().key, "record.checkpoint_of_another_tree");
}

}  // namespace
}  // namespace minhu::record
