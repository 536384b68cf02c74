#include "app/jobs.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "features/leases/fenced_database.h"
#include "kernel/giving_way.h"

namespace minhu::app {

namespace {

constexpr auto look_again = std::chrono::milliseconds(500);

}  // namespace

void Jobs::every(std::chrono::milliseconds interval, std::string name, std::function<void()> work) {
  jobs_.push_back({interval, std::move(name), std::move(work), {}});
}

void Jobs::start() {
  if (!jobs_.empty()) thread_ = std::thread([this] { run(); });
}

void Jobs::run_once() {
  for (Job& job : jobs_) {
    if (!may_run_()) return;
    begin_();
    job.work();
  }
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
  if (!may_run_()) return true;
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Jobs::wait_until(std::chrono::steady_clock::time_point when) {
  std::unique_lock lock(mutex_);
  return wake_.wait_until(lock, when, [this] { return stopping_; });
}

void Jobs::run() {
  if (gives_way_ && !minhu::give_way()) spdlog::warn("a thread of jobs could not give way");
  for (;;) {
    const auto now = std::chrono::steady_clock::now();
    // Whoever has had the turn meanwhile has left something to do: all of it is due when it comes.
    if (!may_run_()) {
      for (Job& job : jobs_) job.next = {};
      if (wait_until(now + look_again)) return;
      continue;
    }
    for (Job& job : jobs_) {
      if (job.next > now) continue;
      try {
        begin_();
        job.work();
      } catch (const leases::Lost& lost) {
        spdlog::info("job {} ended early: {}", job.name, lost.what());
      } catch (const std::exception& error) {
        spdlog::error("job {} failed: {}", job.name, typeid(error).name());
      }
      job.next = std::chrono::steady_clock::now() + job.interval;
    }
    const auto next = std::min_element(jobs_.begin(), jobs_.end(), [](const Job& a, const Job& b) {
                        return a.next < b.next;
                      })->next;
    // Not slept through: whether the turn was another's meanwhile.
    if (wait_until(std::min(next, std::chrono::steady_clock::now() + look_again))) return;
  }
}

}  // namespace minhu::app
