// What somebody might change about a receipt, and that each change is noticed.
#include "engines/merkle/receipt.h"

#include <gtest/gtest.h>

#include "engines/merkle/test_county.h"

namespace minhu::merkle {
namespace {

std::string key_of(const auto& result) {
  return result ? "" : result.error().key;
}

struct Receipts : testing::Test {
  ReceiptLog log{1000, 617};
  TrustPolicy policy = log.county.policy();
  LogProof good = log.receipt();

  std::string outcome(const LogProof& proof) { return key_of(check_receipt(policy, proof)); }
  // After the change of the opening, as somebody would write it into the file.
  std::string outcome_with(const std::function<void(Opening&)>& change) {
    Opening opening = test_opening();
    change(opening);
    LogProof proof = good;
    proof.extra = encode_opening(opening);
    return outcome(proof);
  }
};

TEST_F(Receipts, ProveThemselves) {
  const LogProof read = parse_log_proof(format_log_proof(good)).value();
  EXPECT_EQ(read, good);
  const CheckedReceipt checked = check_receipt(policy, read).value();
  EXPECT_EQ(checked.index, 617U);
  EXPECT_EQ(checked.opening, test_opening());
  EXPECT_EQ(checked.accepted.checkpoint.head, log.head());
  EXPECT_EQ(checked.accepted.witnesses.size(), 2U);
}

TEST_F(Receipts, AChangedOpeningProvesNothing) {
  const std::string refused = "merkle.inclusion_not_proved";
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.case_key[31] ^= 1; }), refused);
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.seconds -= 3600; }), refused);
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.payload.happened += 1; }), refused);
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.payload.kind = "accepted"; }), refused);
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.payload.number = 1; }), refused);
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.payload.due = 5; }), refused);
  EXPECT_EQ(outcome_with([](Opening& opening) { opening.payload.body = Hash{}; }), refused);
}

TEST_F(Receipts, AnAlteredLeafIsNoticed) {
  const Bytes entry = entry_of(test_opening());
  EXPECT_TRUE(check_log_proof(policy, good, entry));
  for (std::size_t i = 0; i < entry.size(); ++i) {
    Bytes altered = entry;
    altered[i] ^= 0x01;
    EXPECT_EQ(key_of(check_log_proof(policy, good, altered)), "merkle.inclusion_not_proved") << i;
  }
}

TEST_F(Receipts, AnotherPlaceOrProofIsNoticed) {
  LogProof proof = good;
  proof.index = 618;
  EXPECT_EQ(outcome(proof), "merkle.inclusion_not_proved");
  proof.index = 1000;
  EXPECT_EQ(outcome(proof), "merkle.index_beyond_tree");
  for (std::size_t i = 0; i < good.path.size(); ++i) {
    proof = good;
    proof.path.erase(proof.path.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(outcome(proof), "merkle.inclusion_not_proved") << "without " << i;
    proof = good;
    proof.path.insert(proof.path.begin() + static_cast<std::ptrdiff_t>(i), Hash{});
    EXPECT_EQ(outcome(proof), "merkle.inclusion_not_proved") << "one more at " << i;
    proof = good;
    proof.path[i][0] ^= 0x80;
    EXPECT_EQ(outcome(proof), "merkle.inclusion_not_proved") << "changed " << i;
  }
}

TEST_F(Receipts, AnotherSizeOrRootIsNotWhatWasSigned) {
  for (const TreeHead& head :
       {TreeHead{999, log.head().root}, TreeHead{1000, sha256(as_bytes("another root"))}}) {
    Note note = log.county.note(log.head());
    note.text = format_checkpoint({county_origin, head, {}});
    LogProof proof = good;
    proof.checkpoint = format_note(note);
    EXPECT_EQ(outcome(proof), "merkle.signature_wrong");
  }
}

// Signed rightly, by everybody, but of a tree that does not hold the entry.
TEST_F(Receipts, ACheckpointOfAnotherTreeDoesNotProve) {
  const TestLog other(1000);
  LogProof proof = good;
  proof.checkpoint = format_note(log.county.note(other.head()));
  EXPECT_EQ(outcome(proof), "merkle.inclusion_not_proved");
}

TEST_F(Receipts, WrongKeysDoNotHelp) {
  const TestCounty impostors{signer_of(county_origin, KeyKind::ed25519, "another key")};
  LogProof proof = good;
  proof.checkpoint = format_note(impostors.note(log.head()));
  EXPECT_EQ(outcome(proof), "merkle.log_signature_missing");

  // A second signature, under the name of a witness but with a key of one's own.
  Note note = log.county.note(log.head(), 1);
  note.signatures.push_back(
      sign_text(signer_of("audit.example", KeyKind::cosignature_v1, "another key"), note.text, 5));
  proof.checkpoint = format_note(note);
  EXPECT_EQ(outcome(proof), "merkle.quorum_missing");
  note.signatures.back().number = log.county.witnesses[1].verifier().number();
  proof.checkpoint = format_note(note);
  EXPECT_EQ(outcome(proof), "merkle.signature_wrong");
}

TEST_F(Receipts, SayWhatTheyLack) {
  LogProof proof = good;
  proof.extra.reset();
  EXPECT_EQ(outcome(proof), "merkle.receipt_without_opening");
  proof.extra = Bytes(100, 7);
  EXPECT_EQ(outcome(proof), "merkle.opening_broken");
}

TEST_F(Receipts, FitIntoTwoThousandBytes) {
  // Ten million leaves: 24 hashes.
  LogProof proof = good;
  proof.path.resize(24);
  EXPECT_LE(format_log_proof(proof).size(), 2048U);
}

TEST_F(Receipts, AnyChangedCharacterOfTheFileIsNoticed) {
  const std::string file = format_log_proof(good);
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string changed = file;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto proof = parse_log_proof(changed);
    EXPECT_FALSE(proof && check_receipt(policy, *proof)) << i;
    const auto shorter = parse_log_proof(file.substr(0, i));
    EXPECT_FALSE(shorter && check_receipt(policy, *shorter)) << i;
  }
}

TEST(LogProofs, OtherTextsAreRefused) {
  const std::string hash(43, 'A');
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  EXPECT_EQ(parse_log_proof(head + "index 0\n\nnote").value(), (LogProof{{}, 0, {}, "note"}));
  EXPECT_EQ(parse_log_proof(head + "extra \nindex 0\n\nnote").value(),
            (LogProof{Bytes{}, 0, {}, "note"}));
  std::string long_proof;
  for (int i = 0; i < 63; ++i) long_proof += hash + "=\n";
  EXPECT_EQ(parse_log_proof(head + "index 7\n" + long_proof + "\nx").value().path.size(), 63U);
  for (const std::string& text : std::vector<std::string>{
           "", head, head + "index 0\n", head + "index 0\n\n", head + "index 00\n\nx",
           head + "index -1\n\nx", head + "index\n\nx", head + "index 0\n" + hash + "\n\nx",
           head + "index 0\n" + hash + "=\nx", head + "extra\nindex 0\n\nx",
           head + "extra !\nindex 0\n\nx", head + "index 0\nextra AA==\n\nx",
           head + "extra AA==\nextra AA==\nindex 0\n\nx", "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
           head + "index 7\n" + long_proof + hash + "=\n\nx", "index 0\n\nx"}) {
    EXPECT_EQ(key_of(parse_log_proof(text)), "merkle.proof_broken") << text;
  }
}

}  // namespace
}  // namespace minhu::merkle
