#include "engines/merkle/witness.h"

#include <gtest/gtest.h>

#include <functional>

#include "engines/merkle/lines.h"
#include "engines/merkle/test_county.h"

namespace minhu::merkle {
namespace {

struct MemoryLedger : WitnessLedger {
  std::map<std::string, std::pair<TreeHead, std::string>> stored;
  std::function<void()> before_replace = [] {};

  TreeHead latest(const std::string& origin) override {
    const auto found = stored.find(origin);
    return found == stored.end() ? empty_tree_head() : found->second.first;
  }
  bool replace(const std::string& origin, const TreeHead& expected, const TreeHead& next,
               const std::string& note) override {
    std::exchange(before_replace, [] {})();
    if (latest(origin) != expected) return false;
    stored[origin] = {next, note};
    return true;
  }
};

struct Witnesses : testing::Test {
  TestCounty county;
  TestLog log{100};
  MemoryLedger ledger;
  std::vector<WatchedLog> watched{{county_origin, {county.log.verifier()}}};
  const Signer& witness = county.witnesses[0];

  TreeHead head_at(std::uint64_t size) {
    TileReader reader(log.head(), log.fetch);
    return {size, root_at(reader, size).value()};
  }
  AddCheckpoint request(std::uint64_t older, std::uint64_t newer) {
    TileReader reader(log.head(), log.fetch);
    Proof proof;
    if (older <= newer) proof = make_consistency_proof(reader, older, newer).value();
    return {older, proof, format_note(county.note(head_at(newer), 0))};
  }
  WitnessAnswer ask(const AddCheckpoint& request) { return ask(format_add_checkpoint(request)); }
  WitnessAnswer ask(const std::string& body) {
    return add_checkpoint(watched, ledger, witness, 1'764'060'000, body);
  }
  int status(const auto& request) { return static_cast<int>(ask(request).status); }
};

TEST_F(Witnesses, CosignAGrowingTree) {
  for (const auto& [older, newer] : {std::pair{0, 10}, {10, 10}, {10, 64}, {64, 100}}) {
    const AddCheckpoint sent =
        request(static_cast<std::uint64_t>(older), static_cast<std::uint64_t>(newer));
    const WitnessAnswer answer = ask(sent);
    ASSERT_EQ(answer.status, WitnessStatus::cosigned) << older << " " << newer;
    const VerifierKey key = witness.verifier();
    const Note note = parse_note(sent.note + answer.body).value();
    const auto good = check_signatures(note, std::span(&key, 1)).value();
    ASSERT_EQ(good.size(), 1U);
    EXPECT_EQ(good.front().seconds, 1'764'060'000U);
    EXPECT_EQ(ledger.latest(county_origin), head_at(static_cast<std::uint64_t>(newer)));
    // What it serves to others carries both signatures and nothing else.
    EXPECT_EQ(ledger.stored[county_origin].second, sent.note + answer.body);
  }
}

TEST_F(Witnesses, PassOnNoSignatureThatTheyHaveNotChecked) {
  AddCheckpoint sent = request(0, 10);
  Note note = parse_note(sent.note).value();
  note.signatures.push_back(sign_text(signer_of("stranger.example", KeyKind::ed25519), note.text));
  sent.note = format_note(note);
  ASSERT_EQ(status(sent), 200);
  const Note kept = parse_note(ledger.stored[county_origin].second).value();
  ASSERT_EQ(kept.signatures.size(), 2U);
  EXPECT_EQ(kept.signatures[0].name, county_origin);
  EXPECT_EQ(kept.signatures[1].name, witness.name);
}

// A checkpoint is public, and so is its signature: anybody can send it with as many copies of that
// line as a note may have.
TEST_F(Witnesses, HoldANoteThatCanBeReadHoweverOftenALineWasSent) {
  AddCheckpoint sent = request(0, 10);
  Note note = parse_note(sent.note).value();
  note.signatures.resize(most_signatures, note.signatures.front());
  sent.note = format_note(note);
  ASSERT_EQ(status(sent), 200);
  const auto kept = parse_note(ledger.stored[county_origin].second);
  ASSERT_TRUE(kept) << "nobody can compare what we hold with what they are shown";
  EXPECT_EQ(kept->signatures.size(), 2U);
}

TEST_F(Witnesses, DoNotKnowEveryLog) {
  watched.front().origin = "record.minhu.example/elsewhere";
  EXPECT_EQ(status(request(0, 10)), 404);
}

TEST_F(Witnesses, BelieveOnlyTheKeysOfTheLog) {
  AddCheckpoint sent = request(0, 10);
  Note note = parse_note(sent.note).value();
  note.signatures[0] =
      sign_text(signer_of(county_origin, KeyKind::ed25519, "another key"), note.text);
  sent.note = format_note(note);
  EXPECT_EQ(status(sent), 403);
  note.signatures[0].number = county.log.verifier().number();
  sent.note = format_note(note);
  EXPECT_EQ(status(sent), 403);
  EXPECT_TRUE(ledger.stored.empty());
}

TEST_F(Witnesses, RefuseAnOldSizeBeyondTheCheckpoint) {
  EXPECT_EQ(status(request(11, 10)), 400);
}

TEST_F(Witnesses, SayWhichSizeTheyHold) {
  EXPECT_EQ(status(request(0, 50)), 200);
  for (const std::uint64_t older : {0U, 49U, 51U, 60U}) {
    const WitnessAnswer answer = ask(request(older, 60));
    EXPECT_EQ(answer.status, WitnessStatus::conflict);
    EXPECT_EQ(answer.content_type, "text/x.tlog.size");
    EXPECT_EQ(answer.body, "50\n");
  }
  EXPECT_EQ(status(request(0, 10)), 409);
  EXPECT_EQ(ledger.latest(county_origin).size, 50U);
}

TEST_F(Witnesses, RefuseWhatDoesNotFollow) {
  AddCheckpoint with_proof = request(0, 10);
  with_proof.proof = {Hash{}};
  EXPECT_EQ(status(with_proof), 422);
  AddCheckpoint not_empty = request(0, 0);
  not_empty.note = format_note(county.note({0, Hash{}}, 0));
  EXPECT_EQ(status(not_empty), 422);
  EXPECT_EQ(status(request(0, 0)), 200);

  ASSERT_EQ(status(request(0, 50)), 200);
  AddCheckpoint another_root = request(50, 50);
  another_root.note = format_note(county.note({50, sha256(as_bytes("another root"))}, 0));
  EXPECT_EQ(status(another_root), 422);
  AddCheckpoint rewritten = request(50, 60);
  rewritten.note = format_note(county.note({60, sha256(as_bytes("another root"))}, 0));
  EXPECT_EQ(status(rewritten), 422);
  AddCheckpoint shortened = request(50, 60);
  shortened.proof.pop_back();
  EXPECT_EQ(status(shortened), 422);
  EXPECT_EQ(ledger.latest(county_origin), head_at(50));
}

TEST_F(Witnesses, RefuseWhatIsNoRequest) {
  const std::string good = format_add_checkpoint(request(0, 10));
  const std::string note = request(0, 10).note;
  std::string long_proof;
  for (int i = 0; i < 64; ++i) long_proof += format_hash(Hash{}) + "\n";
  for (const std::string& body : std::vector<std::string>{
           "", "old 0\n", "old 0\n\n", "old\n\n" + note, "old 00\n\n" + note, "old -1\n\n" + note,
           "old 0\n" + note, "old 0\nAAAA\n\n" + note, "old 0\n" + long_proof + "\n" + note,
           "old 0\n\ntext\n", "new 0\n\n" + note, good.substr(0, good.size() - 1), good + "\n",
           "old 0\n\n" +
               format_note({"no checkpoint\n", {sign_text(county.log, "no checkpoint\n")}})}) {
    EXPECT_EQ(status(body), 400) << body;
  }
  EXPECT_TRUE(ledger.stored.empty());
}

// Both have passed every check with one old size; only one may be stored (C2SP tlog-witness).
TEST_F(Witnesses, LetOneOfTwoRequestsPass) {
  ASSERT_EQ(status(request(0, 50)), 200);
  ledger.before_replace = [&] { EXPECT_EQ(status(request(50, 80)), 200); };
  const WitnessAnswer late = ask(request(50, 60));
  EXPECT_EQ(late.status, WitnessStatus::conflict);
  EXPECT_EQ(late.body, "80\n");
  EXPECT_EQ(ledger.latest(county_origin), head_at(80));
}

// Whatever is asked in whatever order: never two trees that do not agree.
TEST_F(Witnesses, NeverCosignTwoTreesOfOneSize) {
  TestLog other;
  other.grow(numbered_entries(500, 600));
  std::map<std::uint64_t, Hash> cosigned;
  for (std::uint64_t older = 0; older <= 20; ++older) {
    for (std::uint64_t newer = older; newer <= 20; ++newer) {
      for (const TestLog* which : {&other, &log}) {
        TileReader reader(which->head(), which->fetch);
        const TreeHead head{newer, root_at(reader, newer).value()};
        const AddCheckpoint sent{older, make_consistency_proof(reader, older, newer).value(),
                                 format_note(county.note(head, 0))};
        if (status(sent) != 200) continue;
        const auto [place, is_new] = cosigned.emplace(newer, head.root);
        EXPECT_EQ(place->second, head.root) << newer;
      }
    }
  }
  EXPECT_GT(cosigned.size(), 1U);
}

TEST(AddCheckpoints, AreReadBack) {
  const AddCheckpoint request{20, {Hash{}, sha256({})}, "a note"};
  EXPECT_EQ(parse_add_checkpoint(format_add_checkpoint(request)).value(), request);
}

}  // namespace
}  // namespace minhu::merkle
