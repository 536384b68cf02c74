// A real server against peers that send too much.
#include "adapters/http_beast/hostile_client_for_tests.h"

namespace minhu::http_beast {
namespace {

TEST_F(HostileClient, LongTargetsAndHeadersAreRefused) {
  start();
  expect_refused("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414,
                 "http.target_too_long");
  expect_refused("GET /" + std::string(100'000, 'a'), 414, "http.target_too_long");
  expect_refused("GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(70'000, 'a') + "\r\n\r\n",
                 431, "http.headers_too_large");
  std::string many = "GET /hello HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 20'000; ++i) many += "A: b\r\n";
  expect_refused(many, 431, "http.headers_too_large");
  const std::string nearly = "GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(60'000, 'a');
  EXPECT_EQ(ask(nearly + "\r\n\r\n").body, "hello");
}

TEST_F(HostileClient, AnAnnouncedGibibyteIsRefusedBeforeItIsRead) {
  start();
  const MemoryStaysBounded memory;
  for (const std::string_view path : {"/json", "/form"}) {
    RawClient client = connect();
    const RawAnswer answer =
        client.ask("POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\nContent-Type: " +
                   (path == "/json" ? "application/json" : std::string(multipart)) +
                   "\r\nContent-Length: 1073741824\r\n\r\n");
    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(answer.has("Connection: close"));
  }
  expect_refused("GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 413,
                 "http.body_too_large");
  expect_honest_requests_work();
}

TEST_F(HostileClient, AChunkedGibibyteIsRefusedWhileItIsRead) {
  start();
  const MemoryStaysBounded memory;
  RawClient client = connect();
  client.send(post_chunked("/json", "application/json", ""));
  const std::string piece = chunk(std::string(64 * 1024, '1'));
  std::size_t sent = 0;
  while (sent < 1024 * mebibyte && client.send(piece)) sent += piece.size();
  EXPECT_LT(sent, 64 * mebibyte);
  EXPECT_EQ(client.answer().status, 413);
  expect_honest_requests_work();
}

TEST_F(HostileClient, UrlencodedFormsHaveALimitOfTheirOwn) {
  start();
  expect_refused(
      post("/form", "application/x-www-form-urlencoded", "a=" + std::string(300 * 1024, 'a')), 413,
      "http.body_too_large");
  std::string many;
  for (int i = 0; i < 201; ++i) many += "a=1&";
  expect_refused(post("/form", "application/x-www-form-urlencoded", many), 413,
                 "http.too_many_fields");
}

TEST_F(HostileClient, AHundredThousandPartsAreRefused) {
  start();
  const MemoryStaysBounded memory;
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += field("a", "b");
  expect_refused(post("/form", multipart, body + "--XX--"), 413, "http.too_many_fields");
  expect_refused(post("/form", multipart, field("a", std::string(70'000, 'a')) + "--XX--"), 413,
                 "http.field_too_long");
  expect_refused(
      post("/form", multipart, "--XX\r\nX: " + std::string(10'000, 'a') + "\r\n\r\n\r\n--XX--"),
      413, "http.part_headers_too_large");
}

TEST_F(HostileClient, EndlessChunkExtensionsAndTrailersAreRefused) {
  start();
  const MemoryStaysBounded memory;
  for (const std::string& start_of_it : {std::string("2;x="), std::string("0\r\nX: ")}) {
    RawClient client = connect();
    client.send(post_chunked("/json", "application/json", start_of_it));
    const std::string piece(64 * 1024, 'x');
    std::size_t sent = 0;
    while (sent < 256 * mebibyte && client.send(piece)) sent += piece.size();
    EXPECT_LT(sent, 64 * mebibyte);
    EXPECT_EQ(client.answer().status, 400);
  }
  expect_honest_requests_work();
}

TEST_F(HostileClient, LargeFilesAreSpooledAndGoneAfterwards) {
  start();
  const MemoryStaysBounded memory;
  const std::string large(40 * mebibyte, 'f');
  std::string body = field("words", "路灯不亮") + file("small", "x");
  body += file("large", large);
  body += field("last", "y") + "--XX--";
  EXPECT_EQ(ask(post("/form", multipart, body)).body,
            "words:12;small:1;large:41943040 spooled;last:1;");
  EXPECT_EQ(server_->spool().files(), 0U);
}

TEST_F(HostileClient, SpooledFilesAreGoneAfterADisconnectAndAfterARefusal) {
  start();
  const std::string half = file("large", std::string(mebibyte, 'f'));
  {
    RawClient client = connect();
    client.send("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(multipart) +
                "\r\nContent-Length: 60000000\r\n\r\n" + half);
    while (server_->spool().files() == 0) std::this_thread::sleep_for(1ms);
    EXPECT_EQ(server_->spool().files(), 1U);
  }
  while (server_->spool().files() > 0) std::this_thread::sleep_for(1ms);
  expect_refused(post("/form", multipart, half + "--XX garbage"), 400, "http.bad_form");
  EXPECT_EQ(server_->spool().files(), 0U);
}

TEST_F(HostileClient, BodiesTogetherHaveALimit) {
  Options options;
  options.limits.bodies_in_memory = 700 * 1024;
  start(options);
  const std::string most = std::string(500 * 1024, '1');
  std::vector<RawClient> both;
  for (int i = 0; i < 2; ++i) {
    both.push_back(connect());
    both.back().send(
        "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        "Content-Length: 600000\r\n\r\n" +
        most);
  }
  const std::size_t one = first_with_news(both);  // whose bytes came last
  const RawAnswer refused = both[one].answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: 5"));
  RawClient& other = both[1 - one];
  EXPECT_FALSE(other.has_news());
  other.send(std::string(600'000 - most.size(), '1'));
  EXPECT_EQ(other.answer().body, "600000");
  EXPECT_EQ(ask(post("/json", "application/json", most)).status, 200);
}

}  // namespace
}  // namespace minhu::http_beast
