// From the event to the proof, over real cases of a small county.
#include "features/record/record.h"

#include <gtest/gtest.h>

#include "engines/merkle/monitor.h"
#include "engines/merkle/promise.h"
#include "features/record/taking_over.h"
#include "features/record/test_record.h"

namespace minhu::record {
namespace {

using cases::EventKind;

struct Recording : RecordWorld {};

TEST_F(Recording, each_event_brings_one_leaf_and_positions_have_no_gaps) {
  const auto id = says(1);
  says(2);
  answer(id);
  const auto rows = all_leaves();
  const auto events = database_->read(
      [&](Reading& reading) { return cases::load_events(reading, county_.region, id); });
  EXPECT_EQ(rows.size(), events.size() + 1);
  merkle::LeafWatch watch(Key{9});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].position, static_cast<std::int64_t>(i));
    EXPECT_TRUE(watch.read(rows[i].entry).empty());
  }
}

TEST_F(Recording, a_step_that_is_refused_leaves_no_leaf) {
  const auto id = says(1);
  EXPECT_EQ(refused(handler(), id, EventKind::answered, opinion()), "cases.not_found");
  EXPECT_EQ(all_leaves().size(), 1U);
}

TEST_F(Recording, a_clock_that_was_set_back_does_not_make_leaves_older) {
  says(1);
  now_.unix_ms -= 3'600'000;
  says(2);
  const auto rows = all_leaves();
  EXPECT_EQ(merkle::parse_leaf(rows[0].entry)->seconds, merkle::parse_leaf(rows[1].entry)->seconds);
}

TEST_F(Recording, what_was_handed_in_is_first_promised_and_then_proved) {
  const auto id = says(1);
  const auto promised = receipt(id);
  ASSERT_TRUE(promised) << promised.error().key;
  const auto& promise = std::get<PromiseOfEvent>(*promised);
  const auto note = merkle::parse_note(promise.text);
  ASSERT_TRUE(note);
  const merkle::VerifierKey key = keys_.log.verifier();
  EXPECT_EQ(merkle::check_signatures(*note, std::span(&key, 1))->size(), 1U);
  const auto text = merkle::parse_promise(note->text);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->leaf, merkle::leaf_hash(all_leaves().front().entry));

  const auto running = sequencer();
  running->run_once();
  EXPECT_EQ(running->standing().going, Going::well);
  const auto proved = receipt(id);
  ASSERT_TRUE(proved) << proved.error().key;
  const auto& proof = std::get<ProofOfEvent>(*proved);
  const auto what = checked(proof);
  ASSERT_TRUE(what) << what.error().key;
  EXPECT_EQ(what->opening.payload.kind, "received");
  EXPECT_EQ(what->opening.payload.by, "citizen");
  EXPECT_EQ(what->opening.payload.case_id, id.uuid());
  EXPECT_EQ(what->accepted.witnesses.size(), 3U);
  EXPECT_TRUE(proof.witnessed_at.has_value());
  EXPECT_LE(text_of(proof).size(), 2048U);
}

TEST_F(Recording, every_step_that_a_speaker_sees_can_be_proved_and_links_to_the_one_before) {
  const auto id = says(1);
  answer(id);
  sequencer()->run_once();
  Bytes previous;
  for (std::int64_t seq = 0; seq <= file(id).seq; ++seq) {
    const auto proved = receipt(id, seq);
    ASSERT_TRUE(proved) << seq << proved.error().key;
    const auto what = checked(std::get<ProofOfEvent>(*proved));
    ASSERT_TRUE(what) << what.error().key;
    EXPECT_EQ(what->opening.payload.number, seq);
    if (seq > 0) {
      EXPECT_EQ(what->opening.payload.previous, merkle::leaf_hash(previous));
    }
    const auto entry = merkle::encode_leaf(leaf_of(what->opening));
    previous.assign(entry.begin(), entry.end());
  }
  EXPECT_EQ(receipt(id, file(id).seq + 1).error().key, "cases.not_found");
}

