#include "kernel/giving_way.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <fstream>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace minhu {

namespace {

constexpr int most_niceness = 19;

// Works for one thread that gives way, and rests until it is asked.
class Companion {
 public:
  Companion() : thread_([this] { work(); }) {}
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;
  ~Companion() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  void run(const std::function<void()>& work) {
    std::unique_lock lock(mutex_);
    asked_ = &work;
    changed_.notify_all();
    changed_.wait(lock, [this] { return asked_ == nullptr; });
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return ending_ || asked_ != nullptr; });
      if (asked_ == nullptr) return;
      try {
        (*asked_)();
      } catch (...) {
        thrown_ = std::current_exception();
      }
      asked_ = nullptr;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;  // of these two threads alone
  std::condition_variable changed_;
  const std::function<void()>* asked_ = nullptr;
  std::exception_ptr thrown_;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

thread_local std::unique_ptr<Companion> companion;

}  // namespace

bool give_way() {
  if (gives_way()) return true;
  // Before: it would inherit what this thread has become.
  auto started = std::make_unique<Companion>();
  const auto self = static_cast<id_t>(::gettid());
  errno = 0;
  const int niceness = ::getpriority(PRIO_PROCESS, self);
  if (niceness == -1 && errno != 0) return false;
  const int lowered = std::min(niceness + giving_way_niceness, most_niceness);
  if (::setpriority(PRIO_PROCESS, self, lowered) != 0) return false;
  companion = std::move(started);
  return true;
}

bool gives_way() noexcept {
  return companion != nullptr;
}

ProcessorTime processor_time() {
  std::ifstream file("/proc/thread-self/schedstat");
  std::int64_t ran = 0;
  std::int64_t waited = 0;
  if (!(file >> ran >> waited)) return {};
  return {std::chrono::nanoseconds(ran), std::chrono::nanoseconds(waited)};
}

bool is_crowded_out(const ProcessorTime& since) {
  const ProcessorTime now = processor_time();
  return now.waited - since.waited > now.ran - since.ran;
}

void in_full_turn(const std::function<void()>& work) {
  if (companion) {
    companion->run(work);
  } else {
    work();
  }
}

}  // namespace minhu
