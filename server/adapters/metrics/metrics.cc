#include "adapters/metrics/metrics.h"

#include <prometheus/check_names.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>
#include <vector>

#include "kernel/assert.h"

namespace minhu::metrics {

namespace {

constexpr std::array<const char*, 6> status_classes = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

std::size_t class_of(int status) noexcept {
  return status >= 100 && status < 600 ? static_cast<std::size_t>(status / 100) : 0;
}

// Around the 50 ms that an intake may take, and up to the 10 s after which people give up.
prometheus::Histogram::BucketBoundaries bucket_ends() {
  return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
}

struct Asked {
  std::string name;
  std::string help;
  prometheus::MetricType type;
  std::function<double()> read;

  prometheus::MetricFamily collect() const {
    prometheus::ClientMetric metric;
    const double value = read();
    metric.counter.value = value;
    metric.gauge.value = value;
    return {name, help, type, {metric}};
  }
};

}  // namespace

class Metrics::Families {
 public:
  Families()
      : requests_(prometheus::BuildHistogram()
                      .Name("minhu_http_request_seconds")
                      .Help("Time from the headers of a request to the last byte of its answer.")
                      .Register(registry_)) {}

  void observe(std::string_view pattern, int status, std::chrono::nanoseconds took) {
    const double seconds = std::chrono::duration<double>(took).count();
    histogram(pattern, class_of(status)).Observe(seconds);
  }

  void ask(std::string name, std::string help, prometheus::MetricType type,
           std::function<double()> read) {
    MINHU_ASSERT(prometheus::CheckMetricName(name));
    for (const Asked& known : asked_) MINHU_ASSERT(known.name != name);
    asked_.push_back({std::move(name), std::move(help), type, std::move(read)});
  }

  std::string exposition() const {
    std::vector<prometheus::MetricFamily> families = registry_.Collect();
    for (const Asked& asked : asked_) families.push_back(asked.collect());
    return prometheus::TextSerializer().Serialize(families);
  }

 private:
  using ByClass = std::array<prometheus::Histogram*, status_classes.size()>;

  // The registry hashes all labels at each look-up; routes are few and their patterns live on.
  prometheus::Histogram& histogram(std::string_view pattern, std::size_t status_class) {
    const std::lock_guard lock(mutex_);
    auto found = known_.find(pattern);
    if (found == known_.end()) found = known_.emplace(pattern, ByClass{}).first;
    prometheus::Histogram*& histogram = found->second[status_class];
    if (histogram == nullptr) {
      const std::string route = pattern.empty() ? "none" : std::string(pattern);
      histogram = &requests_.Add({{"route", route}, {"status", status_classes[status_class]}},
                                 bucket_ends());
    }
    return *histogram;
  }

  prometheus::Registry registry_;
  prometheus::Family<prometheus::Histogram>& requests_;
  std::vector<Asked> asked_;
  std::mutex mutex_;
  std::map<std::string, ByClass, std::less<>> known_;
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::observe(std::string_view pattern, int status, std::chrono::nanoseconds took) {
  families_->observe(pattern, status, took);
}

void Metrics::count(std::string name, std::string help, std::function<double()> read) {
  families_->ask(std::move(name), std::move(help), prometheus::MetricType::Counter,
                 std::move(read));
}

void Metrics::gauge(std::string name, std::string help, std::function<double()> read) {
  families_->ask(std::move(name), std::move(help), prometheus::MetricType::Gauge, std::move(read));
}

std::string Metrics::exposition() const {
  return families_->exposition();
}

}  // namespace minhu::metrics
