#include <gtest/gtest.h>

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/note.h"
#include "engines/merkle/promise.h"
#include "engines/merkle/test_log.h"
#include "engines/merkle/witness.h"

namespace minhu::merkle {
namespace {

std::string key_of(const auto& result) {
  return result ? "" : result.error().key;
}

// C2SP signed-note.
constexpr const char* example_key =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* example_note =
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

TEST(Notes, TheExampleOfTheSpecificationHolds) {
  const VerifierKey key = parse_verifier_key(example_key).value();
  EXPECT_EQ(key.number(), 0x530d903aU);
  EXPECT_EQ(format_verifier_key(key), example_key);
  const Note note = parse_note(example_note).value();
  EXPECT_EQ(note.text, "This is an example message.\n");
  EXPECT_EQ(format_note(note), example_note);
  const auto good = check_signatures(note, std::span(&key, 1)).value();
  ASSERT_EQ(good.size(), 1U);
  EXPECT_EQ(*good.front().key, key);

  Note changed = note;
  changed.text = "This is an example massage.\n";
  EXPECT_EQ(key_of(check_signatures(changed, std::span(&key, 1))), "merkle.signature_wrong");
}

// testdata of Sunlight: a mirror's cosignature with a fixed time and a key from a fixed seed.
TEST(Notes, ACosignatureIsByteForByteSunlights) {
  const std::string text =
      "rome2026h1.example.org\n300\ngw31yQrqZZCcEOPrzX+bpy3nJ6QgngTKn8G1m0i62uU=\n";
  const std::string line =
      "— mirror.example.org P7FI7wAAAABpVGeAjA1S4pJm6MbcXjX7UUImu4azZtrfcVW2uyr/LXIYlwEJzXC0N0EiZkb"
      "qfLdXt/4gVEEuGmxJjAfXKMCISpsJAg==\n";
  const Signer mirror =
      signer_of("mirror.example.org", KeyKind::cosignature_v1, "skylight test mirror key");
  EXPECT_EQ(format_verifier_key(mirror.verifier()),
            "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O");
  EXPECT_EQ(format_signature_line(sign_text(mirror, text, 1'767'139'200)), line);
  const VerifierKey key = mirror.verifier();
  const auto good =
      check_signatures(parse_note(text + "\n" + line).value(), std::span(&key, 1)).value();
  ASSERT_EQ(good.size(), 1U);
  EXPECT_EQ(good.front().seconds, 1'767'139'200U);
  EXPECT_EQ(monitoring_path("rome2026h1.example.org"),
            "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint");
}

TEST(Notes, KeysOfOtherNamesOrNumbersAreIgnored) {
  const Signer known = signer_of("record.example/log", KeyKind::ed25519);
  const VerifierKey key = known.verifier();
  const std::string text = "text\n";
  const NoteSignature good = sign_text(known, text);
  const NoteSignature namesake =
      sign_text(signer_of("record.example/log", KeyKind::ed25519, "another key"), text);
  NoteSignature same_number = good;
  same_number.name = "record.example/other";
  same_number.bytes[0] ^= 1;
  const NoteSignature strange{"strange.example", 7, Bytes(2420, 0xAB)};
  const auto only = [&](std::vector<NoteSignature> signatures) {
    return check_signatures({text, std::move(signatures)}, std::span(&key, 1)).value().size();
  };
  EXPECT_EQ(only({namesake, same_number, strange, good}), 1U);
  EXPECT_EQ(only({namesake, same_number, strange}), 0U);
  EXPECT_EQ(only({good, good}), 1U);
}

TEST(Notes, OneWrongSignatureOfAKnownKeySpoilsTheNote) {
  const Signer known = signer_of("record.example/log", KeyKind::ed25519);
  const VerifierKey key = known.verifier();
  const NoteSignature good = sign_text(known, "text\n");
  for (std::size_t i = 0; i < good.bytes.size(); ++i) {
    NoteSignature wrong = good;
    wrong.bytes[i] ^= 0x20;
    EXPECT_EQ(key_of(check_signatures({"text\n", {good, wrong}}, std::span(&key, 1))),
              "merkle.signature_wrong");
  }
  NoteSignature shorter = good;
  shorter.bytes.pop_back();
  EXPECT_FALSE(check_signatures({"text\n", {shorter}}, std::span(&key, 1)));
}

TEST(Notes, ACosignatureIsNoSignatureAndTheOtherWayRound) {
  const Signer log = signer_of("one.example", KeyKind::ed25519, "seed");
  const Signer witness = signer_of("one.example", KeyKind::cosignature_v1, "seed");
  EXPECT_NE(log.verifier().number(), witness.verifier().number());
  NoteSignature disguised = sign_text(log, "text\n");
  disguised.number = witness.verifier().number();
  const VerifierKey key = witness.verifier();
  EXPECT_FALSE(check_signatures({"text\n", {disguised}}, std::span(&key, 1)));

  NoteSignature later = sign_text(witness, "text\n", 1000);
  EXPECT_EQ(check_signatures({"text\n", {later}}, std::span(&key, 1)).value()[0].seconds, 1000U);
  later.bytes[7] ^= 1;  // another time under the same signature
  EXPECT_FALSE(check_signatures({"text\n", {later}}, std::span(&key, 1)));
}

TEST(Notes, TheTextEndsAtTheLastEmptyLine) {
  const Signer log = signer_of("one.example", KeyKind::ed25519);
  const std::string text = "a text\n\nwith an empty line\n";
  const Note note{text, {sign_text(log, text)}};
  EXPECT_EQ(parse_note(format_note(note)).value(), note);
}

TEST(Notes, TakeSixteenSignaturesAndMore) {
  Note note{"text\n", {}};
  for (int i = 0; i < 100; ++i) {
    note.signatures.push_back(
        sign_text(signer_of("w" + std::to_string(i), KeyKind::cosignature_v1), note.text, 5));
  }
  EXPECT_EQ(parse_note(format_note(note)).value(), note);
  note.signatures.push_back(note.signatures.front());
  EXPECT_EQ(key_of(parse_note(format_note(note))), "merkle.note_broken");
}

TEST(Notes, WhatIsNoNoteIsRefused) {
  const std::string good = example_note;
  const std::string line = good.substr(good.rfind("\n\n") + 2);
  const std::vector<std::string> wrong{"",
                                       "\n",
                                       "\n\n",
                                       "text\n",
                                       "text\n\n",
                                       "text\n" + line,
                                       "text\n\n" + line.substr(3),
                                       good.substr(0, good.size() - 1),
                                       good + "\n",
                                       good + "more\n",
                                       "te\rxt\n\n" + line,
                                       "te\txt\n\n" + line,
                                       std::string("te\0xt\n\n", 7) + line,
                                       "te\xFFxt\n\n" + line,
                                       "text\n\n— name\n",
                                       "text\n\n—  AAAAAAA=\n",
                                       "text\n\n— a+b AAAAAAA=\n",
                                       "text\n\n— name AAAA\n",
                                       "text\n\n— name AAAAAA==\n",
                                       "text\n\n— name AAAAAA\n",
                                       "text\n\n— name AAAA AAA=\n",
                                       "text\n\n- name AAAAAAA=\n",
                                       "text\n\n— na\xC2\xA0me AAAAAAA=\n",
                                       "text\n\n— na\xE3\x80\x80me AAAAAAA=\n"};
  for (const std::string& text : wrong) {
    EXPECT_EQ(key_of(parse_note(text)), "merkle.note_broken") << text;
  }
  EXPECT_EQ(key_of(parse_note(std::string(longest_note, 'a') + "\n\n" + line)),
            "merkle.note_broken");
}

TEST(VerifierKeys, AreReadInOneSpellingOnly) {
  const std::string good = example_key;
  std::vector<std::string> wrong{
      "",         "+",        "++",      "example.com/foo", "example.com/foo+530d903a",
      good + " ", good + "=", " " + good};
  std::string other_number = good;
  other_number[16] = '6';
  wrong.push_back(other_number);
  std::string capitals = good;
  capitals[19] = 'D';
  wrong.push_back(capitals);
  for (const std::string& text : wrong) {
    EXPECT_EQ(key_of(parse_verifier_key(text)), "merkle.verifier_key_broken") << text;
  }
  Bytes post_quantum(1313, 0x11);
  post_quantum[0] = 0x06;
  EXPECT_EQ(key_of(parse_verifier_key("a.example+00000000+" + to_base64(post_quantum))),
            "merkle.verifier_key_unsupported");
}

TEST(Checkpoints, AreThreeLinesAndMayHaveMore) {
  const Checkpoint plain{"record.example/log", {20'852'163, sha256({})}, {}};
  EXPECT_EQ(format_checkpoint(plain),
            "record.example/log\n20852163\n"
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  EXPECT_EQ(parse_checkpoint(format_checkpoint(plain)).value(), plain);
  Checkpoint longer = plain;
  longer.extensions = {"one", "two"};
  EXPECT_EQ(parse_checkpoint(format_checkpoint(longer)).value(), longer);
}

TEST(Checkpoints, OtherTextsAreRefused) {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  for (const std::string& text :
       std::vector<std::string>{"",
                                "a\n",
                                "a\n1\n",
                                "a\n1\n" + root,
                                "\n1\n" + root + "\n",
                                "a\n01\n" + root + "\n",
                                "a\n-1\n" + root + "\n",
                                "a\n+1\n" + root + "\n",
                                "a\n 1\n" + root + "\n",
                                "a\n1 \n" + root + "\n",
                                "a\n\n" + root + "\n",
                                "a\n9223372036854775808\n" + root + "\n",
                                "a\n1\n" + root.substr(1) + "\n",
                                "a\n1\n" + root + "=\n",
                                "a\n1\nAAAA\n",
                                "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                                "a\n1\n" + root + "\n\n",
                                "a\n1\n" + root + "\nmore",
                                "a\r\n1\n" + root + "\n",
                                "a\xFF\n1\n" + root + "\n"}) {
    EXPECT_EQ(key_of(parse_checkpoint(text)), "merkle.checkpoint_broken") << text;
  }
}

TEST(Promises, AreReadBackAndNeverTakenForCheckpoints) {
  const LogPromise promise{"record.example/log", leaf_hash({}), 1000, 1000 + promised_within};
  const std::string text = format_promise(promise);
  EXPECT_EQ(text,
            "minhu-promise/v1\nrecord.example/log\n"
            "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n1000\n87400\n");
  EXPECT_EQ(parse_promise(text).value(), promise);
  EXPECT_FALSE(parse_checkpoint(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_EQ(key_of(parse_promise(std::string_view(text).substr(0, size))),
              "merkle.promise_broken");
  }
  EXPECT_FALSE(parse_promise(text + "more\n"));
  EXPECT_FALSE(parse_promise(format_promise({"a", {}, 1000, 999})));
}

}  // namespace
}  // namespace minhu::merkle
