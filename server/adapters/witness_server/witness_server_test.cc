// Real servers, real HTTP, a real database: what a witness answers, and what it never does.
#include "adapters/witness_server/witness_server.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "adapters/witness_server/test_witness.h"
#include "engines/merkle/test_county.h"

namespace minhu::witness_server {
namespace {

using http_beast::RawAnswer;
using http_beast::RawClient;
using merkle::AddCheckpoint;
using merkle::Note;
using merkle::Proof;
using merkle::TestLog;
using merkle::TreeHead;

struct Servers : testing::Test {
  merkle::TestCounty county;
  TestLog log{100};
  TestWitness witness{county.witnesses[0], {county.log.verifier()}};

  TreeHead head_of(const TestLog& which, std::uint64_t size) {
    merkle::TileReader reader(which.head(), which.fetch);
    return {size, merkle::root_at(reader, size).value()};
  }
  AddCheckpoint request(const TestLog& which, std::uint64_t older, std::uint64_t newer) {
    merkle::TileReader reader(which.head(), which.fetch);
    Proof proof;
    if (older <= newer) proof = merkle::make_consistency_proof(reader, older, newer).value();
    return {older, proof, format_note(county.note(head_of(which, newer), 0))};
  }
  AddCheckpoint request(std::uint64_t older, std::uint64_t newer) {
    return request(log, older, newer);
  }
  RawAnswer post(const std::string& body) {
    return ask(witness.port(), "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: " +
                                   std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  RawAnswer post(const AddCheckpoint& request) { return post(format_add_checkpoint(request)); }
  RawAnswer get(const std::string& path) {
    return ask(witness.port(), "GET " + path + " HTTP/1.1\r\nHost: w\r\n\r\n");
  }
  static RawAnswer ask(std::uint16_t port, const std::string& bytes) {
    RawClient client(port);
    client.send(bytes);
    return client.answer();
  }
  std::string monitoring() const { return "/" + merkle::monitoring_path(merkle::county_origin); }
};

TEST_F(Servers, CosignAndShowWhatTheyCosigned) {
  EXPECT_EQ(get(monitoring()).status, 404);
  const AddCheckpoint sent = request(0, 40);
  const RawAnswer answer = post(sent);
  ASSERT_EQ(answer.status, 200);
  const merkle::VerifierKey key = county.witnesses[0].verifier();
  const Note note = merkle::parse_note(sent.note + answer.body).value();
  ASSERT_EQ(merkle::check_signatures(note, std::span(&key, 1)).value().size(), 1U);

  const RawAnswer shown = get(monitoring());
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shown.has("text/plain; charset=utf-8"));
  EXPECT_EQ(shown.body, sent.note + answer.body);
  EXPECT_EQ(get("/healthz").body, "ok\n");
}

TEST_F(Servers, AnswerEveryRowOfTheStandard) {
  ASSERT_EQ(post(request(0, 50)).status, 200);

  AddCheckpoint elsewhere = request(0, 10);
  const std::string text = merkle::format_checkpoint({"elsewhere.example", head_of(log, 10), {}});
  elsewhere.note = merkle::format_note({text, {sign_text(county.log, text)}});
  EXPECT_EQ(post(elsewhere).status, 404);

  AddCheckpoint unsigned_by_us = request(50, 60);
  Note note = merkle::parse_note(unsigned_by_us.note).value();
  note.signatures = {sign_text(county.witnesses[1], note.text, 1)};
  unsigned_by_us.note = format_note(note);
  EXPECT_EQ(post(unsigned_by_us).status, 403);

  EXPECT_EQ(post(request(61, 60)).status, 400);
  EXPECT_EQ(post("old 50\n").status, 400);
  EXPECT_EQ(post("").status, 400);
  EXPECT_EQ(post("old \xFF\n").status, 400);

  const RawAnswer conflict = post(request(40, 60));
  EXPECT_EQ(conflict.status, 409);
  EXPECT_TRUE(conflict.has("Content-Type: text/x.tlog.size\r\n")) << conflict.head;
  EXPECT_EQ(conflict.body, "50\n");

  AddCheckpoint shortened = request(50, 60);
  shortened.proof.pop_back();
  EXPECT_EQ(post(shortened).status, 422);
  AddCheckpoint another_root = request(50, 50);
  another_root.note = format_note(county.note({50, sha256(as_bytes("another root"))}, 0));
  EXPECT_EQ(post(another_root).status, 422);

  EXPECT_EQ(post(std::string(merkle::longest_witness_request + 1, 'a')).status, 413);
  EXPECT_EQ(get("/add-checkpoint").status, 405);
  EXPECT_EQ(get("/" + std::string(64, '0') + "/checkpoint").status, 404);
  EXPECT_EQ(get("/").status, 404);
  EXPECT_EQ(witness.ledger().latest(merkle::county_origin), head_of(log, 50));
}

// Clients of the standard send any media type or none.
TEST_F(Servers, TakeARequestOfWhateverMediaType) {
  const std::string body = format_add_checkpoint(request(0, 10));
  EXPECT_EQ(ask(witness.port(),
                "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Type: "
                "application/octet-stream\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body)
                .status,
            200);
}

TEST_F(Servers, RememberAfterARestart) {
  ASSERT_EQ(post(request(0, 50)).status, 200);
  witness.restart();
  EXPECT_EQ(post(request(0, 60)).body, "50\n");
  EXPECT_EQ(post(request(50, 60)).status, 200);
}

// Sixteen at once, half of another tree: one root for each size, whoever wins.
TEST_F(Servers, NeverCosignTwoTreesHoweverManyAskAtOnce) {
  TestLog other;
  other.grow(merkle::numbered_entries(500, 600));
  std::map<std::uint64_t, merkle::Hash> cosigned;
  std::mutex mutex;
  std::vector<std::thread> askers;
  int accepted = 0;
  for (int asker = 0; asker < 16; ++asker) {
    askers.emplace_back([&, asker] {
      const TestLog& which = asker % 2 == 0 ? log : other;
      std::uint64_t held = 0;
      for (std::uint64_t step = 1; step <= 12; ++step) {
        const std::uint64_t next = std::max<std::uint64_t>(held, step * 8);
        const RawAnswer answer = post(request(which, held, next));
        if (answer.status == 409) {
          held = std::min<std::uint64_t>(std::stoull(answer.body), 100);
          continue;
        }
        if (answer.status != 200) continue;
        held = next;
        const std::lock_guard lock(mutex);
        ++accepted;
        const TreeHead head = head_of(which, next);
        EXPECT_EQ(cosigned.emplace(next, head.root).first->second, head.root) << next;
      }
    });
  }
  for (std::thread& asker : askers) asker.join();
  EXPECT_GE(accepted, 12);
  // All of them are sizes of one tree.
  const TreeHead first{cosigned.begin()->first, cosigned.begin()->second};
  const TestLog& winner = head_of(log, first.size) == first ? log : other;
  for (const auto& [size, root] : cosigned) EXPECT_EQ(head_of(winner, size).root, root) << size;
}

TEST(LogsOfAWitness, AreOneForEachName) {
  const auto key = [](const char* name, const char* seed) {
    return merkle::signer_of(name, merkle::KeyKind::ed25519, seed).verifier();
  };
  const std::vector keys{key("a.example", "old"), key("b.example", "b"), key("a.example", "new")};
  const auto logs = logs_of(keys);
  ASSERT_EQ(logs.size(), 2U);
  EXPECT_EQ(logs[0].origin, "a.example");
  EXPECT_EQ(logs[0].keys.size(), 2U);
  EXPECT_EQ(logs[1].keys.size(), 1U);
}

}  // namespace
}  // namespace minhu::witness_server
