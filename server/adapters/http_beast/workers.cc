#include "adapters/http_beast/workers.h"

#include <system_error>

#include "kernel/assert.h"

namespace minhu::http_beast {

namespace {

// Templates, JSON 32 levels deep and SQLite fit ten times; the usual 8 MiB would be 512 MiB of
// address space for 64 workers.
constexpr std::size_t stack_bytes = std::size_t{1} << 20U;

}  // namespace

Workers::Workers(std::size_t threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  MINHU_ASSERT(threads > 0);
  pthread_attr_t attributes;
  MINHU_ASSERT(::pthread_attr_init(&attributes) == 0);
  MINHU_ASSERT(::pthread_attr_setstacksize(&attributes, stack_bytes) == 0);
  const auto begin = [](void* workers) -> void* {
    static_cast<Workers*>(workers)->work();
    return nullptr;
  };
  int error = 0;
  while (threads_.size() < threads && error == 0) {
    pthread_t thread{};
    error = ::pthread_create(&thread, &attributes, begin, this);
    if (error == 0) threads_.push_back(thread);
  }
  ::pthread_attr_destroy(&attributes);
  if (threads_.empty()) throw std::system_error(error, std::generic_category(), "start a worker");
}

Workers::~Workers() {
  join();
}

void Workers::join() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  something_to_do_.notify_all();
  for (const pthread_t thread : threads_) ::pthread_join(thread, nullptr);
  threads_.clear();
}

bool Workers::offer(Job& job) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(&job);
    wake = must_wake();
  }
  if (wake) something_to_do_.notify_one();
  return true;
}

// One worker is woken at a time, and wakes the next while there is work. Waking one for every job
// costs more than a short job does: most of them would find that another has taken it.
bool Workers::must_wake() noexcept {
  if (resting_ == 0 || waking_) return false;
  waking_ = true;
  return true;
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    while (waiting_.empty()) {
      if (ending_) return;
      ++resting_;
      something_to_do_.wait(lock);
      --resting_;
      waking_ = false;
    }
    Job* job = waiting_.front();
    waiting_.pop_front();
    const bool wake = !waiting_.empty() && must_wake();
    lock.unlock();
    if (wake) something_to_do_.notify_one();
    job->run();
    lock.lock();
  }
}

}  // namespace minhu::http_beast
