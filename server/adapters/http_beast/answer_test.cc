#include "adapters/http_beast/answer.h"

#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <zlib.h>

#include "adapters/http_beast/gzip.h"
#include "adapters/http_beast/network.h"
#include "adapters/http_beast/pace.h"

namespace minhu::http_beast {
namespace {

constexpr std::chrono::sys_seconds moment{std::chrono::seconds{1795419720}};

std::string unpacked(const std::string& packed) {
  std::string plain(1'000'000, '\0');
  z_stream stream{};
  EXPECT_EQ(::inflateInit2(&stream, 15 + 16), Z_OK);
  std::string copy = packed;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(::inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  ::inflateEnd(&stream);
  return plain;
}

std::size_t times(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

http::Request gzip_request() {
  http::Request request;
  request.headers["accept-encoding"] = "br, gzip;q=0.5";
  return request;
}

TEST(Answer, FramesItsBodyAndSaysWhen) {
  const Answer answer = make_answer({}, http::html("你好"), AfterAnswer::keep, moment);
  EXPECT_TRUE(answer.head.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_NE(answer.head.find("\r\nContent-Length: 6\r\n"), std::string::npos);
  EXPECT_NE(answer.head.find("\r\nDate: Mon, 23 Nov 2026 07:42:00 GMT\r\n"), std::string::npos);
  EXPECT_TRUE(answer.head.ends_with("\r\n\r\n"));
  EXPECT_EQ(answer.head.find("Connection"), std::string::npos);
  EXPECT_EQ(answer.body, "你好");
}

TEST(Answer, CarriesTheSecurityHeadersWhateverItsStatus) {
  for (const int status : {200, 303, 400, 404, 413, 500, 503}) {
    const std::string head =
        make_answer({}, http::html("x", status), AfterAnswer::close, moment).head;
    for (const std::string_view name :
         {"Content-Security-Policy: default-src 'none'; script-src 'self'",
          "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin",
          "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
          "Permissions-Policy: ", "Cache-Control: no-store"}) {
      EXPECT_EQ(times(head, name), 1U) << status << name;
    }
    EXPECT_EQ(head.find("Strict-Transport-Security"), std::string::npos);
  }
}

// A recording is answered as a file to save, in a sandbox; the desk fetches it and plays it from
// memory. A blob: is made by our own scripts and by nobody else.
TEST(Answer, LetsOurPagesPlayAndShowWhatTheyFetchedAndNothingFromElsewhere) {
  const std::string head = make_answer({}, http::html("x"), AfterAnswer::keep, moment).head;
  EXPECT_NE(head.find("; media-src 'self' blob:;"), std::string::npos);
  EXPECT_NE(head.find("; img-src 'self' blob: data:;"), std::string::npos);
  EXPECT_NE(head.find("default-src 'none'; script-src 'self'; style-src 'self';"),
            std::string::npos);
  EXPECT_EQ(head.find("http:"), std::string::npos);
  EXPECT_EQ(head.find("https:"), std::string::npos);
}

TEST(Answer, AsksForTlsOnlyWhereThereIsTls) {
  http::Request request;
  request.secure = true;
  const std::string head = make_answer(request, {}, AfterAnswer::keep, moment).head;
  EXPECT_EQ(times(head, "Strict-Transport-Security: max-age=31536000"), 1U);
}

TEST(Answer, LetsTheHandlerSpeakExceptAboutFraming) {
  http::Response response = http::html("x");
  response.with("cache-control", "max-age=60").with("content-length", "7").with("Connection", "x");
  const std::string head = make_answer({}, response, AfterAnswer::close, moment).head;
  EXPECT_EQ(times(head, "ache-"), 1U);
  EXPECT_EQ(times(head, "max-age=60"), 1U);
  EXPECT_EQ(times(head, "ontent-"), 4U);  // Length, Type, Security-Policy, X-…-Type-Options
  EXPECT_EQ(times(head, "Connection: close"), 1U);
}

TEST(Answer, RefusesLineEndsInHeaders) {
  for (const std::string& bad :
       {std::string("a\r\nSet-Cookie: x"), std::string("a\nb"), std::string("a\0b", 3)}) {
    EXPECT_THROW(make_answer({}, http::see_other(bad), AfterAnswer::keep, moment),
                 std::invalid_argument);
  }
}

TEST(Answer, ToHeadHasTheLengthWithoutTheBody) {
  http::Request request;
  request.method = http::Method::head;
  const Answer answer = make_answer(request, http::html("12345"), AfterAnswer::keep, moment);
  EXPECT_NE(answer.head.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_EQ(answer.body, "");
}

TEST(Answer, WithoutContentHasNeitherLengthNorBody) {
  for (const int status : {204, 304}) {
    const Answer answer = make_answer({}, http::html("x", status), AfterAnswer::keep, moment);
    EXPECT_EQ(answer.head.find("Content-Length"), std::string::npos);
    EXPECT_EQ(answer.body, "");
  }
}

TEST(Answer, PacksTextForWhoeverTakesIt) {
  const std::string page(5000, 'x');
  const Answer packed = make_answer(gzip_request(), http::html(page), AfterAnswer::keep, moment);
  EXPECT_NE(packed.head.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_NE(packed.head.find("Vary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_LT(packed.body.size(), 200U);
  EXPECT_EQ(unpacked(packed.body), page);

  const Answer plain = make_answer({}, http::html(page), AfterAnswer::keep, moment);
  EXPECT_NE(plain.head.find("Vary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_EQ(plain.body, page);
}

TEST(Answer, DoesNotPackWhatIsSmallOrPackedOrHandsOutASecret) {
  const auto is_packed = [](const http::Response& response) {
    return make_answer(gzip_request(), response, AfterAnswer::keep, moment)
               .head.find("Content-Encoding: gzip") != std::string::npos;
  };
  const std::string page(5000, 'x');
  EXPECT_TRUE(is_packed(http::json(page)));
  EXPECT_FALSE(is_packed(http::html("short")));
  EXPECT_FALSE(is_packed(http::html(page).with("Set-Cookie", "sid=1")));
  EXPECT_TRUE(
      is_packed(http::html(page).with("Set-Cookie", "a=1").with("Cache-Control", "private")));
  http::Response photo{200, {}, page, {}};
  EXPECT_FALSE(is_packed(photo.with("Content-Type", "image/jpeg")));
}

TEST(Gzip, IsTakenOnlyByWhoeverSaysSo) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("deflate, GZIP ; q=0.001"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.000"));
  EXPECT_FALSE(accepts_gzip("identity"));
  EXPECT_FALSE(accepts_gzip(""));
}

TEST(Pace, GivesAGraceThenAsksForARate) {
  Limits limits;
  limits.grace = std::chrono::seconds(10);
  limits.slowest_rate = 1000;
  limits.request_time = std::chrono::seconds(100);
  const Time start{};
  const Pace pace(limits, start);
  const auto after = [&](int seconds) { return start + std::chrono::seconds(seconds); };
  EXPECT_EQ(pace.deadline(0, start), after(10));
  EXPECT_EQ(pace.deadline(5000, after(8)), after(15));
  EXPECT_EQ(pace.deadline(1'000'000, after(8)), after(18));    // fast at first buys no long pause
  EXPECT_EQ(pace.deadline(1'000'000, after(95)), after(100));  // and nothing lasts for ever
}

TEST(Network, PreparesSocketsForPeersThatVanish) {
  asio::io_context network;
  Acceptor acceptor(network.get_executor(),
                    asio::ip::tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  Socket peer(network.get_executor());
  peer.connect(acceptor.local_endpoint());
  Socket socket = acceptor.accept();
  prepare(socket, Limits{});
  const auto option = [&](int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(socket.native_handle(), level, name, &value, &size);
    return value;
  };
  EXPECT_NE(option(SOL_SOCKET, SO_KEEPALIVE), 0);
  EXPECT_LE(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 60'000);
  EXPECT_GT(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 0);
  EXPECT_LE(option(IPPROTO_TCP, TCP_KEEPIDLE), 30);
  EXPECT_NE(option(IPPROTO_TCP, TCP_NODELAY), 0);
}

}  // namespace
}  // namespace minhu::http_beast
