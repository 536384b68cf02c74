// Threads on which handlers run. They spend their time waiting (for a commit, a disk), so there are
// many, with small stacks.
#pragma once

#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace minhu::http_beast {

// One piece of work. It belongs to whoever offered it and must live until run() has returned.
class Job {
 public:
  virtual ~Job() = default;
  virtual void run() noexcept = 0;
};

class Workers {
 public:
  Workers(std::size_t threads, std::size_t most_waiting);
  ~Workers();  // joins
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Does what was taken, then ends the threads; nothing may be offered any more.
  void join();

  // False when too much is waiting already. From any thread.
  [[nodiscard]] bool offer(Job& job);

 private:
  // One thread without work. It outlives the thread, so that it can be told after the lock is gone.
  struct Rest {
    std::condition_variable wake;
    bool woken = false;
  };

  void work();
  Rest* next_to_wake();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::deque<Job*> waiting_;
  std::deque<Rest> rests_;      // one for each thread
  std::size_t begun_ = 0;       // threads that have taken theirs
  std::vector<Rest*> resting_;  // the last to rest is the first to be woken
  bool waking_ = false;         // somebody was told and has not come yet
  bool ending_ = false;
  std::vector<pthread_t> threads_;
};

}  // namespace minhu::http_beast
