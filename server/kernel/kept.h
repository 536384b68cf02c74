// What takes long to put together and may be some minutes old. When it has become too old one
// caller makes it anew and everybody else is given the old one meanwhile; only before there was any
// do all of them wait (stale-while-revalidate, RFC 5861 §3), and not for a thread that gives way.
// Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "kernel/civil_time.h"
#include "kernel/giving_way.h"

namespace minhu {

template <class T>
class Kept {
 public:
  explicit Kept(std::int64_t for_ms) : for_ms_(for_ms) {}

  // `make` gives a std::shared_ptr<const T>. What it throws reaches its own caller; the next one
  // tries again.
  template <class Make>
  std::shared_ptr<const T> of(Instant now, Make&& make) {
    std::unique_lock lock(mutex_);
    for (;;) {
      const std::int64_t age = now.unix_ms - made_at_.unix_ms;
      if (kept_ && ((age >= 0 && age < for_ms_) || making_)) return kept_;
      if (!making_) break;
      made_.wait(lock);
    }
    making_ = true;
    lock.unlock();
    return make_it(now, make);
  }

  // However old it is; null before there was any.
  std::shared_ptr<const T> now_kept() {
    const std::lock_guard lock(mutex_);
    return kept_;
  }

  // Made anew before it is too old, by a job: then nobody who asks has to. Not while another makes
  // it.
  template <class Make>
  void renew(Instant now, Make&& make) {
    bool all_wait = false;
    {
      const std::lock_guard lock(mutex_);
      if (making_) return;
      making_ = true;
      all_wait = !kept_;
    }
    if (all_wait) {
      in_full_turn([&] { (void)make_it(now, make); });
    } else {
      (void)make_it(now, make);
    }
  }

 private:
  // By whoever has set making_.
  template <class Make>
  std::shared_ptr<const T> make_it(Instant now, Make& make) {
    const Turn turn{*this};
    std::shared_ptr<const T> made = make();
    const std::lock_guard lock(mutex_);
    kept_ = made;
    made_at_ = now;
    return made;
  }

  struct Turn {
    Kept& kept;
    ~Turn() {
      {
        const std::lock_guard lock(kept.mutex_);
        kept.making_ = false;
      }
      kept.made_.notify_all();
    }
  };

  const std::int64_t for_ms_;
  std::mutex mutex_;
  std::condition_variable made_;
  bool making_ = false;
  Instant made_at_;
  std::shared_ptr<const T> kept_;
};

}  // namespace minhu
