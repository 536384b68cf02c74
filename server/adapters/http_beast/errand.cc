#include "adapters/http_beast/errand.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace minhu::http_beast {

void Returns::leave(Errand& errand) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = left_.empty();
    left_.push_back(&errand);
  }
  if (first) asio::post(network_, [this] { collect(); });
}

void Returns::collect() {
  {
    const std::lock_guard lock(mutex_);
    std::swap(left_, collecting_);
  }
  for (Errand* errand : collecting_) errand->resume();
  collecting_.clear();
}

Awaitable<bool> Errand::done_by(Workers& workers) {
  // A worker may be done before we wait: that is no race, since only this thread collects.
  if (!workers.offer(*this)) co_return false;
  // Named, because g++ 12 destroys a temporary with captures twice inside co_await.
  auto keep_waiting = [this](auto handler) { waiting_.emplace(std::move(handler)); };
  UseAwaitable token;
  co_await asio::async_initiate<UseAwaitable, void()>(keep_waiting, token);
  co_return true;
}

void Errand::run() noexcept {
  Returns& returns = returns_;
  work();
  returns.leave(*this);  // from here on, *this may be gone
}

void Errand::resume() {
  auto handler = std::move(*waiting_);
  waiting_.reset();
  std::move(handler)();
}

}  // namespace minhu::http_beast
