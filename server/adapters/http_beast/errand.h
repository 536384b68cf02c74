// Work that a coroutine of the network thread has done elsewhere while it waits.
#pragma once

#include <boost/asio/async_result.hpp>
#include <mutex>
#include <optional>
#include <vector>

#include "adapters/http_beast/network.h"
#include "adapters/http_beast/workers.h"

namespace minhu::http_beast {

class Errand;

// Where workers leave finished errands. The network thread is woken once for all that lie there.
class Returns {
 public:
  explicit Returns(asio::io_context& network) : network_(network) {}

  void leave(Errand& errand);  // from any thread

 private:
  void collect();

  asio::io_context& network_;
  std::mutex mutex_;
  std::vector<Errand*> left_;
  std::vector<Errand*> collecting_;
};

class Errand : public Job {
 public:
  explicit Errand(Returns& returns) : returns_(returns) {}

  // On the network thread. False at once when the workers have too much to do; otherwise true, when
  // work() is done.
  Awaitable<bool> done_by(Workers& workers);

 protected:
  virtual void work() noexcept = 0;  // on a worker

 private:
  friend class Returns;
  void run() noexcept final;
  void resume();

  Returns& returns_;
  std::optional<asio::async_result<UseAwaitable, void()>::handler_type> waiting_;
};

}  // namespace minhu::http_beast
