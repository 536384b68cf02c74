// Group commit, the same for every database: callers wait while one writer takes everything that is
// queued, commits it together, and wakes them all. A lone caller is not kept waiting for company.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <semaphore>
#include <span>
#include <thread>
#include <vector>

#include "ports/storage.h"

namespace minhu {

class WriteQueue {
 public:
  struct Job {
    const std::function<Outcome(Transaction&)>* work;
    Outcome outcome;
    std::exception_ptr thrown;  // reaches the caller in place of the outcome
    // Of the waiting thread, which outlives the job: it may be gone before the writer has let go of
    // it.
    std::binary_semaphore* finished;
  };
  struct Work {
    std::size_t most_jobs = 512;
    bool record_batches = false;
    // Leaves an outcome or an exception in every job; throws nothing.
    std::function<void(std::span<Job* const>)> commit;
    std::function<void()> afterwards = [] {};  // when the callers have been woken
  };

  explicit WriteQueue(Work work);
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;
  ~WriteQueue();  // finishes what is queued

  Outcome write(const std::function<Outcome(Transaction&)>& work);
  WriterFigures figures() const;

 private:
  void write_until_stopped();

  Work work_;
  mutable std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Job*> queue_;
  bool stopping_ = false;
  WriterFigures figures_;
  std::thread thread_;
};

}  // namespace minhu
