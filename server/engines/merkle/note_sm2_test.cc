#include "engines/merkle/note_sm2.h"

#include <gtest/gtest.h>

#include "engines/merkle/sequencer.h"
#include "engines/merkle/test_county.h"

namespace minhu::merkle {
namespace {

Key key_of(std::string_view hex) {
  const Bytes bytes = from_hex(hex).value();
  Key key{};
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}
Sm2Signer signer() {
  return Sm2Signer::from_secret(county_origin, sha256(as_bytes("a secret"))).value();
}

// GB/T 32918.5-2017, annex A.2: the recommended curve, the usual identifier.
TEST(Sm2, AgreesWithTheStandard) {
  const auto standard = Sm2Signer::from_secret(
      "gb.example", key_of("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"));
  ASSERT_TRUE(standard);
  const Sm2VerifierKey& key = standard->verifier();
  EXPECT_EQ(to_hex(key.point),
            "04"
            "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
  NoteSignature printed{"gb.example", key.number(),
                        from_hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                                 "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
                            .value()};
  EXPECT_TRUE(check_sm2_signature({"message digest", {printed}}, key));
  printed.bytes[5] ^= 1U;
  EXPECT_EQ(check_sm2_signature({"message digest", {printed}}, key).error().key,
            "merkle.signature_wrong");
}

TEST(Sm2, SignsANoteBesideEd25519) {
  const TestCounty county;
  const Sm2Signer second = signer();
  Note note = county.note({10, sha256({})});
  note.signatures.push_back(second.sign(note.text));
  const Note read = parse_note(format_note(note)).value();
  EXPECT_TRUE(check_sm2_signature(read, second.verifier()));
  // Whoever does not know the line believes as before.
  EXPECT_TRUE(accept_checkpoint(county.policy(), format_note(note)));

  Note other = read;
  other.text += "x";
  EXPECT_EQ(check_sm2_signature(other, second.verifier()).error().key, "merkle.signature_wrong");
  other = read;
  other.signatures.back().bytes.pop_back();
  EXPECT_EQ(check_sm2_signature(other, second.verifier()).error().key, "merkle.signature_wrong");
  other.signatures.pop_back();
  EXPECT_EQ(check_sm2_signature(other, second.verifier()).error().key, "merkle.sm2_missing");
}

TEST(Sm2, KeysAreReadBackAndOnlyInOneSpelling) {
  const Sm2VerifierKey key = signer().verifier();
  const std::string text = format_sm2_key(key);
  EXPECT_EQ(parse_sm2_key(text).value(), key);
  Sm2VerifierKey off_the_curve = key;
  off_the_curve.point[40] ^= 1U;
  for (const std::string& broken :
       {std::string(), std::string("+"), std::string("a++"), text + "=", text.substr(1),
        text.substr(0, text.size() - 4), format_sm2_key(off_the_curve),
        format_verifier_key(TestCounty().log.verifier())}) {
    EXPECT_FALSE(parse_sm2_key(broken)) << broken;
  }
  // To a reader of C2SP's keys it is one of a kind that it does not have.
  EXPECT_EQ(parse_verifier_key(text).error().key, "merkle.verifier_key_unsupported");
}

TEST(Sm2, RefusesASecretBeyondTheCurve) {
  EXPECT_FALSE(Sm2Signer::from_secret("a.example", Key{}));
  Key all{};
  all.fill(0xFF);
  EXPECT_FALSE(Sm2Signer::from_secret("a.example", all));
}

TEST(Sm2, StandsInEveryCheckpointOfARoundThatHasIt) {
  const TestCounty county;
  const Sm2Signer second = signer();
  Round round = Round::begin(TreeBuilder(), county.log, numbered_entries(0, 9), &second).value();
  round.files_are_durable();
  round.head_is_swapped();
  const Note note = parse_note(round.note_for_witnesses()).value();
  ASSERT_EQ(note.signatures.size(), 2U);
  EXPECT_TRUE(check_sm2_signature(note, second.verifier()));
  const std::string published =
      round.publishable(parse_policy(county.policy_text("none")).value()).value();
  EXPECT_TRUE(check_sm2_signature(parse_note(published).value(), second.verifier()));
}

}  // namespace
}  // namespace minhu::merkle
