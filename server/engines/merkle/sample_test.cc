#include "engines/merkle/sample.h"

#include <gtest/gtest.h>

#include <set>

#include "engines/merkle/test_county.h"

namespace minhu::merkle {
namespace {

constexpr std::uint64_t one_day = 24 * 3600;
constexpr std::uint64_t evening = 1'764'100'000;

Opening opening_at(std::uint64_t i) {
  Opening opening = test_opening(static_cast<std::uint32_t>(i % 3));
  opening.case_key = sha256(as_bytes("case " + std::to_string(i / 3)));
  return opening;
}

// Each third leaf stands for nobody.
struct Samples : testing::Test {
  TestCounty county;
  TestLog log;
  TreeHead audited;
  Sample sample;

  Samples() {
    for (std::uint64_t i = 0; i < 300; ++i) {
      log.grow({i % 3 == 2 ? bytes_of(cover_leaf(evening, {})) : entry_of(opening_at(i))});
      if (i == 199) audited = log.head();
    }
    TileReader reader(log.head(), log.fetch);
    sample.audited = format_note(county.note(audited, 2, evening));
    sample.draw = format_note(county.note(log.head(), 2, evening + one_day));
    sample.consistency = make_consistency_proof(reader, 200, 300).value();
    sample.count = 20;
    for (const std::uint64_t index : draw_leaves(log.head().root, 200, 20)) {
      SampledLeaf leaf{index, reader.entry(index).value(), std::nullopt,
                       make_inclusion_proof(reader, index, 200).value()};
      const Opening opening = opening_at(index);
      if (index % 3 != 2) {
        leaf.opened = {salt_of(opening.case_key, opening.payload.number),
                       format_payload(opening.payload)};
      }
      sample.leaves.push_back(std::move(leaf));
    }
  }
  static Bytes bytes_of(const Leaf& leaf) {
    const LeafBytes bytes = encode_leaf(leaf);
    return {bytes.begin(), bytes.end()};
  }
  std::string fault(const Sample& changed) {
    const auto checked = check_sample(county.policy(), changed);
    return checked ? "accepted" : checked.error().key;
  }
  SampledLeaf& first_opened(Sample& changed) {
    return *std::find_if(changed.leaves.begin(), changed.leaves.end(),
                         [](const SampledLeaf& leaf) { return leaf.opened.has_value(); });
  }
};

TEST_F(Samples, SayWhatTheDrawnLeavesStandFor) {
  const Sample read = parse_sample(format_sample(sample)).value();
  EXPECT_EQ(read, sample);
  const CheckedSample checked = check_sample(county.policy(), read).value();
  ASSERT_EQ(checked.events.size(), 20U);
  for (const CheckedSample::Event& event : checked.events) {
    ASSERT_EQ(event.payload.has_value(), event.index % 3 != 2);
    if (event.payload) {
      EXPECT_EQ(*event.payload, opening_at(event.index).payload);
    }
  }
}

// A salt opens one leaf: the key of the case, which would open its other leaves, is not in the
// file.
TEST_F(Samples, GiveAwayTheKeyOfNoCase) {
  const std::string text = format_sample(sample);
  for (std::uint64_t i = 0; i < 300; i += 3) {
    const Key key = opening_at(i).case_key;
    EXPECT_EQ(text.find(to_base64(key)), std::string::npos);
    EXPECT_EQ(text.find(std::string(key.begin(), key.end())), std::string::npos);
  }
}

TEST_F(Samples, AreOfTheLeavesThatWereDrawn) {
  Sample changed = sample;
  std::swap(changed.leaves[3], changed.leaves[4]);
  EXPECT_EQ(fault(changed), "merkle.sample_of_others");
  changed = sample;
  changed.leaves.pop_back();
  EXPECT_EQ(fault(changed), "merkle.sample_of_others");
  changed = sample;
  changed.count = 19;
  EXPECT_EQ(fault(changed), "merkle.sample_of_others");
  // Asked for none, all of them are there.
  changed.count = 0;
  changed.leaves.clear();
  EXPECT_EQ(fault(changed), "merkle.sample_of_others");
}

TEST_F(Samples, AreDrawnByALaterDay) {
  Sample changed = sample;
  changed.draw = format_note(county.note(log.head(), 2, evening + 600));
  EXPECT_EQ(fault(changed), "merkle.sample_not_later");
  changed.draw = format_note(county.note(log.head(), 1, evening + one_day));
  EXPECT_EQ(fault(changed), "merkle.quorum_missing");
  changed = sample;
  changed.consistency.pop_back();
  EXPECT_EQ(fault(changed), "merkle.consistency_not_proved");
}

TEST_F(Samples, NeedWitnessesToHaveADay) {
  Sample changed = sample;
  changed.audited = format_note(county.note(audited, 0));
  const TrustPolicy nobody = parse_policy(county.policy_text("none")).value();
  EXPECT_EQ(check_sample(nobody, changed).error().key, "merkle.sample_unwitnessed");
}

TEST_F(Samples, OpenNothingElse) {
  Sample changed = sample;
  first_opened(changed).opened->salt[0] ^= 1U;
  EXPECT_EQ(fault(changed), "merkle.sample_not_opened");
  changed = sample;
  std::string& payload = first_opened(changed).opened->payload;
  payload.replace(payload.find("received"), 8, "answered");
  EXPECT_EQ(fault(changed), "merkle.sample_not_opened");
  changed = sample;
  first_opened(changed).entry[20] ^= 1U;
  EXPECT_EQ(fault(changed), "merkle.inclusion_not_proved");
}

TEST_F(Samples, AreReadInOneSpelling) {
  const std::string text = format_sample(sample);
  for (std::size_t cut = 1; cut < text.size(); cut += 97) {
    const auto read = parse_sample(text.substr(0, text.size() - cut));
    EXPECT_TRUE(!read || format_sample(*read) == text.substr(0, text.size() - cut));
  }
  for (const std::string& broken :
       {std::string(), "minhu-sample/v1\n" + text, text + "\n", text + "other 1\n"}) {
    EXPECT_EQ(parse_sample(broken).error().key, "merkle.sample_broken");
  }
}

TEST(Draws, AreDistinctAndOnlyOfWhatThereIs) {
  const Hash root = sha256(as_bytes("a root"));
  const auto few = draw_leaves(root, 7, 100);
  EXPECT_EQ(std::set(few.begin(), few.end()).size(), 7U);
  EXPECT_TRUE(draw_leaves(root, 0, 10).empty());
  const auto many = draw_leaves(root, 1'000'000, 500);
  EXPECT_EQ(std::set(many.begin(), many.end()).size(), 500U);
  EXPECT_TRUE(
      std::equal(many.begin(), many.begin() + 100, draw_leaves(root, 1'000'000, 100).begin()));
  EXPECT_NE(many, draw_leaves(sha256(as_bytes("another")), 1'000'000, 500));
}

}  // namespace
}  // namespace minhu::merkle
