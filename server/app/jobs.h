// Work that the running server does by itself, again and again, on one thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace minhu::app {

class Jobs {
 public:
  // `may_run`: while it says no, nothing is begun, and stopping() says yes to what is under way.
  // When it says yes again everything is due, whenever it was done here before.
  // `begin` is called before each piece of work.
  explicit Jobs(
      std::function<bool()> may_run = [] { return true; }, std::function<void()> begin = [] {})
      : may_run_(std::move(may_run)), begin_(std::move(begin)) {}
  ~Jobs() { stop(); }
  // Before start(): nobody waits for this work (kernel/giving_way.h says what it must not hold).
  void give_way() { gives_way_ = true; }
  // Before start(). `work` may block; an exception is logged by its type and the job comes again.
  void every(std::chrono::milliseconds interval, std::string name, std::function<void()> work);
  void start();
  // Instead of start(), for simulations: each piece of work once, here and now. An exception ends
  // it.
  void run_once();
  void stop();            // waits for the work under way
  bool stopping() const;  // long work looks here and ends early

 private:
  struct Job {
    std::chrono::milliseconds interval;
    std::string name;
    std::function<void()> work;
    std::chrono::steady_clock::time_point next;
  };
  void run();
  bool wait_until(std::chrono::steady_clock::time_point when);  // whether it is to end

  std::function<bool()> may_run_;
  std::function<void()> begin_;
  std::vector<Job> jobs_;
  bool gives_way_ = false;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace minhu::app
