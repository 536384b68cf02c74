// A real server on this machine against peers that are malformed, slow, huge or many.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "adapters/http_beast/server_for_tests.h"

namespace minhu::http_beast {
namespace {

using namespace std::chrono_literals;
using http::Body;
using http::Method;
using http::Request;
using http::Response;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_can_be_measured = false;  // a sanitizer keeps what was freed
#else
constexpr bool memory_can_be_measured = true;
#endif

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t pages = 0;
  std::size_t resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// Fails the test when memory grew by more than 32 MiB while it lived.
class MemoryStaysBounded {
 public:
  ~MemoryStaysBounded() {
    const std::size_t after = resident_bytes();
    if (!memory_can_be_measured) return;
    EXPECT_LE(after, before_ + 32 * mebibyte);
  }

 private:
  std::size_t before_ = resident_bytes();
};

Response text(std::string body) {
  return Response{200, {{"Content-Type", "text/plain"}}, std::move(body), {}};
}

Response show(const Request& request) {
  std::ostringstream out;
  out << request.path;
  for (const auto& capture : request.captures) out << "|" << capture;
  for (const auto& [name, value] : request.query) out << "|?" << name << "=" << value;
  for (const auto& [name, value] : request.cookies) out << "|c " << name << "=" << value;
  out << "|" << request.header("x-twice") << (request.secure ? "|secure" : "");
  return text(out.str());
}

// Reads what it says it got from where it lies, so that a spooled file must still be there.
Response show_parts(const Request& request) {
  std::ostringstream out;
  for (const http::Part& part : request.parts) {
    std::uint64_t size = part.value.size();
    if (!part.spooled.empty()) size = std::filesystem::file_size(part.spooled);
    out << part.name << ":" << size << (part.spooled.empty() ? "" : " spooled") << ";";
  }
  return text(out.str());
}

class HostileClient : public ::testing::Test {
 protected:
  std::vector<http::Route> routes() {
    const auto route = [](Method method, std::string_view pattern, Body body, std::uint64_t limit,
                          std::function<Response(const Request&)> handle) {
      return http::Route{method, pattern, "public", body, limit, std::move(handle)};
    };
    return {
        route(Method::get, "/hello", Body::none, 0, [](const Request&) { return text("hello"); }),
        route(Method::get, "/show/{what}", Body::none, 0, show),
        route(Method::get, "/client", Body::none, 0,
              [](const Request& request) { return text(request.client); }),
        route(Method::post, "/json", Body::json, mebibyte,
              [](const Request& request) { return text(std::to_string(request.body.size())); }),
        route(Method::post, "/form", Body::form, 64 * mebibyte, show_parts),
        route(Method::post, "/empty", Body::none, 0, [](const Request&) { return text("empty"); }),
        route(Method::get, "/large", Body::none, 0,
              [](const Request&) { return text(std::string(16 * mebibyte, 'x')); }),
        route(Method::get, "/held", Body::none, 0,
              [](const Request&) {
                Response response = text("held");
                response.hold = 300ms;
                return response;
              }),
        route(Method::get, "/slow", Body::none, 0,
              [this](const Request&) {
                ++in_handler_;
                std::this_thread::sleep_for(300ms);
                return text("slow");
              }),
        route(Method::get, "/throws", Body::none, 0,
              [](const Request&) -> Response { throw std::runtime_error("secret words"); }),
        route(Method::get, "/throws-a-number", Body::none, 0,
              [](const Request&) -> Response { throw 7; }),
        route(Method::get, "/storage", Body::none, 0,
              [](const Request&) -> Response { throw StorageFailure("secret words"); }),
        route(Method::get, "/splits", Body::none, 0,
              [](const Request&) { return text("x").with("X", "a\r\nSet-Cookie: b"); }),
    };
  }

  void start(Options options = {}) {
    options.workers = options.workers == Options{}.workers ? 4 : options.workers;
    server_ = std::make_unique<TestServer>(routes(), std::move(options));
  }

