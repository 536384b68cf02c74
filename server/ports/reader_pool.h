// The connections of a database that read, the same for every database: whoever comes takes one, or
// waits for one.
//
// Threads that give way (kernel/giving_way.h) have half of them together at most, and one where
// there is but one: theirs is given back late on a busy machine, and no request may wait for it.
// Whoever reads within a read of its own has waited for its turn already.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "kernel/giving_way.h"

namespace minhu {

// Reads that the calling thread has begun and not ended, of whichever database.
inline thread_local std::size_t reads_under_way = 0;

template <class Connection>
class ReaderPool {
 public:
  // One that is taken; given back at its end.
  class Taken {
   public:
    Taken(ReaderPool& pool, std::unique_ptr<Connection> connection, bool counted)
        : pool_(pool), connection_(std::move(connection)), counted_(counted) {
      ++reads_under_way;
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    ~Taken() {
      --reads_under_way;
      pool_.give_back(std::move(connection_), counted_);
    }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ReaderPool& pool_;
    std::unique_ptr<Connection> connection_;
    bool counted_;
  };

  // Before anybody takes one.
  void add(std::unique_ptr<Connection> connection) {
    idle_.push_back(std::move(connection));
    most_giving_way_ = std::max<std::size_t>(1, idle_.size() / 2);
  }
  void clear() { idle_.clear(); }

  Taken take() {
    const bool counted = gives_way() && reads_under_way == 0;
    std::unique_lock lock(mutex_);
    if (counted) {
      free_for_giving_way_.wait(lock,
                                [&] { return !idle_.empty() && giving_way_ < most_giving_way_; });
      ++giving_way_;
    } else {
      free_.wait(lock, [&] { return !idle_.empty(); });
    }
    std::unique_ptr<Connection> connection = std::move(idle_.back());
    idle_.pop_back();
    return Taken(*this, std::move(connection), counted);
  }

 private:
  void give_back(std::unique_ptr<Connection> connection, bool counted) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(connection));
      if (counted) --giving_way_;
    }
    // One of each: whichever comes first takes it, the other waits on.
    free_.notify_one();
    free_for_giving_way_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable free_;
  std::condition_variable free_for_giving_way_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t giving_way_ = 0;
  std::size_t most_giving_way_ = 1;
};

}  // namespace minhu
