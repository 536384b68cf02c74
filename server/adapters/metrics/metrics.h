// What the operator of a server sees of it, in the text format of Prometheus.
//
// Labels hold the pattern of a route, the class of a status and nothing else: never a path, an
// office or a person.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace minhu::metrics {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // One answered request; `pattern` is empty where no route was found. From any thread, cheap.
  // minhu_http_request_seconds{route,status} with buckets from 1 ms to 10 s.
  void observe(std::string_view pattern, int status, std::chrono::nanoseconds took);

  // A number that `read` gives at each exposition(), on the thread of the caller: counters only
  // grow ("minhu_database_commits_total"), gauges go up and down ("minhu_jobs_waiting"). Before the
  // first exposition(); a name given twice, or none that Prometheus takes, is a bug (MINHU_ASSERT).
  void count(std::string name, std::string help, std::function<double()> read);
  void gauge(std::string name, std::string help, std::function<double()> read);

  std::string exposition() const;

  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

 private:
  class Families;
  std::unique_ptr<Families> families_;
};

}  // namespace minhu::metrics
