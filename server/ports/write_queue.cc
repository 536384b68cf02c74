#include "ports/write_queue.h"

namespace minhu {

WriteQueue::WriteQueue(Work work) : work_(std::move(work)) {
  thread_ = std::thread([this] { write_until_stopped(); });
}

WriteQueue::~WriteQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_all();
  thread_.join();
}

Outcome WriteQueue::write(const std::function<Outcome(Transaction&)>& work) {
  // Each waits on its own: sixty woken at once by one condition would queue up for its mutex.
  static thread_local std::binary_semaphore finished{0};
  Job job{&work, {}, nullptr, &finished};
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(&job);
    if (queue_.size() == 1) queued_.notify_one();
  }
  finished.acquire();
  if (job.thrown) std::rethrow_exception(job.thrown);
  return std::move(job.outcome);
}

WriterFigures WriteQueue::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

void WriteQueue::write_until_stopped() {
  std::vector<Job*> batch;
  for (;;) {
    batch.clear();
    {
      std::unique_lock lock(mutex_);
      queued_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      while (!queue_.empty() && batch.size() < work_.most_jobs) {
        batch.push_back(queue_.front());
        queue_.pop_front();
      }
    }
    work_.commit(batch);
    {
      const std::lock_guard lock(mutex_);
      ++figures_.commits;
      figures_.jobs += batch.size();
      if (work_.record_batches) {
        figures_.batches.push_back(static_cast<std::uint32_t>(batch.size()));
      }
    }
    for (Job* job : batch) job->finished->release();
    work_.afterwards();
  }
}

}  // namespace minhu
