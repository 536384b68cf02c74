#include "adapters/http_beast/header_scan.h"

#include <gtest/gtest.h>

#include "adapters/http_beast/header_value.h"

namespace minhu::http_beast {
namespace {

constexpr std::size_t target_limit = 100;
constexpr std::size_t header_limit = 1000;

// What the scan says after the whole text, given at once and byte by byte.
int status_of_scan(std::string_view text) {
  HeaderScan at_once(target_limit, header_limit);
  const auto whole = at_once.look(text);
  HeaderScan in_bytes(target_limit, header_limit);
  auto piecewise = in_bytes.look({});
  for (std::size_t i = 1; i <= text.size() && piecewise && !*piecewise; ++i) {
    piecewise = in_bytes.look(text.substr(0, i));
  }
  const int status = !whole ? whole.error().status : *whole ? 200 : 0;
  const int status_in_bytes = !piecewise ? piecewise.error().status : *piecewise ? 200 : 0;
  EXPECT_EQ(status, status_in_bytes) << text;
  if (whole && *whole) {
    EXPECT_EQ(**whole, **piecewise);
  }
  return status;
}

TEST(HeaderScan, FindsTheEndAndNothingBeyond) {
  HeaderScan scan(target_limit, header_limit);
  const std::string_view head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(scan.look(std::string(head) + "GET /next").value().value(), head.size());
}

TEST(HeaderScan, WaitsForMore) {
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\nHost: a\r\n"), 0);
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\nHost: a\r\n\r"), 0);
}

TEST(HeaderScan, RefusesBareLineFeedsFoldedLinesAndNul) {
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\nHost: a\n\n"), 400);
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\nHost: a\n"), 400);
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"), 400);
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\n\tHost: a\r\n\r\n"), 400);
  EXPECT_EQ(status_of_scan({"GET / HTTP/1.1\r\nHo\0st", 20}), 400);
  EXPECT_EQ(status_of_scan("\n"), 400);
}

TEST(HeaderScan, RefusesTooLongTargetsAndHeaders) {
  EXPECT_EQ(status_of_scan("GET /" + std::string(200, 'a')), 414);
  EXPECT_EQ(status_of_scan("GET /" + std::string(200, 'a') + " HTTP/1.1\r\n\r\n"), 414);
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\nX: " + std::string(2000, 'a')), 431);
}

TEST(HeaderScan, RefusesForTheFirstReasonHoweverTheBytesArrive) {
  EXPECT_EQ(status_of_scan("GET /" + std::string(200, 'a') + "\n"), 414);
  EXPECT_EQ(status_of_scan("GET / HTTP/1.1\r\nX: " + std::string(2000, 'a') + "\n"), 431);
}

TEST(HeaderValue, ReadsParametersWithAndWithoutQuotes) {
  const auto value =
      parse_header_value("Form-Data; Name=\"浦江 \\\"a\\\"\"; filename=x.jpg ; Q=1;");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->value, "form-data");
  EXPECT_EQ(*value->parameter("name"), "浦江 \"a\"");
  EXPECT_EQ(*value->parameter("filename"), "x.jpg");
  EXPECT_EQ(value->parameter("other"), nullptr);
}

TEST(HeaderValue, RefusesWhatIsMalformedOrRepeated) {
  for (const std::string_view bad : {"", ";", "a b", "a; b", "a; b=\"", "a; =c", "a; b=c d",
                                     "a; b=1; B=2", "a; b=\"x\"y", "a, b"}) {
    EXPECT_FALSE(parse_header_value(bad)) << bad;
  }
}

TEST(HeaderList, FindsWordsWhateverTheirCase) {
  EXPECT_TRUE(list_has("TE, Close", "close"));
  EXPECT_FALSE(list_has("closed", "close"));
  EXPECT_FALSE(list_has("", "close"));
}

}  // namespace
}  // namespace minhu::http_beast
