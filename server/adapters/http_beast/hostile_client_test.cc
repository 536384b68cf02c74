// A real server against peers that speak well, and peers whose requests are malformed.
#include "adapters/http_beast/hostile_client_for_tests.h"

namespace minhu::http_beast {
namespace {

TEST_F(HostileClient, HonestRequestsAreUnderstood) {
  start();
  EXPECT_EQ(ask("GET /show/%E6%B5%A6?q=a+b HTTP/1.1\r\nHost: a\r\nCookie: s=1; t=\"2\"\r\n"
                "X-Twice: 1\r\nCookie: u=3\r\nX-Twice: 2\r\n\r\n")
                .body,
            "/show/浦|浦|?q=a b|c s=1|c t=2|c u=3|1, 2");
  EXPECT_EQ(ask("GET http://a/hello HTTP/1.1\r\nHost: A\r\n\r\n").body, "hello");
  EXPECT_EQ(ask(post("/json", "application/json; charset=UTF-8", "{}")).body, "2");
  EXPECT_EQ(ask(post("/json", "application/merge-patch+json", "{}")).body, "2");
  EXPECT_EQ(ask(post("/form", "application/x-www-form-urlencoded", "a=1&b=%E8%B7%AF")).body,
            "a:1;b:3;");
  EXPECT_EQ(ask("POST /empty HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").body, "empty");
  EXPECT_EQ(server_->times_seen("/json", 200), 2);
  EXPECT_EQ(server_->times_seen("/show/{what}", 200), 1);
}

TEST_F(HostileClient, HeadHasNoBodyAndKeepsTheConnectionUsable) {
  start();
  RawClient client = connect();
  client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const RawAnswer head = client.answer(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.has("Content-Length: 5\r\n"));
  EXPECT_EQ(client.ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
}

TEST_F(HostileClient, ConnectionsAreKeptAndPipelinedRequestsAnsweredInOrder) {
  start();
  RawClient client = connect();
  std::string many;
  for (int i = 0; i < 50; ++i) {
    many += "GET /show/" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    many += post("/json", "application/json", std::string(static_cast<std::size_t>(i) + 1, '1'));
    many += "\r\n";  // what old browsers left behind a body
  }
  client.send(many);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.answer().body, "/show/" + std::to_string(i) + "|" + std::to_string(i) + "|");
    EXPECT_EQ(client.answer().body, std::to_string(i + 1));
  }
}

TEST_F(HostileClient, ConnectionsCloseWhenAsked) {
  start();
  RawClient client = connect();
  const RawAnswer answer =
      client.ask("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.has("Connection: close\r\n"));
  EXPECT_TRUE(client.is_closed_by_server());

  RawClient old = connect();
  EXPECT_EQ(old.ask("GET /hello HTTP/1.0\r\nHost: a\r\n\r\n").body, "hello");
  EXPECT_TRUE(old.is_closed_by_server());

  RawClient old_and_kept = connect();
  const RawAnswer kept =
      old_and_kept.ask("GET /hello HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(kept.has("Connection: keep-alive\r\n"));
}

TEST_F(HostileClient, ChunkedBodiesAreReadHoweverTheyAreSplit) {
  start();
  const std::string body =
      post_chunked("/json", "application/json",
                   chunk("12345") + chunk("6") + "0\r\nX-Twice: 3\r\nHost: b\r\n\r\n");
  EXPECT_EQ(ask(body).body, "6");
  RawClient byte_by_byte = connect();
  for (const char c : body) byte_by_byte.send({&c, 1});
  EXPECT_EQ(byte_by_byte.answer().body, "6");
  RawClient only_the_end = connect();
  for (const char c : post_chunked("/json", "application/json", "0\r\n\r\n")) {
    only_the_end.send({&c, 1});
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(only_the_end.answer().body, "0");
}

TEST_F(HostileClient, ClientsThatAskFirstAreToldToContinue) {
  start();
  RawClient client = connect();
  const std::string head =
      "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: ";
  EXPECT_EQ(client.ask(head + "2\r\n\r\n").status, 100);
  EXPECT_EQ(client.ask("{}").body, "2");
  EXPECT_EQ(ask(head + "99999999\r\n\r\n").status, 413);
}

TEST_F(HostileClient, TheClientIsAHashAndProxiesAreBelievedOnlyWhenTrusted) {
  const std::string forwarded =
      "GET /client HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n";
  const std::string direct = "GET /client HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string secure = "GET /show/x HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n\r\n";
  start();
  EXPECT_EQ(ask(direct).body.size(), 64U);
  EXPECT_EQ(ask(forwarded).body, ask(direct).body);
  EXPECT_FALSE(ask(secure).has("Strict-Transport-Security"));
  Options options;
  options.trusted_proxies = {"127.0.0.0/8"};
  start(options);
  EXPECT_NE(ask(forwarded).body, ask(direct).body);
  EXPECT_TRUE(ask(secure).has("Strict-Transport-Security"));
}

// A proxy writes its client's address behind whatever that client said of itself.
TEST_F(HostileClient, NobodyPassesForTheProxyByWritingWhatCannotBeRead) {
  const auto body_for = [&](const std::string& forwarded) {
    return ask("GET /client HTTP/1.1\r\nHost: a\r\n" + forwarded + "\r\n").body;
  };
  Options options;
  options.trusted_proxies = {"127.0.0.0/8"};
  start(options);
  const std::string proxy = body_for("");
  const std::string client = body_for("X-Forwarded-For: 192.0.2.1\r\n");
  EXPECT_NE(client, proxy);
  EXPECT_EQ(body_for("X-Forwarded-For: \xFF, 192.0.2.1\r\n"), client);
  EXPECT_EQ(body_for("X-Forwarded-For: \xC4\xE3\r\nX-Forwarded-For: 192.0.2.1\r\n"), client);
  // The field is there, too, for whoever asks only whether somebody stands between.
  EXPECT_EQ(ask("GET /show/x HTTP/1.1\r\nHost: a\r\nX-Twice: \xC4\xE3, b\r\n\r\n").body,
            "/show/x|x|??, b");
}

TEST_F(HostileClient, MalformedRequestsAreRefused) {
  start();
  const std::string host = "Host: a\r\n";
  for (const std::string& request :
       {"GET /hello HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n",  // a folded line
        std::string("GET /hello HTTP/1.1\nHost: a\n\n"),          // bare line feeds
        "GET /hello HTTP/1.1\r\n" + host + std::string("X: a\0b\r\n\r\n", 10),
        "GET /hello HTTP/1.1\r\n" + host + "X: a\x01\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" + host + "X y: a\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" + host + "X : a\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" + host + "no colon\r\n\r\n",
        "GET  /hello HTTP/1.1\r\n" + host + "\r\n", "GET /hello HTTP/2.0\r\n" + host + "\r\n",
        "GET /hello HTTP/1.1 \r\n" + host + "\r\n", "GET /hello\r\n" + host + "\r\n",
        "G(T /hello HTTP/1.1\r\n" + host + "\r\n", std::string("\x16\x03\x01\r\n\r\n"),
        // bodies whose end two readers see at different places
        "POST /json HTTP/1.1\r\n" + host +
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host +
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: 5, 5\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: 0x5\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length:\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n",
        "POST /json HTTP/1.1\r\n" + host +
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /json HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n",
        post_chunked("/json", "application/json", "zz\r\nab\r\n0\r\n\r\n"),
        post_chunked("/json", "application/json", "2\r\nabc\r\n0\r\n\r\n"),
        post_chunked("/json", "application/json", "0\r\nContent-Length: 9\r\n\r\n"),
        post_chunked("/json", "application/json", "-2\r\nab\r\n0\r\n\r\n"),
        post_chunked("/json", "application/json", "10000000000000000\r\nab\r\n0\r\n\r\n")}) {
    expect_refused(request, 400, "http.malformed");
  }
}

TEST_F(HostileClient, OneHostIsNeeded) {
  start();
  for (const char* request :
       {"GET /hello HTTP/1.1\r\n\r\n", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", "GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: u@a\r\n\r\n", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET http://b/hello HTTP/1.1\r\nHost: a\r\n\r\n", "GET /hello HTTP/1.0\r\n\r\n"}) {
    expect_refused(request, 400, "http.bad_host");
  }
}

TEST_F(HostileClient, TargetsThatTwoReadersUnderstandDifferentlyAreRefused) {
  start();
  for (const std::string_view target :
       {"/show/%zz", "/show/a%2fb", "/show/a%5cb", "/show/..", "/show/%2e%2e", "/./hello",
        "/show/%00", "/show/%0a", "/show/%ff", "/hello#a", "hello", "*", "/hello?a=%f"}) {
    expect_refused("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n", 400,
                   "http.bad_target");
  }
  // Beast takes bytes above ASCII in a target; the URL does not.
  expect_refused("GET /show/\xE6\xB5\xA6 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.bad_target");
}

TEST_F(HostileClient, UnknownPathsAndMethodsAreToldApart) {
  start();
  expect_refused("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404, "http.no_such_page");
  expect_refused("BREW /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404, "http.no_such_page");
  for (const char* method : {"POST", "OPTIONS", "TRACE", "BREW"}) {
    const RawAnswer answer = ask(std::string(method) + " /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.status, 405);
    EXPECT_TRUE(answer.has("Allow: GET, HEAD\r\n"));
  }
  RawClient client = connect();
  EXPECT_EQ(client.ask("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n").status, 404);
  EXPECT_EQ(client.ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
  EXPECT_EQ(server_->times_seen("", 404), 3);
}

TEST_F(HostileClient, ContentTypesMustFitTheRoute) {
  start();
  expect_refused(post("/json", "text/plain", "{}"), 415, "http.wrong_content_type");
  expect_refused(post("/json", "application/json; charset=gbk", "{}"), 415,
                 "http.wrong_content_type");
  expect_refused(post("/json", "application/x-www-form-urlencoded", "a=1"), 415,
                 "http.wrong_content_type");
  expect_refused(post("/form", "application/json", "{}"), 415, "http.wrong_content_type");
  expect_refused(post("/form", "multipart/form-data", "{}"), 415, "http.wrong_content_type");
  expect_refused(post("/json", "application/json\r\nContent-Encoding: gzip", "{}"), 415,
                 "http.wrong_content_type");
  expect_refused("POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 415,
                 "http.wrong_content_type");
}

TEST_F(HostileClient, BodiesInForeignEncodingsAreRefused) {
  start();
  expect_refused(post("/json", "application/json", "\"\xC4\xE3\""), 400, "http.not_utf8");
  expect_refused(post("/form", "application/x-www-form-urlencoded", "a=%C4%E3"), 400,
                 "http.not_utf8");
  expect_refused(post("/form", "application/x-www-form-urlencoded", "a=%4"), 400,
                 "http.bad_escape");
  expect_refused(post("/form", multipart, field("a", "\xC4\xE3") + "--XX--"), 400, "http.not_utf8");
  expect_refused(post("/form", multipart, field("a", "b")), 400, "http.bad_form");
  expect_refused(post("/form", multipart, "no parts at all"), 400, "http.bad_form");
}

}  // namespace
}  // namespace minhu::http_beast