  static Options impatient() {
    Options options;
    options.limits.idle_time = 200ms;
    options.limits.header_time = 200ms;
    options.limits.grace = 200ms;
    options.limits.request_time = 2000ms;
    options.limits.linger_time = 200ms;
    return options;
  }

  RawClient connect(int receive_buffer = 0) { return RawClient(server_->port(), receive_buffer); }

  RawAnswer ask(std::string_view request) {
    RawClient client = connect();
    return client.ask(request);
  }

  void expect_honest_requests_work() {
    EXPECT_EQ(ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
  }

  // Also what every answer must have, and that the server goes on.
  void expect_refused(std::string_view request, int status, std::string_view key) {
    const RawAnswer answer = ask(request);
    EXPECT_EQ(answer.status, status) << request.substr(0, 200);
    EXPECT_EQ(answer.body, "{\"key\":\"" + std::string(key) + "\"}") << request.substr(0, 200);
    EXPECT_TRUE(answer.has("Content-Security-Policy: default-src 'none'"));
    EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff"));
    EXPECT_TRUE(answer.has("Cache-Control: no-store"));
    expect_honest_requests_work();
  }

  std::atomic<int> in_handler_ = 0;
  std::unique_ptr<TestServer> server_;
};

std::string post(std::string_view path, std::string_view type, std::string_view body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string post_chunked(std::string_view path, std::string_view type, std::string_view chunks) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(type) +
         "\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(chunks);
}

std::string chunk(std::string_view data) {
  std::ostringstream size;
  size << std::hex << data.size();
  return size.str() + "\r\n" + std::string(data) + "\r\n";
}

std::string field(std::string_view name, std::string_view value) {
  return "--XX\r\nContent-Disposition: form-data; name=" + std::string(name) + "\r\n\r\n" +
         std::string(value) + "\r\n";
}

std::string file(std::string_view name, std::string_view value) {
  return field(std::string(name) + "; filename=f", value);
}

constexpr std::string_view multipart = "multipart/form-data; boundary=XX";

// ---- what is understood ------------------------------------------------------------------------

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

// ---- malformed ---------------------------------------------------------------------------------

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

// ---- too large ---------------------------------------------------------------------------------

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
  Options options = impatient();
  start(options);
  const std::string half = file("large", std::string(mebibyte, 'f'));
  {
    RawClient client = connect();
    client.send("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(multipart) +
                "\r\nContent-Length: 60000000\r\n\r\n" + half);
    for (int i = 0; i < 100 && server_->spool().files() == 0; ++i)
      std::this_thread::sleep_for(10ms);
    EXPECT_EQ(server_->spool().files(), 1U);
  }
  for (int i = 0; i < 100 && server_->spool().files() > 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server_->spool().files(), 0U);
  expect_refused(post("/form", multipart, half + "--XX garbage"), 400, "http.bad_form");
  EXPECT_EQ(server_->spool().files(), 0U);
}

TEST_F(HostileClient, BodiesTogetherHaveALimit) {
  Options options;
  options.limits.bodies_in_memory = 700 * 1024;
  start(options);
  const std::string most = std::string(500 * 1024, '1');
  RawClient first = connect();
  first.send(
      "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Content-Length: 600000\r\n\r\n" +
      most);
  std::this_thread::sleep_for(50ms);
  const RawAnswer second = ask(post("/json", "application/json", most));
  EXPECT_EQ(second.status, 503);
  EXPECT_TRUE(second.has("Retry-After: 5"));
  first.send(std::string(600'000 - most.size(), '1'));
  EXPECT_EQ(first.answer().body, "600000");
  EXPECT_EQ(ask(post("/json", "application/json", most)).status, 200);
}

// ---- too slow ----------------------------------------------------------------------------------

TEST_F(HostileClient, HeadersThatNeverEndAreTimedOut) {
  start(impatient());
  RawClient client = connect();
  client.send("GET /hello HTTP/1.1\r\n");
  for (int i = 0; i < 20 && client.send("X: y\r\n"); ++i) std::this_thread::sleep_for(30ms);
  const RawAnswer answer = client.answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_TRUE(client.is_closed_by_server());
  expect_honest_requests_work();
}

TEST_F(HostileClient, SilentAndIdleConnectionsAreClosedWithoutAWord) {
  start(impatient());
  RawClient silent = connect();
  RawClient idle = connect();
  EXPECT_EQ(idle.ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
  EXPECT_TRUE(silent.is_closed_by_server());
  EXPECT_TRUE(idle.is_closed_by_server());
  EXPECT_EQ(silent.answer().status, 0);
  EXPECT_EQ(idle.answer().status, 0);
}

TEST_F(HostileClient, BodiesThatTrickleAreTimedOut) {
  Options options = impatient();
  start(options);
  const std::string head =
      "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Content-Length: 100000\r\n\r\n";
  for (const bool trickles : {false, true}) {
    RawClient client = connect();
    client.send(head);
    const auto begin = std::chrono::steady_clock::now();
    while (trickles && std::chrono::steady_clock::now() - begin < 1s && client.send("1")) {
      std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.is_closed_by_server());
  }
  RawClient steady = connect();  // above the slowest rate, for longer than the grace
  steady.send(head);
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(steady.send(std::string(5000, '1')));
    std::this_thread::sleep_for(25ms);
  }
  EXPECT_EQ(steady.answer().body, "100000");
}

TEST_F(HostileClient, ReadersThatDoNotReadAreDropped) {
  start(impatient());
  const MemoryStaysBounded memory;
  RawClient client = connect(8 * 1024);
  client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(1500ms);
  std::size_t read = 0;
  while (const std::size_t count = client.read_some(64 * 1024)) read += count;
  EXPECT_LT(read, 16 * mebibyte);
  expect_honest_requests_work();
}

TEST_F(HostileClient, ReadersOfALargeAnswerGetAllOfIt) {
  start();
  EXPECT_EQ(ask("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").body.size(), 16 * mebibyte);
}

TEST_F(HostileClient, AThousandSlowPeersDoNotKeepHonestOnesOut) {
  Options options;
  options.most_connections = 400;
  start(options);
  const MemoryStaysBounded memory;
  std::vector<RawClient> slow;
  for (int i = 0; i < 1000; ++i) {
    slow.push_back(connect());
    slow.back().send(i % 2 == 0 ? "GET /hello HTTP/1.1\r\nX: " : "G");
    if (i % 100 == 0) expect_honest_requests_work();
  }
  expect_honest_requests_work();
}

TEST_F(HostileClient, WhenEverybodyIsBusyNewPeersAreTurnedAway) {
  Options options;
  options.most_connections = 2;
  options.workers = 2;
  start(options);
  RawClient first = connect();
  RawClient second = connect();
  first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  second.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  while (in_handler_ < 2) std::this_thread::sleep_for(1ms);
  RawClient third = connect();
  const RawAnswer turned_away = third.answer();
  EXPECT_EQ(turned_away.status, 503);
  EXPECT_TRUE(turned_away.has("X-Content-Type-Options: nosniff"));
  EXPECT_EQ(first.answer().body, "slow");
  EXPECT_EQ(second.answer().body, "slow");
}

TEST_F(HostileClient, ManyConnectionsAtOnceAreServed) {
  start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 500; ++i) clients.push_back(connect());
  for (int round = 0; round < 3; ++round) {
    for (RawClient& client : clients) {
      client.send(post("/json", "application/json", std::string(500, '1')));
    }
    for (RawClient& client : clients) EXPECT_EQ(client.answer().body, "500");
  }
}

// ---- handlers ----------------------------------------------------------------------------------

TEST_F(HostileClient, AHandlerThatThrowsIsAnsweredAndItsWorkerGoesOn) {
  Options options;
  options.workers = 1;
  start(options);
  for (int i = 0; i < 3; ++i) {
    expect_refused("GET /throws HTTP/1.1\r\nHost: a\r\n\r\n", 500, "http.internal");
    expect_refused("GET /throws-a-number HTTP/1.1\r\nHost: a\r\n\r\n", 500, "http.internal");
    expect_refused("GET /storage HTTP/1.1\r\nHost: a\r\n\r\n", 503, "http.storage_down");
    expect_refused("GET /splits HTTP/1.1\r\nHost: a\r\n\r\n", 500, "http.internal");
  }
  EXPECT_EQ(server_->times_seen("/throws", 500), 3);
}

TEST_F(HostileClient, AHeldAnswerHoldsNoWorker) {
  Options options;
  options.workers = 1;
  start(options);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<RawClient> held;
  for (int i = 0; i < 20; ++i) {
    held.push_back(connect());
    held.back().send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  expect_honest_requests_work();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 250ms);
  for (RawClient& client : held) EXPECT_EQ(client.answer().body, "held");
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(took, 300ms);
  EXPECT_LT(took, 2s);
}

TEST_F(HostileClient, WhenTooMuchWaitsForAWorkerPeersAreAskedToComeAgain) {
  Options options;
  options.workers = 1;
  options.limits.waiting_requests = 1;
  start(options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(connect());
    clients.back().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    while (in_handler_ < 1) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(20ms);
  }
  const RawAnswer refused = clients[2].answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: 5\r\n"));
  EXPECT_EQ(clients[0].answer().body, "slow");
  EXPECT_EQ(clients[1].answer().body, "slow");
}

// ---- the end -----------------------------------------------------------------------------------

TEST_F(HostileClient, StoppingFinishesWhatWasAccepted) {
  start();
  std::vector<RawClient> busy;
  for (int i = 0; i < 3; ++i) {
    busy.push_back(connect());
    busy.back().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  RawClient held = connect();
  held.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
  RawClient half = connect();
  const std::string request = post("/json", "application/json", "123456");
  half.send(request.substr(0, request.size() - 3));
  RawClient idle = connect();
  while (in_handler_ < 3) std::this_thread::sleep_for(1ms);
  std::this_thread::sleep_for(50ms);
  const std::uint16_t port = server_->port();
  std::thread stopping([&] { server_->stop(); });
  EXPECT_TRUE(idle.is_closed_by_server());
  std::this_thread::sleep_for(50ms);
  half.send(request.substr(request.size() - 3));
  for (RawClient& client : busy) EXPECT_EQ(client.answer().body, "slow");
  EXPECT_EQ(held.answer().body, "held");
  EXPECT_EQ(half.answer().body, "6");
  stopping.join();
  EXPECT_THROW(RawClient client(port), std::runtime_error);
}

TEST_F(HostileClient, StoppingCutsOffWhoeverDoesNotFinish) {
  Options options;
  options.limits.stop_time = 300ms;
  start(options);
  RawClient client = connect();
  client.send("GET /hello HTTP/1.1\r\n");
  RawClient reader = connect(8 * 1024);
  reader.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  const auto begin = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HostileClient, AHandlerThatOutlivesTheStopIsWaitedFor) {
  Options options;
  options.limits.stop_time = 50ms;
  start(options);
  RawClient client = connect();
  client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  while (in_handler_ < 1) std::this_thread::sleep_for(1ms);
  server_->stop();
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HostileClient, AServerThatNeverRanIsTakenDownQuietly) {
  TemporaryFolder folder;
  Options options;
  options.port = 0;
  options.spool = folder.path();
  Server server(options, routes(), {}, {});
  EXPECT_NE(server.port(), 0);
}

TEST_F(HostileClient, AnAddressThatIsTakenStopsTheStart) {
  start();
  TemporaryFolder folder;
  Options options;
  options.port = server_->port();
  options.spool = folder.path();
  EXPECT_THROW(Server(options, routes(), {}, {}), std::system_error);
  options.address = "localhost";
  EXPECT_THROW(Server(options, routes(), {}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace minhu::http_beast
