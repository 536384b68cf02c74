#include "app/jobs.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace minhu::app {

void Jobs::every(std::chrono::milliseconds interval, std::string name, std::function<void()> work) {
  jobs_.push_back({interval, std::move(name), std::move(work), {}});
}

void Jobs::start() {
  if (!jobs_.empty()) thread_ = std::thread([this] { run(); });
}

void Jobs::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Jobs::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Jobs::run() {
  for (;;) {
    const auto now = std::chrono::steady_clock::now();
    for (Job& job : jobs_) {
      if (job.next > now) continue;
      try {
        job.work();
      } catch (const std::exception& error) {
        spdlog::error("job {} failed: {}", job.name, typeid(error).name());
      }
      job.next = std::chrono::steady_clock::now() + job.interval;
    }
    const auto next = std::min_element(jobs_.begin(), jobs_.end(), [](const Job& a, const Job& b) {
                        return a.next < b.next;
                      })->next;
    std::unique_lock lock(mutex_);
    if (wake_.wait_until(lock, next, [this] { return stopping_; })) return;
  }
}

}  // namespace minhu::app
