#include "adapters/http_beast/workers.h"

#include <system_error>

#include "kernel/assert.h"

namespace minhu::http_beast {

namespace {

// Templates, JSON 32 levels deep and SQLite fit ten times; the usual 8 MiB would be 512 MiB of
// address space for 64 workers.
constexpr std::size_t stack_bytes = std::size_t{1} << 20U;

}  // namespace

Workers::Workers(std::size_t threads, std::size_t most_waiting)
    : most_waiting_(most_waiting), rests_(threads) {
  MINHU_ASSERT(threads > 0);
  resting_.reserve(threads);
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
  for (Rest& rest : rests_) rest.wake.notify_all();
  for (const pthread_t thread : threads_) ::pthread_join(thread, nullptr);
  threads_.clear();
}

bool Workers::offer(Job& job) {
  Rest* next = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(&job);
    next = next_to_wake();
  }
  if (next != nullptr) next->wake.notify_one();
  return true;
}

// One worker is woken at a time, and wakes the next while there is work. Waking one for every job
// costs more than a short job does: most of them would find that another has taken it. The last to
// rest comes first: its stack and its memory are still at hand, those of the sixty others are not.
Workers::Rest* Workers::next_to_wake() {
  if (resting_.empty() || waking_) return nullptr;
  waking_ = true;
  Rest* next = resting_.back();
  resting_.pop_back();
  next->woken = true;
  return next;
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  Rest& rest = rests_[begun_++];
  while (true) {
    while (waiting_.empty()) {
      if (ending_) return;
      rest.woken = false;
      resting_.push_back(&rest);
      rest.wake.wait(lock, [&] { return rest.woken || ending_; });
      if (rest.woken) {
        waking_ = false;
      } else {
        std::erase(resting_, &rest);
      }
    }
    Job* job = waiting_.front();
    waiting_.pop_front();
    Rest* next = waiting_.empty() ? nullptr : next_to_wake();
    lock.unlock();
    if (next != nullptr) next->wake.notify_one();
    job->run();
    lock.lock();
  }
}

}  // namespace minhu::http_beast