TEST_F(Recording, the_steps_of_an_office_are_by_its_code_and_carry_the_date_they_started) {
  const auto id = says(1);
  answer(id);
  sequencer()->run_once();
  bool some_due = false;
  for (std::int64_t seq = 1; seq <= file(id).seq; ++seq) {
    const auto what = checked(std::get<ProofOfEvent>(*receipt(id, seq)));
    EXPECT_TRUE(what->opening.payload.by == "petition" || what->opening.payload.by == "housing");
    some_due = some_due || what->opening.payload.due.has_value();
  }
  EXPECT_TRUE(some_due);
}

TEST_F(Recording, nobody_but_the_speaker_is_given_the_key_of_a_case) {
  const auto id = says(1);
  sequencer()->run_once();
  for (const auto& context : {dispatcher(), handler(), head(), caller(), as(Role::anyone),
                              as(Role::system), as(Role::auditor)}) {
    EXPECT_EQ(receipt_for(context, id).error().key, "cases.not_found");
  }
}

TEST_F(Recording, what_is_the_office_s_own_business_is_recorded_and_not_shown) {
  const auto id = says(1);
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(handler(), id, EventKind::noted, {{"note", "内部情况说明"}});
  sequencer()->run_once();
  EXPECT_EQ(all_leaves().size(), 3U);
  EXPECT_EQ(receipt(id, 2).error().key, "cases.not_found");
}

TEST_F(Recording, an_event_that_was_changed_behind_the_program_is_not_proved) {
  const auto id = says(1);
  sequencer()->run_once();
  write([&](Transaction& t) {
    t.execute("UPDATE case_event SET happened_at = happened_at - 86400000 WHERE region_id = ?1",
              {param(county_.region)});
  });
  EXPECT_EQ(receipt(id).error().key, "record.does_not_fit");
}

TEST_F(Recording, erasing_is_recorded_and_the_speakers_leaves_still_open) {
  const auto id = says(1);
  const auto erased = database_->write(
      [&](Transaction& t) { return cases::erase(t, as(Role::system), id, "speaker"); });
  ASSERT_TRUE(erased) << erased.error().key;
  sequencer()->run_once();
  for (const std::int64_t seq : {0, 1}) {
    const auto proved = receipt(id, seq);
    ASSERT_TRUE(proved) << proved.error().key;
    const auto what = checked(std::get<ProofOfEvent>(*proved));
    ASSERT_TRUE(what) << what.error().key;
    EXPECT_EQ(what->opening.payload.kind, seq == 0 ? "received" : "erased");
  }
}

TEST_F(Recording, the_key_in_a_receipt_opens_no_words) {
  const auto id = says(1);
  const auto key = database_->read([&](Reading& reading) {
    return cases::load_case_key(reading, county_.region, id, keyring_);
  });
  ASSERT_TRUE(key);
  const Key in_receipt = record_key_of(keyring_, id);
  EXPECT_NE(in_receipt, key->key);
  const auto words = file(id).words;
  EXPECT_THROW(static_cast<void>(database_->read([&](Reading& reading) {
                 return cases::read_content(reading, county_.region, {id, in_receipt}, words);
               })),
               StorageFailure);
}

TEST_F(Recording, events_from_before_the_record_are_taken_over_as_old_as_that_day) {
  county_.derivations = {};
  const auto id = says(1);
  answer(id);
  says(2);
  EXPECT_TRUE(all_leaves().empty());
  EXPECT_EQ(receipt(id).error().key, "record.not_yet");
  county_.derivations = {&leaves_};
  pass_days(30);
  clock_.set(now_);
  const auto taken = take_over_some(installation_, {});
  ASSERT_TRUE(taken);
  EXPECT_TRUE(taken->is_done);
  EXPECT_EQ(taken->leaves, file(id).seq + 2);
  EXPECT_EQ(merkle::parse_leaf(all_leaves().front().entry)->seconds,
            static_cast<std::uint64_t>(now_.unix_ms / 1000));
  sequencer()->run_once();
  EXPECT_TRUE(checked(std::get<ProofOfEvent>(*receipt(id, 2))));
  EXPECT_EQ(take_over_some(installation_, {})->leaves, 0);
}

TEST_F(Recording, a_step_of_a_case_without_leaves_brings_those_of_its_past) {
  county_.derivations = {};
  const auto id = says(1);
  county_.derivations = {&leaves_};
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  EXPECT_EQ(all_leaves().size(), 2U);
  EXPECT_EQ(take_over_some(installation_, {})->leaves, 0);
}

}  // namespace
}  // namespace minhu::record
