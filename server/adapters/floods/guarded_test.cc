#include "adapters/floods/guarded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace minhu::floods {
namespace {

class Standing : public Clock {
 public:
  Instant now() const override { return {1'700'000'000'000}; }
};

class Guarded : public ::testing::Test {
 protected:
  Guarded() {
    Limits limits;
    limits.together = limits.each = {2, 60};
    gate_.emplace(limits);
    const auto stored = [this](const http::Request&) {
      ++stored_;
      return http::json("{}", 201);
    };
    routes_ = guarded({{http::Method::post, "/api/v1/cases", "public", http::Body::json, 1, stored},
                       {http::Method::get, "/visits/{id}", "public", http::Body::none, 0, stored},
                       {http::Method::post, "/jubao", "public", http::Body::form, 1, stored}},
                      *gate_, clock_, [](const http::Request&, int status, const Fault& fault) {
                        return http::json(fault.key + " " + fault.details.at("minutes"), status);
                      });
  }

  http::Response ask(std::size_t route) {
    http::Request request;
    request.client = "somebody";
    return routes_[route].handle(request);
  }

  Standing clock_;
  std::optional<Gate> gate_;
  std::vector<http::Route> routes_;
  int stored_ = 0;
};

TEST_F(Guarded, WhoeverHasToWaitIsToldHowLongAndNothingIsStored) {
  EXPECT_EQ(ask(0).status, 201);
  EXPECT_EQ(ask(0).status, 201);
  const auto refused = ask(0);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, "http.too_often 1");
  const auto& headers = refused.headers;
  EXPECT_NE(std::find(headers.begin(), headers.end(),
                      std::pair<std::string, std::string>("Retry-After", "60")),
            headers.end());
  EXPECT_EQ(stored_, 2);
}

TEST_F(Guarded, PagesAndReportsOfWrongdoingAreNotCounted) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ask(1).status, 201);
    EXPECT_EQ(ask(2).status, 201);
  }
  EXPECT_EQ(ask(0).status, 201);
}

}  // namespace
}  // namespace minhu::floods
