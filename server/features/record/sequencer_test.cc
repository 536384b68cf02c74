// What is signed, published and refused, with the real witnesses and a real folder.
#include "features/record/sequencer.h"

#include <gtest/gtest.h>

#include <fstream>

#include "features/record/files.h"
#include "features/record/restore.h"
#include "features/record/test_record.h"

namespace minhu::record {
namespace {

namespace fs = std::filesystem;

struct Sequencing : RecordWorld {
  std::string published() { return to_text(*files_.get(checkpoint_path)); }
  merkle::TreeHead published_tree() {
    return merkle::accept_checkpoint(policy_, published()).value().checkpoint.head;
  }
  // Reads every entry of the published tree as a stranger would.
  std::size_t entries_a_stranger_reads() {
    const merkle::Fetch fetch = fetch_from(files_);
    merkle::TileReader reader(published_tree(), fetch);
    std::size_t entries = 0;
    for (std::uint64_t bundle = 0; bundle * 256 < published_tree().size; ++bundle) {
      const auto read = reader.entries(bundle);
      EXPECT_TRUE(read) << read.error().key;
      entries += read ? read->size() : 0;
    }
    return entries;
  }
  void many(int count) {
    for (int i = 0; i < count; ++i) {
      cases::Words words = some_words(0);
      ++serial_;
      words.token = {static_cast<std::uint8_t>(serial_), static_cast<std::uint8_t>(serial_ >> 8),
                     1};
      EXPECT_TRUE(receive_words(as(Role::anyone), std::move(words)));
    }
  }
  std::uint32_t serial_ = 0;
};

TEST_F(Sequencing, a_quiet_night_looks_like_eight_people) {
  many(1);
  const auto running = sequencer();
  running->run_once();
  EXPECT_EQ(published_tree().size, 8U);
  EXPECT_EQ(entries_a_stranger_reads(), 8U);
  running->run_once();
  EXPECT_EQ(published_tree().size, 8U);
}

TEST_F(Sequencing, what_was_published_stays_part_of_what_is) {
  const auto running = sequencer();
  std::vector<merkle::TreeHead> heads;
  for (int round = 0; round < 12; ++round) {
    many(20);
    pass_seconds(1);
    running->run_once();
    heads.push_back(published_tree());
  }
  const merkle::Fetch fetch = fetch_from(files_);
  merkle::TileReader reader(heads.back(), fetch);
  for (const merkle::TreeHead& earlier : heads) {
    EXPECT_EQ(merkle::root_at(reader, earlier.size).value(), earlier.root);
  }
  EXPECT_EQ(entries_a_stranger_reads(), heads.back().size);
}

TEST_F(Sequencing, partial_tiles_of_published_sizes_stay_until_the_whole_one_is_published) {
  const auto running = sequencer();
  many(100);
  running->run_once();
  many(100);
  running->run_once();
  EXPECT_TRUE(files_.has("tile/0/000.p/100"));
  EXPECT_TRUE(files_.has("tile/entries/000.p/200"));
  many(56);
  running->run_once();
  EXPECT_TRUE(files_.has("tile/0/000"));
  EXPECT_FALSE(fs::exists(folder_.path() / "tile/0/000.p"));
  EXPECT_FALSE(fs::exists(folder_.path() / "tile/entries/000.p"));
  EXPECT_TRUE(files_.has("tile/1/000.p/1"));
}

TEST_F(Sequencing, without_a_quorum_nothing_new_is_published_and_intake_goes_on) {
  const auto running = sequencer();
  many(1);
  running->run_once();
  const std::string before = published();
  witnesses_.away = {"http://congress.example/", "http://audit.example/"};
  const auto id = says(50);
  pass_seconds(5);
  running->run_once();
  EXPECT_EQ(published(), before);
  EXPECT_EQ(running->standing().going, Going::waiting);
  EXPECT_EQ(running->standing().why->key, "merkle.quorum_missing");
  EXPECT_TRUE(std::holds_alternative<PromiseOfEvent>(receipt(id).value()));
  // It tries again by itself, and asks those who have signed already no second time.
  witnesses_.away = {"http://congress.example/"};
  const int asked = witnesses_.asked;
  pass_seconds(5);
  running->run_once();
  EXPECT_EQ(running->standing().going, Going::well);
  EXPECT_EQ(witnesses_.asked, asked + 2);
  EXPECT_TRUE(checked(std::get<ProofOfEvent>(receipt(id).value())));
}

TEST_F(Sequencing, a_policy_without_witnesses_publishes_with_the_logs_own_signature) {
  policy_text_ = policy_text(keys_, "none");
  policy_ = merkle::parse_policy(policy_text_).value();
  witnesses_.away = {"http://congress.example/", "http://audit.example/",
                     "http://university.example/"};
  const auto id = says(1);
  sequencer()->run_once();
  EXPECT_TRUE(checked(std::get<ProofOfEvent>(receipt(id).value())));
}

TEST_F(Sequencing, a_witness_that_holds_another_size_is_asked_once_more_from_there) {
  witnesses_.away = {"http://university.example/"};
  const auto running = sequencer();
  many(3);
  running->run_once();
  // Nobody waits for it as long as the others are enough.
  many(3);
  pass_seconds(1);
  const int asked = witnesses_.asked;
  running->run_once();
  EXPECT_EQ(witnesses_.asked, asked + 2);
  witnesses_.away = {};
  many(3);
  pass_seconds(20);
  running->run_once();
  EXPECT_EQ(witnesses_.ledgers["http://university.example/"].head, published_tree());
}

TEST_F(Sequencing, what_was_signed_and_not_published_before_a_crash_is_published_after_it) {
  witnesses_.away = {"http://congress.example/", "http://audit.example/"};
  {
    const auto running = sequencer();
    witnesses_.away = {};
    running->run_once();
    witnesses_.away = {"http://congress.example/", "http://audit.example/"};
    many(3);
    pass_seconds(5);
    running->run_once();
  }
  ASSERT_EQ(signed_head()->tree.size, 8U);
  EXPECT_FALSE(files_.has(checkpoint_path));
  witnesses_.away = {};
  pass_seconds(5);
  sequencer()->run_once();
  EXPECT_EQ(published_tree(), signed_head()->tree);
}

TEST_F(Sequencing, after_a_start_nothing_is_signed_before_a_quorum_has_answered) {
  many(3);
  witnesses_.away = {"http://congress.example/", "http://audit.example/"};
  const auto running = sequencer();
  running->run_once();
  EXPECT_EQ(running->standing().going, Going::starting);
  EXPECT_EQ(running->standing().why->key, "record.witnesses_silent");
  EXPECT_EQ(signed_head()->tree.size, 0U);
  witnesses_.away = {};
  pass_seconds(5);
  running->run_once();
  EXPECT_EQ(published_tree().size, 8U);
}

TEST_F(Sequencing, files_that_somebody_took_away_or_changed_come_back_byte_for_byte) {
  many(200);
  sequencer()->run_once();
  many(100);
  sequencer()->run_once();
  const auto tile = *files_.get("tile/0/000");
  const auto edge = *files_.get("tile/entries/001.p/44");
  fs::remove(folder_.path() / "tile/0/000");
  std::ofstream(folder_.path() / "tile/entries/001.p/44", std::ios::binary) << "nothing";
  many(1);
  sequencer()->run_once();
  EXPECT_EQ(*files_.get("tile/0/000"), tile);
  EXPECT_EQ(*files_.get("tile/entries/001.p/44"), edge);
  EXPECT_EQ(entries_a_stranger_reads(), 308U);
}

// Yesterday's copy of everything that we hold; the witnesses hold today's.
struct Restored : Sequencing {
  void go_back_to_yesterday() {
    const auto running = sequencer();
    many(3);
    running->run_once();
    database_.keep_copy();
    const std::string checkpoint = published();
    many(3);
    pass_seconds(1);
    sequencer()->run_once();
    database_.go_back();
    ASSERT_TRUE(files_.put(checkpoint_path, as_bytes(checkpoint)));
  }
};

TEST_F(Restored, a_restored_backup_is_not_signed_on_and_the_witness_is_named) {
  go_back_to_yesterday();
  many(5);
  const auto running = sequencer();
  running->run_once();
  EXPECT_EQ(running->standing().going, Going::stopped);
  ASSERT_TRUE(running->standing().why);
  EXPECT_EQ(running->standing().why->key, "merkle.record_rolled_back");
  EXPECT_EQ(running->standing().why->details.at("where"), "congress");
  EXPECT_EQ(signed_head()->tree.size, 8U);
  pass_seconds(60);
  running->run_once();
  EXPECT_EQ(signed_head()->tree.size, 8U);
}

TEST_F(Restored, our_own_checkpoint_on_disk_disproves_us_without_a_witness) {
  policy_text_ = policy_text(keys_, "none");
  policy_ = merkle::parse_policy(policy_text_).value();
  go_back_to_yesterday();
  // The files were not restored with the database.
  witnesses_.away = {"http://congress.example/", "http://audit.example/",
                     "http://university.example/"};
  const merkle::Note larger = keys_.note({16, Key{1}}, 0);
  ASSERT_TRUE(files_.put(checkpoint_path, as_bytes(merkle::format_note(larger))));
  const auto running = sequencer();
  running->run_once();
  EXPECT_EQ(running->standing().going, Going::stopped);
  EXPECT_EQ(running->standing().why->details.at("where"), "checkpoint");
}

TEST_F(Sequencing, of_two_sequencers_one_goes_on_and_there_is_one_checkpoint_for_each_size) {
  const auto one = sequencer();
  const auto other = sequencer();
  many(2);
  one->run_once();
  many(2);
  pass_seconds(1);
  other->run_once();
  many(2);
  pass_seconds(1);
  one->run_once();
  const bool first_stopped = one->standing().going == Going::stopped;
  const bool second_stopped = other->standing().going == Going::stopped;
  EXPECT_NE(first_stopped, second_stopped);
  std::map<std::uint64_t, merkle::Hash> roots;
  for (const std::string& note :
       merkle::parse_history(to_text(*files_.get(history_path(now_)))).notes) {
    const auto tree = merkle::accept_checkpoint(policy_, note).value().checkpoint.head;
    EXPECT_EQ(roots.try_emplace(tree.size, tree.root).first->second, tree.root);
  }
}

TEST_F(Sequencing, a_log_of_another_name_does_not_go_on_with_this_record) {
  many(1);
  sequencer()->run_once();
  const merkle::Signer other =
      merkle::signer_of("elsewhere.example/record", merkle::KeyKind::ed25519);
  Sequencer running(SequencerParts{*database_, county_.region, files_, witnesses_, other, policy_,
                                   entropy_, clock_});
  running.run_once();
  EXPECT_EQ(running.standing().going, Going::stopped);
  EXPECT_EQ(running.standing().why->key, "record.another_origin");
}

TEST_F(Sequencing, leaves_that_were_changed_behind_the_program_are_not_signed) {
  many(3);
  write([&](Transaction& t) {
    t.execute("DELETE FROM record_leaf WHERE region_id = ?1 AND position = 1",
              {param(county_.region)});
  });
  const auto running = sequencer();
  running->run_once();
  EXPECT_EQ(running->standing().why->key, "record.leaves_changed");
  EXPECT_EQ(signed_head()->tree.size, 0U);
}

TEST_F(Sequencing, a_day_of_history_is_read_note_by_note_and_half_a_note_is_left_out) {
  const auto running = sequencer();
  for (int round = 0; round < 3; ++round) {
    many(1);
    pass_seconds(1);
    running->run_once();
  }
  const std::string day = to_text(*files_.get(history_path(now_)));
  const merkle::HistoryDay history = merkle::parse_history(day);
  ASSERT_EQ(history.notes.size(), 3U);
  EXPECT_EQ(history.whole, day.size());
  std::string joined;
  for (const std::string& note : history.notes) joined += note;
  EXPECT_EQ(joined, day);
  const merkle::HistoryDay torn = merkle::parse_history(day + history.notes.front().substr(0, 40));
  EXPECT_EQ(torn.notes, history.notes);
  EXPECT_EQ(torn.whole, day.size());
}

}  // namespace
}  // namespace minhu::record
