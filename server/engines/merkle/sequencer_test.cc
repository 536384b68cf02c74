#include "engines/merkle/sequencer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engines/merkle/monitor.h"
#include "engines/merkle/test_county.h"
#include "kernel/test_dice.h"

namespace minhu::merkle {
namespace {

std::string key_of(const auto& result) {
  return result ? "" : result.error().key;
}

struct Sequencer : testing::Test {
  Dice dice{seed_of_this_run()};
  Random random = [this](std::span<std::uint8_t> out) {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(dice.next());
  };
  TestCounty county;
  TrustPolicy policy = county.policy();

  static std::vector<Leaf> leaves(std::size_t count) {
    std::vector<Leaf> out;
    for (std::uint32_t i = 0; i < count; ++i) out.push_back(leaf_of(test_opening(i)));
    return out;
  }
  std::string cosigned(std::size_t which, const std::string& note) const {
    return format_signature_line(
        sign_text(county.witnesses[which], parse_note(note).value().text, 1'764'060'000));
  }
};

TEST_F(Sequencer, HidesHowManySpoke) {
  for (std::size_t count = 1; count <= 12; ++count) {
    const auto entries = compose_batch(leaves(count), 0, random).value();
    EXPECT_EQ(entries.size(), std::max<std::size_t>(count, smallest_batch));
    // In their order, and whoever reads the record finds nothing wrong with it.
    std::vector<Leaf> found;
    LeafWatch watch{Key{}};
    for (const Bytes& entry : entries) {
      EXPECT_TRUE(watch.read(entry).empty());
      const Leaf leaf = parse_leaf(entry).value();
      for (const Leaf& real : leaves(count)) {
        if (leaf == real) found.push_back(leaf);
      }
    }
    EXPECT_EQ(found, leaves(count));
  }
  EXPECT_TRUE(compose_batch({}, 0, random).value().empty());
}

TEST_F(Sequencer, ACoverMayStandAnywhere) {
  std::array<int, smallest_batch> at{};
  const std::vector<Leaf> one = leaves(1);
  for (int i = 0; i < 4000; ++i) {
    const auto entries = compose_batch(one, 0, random).value();
    for (std::size_t place = 0; place < entries.size(); ++place) {
      const Leaf leaf = parse_leaf(entries[place]).value();
      EXPECT_EQ(leaf.seconds, one.front().seconds);
      if (leaf == one.front()) ++at[place];
    }
  }
  for (const int count : at) {
    EXPECT_GT(count, 350);  // 500 expected, σ 21
    EXPECT_LT(count, 650);
  }
}

TEST_F(Sequencer, TakesNoTimeThatGoesBack) {
  std::vector<Leaf> two = leaves(2);
  std::swap(two[0], two[1]);
  EXPECT_EQ(key_of(compose_batch(two, 0, random)), "merkle.leaf_time_back");
  EXPECT_EQ(key_of(compose_batch(leaves(2), 1'764'059'000, random)), "");
  EXPECT_EQ(key_of(compose_batch(leaves(2), 1'764'059'001, random)), "merkle.leaf_time_back");
}

TEST_F(Sequencer, GoesFromFilesToAPublishedCheckpoint) {
  TestLog log(250);
  const auto entries = compose_batch(leaves(12), 0, random).value();
  Round round = Round::begin(log.builder, county.log, entries).value();
  EXPECT_EQ(log.head().size, 250U);  // nothing decided
  log.keep(round.files());
  round.files_are_durable();
  EXPECT_EQ(round.head_swap().before, log.head());
  EXPECT_EQ(round.head_swap().after.size, 262U);
  round.head_is_swapped();

  const std::string note = round.note_for_witnesses();
  EXPECT_EQ(key_of(round.publishable(policy)), "merkle.quorum_missing");
  ASSERT_TRUE(round.add_cosignatures(policy, cosigned(0, note)));
  ASSERT_TRUE(round.add_cosignatures(policy, cosigned(0, note)));
  EXPECT_EQ(key_of(round.publishable(policy)), "merkle.quorum_missing");
  ASSERT_TRUE(round.add_cosignatures(policy, cosigned(2, note)));
  const std::string published = round.publishable(policy).value();
  const Accepted accepted = accept_checkpoint(policy, published).value();
  EXPECT_EQ(accepted.checkpoint.head, round.builder().head());

  TileReader reader(accepted.checkpoint.head, log.fetch);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(reader.entry(250 + i).value(), entries[i]);
  }
}

TEST_F(Sequencer, DropsWhatIsNotAWitnesssWord) {
  TestLog log(5);
  Round round = Round::begin(log.builder, county.log, numbered_entries(5, 6)).value();
  round.files_are_durable();
  round.head_is_swapped();
  const std::string note = round.note_for_witnesses();
  const Signer stranger = signer_of("stranger.example", KeyKind::cosignature_v1);
  EXPECT_TRUE(round.add_cosignatures(
      policy, format_signature_line(sign_text(stranger, parse_note(note).value().text, 1))));
  EXPECT_EQ(key_of(round.add_cosignatures(
                policy, format_signature_line(sign_text(county.witnesses[1], "other text\n", 1)))),
            "merkle.signature_wrong");
  EXPECT_EQ(key_of(round.add_cosignatures(policy, "<html>\n")), "merkle.note_broken");
  // Nothing of an answer that holds a wrong line.
  EXPECT_EQ(key_of(round.add_cosignatures(
                policy, cosigned(2, note) + format_signature_line(sign_text(county.witnesses[1],
                                                                            "other text\n", 1)))),
            "merkle.signature_wrong");
  ASSERT_TRUE(round.add_cosignatures(policy, cosigned(0, note)));
  ASSERT_TRUE(round.add_cosignatures(policy, cosigned(1, note)));
  EXPECT_EQ(parse_note(round.publishable(policy).value()).value().signatures.size(), 3U);
}

TEST_F(Sequencer, NothingLeavesBeforeItsTime) {
  TestLog log(5);
  const auto begun = [&] {
    return Round::begin(log.builder, county.log, numbered_entries(5, 6)).value();
  };
  EXPECT_DEATH(static_cast<void>(begun().head_swap()), "stage_");
  EXPECT_DEATH(static_cast<void>(begun().note_for_witnesses()), "stage_");
  EXPECT_DEATH(begun().head_is_swapped(), "stage_");
  EXPECT_DEATH(
      {
        Round round = begun();
        round.files_are_durable();
        static_cast<void>(round.note_for_witnesses());
      },
      "stage_");
  EXPECT_DEATH(
      {
        Round round = begun();
        round.files_are_durable();
        static_cast<void>(round.builder());
      },
      "stage_");
}

// ---- after a start ------------------------------------------------------------------------------

struct Guard : Sequencer {
  TestLog log{300};
  VerifierKey key = county.log.verifier();

  std::string outcome(const std::vector<SeenElsewhere>& seen) {
    TileReader reader(log.head(), log.fetch);
    return key_of(check_may_sign(log.head(), reader, key, seen));
  }
  std::string note_of(const TreeHead& head) const { return format_note(county.note(head, 0)); }
};

TEST_F(Guard, LetsALogGoOnThatHoldsAllItSigned) {
  TileReader reader(log.head(), log.fetch);
  EXPECT_EQ(outcome({}), "");
  EXPECT_EQ(outcome({{"published", note_of(log.head())},
                     {"audit", note_of({256, root_at(reader, 256).value()})},
                     {"congress", note_of(empty_tree_head())}}),
            "");
}

TEST_F(Guard, StopsARestoredBackup) {
  const TestLog later(400);
  TileReader reader(log.head(), log.fetch);
  const std::vector<SeenElsewhere> seen{{"published", note_of(log.head())},
                                        {"audit", note_of(later.head())}};
  const auto refused = check_may_sign(log.head(), reader, key, seen);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "merkle.record_rolled_back");
  EXPECT_EQ(refused.error().details.at("where"), "audit");
  EXPECT_EQ(refused.error().details.at("theirs"), "400");
}

TEST_F(Guard, StopsASecondWriter) {
  TestLog other(200);
  other.grow(numbered_entries(1000, 1050));
  EXPECT_EQ(outcome({{"published", note_of(other.head())}}), "merkle.record_forked");
}

TEST_F(Guard, IsNotStoppedByWhatTheLogNeverSigned) {
  const TestLog later(400);
  const TestCounty impostors{signer_of(county_origin, KeyKind::ed25519, "another key")};
  EXPECT_EQ(outcome({{"audit", format_note(impostors.note(later.head()))}, {"congress", "404"}}),
            "");
}

// ---- from outside -------------------------------------------------------------------------------

TEST(Monitors, SeeATagTwiceAndATimeGoingBack) {
  LeafWatch watch{Key{}};
  const auto read = [&](const Opening& opening) { return watch.read(entry_of(opening)); };
  EXPECT_TRUE(read(test_opening(3)).empty());
  EXPECT_TRUE(read(test_opening(4)).empty());
  EXPECT_EQ(read(test_opening(1)), (std::vector<Breach>{{LeafBreach::time_going_back, 2, 0}}));
  Opening other_version = test_opening(4);
  other_version.payload.kind = "closed";
  EXPECT_EQ(read(other_version), (std::vector<Breach>{{LeafBreach::tag_twice, 3, 1}}));
  EXPECT_EQ(watch.read(to_bytes("no leaf")), (std::vector<Breach>{{LeafBreach::not_a_leaf, 4, 0}}));
  // A time going back does not excuse the next one.
  EXPECT_EQ(read(test_opening(2)), (std::vector<Breach>{{LeafBreach::time_going_back, 5, 0}}));
  EXPECT_EQ(watch.leaves(), 6U);
}

TEST(Monitors, SeeALogThatShrinksSplitsOrForgets) {
  const NaiveTree naive(20);
  const Checkpoint before{county_origin, naive.head(10), {}};
  const Checkpoint next{county_origin, naive.head(20), {}};
  EXPECT_EQ(key_of(check_progress(before, naive.subproof(10, 0, 20, true), next)), "");
  EXPECT_EQ(key_of(check_progress(before, {}, before)), "");
  EXPECT_EQ(key_of(check_progress(next, {}, before)), "merkle.older_is_larger");
  EXPECT_EQ(key_of(check_progress(before, naive.subproof(9, 0, 20, true), next)),
            "merkle.consistency_not_proved");
  EXPECT_EQ(key_of(check_progress(before, {}, {county_origin, {10, Hash{}}, {}})),
            "merkle.split_view");
  EXPECT_EQ(key_of(check_progress(before, {}, {"another.example", naive.head(10), {}})),
            "merkle.unknown_log");
}

TEST(Monitors, SeeAStaleCheckpoint) {
  const Accepted seen{{county_origin, {5, {}}, {}}, {{"audit", 1000}}};
  EXPECT_EQ(key_of(check_freshness(seen, 1060, 60)), "");
  EXPECT_EQ(key_of(check_freshness(seen, 900, 60)), "");
  EXPECT_EQ(key_of(check_freshness(seen, 1061, 60)), "merkle.checkpoint_stale");
  EXPECT_EQ(key_of(check_freshness(Accepted{}, 5, 60)), "merkle.checkpoint_stale");
}

TEST(Monitors, SeeALeafThatIsDatedBack) {
  const auto outcome = [](std::uint64_t seconds, std::optional<std::uint64_t> before) {
    return key_of(check_leaf_time({seconds, {}, {}}, before, 10'000));
  };
  EXPECT_EQ(outcome(9'900, 9'000), "");
  EXPECT_EQ(outcome(8'880, 9'000), "");
  EXPECT_EQ(outcome(8'879, 9'000), "merkle.leaf_time_impossible");
  EXPECT_EQ(outcome(10'120, 9'000), "");
  EXPECT_EQ(outcome(10'121, 9'000), "merkle.leaf_time_impossible");
  EXPECT_EQ(outcome(0, std::nullopt), "");
  EXPECT_EQ(outcome(0, 100), "");
}

}  // namespace
}  // namespace minhu::merkle
