#include "adapters/http_beast/router.h"

#include <gtest/gtest.h>

namespace minhu::http_beast {
namespace {

using http::Method;

http::Route route(Method method, std::string_view pattern) {
  return {method,           pattern, "public",
          http::Body::none, 0,       [](const http::Request&) { return http::Response{}; }};
}

class Routing : public ::testing::Test {
 protected:
  // The pattern that takes the path and its captures, or what the answer would be.
  std::string find(std::optional<Method> method, std::string_view path) {
    const Router::Match match = router_.find(method, path);
    if (match.route == nullptr) {
      return match.allow.empty() ? "404" : "405 " + match.allow;
    }
    std::string found(match.route->pattern);
    for (const std::string& capture : match.captures) found += " " + capture;
    return found;
  }

  Router router_{{route(Method::get, "/"), route(Method::get, "/t/new"),
                  route(Method::get, "/t/{number}"), route(Method::post, "/t/{number}"),
                  route(Method::post, "/t/{number}/rate"), route(Method::get, "/t/new/{step}"),
                  route(Method::get, "/v2/{id}.xml"), route(Method::get, "/v2/{id}.json"),
                  route(Method::get, "/v2/{id}"), route(Method::get, "/desk"),
                  route(Method::get, "/desk/*"), route(Method::delete_, "/s/{a}/{b}")}};
};

TEST_F(Routing, LiteralsWinOverCaptures) {
  EXPECT_EQ(find(Method::get, "/t/new"), "/t/new");
  EXPECT_EQ(find(Method::get, "/t/7"), "/t/{number} 7");
  EXPECT_EQ(find(Method::post, "/t/new/rate"), "405 GET, HEAD");
}

TEST_F(Routing, GoesBackWhenALiteralLeadsNowhere) {
  Router router({route(Method::get, "/a/b/c"), route(Method::get, "/a/{x}/d")});
  const Router::Match match = router.find(Method::get, "/a/b/d");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.captures, std::vector<std::string>{"b"});
}

TEST_F(Routing, CapturesWithASuffixWinOverPlainOnes) {
  EXPECT_EQ(find(Method::get, "/v2/A.1.xml"), "/v2/{id}.xml A.1");
  EXPECT_EQ(find(Method::get, "/v2/1.json"), "/v2/{id}.json 1");
  EXPECT_EQ(find(Method::get, "/v2/1.csv"), "/v2/{id} 1.csv");
  EXPECT_EQ(find(Method::get, "/v2/.xml"), "/v2/{id} .xml");
}

TEST_F(Routing, TheTailTakesTheRest) {
  EXPECT_EQ(find(Method::get, "/desk"), "/desk");
  EXPECT_EQ(find(Method::get, "/desk/"), "/desk/* ");
  EXPECT_EQ(find(Method::get, "/desk/a/b.js"), "/desk/* a/b.js");
}

TEST_F(Routing, ACaptureIsNeverEmpty) {
  EXPECT_EQ(find(Method::get, "/t/"), "404");
  EXPECT_EQ(find(Method::delete_, "/s//b"), "404");
  EXPECT_EQ(find(Method::delete_, "/s/a/b"), "/s/{a}/{b} a b");
}

TEST_F(Routing, GetServesHeadAndOtherMethodsAreNamed) {
  EXPECT_EQ(find(Method::head, "/t/7"), "/t/{number} 7");
  EXPECT_EQ(find(Method::put, "/t/7"), "405 GET, HEAD, POST");
  EXPECT_EQ(find(Method::head, "/t/7/rate"), "405 POST");
  EXPECT_EQ(find(std::nullopt, "/"), "405 GET, HEAD");
  EXPECT_EQ(find(std::nullopt, "/nowhere"), "404");
}

TEST(RoutingDeathTest, TwoRoutesForOneThingAreABug) {
  EXPECT_DEATH(Router({route(Method::get, "/t/{a}"), route(Method::get, "/t/{b}")}), "place");
}

}  // namespace
}  // namespace minhu::http_beast
