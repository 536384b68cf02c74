#include "engines/merkle/policy.h"

#include <gtest/gtest.h>

#include "engines/merkle/promise.h"
#include "engines/merkle/test_county.h"

namespace minhu::merkle {
namespace {

std::string key_of(const auto& result) {
  return result ? "" : result.error().key;
}

std::string vkey(const std::string& name, KeyKind kind = KeyKind::cosignature_v1) {
  return format_verifier_key(signer_of(name, kind).verifier());
}

// The example of the specification: two of three, and one of three others.
std::string two_groups() {
  std::string text = "# logs\n\n  log " + vkey("log.example", KeyKind::ed25519) + "\n";
  for (const char* name : {"X1", "X2", "X3", "Y1", "Y2", "Y3"}) {
    text += std::string("witness ") + name + " " + vkey(name) + "\thttps://" + name + ".example\n";
  }
  return text +
         "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n"
         "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";
}

TEST(Policies, AreReadWithTheirGroups) {
  const TrustPolicy policy = parse_policy(two_groups()).value();
  EXPECT_EQ(policy.logs.size(), 1U);
  EXPECT_EQ(policy.witnesses.size(), 6U);
  EXPECT_EQ(policy.witnesses[0].address, "https://X1.example");
  ASSERT_EQ(policy.groups.size(), 3U);
  EXPECT_EQ(policy.groups[0].threshold, 2U);
  EXPECT_EQ(policy.groups[1].threshold, 1U);
  EXPECT_EQ(policy.groups[2].threshold, 2U);
}

TEST(Policies, CountTheWitnessesOfEachGroup) {
  const TrustPolicy policy = parse_policy(two_groups()).value();
  const auto enough = [&](std::vector<std::string> names) { return policy.is_quorum(names); };
  EXPECT_TRUE(enough({"X1", "X3", "Y2"}));
  EXPECT_TRUE(enough({"X1", "X2", "X3", "Y1", "Y2", "Y3"}));
  EXPECT_FALSE(enough({"X1", "X2", "X3"}));
  EXPECT_FALSE(enough({"X1", "Y1", "Y2", "Y3"}));
  EXPECT_FALSE(enough({"X1", "X1", "Y1"}));
  EXPECT_FALSE(enough({}));
  EXPECT_TRUE(parse_policy("quorum none").value().is_quorum({}));
}

TEST(Policies, AreComparedByEightNumbers) {
  const TestCounty county;
  const std::string numbers = fingerprint(county.policy());
  EXPECT_EQ(numbers.size(), 8 * 5 + 7U);
  EXPECT_EQ(numbers.find_first_not_of("0123456789 "), std::string::npos);
  const auto of = [](const std::string& text) { return fingerprint(parse_policy(text).value()); };
  const std::string text = county.policy_text();
  // What decides nothing does not count: a remark, an address, "2" or "all of two".
  EXPECT_EQ(of("# ours\n\n" + text), numbers);
  std::string moved = text;
  moved.insert(moved.find("\nwitness audit"), " https://congress.example:8443");
  EXPECT_EQ(of(moved), numbers);
  // Another witness under the same name, another number of them, another quorum do.
  std::string other = text;
  const std::string audit = format_verifier_key(county.witnesses[1].verifier());
  other.replace(other.find(audit), audit.size(), vkey("audit.example.org"));
  EXPECT_NE(of(other), numbers);
  std::string three = text;
  three.replace(three.find("enough 2"), 8, "enough 3");
  EXPECT_NE(of(three), numbers);
  EXPECT_NE(of(county.policy_text("audit")), numbers);
}

TEST(Policies, EachWrongLineHasItsSentence) {
  const std::string a = "witness a " + vkey("a.example") + "\n";
  const std::string b = "witness b " + vkey("b.example") + "\n";
  const std::string log = "log " + vkey("log.example", KeyKind::ed25519) + "\n";
  const std::vector<std::pair<std::string, std::string>> rows{
      {"", "merkle.policy_without_quorum"},
      {log + a, "merkle.policy_without_quorum"},
      {a + "quorum a\nquorum a\n", "merkle.policy_quorum_twice"},
      {a + "quorum b\n", "merkle.policy_name_unknown"},
      {"quorum a\n" + a, "merkle.policy_name_unknown"},
      {a + "quorum a b\n", "merkle.policy_line_unknown"},
      {a + a + "quorum a\n", "merkle.policy_key_twice"},
      {a + "witness b " + vkey("a.example") + "\nquorum a\n", "merkle.policy_key_twice"},
      {a + "witness a " + vkey("b.example") + "\nquorum a\n", "merkle.policy_name_taken"},
      {"witness none " + vkey("b.example") + "\nquorum none\n", "merkle.policy_name_taken"},
      {a + b + "group a any b\nquorum a\n", "merkle.policy_name_taken"},
      {log + log + "quorum none\n", "merkle.policy_key_twice"},
      {a + b + "group g 0 a b\nquorum g\n", "merkle.policy_threshold"},
      {a + b + "group g 3 a b\nquorum g\n", "merkle.policy_threshold"},
      {a + b + "group g 01 a b\nquorum g\n", "merkle.policy_threshold"},
      {a + b + "group g most a b\nquorum g\n", "merkle.policy_threshold"},
      {a + b + "group g any a a\nquorum g\n", "merkle.policy_member_twice"},
      {a + b + "group g any a b\ngroup h any a\nquorum g\n", "merkle.policy_member_twice"},
      {a + "group g any a none\nquorum g\n", "merkle.policy_name_unknown"},
      {a + "group g any g\nquorum g\n", "merkle.policy_name_unknown"},
      {a + "group g any\nquorum g\n", "merkle.policy_line_unknown"},
      {"log " + vkey("log.example") + "\nquorum none\n", "merkle.policy_key_broken"},
      {"witness a " + vkey("a.example", KeyKind::ed25519) + "\nquorum a\n",
       "merkle.policy_key_broken"},
      {"witness a b\nquorum a\n", "merkle.policy_key_broken"},
      {"log\nquorum none\n", "merkle.policy_line_unknown"},
      {"trust everybody\n", "merkle.policy_line_unknown"},
      {"quorum none\r\n", "merkle.policy_control_character"},
      {"quorum none\x7F\n", "merkle.policy_control_character"},
      {std::string("quorum none\0\n", 13), "merkle.policy_control_character"},
      {std::string(1'000'001, '#'), "merkle.policy_too_long"},
  };
  for (const auto& [text, key] : rows)
    EXPECT_EQ(key_of(parse_policy(text)), key) << text.substr(0, 200);
  EXPECT_EQ(parse_policy(a + "\n# 注释\nnonsense\n").error().details.at("line"), "4");
}

struct Accepting : testing::Test {
  TestCounty county;
  TrustPolicy policy = county.policy();
  TreeHead head{5, sha256(as_bytes("a root"))};

