#include "adapters/http_beast/target.h"

#include <gtest/gtest.h>

namespace minhu::http_beast {
namespace {

std::string path_of(std::string_view raw) {
  const auto target = parse_target(raw);
  return target ? target->path : "refused: " + target.error().key;
}

TEST(Target, DecodesPathAndQueryOnce) {
  const auto target =
      parse_target("/t/%E6%B5%A6%E6%B1%9F?q=%E5%8E%95+%E6%89%80&empty=&bare&a%26b=%2525");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/t/浦江");
  const Fields expected = {{"q", "厕 所"}, {"empty", ""}, {"bare", ""}, {"a&b", "%25"}};
  EXPECT_EQ(target->query, expected);
}

TEST(Target, KeepsATrailingSlashAndMakesDoubledOnesSingle) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("/a/"), "/a/");
  EXPECT_EQ(path_of("//requests.xml"), "/requests.xml");
  EXPECT_EQ(path_of("/a///b//"), "/a/b/");
}

TEST(Target, TakesTheAbsoluteForm) {
  const auto target = parse_target("http://example.cn:8480/a?b=c");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->authority, "example.cn:8480");
  EXPECT_EQ(target->path, "/a");
}

TEST(Target, TakesTheCharactersThatBrowsersLeaveInQueries) {
  EXPECT_EQ(path_of("/a?q=x|y[]{}^`'\""), "/a");
}

TEST(Target, RefusesWhatTwoReadersCouldUnderstandDifferently) {
  for (const std::string_view raw : {"",
                                     "a",
                                     "*",
                                     "/%zz",
                                     "/%",
                                     "/%4",
                                     "/a%2fb",
                                     "/a%2Fb",
                                     "/a%5cb",
                                     "/a\\b",
                                     "/.",
                                     "/..",
                                     "/a/../b",
                                     "/./a",
                                     "/.//a",
                                     "/a/./b",
                                     "/%2e%2e/b",
                                     "/a/%2E",
                                     "/a#b",
                                     "/a%00",
                                     "/a%0ab",
                                     "/a%7f",
                                     "/%ff",
                                     "/%c0%af",
                                     "/%ed%a0%80",
                                     "/\xE6\xB5\xA6",
                                     "/a b",
                                     "/a\tb",
                                     "/a?%",
                                     "/a?q=%ff",
                                     "/a?q=%00",
                                     "ftp://host/a",
                                     "http://",
                                     "http://host",
                                     "http://host?a",
                                     "http://user@host/a",
                                     "http:///a",
                                     "//",
                                     "example.cn:443"}) {
    const auto target = parse_target(raw);
    if (raw == "//") {
      EXPECT_TRUE(target);  // only slashes: the front page
      continue;
    }
    ASSERT_FALSE(target) << raw;
    EXPECT_EQ(target.error().key, "http.bad_target") << raw;
  }
}

TEST(Host, IsANameOrAnAddressAndMaybeAPort) {
  for (const std::string_view good : {"localhost", "a.cn:80", "127.0.0.1:8480", "[::1]:8480"}) {
    EXPECT_TRUE(is_host(good)) << good;
  }
  for (const std::string_view bad :
       {"", ":80", "a b", "user@a", "a/b", "a:b", "a%2fb", "[::1", "a,b c"}) {
    EXPECT_FALSE(is_host(bad)) << bad;
  }
}

TEST(Urlencoded, KeepsOrderAndRepeats) {
  const auto fields = parse_urlencoded("b=2&a=1&b=3&&=x", 10);
  ASSERT_TRUE(fields);
  const Fields expected = {{"b", "2"}, {"a", "1"}, {"b", "3"}, {"", "x"}};
  EXPECT_EQ(*fields, expected);
}

TEST(Urlencoded, RefusesBadEscapesForeignEncodingsAndTooMuch) {
  EXPECT_EQ(parse_urlencoded("a=%4", 10).error().key, "http.bad_escape");
  EXPECT_EQ(parse_urlencoded("a=%g0", 10).error().key, "http.bad_escape");
  EXPECT_EQ(parse_urlencoded("a=%00", 10).error().key, "http.bad_escape");
  EXPECT_EQ(parse_urlencoded("a=%C4%E3", 10).error().key, "http.not_utf8");  // GBK
  EXPECT_EQ(parse_urlencoded("a&b&c", 2).error().key, "http.too_many_fields");
}

TEST(Urlencoded, DecodesAnEscapeAtTheVeryEnd) {
  EXPECT_EQ(decode_percent("%41%42", false).value(), "AB");
  EXPECT_EQ(decode_percent("a+b%2B", true).value(), "a b+");
}

}  // namespace
}  // namespace minhu::http_beast
