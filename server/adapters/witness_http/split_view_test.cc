// A log with two histories that tries to have both believed, against real witnesses over real HTTP.
// An honest witness cosigns one history only, a corrupt one whatever it is shown. Two quorums of q
// among n share at least 2q - n witnesses: that number must be larger than that of the corrupt
// ones.
#include <gtest/gtest.h>

#include "adapters/witness_http/witnesses_over_http.h"
#include "adapters/witness_server/test_witness.h"
#include "engines/merkle/test_county.h"

namespace minhu::witness_http {
namespace {

using http_beast::TestServer;
using merkle::county_origin;
using merkle::TreeHead;
using witness_server::TestWitness;

constexpr std::uint64_t noon = 1'764'060'000;

// Signs whatever it is shown.
http::Route corrupt_route(const merkle::Signer& signer) {
  return {http::Method::post,
          "/add-checkpoint",
          "public",
          http::Body::text,
          100'000,
          [&signer](const http::Request& request) {
            const auto asked = merkle::parse_add_checkpoint(request.body).value();
            const auto note = merkle::parse_note(asked.note).value();
            return http::Response{
                200, {}, format_signature_line(sign_text(signer, note.text, noon)), {}};
          }};
}

// A log and its witnesses, the last of which is corrupt.
class County {
 public:
  explicit County(std::size_t witness_count) {
    for (std::size_t i = 0; i < witness_count; ++i) {
      signers_.push_back(
          merkle::signer_of("w" + std::to_string(i) + ".example", merkle::KeyKind::cosignature_v1));
    }
    for (std::size_t i = 0; i + 1 < witness_count; ++i) {
      honest_.push_back(std::make_unique<TestWitness>(
          signers_[i], std::vector<merkle::VerifierKey>{log_.verifier()}));
      addresses_.push_back(honest_.back()->address());
    }
    corrupt_ = std::make_unique<TestServer>(std::vector{corrupt_route(signers_.back())});
    addresses_.push_back("http://127.0.0.1:" + std::to_string(corrupt_->port()));
  }

  std::size_t honest() const { return honest_.size(); }
  const std::vector<std::string>& addresses() const { return addresses_; }

  merkle::TrustPolicy policy(std::size_t quorum) const {
    std::string text = "log " + format_verifier_key(log_.verifier()) + "\n";
    std::string members;
    for (const merkle::Signer& signer : signers_) {
      text += "witness " + signer.name + " " + format_verifier_key(signer.verifier()) + "\n";
      members += " " + signer.name;
    }
    text += "group enough " + std::to_string(quorum) + members + "\nquorum enough\n";
    return merkle::parse_policy(text).value();
  }

  // The note that a reader is shown, with every cosignature that these witnesses give for it.
  std::string note_of(const TreeHead& head, std::span<const std::size_t> asked) {
    const std::string text = merkle::format_checkpoint({county_origin, head, {}});
    std::string note = merkle::format_note({text, {sign_text(log_, text)}});
    std::vector<WitnessRequest> requests;
    for (const std::size_t i : asked) {
      requests.push_back({addresses_[i], merkle::format_add_checkpoint({0, {}, note})});
    }
    for (const WitnessReply& reply : witnesses_.add_checkpoint(requests)) {
      if (reply.status == 200) note += reply.body;
    }
    return note;
  }

 private:
  merkle::Signer log_ = merkle::signer_of(county_origin, merkle::KeyKind::ed25519);
  std::vector<merkle::Signer> signers_;
  std::vector<std::unique_ptr<TestWitness>> honest_;
  std::unique_ptr<TestServer> corrupt_;
  std::vector<std::string> addresses_;
  WitnessesOverHttp witnesses_;
};

const TreeHead one_history = merkle::TestLog(64).head();
const TreeHead another_history = [] {
  merkle::TestLog log;
  log.grow(merkle::numbered_entries(500, 564));
  return log.head();
}();

// Every way to share out the honest witnesses between the two histories: how often both are
// believed. Each honest witness is first asked for "its" history and then for the other one, too.
int times_both_are_believed(std::size_t witness_count, std::size_t quorum) {
  int times = 0;
  const std::size_t honest = witness_count - 1;
  for (std::size_t sharing = 0; sharing < std::size_t{1} << honest; ++sharing) {
    County county(witness_count);
    std::vector<std::size_t> for_one{honest};
    std::vector<std::size_t> for_another{honest};
    for (std::size_t i = 0; i < honest; ++i) {
      ((sharing >> i & 1U) == 0 ? for_one : for_another).push_back(i);
    }
    std::vector<std::size_t> everybody(witness_count);
    for (std::size_t i = 0; i < witness_count; ++i) everybody[i] = i;
    const merkle::TrustPolicy policy = county.policy(quorum);
    const auto believed = [&](const TreeHead& head, std::span<const std::size_t> asked) {
      return merkle::accept_checkpoint(policy, county.note_of(head, asked)).has_value();
    };
    const bool one = believed(one_history, for_one);
    const bool another = believed(another_history, for_another);
    const bool one_of_all = one || believed(one_history, everybody);
    const bool another_of_all = another || believed(another_history, everybody);
    times += one_of_all && another_of_all ? 1 : 0;
  }
  return times;
}

TEST(ASplitView, IsImpossibleWhenAllThreeMustSign) {
  EXPECT_EQ(times_both_are_believed(3, 3), 0);
}

TEST(ASplitView, IsImpossibleWithThreeOfFour) {
  EXPECT_EQ(times_both_are_believed(4, 3), 0);
}

// The other side of the rule, so that nobody believes two of three to hold against a corrupt one:
// the two quorums share nobody but it. docs/witness.md says what helps (a monitor that asks the
// witnesses themselves sees both histories at once).
TEST(ASplitView, NeedsTheHonestKeptApartWhenTwoOfThreeAreEnough) {
  EXPECT_EQ(times_both_are_believed(3, 2), 2);
}

// Everybody is asked for both, as our own sequencer does: then two of three hold.
TEST(ASplitView, FailsWhenTheHonestOnesAreAskedForBoth) {
  County county(3);
  const std::vector<std::size_t> everybody{0, 1, 2};
  const merkle::TrustPolicy policy = county.policy(2);
  EXPECT_TRUE(merkle::accept_checkpoint(policy, county.note_of(one_history, everybody)));
  const auto second = merkle::accept_checkpoint(policy, county.note_of(another_history, everybody));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().key, "merkle.quorum_missing");
}

// What the honest ones hold is open to everybody, and that is how the two histories meet.
TEST(ASplitView, IsSeenByWhoeverAsksTheWitnesses) {
  County county(3);
  const std::vector<std::size_t> one_side{0, 2};
  const std::vector<std::size_t> other_side{1, 2};
  ASSERT_TRUE(merkle::accept_checkpoint(county.policy(2), county.note_of(one_history, one_side)));
  ASSERT_TRUE(
      merkle::accept_checkpoint(county.policy(2), county.note_of(another_history, other_side)));
  WitnessesOverHttp witnesses;
  const auto held =
      witnesses.latest(std::span(county.addresses()).first(county.honest()), county_origin);
  ASSERT_EQ(held[0].status, 200);
  ASSERT_EQ(held[1].status, 200);
  const auto head = [](const WitnessReply& reply) {
    return merkle::parse_checkpoint(merkle::parse_note(reply.body).value().text).value().head;
  };
  EXPECT_EQ(head(held[0]), one_history);
  EXPECT_EQ(head(held[1]), another_history);
}

}  // namespace
}  // namespace minhu::witness_http
