#include "features/accounts/gate.h"

#include <gtest/gtest.h>

#include "features/accounts/guesses.h"

namespace minhu::accounts {
namespace {

http::Request post(std::map<std::string, std::string, std::less<>> headers) {
  http::Request request;
  request.method = http::Method::post;
  request.headers = std::move(headers);
  return request;
}

TEST(Gate, RefusesWhatAnotherSiteAskedTheBrowserToSend) {
  EXPECT_TRUE(comes_from_elsewhere(post({{"sec-fetch-site", "cross-site"}})));
  EXPECT_TRUE(comes_from_elsewhere(post({{"sec-fetch-site", "same-site"}})));
  EXPECT_TRUE(comes_from_elsewhere(post({{"origin", "null"}, {"host", "minhu.example"}})));
  EXPECT_TRUE(
      comes_from_elsewhere(post({{"origin", "https://evil.example"}, {"host", "minhu.example"}})));
  EXPECT_FALSE(comes_from_elsewhere(post({{"sec-fetch-site", "same-origin"}})));
  EXPECT_FALSE(
      comes_from_elsewhere(post({{"origin", "https://minhu.example"}, {"host", "minhu.example"}})));
  EXPECT_FALSE(comes_from_elsewhere(post({})));
}

TEST(Gate, ReadingIsNeverForeign) {
  http::Request request;
  request.headers = {{"sec-fetch-site", "cross-site"}};
  EXPECT_FALSE(comes_from_elsewhere(request));
}

TEST(Guesses, DoublesForTheSameClientAndForgetsAfterARightOne) {
  Guesses guesses;
  const Instant now{1'000'000};
  EXPECT_EQ(guesses.wrong("a", now).count(), 250);
  EXPECT_EQ(guesses.wrong("a", now).count(), 500);
  EXPECT_EQ(guesses.wrong("b", now).count(), 250);
  guesses.right("a");
  EXPECT_EQ(guesses.wrong("a", now).count(), 250);
  for (int i = 0; i < 20; ++i) guesses.wrong("b", now);
  EXPECT_EQ(guesses.wrong("b", now), Guesses::longest_delay);
  EXPECT_EQ(guesses.wrong("b", Instant{now.unix_ms + Guesses::forgotten_after_ms + 1}).count(),
            250);
}

TEST(Guesses, NeverRemembersMoreThanItsBound) {
  Guesses guesses;
  for (std::size_t i = 0; i < Guesses::most_clients + 100; ++i) {
    guesses.wrong("client " + std::to_string(i), Instant{static_cast<std::int64_t>(i)});
  }
  EXPECT_EQ(guesses.wrong("client 0", Instant{20'000}).count(), 250);  // forgotten, counted anew
}

TEST(Guesses, LetOneClientTakeAFewPlacesAndLeaveTheOthers) {
  Guesses guesses;
  std::vector<Guesses::Comparison> taken;
  for (int i = 0; i < Guesses::most_at_once; ++i) {
    auto one = guesses.compare("flood");
    ASSERT_TRUE(one) << i;
    taken.push_back(std::move(*one));
  }
  EXPECT_FALSE(guesses.compare("flood"));
  EXPECT_TRUE(guesses.compare("office"));
  taken.pop_back();
  const auto next = guesses.compare("flood");
  EXPECT_TRUE(next);
  EXPECT_FALSE(guesses.compare("flood"));
}

}  // namespace
}  // namespace minhu::accounts
