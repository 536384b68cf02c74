#include "adapters/metrics/metrics.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace minhu::metrics {
namespace {

using namespace std::chrono_literals;

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, CountsRequestsByRouteAndClassOfStatus) {
  Metrics metrics;
  metrics.observe("/t/{number}", 200, 3ms);
  metrics.observe("/t/{number}", 201, 30ms);
  metrics.observe("/t/{number}", 404, 3s);
  metrics.observe("", 400, 1ms);
  metrics.observe("/odd", 42, 1ms);
  const std::string text = metrics.exposition();
  EXPECT_TRUE(has_line(text, "# TYPE minhu_http_request_seconds histogram"));
  const std::string name = "minhu_http_request_seconds";
  const auto of = [](const std::string& route, const std::string& status) {
    return "{route=\"" + route + "\",status=\"" + status + "\"";
  };
  EXPECT_TRUE(has_line(text, name + "_count" + of("/t/{number}", "2xx") + "} 2")) << text;
  EXPECT_TRUE(has_line(text, name + "_count" + of("/t/{number}", "4xx") + "} 1"));
  EXPECT_TRUE(has_line(text, name + "_count" + of("none", "4xx") + "} 1"));
  EXPECT_TRUE(has_line(text, name + "_count" + of("/odd", "other") + "} 1"));
  EXPECT_TRUE(has_line(text, name + "_bucket" + of("/t/{number}", "2xx") + ",le=\"0.005\"} 1"));
  EXPECT_TRUE(has_line(text, name + "_bucket" + of("/t/{number}", "2xx") + ",le=\"0.05\"} 2"));
}

TEST(Metrics, AsksForItsNumbersAtEachExposition) {
  Metrics metrics;
  double commits = 1;
  metrics.count("minhu_database_commits_total", "Commits.", [&] { return commits; });
  metrics.gauge("minhu_jobs_waiting", "Jobs.", [] { return 7.0; });
  EXPECT_TRUE(has_line(metrics.exposition(), "minhu_database_commits_total 1"));
  commits = 2;
  const std::string text = metrics.exposition();
  EXPECT_TRUE(has_line(text, "# TYPE minhu_database_commits_total counter"));
  EXPECT_TRUE(has_line(text, "minhu_database_commits_total 2"));
  EXPECT_TRUE(has_line(text, "# TYPE minhu_jobs_waiting gauge"));
  EXPECT_TRUE(has_line(text, "minhu_jobs_waiting 7"));
}

TEST(Metrics, TakeObservationsFromManyThreads) {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) metrics.observe(n % 2 == 0 ? "/a" : "/b", 200, 1ms);
    });
  }
  for (int i = 0; i < 20; ++i) static_cast<void>(metrics.exposition());
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(has_line(metrics.exposition(),
                       "minhu_http_request_seconds_count{route=\"/a\",status=\"2xx\"} 2000"));
}

TEST(MetricsDeathTest, TheSameNameTwiceIsABug) {
  Metrics metrics;
  metrics.gauge("minhu_a", "", [] { return 0.0; });
  EXPECT_DEATH(metrics.count("minhu_a", "", [] { return 0.0; }), "name");
  EXPECT_DEATH(metrics.count("not a name", "", [] { return 0.0; }), "CheckMetricName");
}

}  // namespace
}  // namespace minhu::metrics