  std::string outcome(const Note& note) {
    return key_of(accept_checkpoint(policy, format_note(note)));
  }
};

TEST_F(Accepting, NeedsTheLogAndAQuorum) {
  EXPECT_EQ(outcome(county.note(head, 3)), "");
  EXPECT_EQ(outcome(county.note(head, 2)), "");
  EXPECT_EQ(outcome(county.note(head, 1)), "merkle.quorum_missing");
  EXPECT_EQ(outcome(county.note(head, 0)), "merkle.quorum_missing");
  Note unsigned_by_log = county.note(head, 3);
  unsigned_by_log.signatures.erase(unsigned_by_log.signatures.begin());
  EXPECT_EQ(outcome(unsigned_by_log), "merkle.log_signature_missing");
  EXPECT_EQ(key_of(accept_checkpoint(parse_policy("quorum none").value(),
                                     format_note(county.note(head, 0)))),
            "merkle.unknown_log");
}

TEST_F(Accepting, OneWitnessTwiceIsOneWitness) {
  Note note = county.note(head, 1);
  note.signatures.push_back(sign_text(county.witnesses[0], note.text, 99));
  EXPECT_EQ(outcome(note), "merkle.quorum_missing");
}

TEST_F(Accepting, ACosignatureOfAnotherTreeSpoilsIt) {
  Note note = county.note(head, 2);
  note.signatures[2] = county.note({6, head.root}, 2).signatures[2];
  EXPECT_EQ(outcome(note), "merkle.signature_wrong");
}

TEST_F(Accepting, OtherKeysOfTheLogsNameAddNothing) {
  const Signer impostor = signer_of(county_origin, KeyKind::ed25519, "another key");
  Note note = county.note(head, 2);
  note.signatures[0] = sign_text(impostor, note.text);
  EXPECT_EQ(outcome(note), "merkle.log_signature_missing");
  note.signatures[0].number = county.log.verifier().number();
  EXPECT_EQ(outcome(note), "merkle.signature_wrong");
  Note both = county.note(head, 2);
  both.signatures.push_back(sign_text(impostor, both.text));
  EXPECT_EQ(outcome(both), "");
}

TEST_F(Accepting, ALogThatChangesItsKeySignsWithBoth) {
  const Signer next = signer_of(county_origin, KeyKind::ed25519, "next year's key");
  const TrustPolicy both =
      parse_policy("log " + format_verifier_key(next.verifier()) + "\n" + county.policy_text())
          .value();
  Note note = county.note(head, 2);
  EXPECT_TRUE(accept_checkpoint(both, format_note(note)));
  note.signatures[0] = sign_text(next, note.text);
  EXPECT_TRUE(accept_checkpoint(both, format_note(note)));
}

TEST_F(Accepting, GivesTheMiddleTimeOfTheWitnesses) {
  const auto time_with = [&](std::size_t count) {
    return accept_checkpoint(policy, format_note(county.note(head, count, 1000))).value().time();
  };
  EXPECT_EQ(time_with(3), 1060U);
  EXPECT_EQ(time_with(2), 1000U);
  EXPECT_EQ(Accepted{}.time(), std::nullopt);
}

// Evidence once its time is over: only as good as the signature below it.
TEST(Promises, AreBelievedWhenTheLogHasSignedThem) {
  const TestCounty county;
  const LogPromise promise{county_origin, leaf_hash({}), 1000, 1000 + promised_within};
  const auto signed_by = [&](const Signer& signer, const LogPromise& what) {
    const std::string text = format_promise(what);
    return format_note({text, {sign_text(signer, text)}});
  };
  const std::string good = signed_by(county.log, promise);
  EXPECT_TRUE(is_promise(good));
  EXPECT_EQ(check_promise(county.policy(), good).value(), promise);

  const auto fault = [&](const std::string& note) {
    const auto checked = check_promise(county.policy(), note);
    return checked ? std::string("accepted") : checked.error().key;
  };
  LogPromise later = promise;
  later.deadline += 1;
  std::string changed = good;
  changed.replace(0, format_promise(promise).size(), format_promise(later));
  EXPECT_EQ(fault(changed), "merkle.signature_wrong");
  EXPECT_EQ(fault(signed_by(county.witnesses[0], promise)), "merkle.log_signature_missing");
  EXPECT_EQ(fault(signed_by(signer_of(county_origin, KeyKind::ed25519, "another"), promise)),
            "merkle.log_signature_missing");
  later.origin = "elsewhere.example/log";
  EXPECT_EQ(fault(signed_by(county.log, later)), "merkle.unknown_log");
  EXPECT_EQ(fault(format_note(county.note(empty_tree_head()))), "merkle.promise_broken");
  EXPECT_EQ(fault(good.substr(0, good.size() - 1)), "merkle.note_broken");
  EXPECT_FALSE(is_promise(format_note(county.note(empty_tree_head()))));
  EXPECT_FALSE(is_promise("minhu-promise/v1"));
}

}  // namespace
}  // namespace minhu::merkle
