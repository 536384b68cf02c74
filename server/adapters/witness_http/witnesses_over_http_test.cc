// Real witnesses over real HTTP: what comes back from those that answer and from those that do not.
#include "adapters/witness_http/witnesses_over_http.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "adapters/witness_http/log_over_http.h"
#include "adapters/witness_server/test_witness.h"
#include "engines/merkle/test_county.h"

namespace minhu::witness_http {
namespace {

using http::Body;
using http::Method;
using http::Request;
using http::Response;
using http_beast::TestServer;
using merkle::TestCounty;
using merkle::TestLog;
using merkle::TreeHead;
using witness_server::TestWitness;

Response text(int status, std::string type, std::string body) {
  return Response{status, {{"Content-Type", std::move(type)}}, std::move(body), {}};
}
std::string address_of(const TestServer& server) {
  return "http://127.0.0.1:" + std::to_string(server.port());
}

// What a log asks of a witness that has nothing yet.
std::string first_request(const TestCounty& county, const TreeHead& head) {
  return merkle::format_add_checkpoint({0, {}, format_note(county.note(head, 0))});
}

TEST(WitnessesOverHttp, AreAskedAllAtOnceAndAnswerInOrder) {
  const TestCounty county;
  const TestLog log(20);
  TestWitness first(county.witnesses[0], {county.log.verifier()});
  TestWitness stranger(county.witnesses[1], {});
  TestWitness third(county.witnesses[2], {county.log.verifier()});
  WitnessesOverHttp witnesses;

  const std::string body = first_request(county, log.head());
  const std::vector<WitnessRequest> requests{
      {first.address(), body}, {stranger.address() + "/", body}, {third.address(), body}};
  const auto replies = witnesses.add_checkpoint(requests);
  ASSERT_EQ(replies.size(), 3U);
  EXPECT_EQ(replies[0].status, 200);
  EXPECT_EQ(replies[1].status, 404);
  EXPECT_EQ(replies[2].status, 200);
  EXPECT_EQ(witnesses.add_checkpoint(requests)[0].content_type, "text/x.tlog.size");

  const auto note = format_note(county.note(log.head(), 0));
  const std::vector<std::string> addresses{first.address(), stranger.address()};
  const auto latest = witnesses.latest(addresses, merkle::county_origin);
  EXPECT_EQ(latest[0].body, note + replies[0].body);
  EXPECT_EQ(latest[1].status, 404);
}

// One that dawdles takes two seconds from the log and nothing from the others.
TEST(WitnessesOverHttp, WaitTwoSecondsForNobodyLonger) {
  const TestServer slow(
      {{Method::post, "/add-checkpoint", "public", Body::text, 1000, [](const Request&) {
          Response late = text(200, "text/plain", "late\n");
          late.hold = std::chrono::milliseconds(20'000);
          return late;
        }}});
  const TestServer quick({{Method::post, "/add-checkpoint", "public", Body::text, 1000,
                           [](const Request&) { return text(200, "text/plain", "here\n"); }}});
  WitnessesOverHttp witnesses;
  const auto began = std::chrono::steady_clock::now();
  const std::vector<WitnessRequest> requests{
      {address_of(slow), "a"}, {address_of(slow), "b"}, {address_of(quick), "c"}};
  const auto replies = witnesses.add_checkpoint(requests);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
  EXPECT_EQ(replies[0].status, 0);
  EXPECT_EQ(replies[1].status, 0);
  EXPECT_EQ(replies[2].body, "here\n");
}

TEST(WitnessesOverHttp, FollowNobodyElsewhereAndTakeNoFlood) {
  const TestServer server(
      {{Method::post, "/away/add-checkpoint", "public", Body::text, 1000,
        [](const Request&) {
          return text(307, "text/plain", "").with("Location", "/here/add-checkpoint");
        }},
       {Method::post, "/here/add-checkpoint", "public", Body::text, 1000,
        [](const Request&) { return text(200, "text/plain", "followed\n"); }},
       {Method::post, "/flood/add-checkpoint", "public", Body::text, 1000, [](const Request&) {
          return text(200, "text/plain", std::string(std::size_t{2} << 20U, 'a'));
        }}});
  WitnessesOverHttp witnesses;
  const std::vector<WitnessRequest> requests{{address_of(server) + "/away", "a"},
                                             {address_of(server) + "/flood", "a"},
                                             {"file:///etc/passwd", "a"},
                                             {"http://169.254.169.254", "a"},
                                             {"http://[::ffff:169.254.169.254]", "a"},
                                             {"not an address", "a"},
                                             {"http://127.0.0.1:1", "a"}};
  const auto replies = witnesses.add_checkpoint(requests);
  EXPECT_EQ(replies[0].status, 307);
  for (std::size_t i = 1; i < replies.size(); ++i) {
    EXPECT_EQ(replies[i].status, 0) << requests[i].address;
    EXPECT_TRUE(replies[i].body.empty());
  }
}

TEST(LogsOverHttp, GiveFilesAndSayWhyNot) {
  const TestServer server({{Method::get, "/record/checkpoint", "public", Body::none, 0,
                            [](const Request&) { return text(200, "text/plain", "a note"); }},
                           {Method::get, "/record/tile/0/000", "public", Body::none, 0,
                            [](const Request&) { return text(503, "text/plain", "later"); }}});
  LogOverHttp log(address_of(server) + "/record/");
  EXPECT_EQ(to_text(log.get("checkpoint").value()), "a note");
  EXPECT_EQ(log.get("tile/0/001").error().code, FaultCode::not_found);
  EXPECT_EQ(log.get("tile/0/000").error().code, FaultCode::unavailable);
  LogOverHttp nobody("http://127.0.0.1:1");
  EXPECT_EQ(nobody.get("checkpoint").error().key, "record.unreachable");
}

TEST(LogsOverHttp, ThatAnswerByDropsHoldNobodyForMoreThanARound) {
  using std::chrono::milliseconds;
  const TestServer server({{Method::get, "/tile", "public", Body::none, 0, [](const Request&) {
                              std::this_thread::sleep_for(milliseconds(100));
                              return text(200, "text/plain", "a tile");
                            }}});
  const auto read = [](LogOverHttp& log, int files) {
    for (int i = 0; i < files; ++i) {
      const auto file = log.get("tile");
      if (!file) return std::to_string(i) + " then " + file.error().key;
    }
    return std::string("all");
  };
  LogOverHttp log(address_of(server), {milliseconds(10'000), milliseconds(1'000), milliseconds(0)});
  const std::string first = read(log, 40);
  EXPECT_TRUE(first.ends_with(" then record.too_slow")) << first;
  EXPECT_EQ(log.get("tile").error().key, "record.too_slow") << "the round stays over";
  log.begin_round();
  EXPECT_EQ(read(log, 1), "all");
  // A long record on a slow line is read to its end: each file brings the time that it may take.
  LogOverHttp slow(address_of(server),
                   {milliseconds(10'000), milliseconds(1'000), milliseconds(10'000)});
  EXPECT_EQ(read(slow, 15), "all");
}

}  // namespace
}  // namespace minhu::witness_http
