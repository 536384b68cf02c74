// What the server says itself where a handler says nothing, or failed.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/http_beast/service.h"

namespace minhu::http_beast {
namespace {

std::vector<std::string> waits(int status, const http::Response& refusal) {
  const http::Request request;
  const http::Response told =
      tell([&](const http::Request&, int, const Fault&) { return refusal; }, request,
           Refused(status, Fault(FaultCode::unavailable, "http.busy")));
  EXPECT_EQ(told.status, status);
  std::vector<std::string> all;
  for (const auto& [name, value] : told.headers) {
    if (name == "Retry-After" || name == "retry-after") all.push_back(value);
  }
  return all;
}

TEST(Tell, SaysOnceHowLongToWait) {
  EXPECT_EQ(waits(503, {}), std::vector<std::string>{"5"});
  EXPECT_EQ(waits(503, http::Response().with("retry-after", "60")), std::vector<std::string>{"60"});
  EXPECT_TRUE(waits(500, {}).empty());
}

TEST(Tell, AFailureOfTheRefusalItselfIsStillAnAnswer) {
  const http::Request request;
  const http::Response told =
      tell([](const http::Request&, int, const Fault&) -> http::Response { throw 7; }, request,
           Refused(503, Fault(FaultCode::unavailable, "http.busy")));
  EXPECT_EQ(told.status, 503);
}

}  // namespace
}  // namespace minhu::http_beast
