#include "engines/merkle/leaf.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engines/merkle/receipt.h"

namespace minhu::merkle {
namespace {

std::string key_of(const auto& result) {
  return result ? "" : result.error().key;
}

Key case_key() {
  Key key{};
  std::iota(key.begin(), key.end(), std::uint8_t{0});
  return key;
}
Key filled(std::uint8_t byte) {
  Key key{};
  key.fill(byte);
  return key;
}

EventPayload event() {
  EventPayload payload;
  payload.case_id = parse_uuid("018f0000-0000-7000-8000-000000000001").value();
  payload.number = 1;
  payload.kind = "accepted";
  payload.happened = 1'764'057'600;
  payload.by = "330726-12";
  payload.due = 1'769'241'600;
  payload.previous = filled(0x11);
  payload.body = content_commitment(filled(0x22), as_bytes("路灯坏了"));
  payload.attachments = {content_commitment(filled(0x33), as_bytes("photo"))};
  return payload;
}

constexpr const char* event_text =
    "minhu-event/v1\ncase 018f0000-0000-7000-8000-000000000001\nseq 1\nkind accepted\n"
    "at 1764057600\nby 330726-12\ndue 1769241600\n"
    "prev ERERERERERERERERERERERERERERERERERERERERERE=\n"
    "body e4WeYgpmfAZFtuc+rsx08C3YoR4T9CGKNMJnoZZUkVQ=\n"
    "att 1\na 9BMzieVTzlwwyEPwiGZ4L9NyhJWxF2AppEPVc4NLKAg=\n";

// The values were computed with another HMAC (Python's).
TEST(Leaves, AreDerivedFromTheKeyOfTheCaseAndTheNumberOfTheEvent) {
  struct Row {
    std::uint32_t number;
    const char *salt, *tag, *commitment, *leaf_hash;
  };
  for (const Row& row : {
           Row{0, "4f4bf4f13c1c6290383ebab461d2f68dd476d9f7917ea257f413da8cb81a5a8e",
               "727879996ba8da50590467453eaadaed",
               "a65aa0b3ae497065f7a3fe425abb4a00f4b85656f551981dee285525e72736c9",
               "815863164073543bceac8b1e972dba69ca8e4c63e707907d74fbe09ad0430ef0"},
           Row{1, "2f5970142296008600f33df776f3c0df3ee65257c138fc094f665055dae6f336",
               "1c73d3d93acc03c19efe9298300b0be0",
               "29041702b57040146e8aa321230ca21e70ad370a4aa3197be628e97098c2c210",
               "5e81cf82630877aa973000356b543a229be36719dd6676653f8839a585c93d62"},
           Row{0x01020304, "226ef3ee4a8eb6d0273778e5ce9356c68c8d4c2476572c5e6449abf224448aea",
               "9fef4cd7ab35d3f0d4b6c5afc4b78fbb",
               "58c20bfe87f50f0386577c5a1f15fb7b3b4a0963922bb610ea00c41f3a86bcef",
               "9fa568ad513e5942e05f85758bab4a8d06a5a821b0e8478eda91c5b2ab6ee10d"},
       }) {
    EXPECT_EQ(to_hex(salt_of(case_key(), row.number)), row.salt);
    EXPECT_EQ(to_hex(tag_of(case_key(), row.number)), row.tag);
    const Leaf leaf = leaf_of(case_key(), row.number, 1'764'057'700, as_bytes(event_text));
    EXPECT_EQ(to_hex(leaf.commitment), row.commitment);
    EXPECT_EQ(to_hex(leaf_hash(encode_leaf(leaf))), row.leaf_hash);
  }
}

TEST(Leaves, AreSixtyFourBytes) {
  const Leaf leaf = leaf_of(case_key(), 0x01020304, 1'764'057'700, as_bytes(event_text));
  const LeafBytes bytes = encode_leaf(leaf);
  EXPECT_EQ(to_hex(bytes),
            "4d484c3100000000692562649fef4cd7ab35d3f0d4b6c5afc4b78fbb58c20bfe87f50f0386577c5a1f15fb"
            "7b3b4a0963922bb610ea00c41f3a86bcef00000000");
  EXPECT_EQ(parse_leaf(bytes).value(), leaf);
  for (const std::size_t at : {0U, 3U, 4U, 60U, 63U}) {  // magic, impossible time, zeros
    LeafBytes wrong = bytes;
    wrong[at] ^= 0x80;
    EXPECT_EQ(key_of(parse_leaf(wrong)), "merkle.leaf_broken") << at;
  }
  EXPECT_FALSE(parse_leaf(BytesView(bytes).first(63)));
  Bytes longer(bytes.begin(), bytes.end());
  longer.push_back(0);
  EXPECT_FALSE(parse_leaf(longer));
}

TEST(Leaves, OfNobodyLookLikeAnyOther) {
  std::array<std::uint8_t, 48> random{};
  std::iota(random.begin(), random.end(), std::uint8_t{1});
  const Leaf cover = cover_leaf(99, random);
  EXPECT_EQ(parse_leaf(encode_leaf(cover)).value(), cover);
  EXPECT_EQ(cover.tag[0], 1);
  EXPECT_EQ(cover.commitment[31], 48);
}

TEST(Payloads, AreWrittenInOneWay) {
  EXPECT_EQ(format_payload(event()), event_text);
  EXPECT_EQ(parse_payload(event_text).value(), event());
  EventPayload bare;
  bare.kind = "received";
  bare.by = "citizen";
  EXPECT_EQ(format_payload(bare),
            "minhu-event/v1\ncase 00000000-0000-0000-0000-000000000000\nseq 0\nkind received\n"
            "at 0\nby citizen\ndue -\nprev -\nbody -\natt 0\n");
  EXPECT_EQ(parse_payload(format_payload(bare)).value(), bare);
}

TEST(Payloads, NoOtherSpellingIsRead) {
  const std::string good = event_text;
  const auto with = [&](std::string_view old, std::string_view replacement) {
    std::string text = good;
    return text.replace(text.find(old), old.size(), replacement);
  };
  for (const std::string& text :
       std::vector<std::string>{good + "\n",
                                good + "a " + format_payload(event()).substr(0, 10) + "\n",
                                good.substr(0, good.size() - 1),
                                with("event/v1", "event/v2"),
                                with("018f", "018F"),
                                with("seq 1", "seq 01"),
                                with("seq 1", "seq 4294967296"),
                                with("seq 1", "seq  1"),
                                with("kind accepted", "kind "),
                                with("kind accepted", "kind a b"),
                                with("by 330726-12", "by 民政局"),
                                with("due 1769241600", "due "),
                                with("due 1769241600", "due 0x1"),
                                with("att 1", "att 2"),
                                with("att 1", "att 0"),
                                with("att 1", "att -"),
                                with("seq 1\nkind accepted", "kind accepted\nseq 1"),
                                with("at 1764057600\n", ""),
                                with("at 1764057600\n", "at 1764057600\r\n"),
                                with("prev E", "prev F "),
                                with("minhu", "MINHU")}) {
    EXPECT_EQ(key_of(parse_payload(text)), "merkle.payload_broken") << text;
  }
  EXPECT_TRUE(parse_payload(with("due 1769241600", "due -")));
}

TEST(Openings, AreReadBack) {
  const Opening opening{case_key(), 1'764'057'700, event()};
  const Bytes bytes = encode_opening(opening);
  EXPECT_EQ(bytes.size(), 40 + std::string_view(event_text).size());
  EXPECT_EQ(parse_opening(bytes).value(), opening);
  EXPECT_EQ(leaf_of(opening), leaf_of(case_key(), 1, 1'764'057'700, as_bytes(event_text)));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(key_of(parse_opening(BytesView(bytes).first(size))), "merkle.opening_broken");
  }
}

}  // namespace
}  // namespace minhu::merkle
