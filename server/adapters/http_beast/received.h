// Bytes that have come in and are not used yet. Memory grows with what comes, up to a limit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace minhu::http_beast {

class Received {
 public:
  explicit Received(std::size_t limit) : limit_(limit) {}

  std::string_view view() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const noexcept { return begin_ == end_; }

  void use(std::size_t count) noexcept {
    begin_ += count;
    if (empty()) begin_ = end_ = 0;
  }

  // Where the next bytes go; empty when the limit is reached. `wanted` is how many the caller hopes
  // for.
  std::span<char> room(std::size_t wanted) {
    if (capacity_ - end_ < std::min(wanted, smallest)) make_room(wanted);
    return {bytes_.get() + end_, capacity_ - end_};
  }
  void add(std::size_t count) noexcept { end_ += count; }

  // Between two requests: a connection that once sent much does not keep much.
  void shrink() {
    if (!empty() || capacity_ <= kept) return;
    bytes_.reset();
    capacity_ = 0;
  }

 private:
  static constexpr std::size_t smallest = 2048;
  static constexpr std::size_t kept = 8192;

  void make_room(std::size_t wanted) {
    const std::size_t used = end_ - begin_;
    const std::size_t capacity =
        std::min(limit_, std::max({used + wanted, 2 * used, smallest, capacity_}));
    if (capacity > capacity_) {
      auto larger = std::make_unique_for_overwrite<char[]>(capacity);
      if (used > 0) std::memcpy(larger.get(), bytes_.get() + begin_, used);
      bytes_ = std::move(larger);
      capacity_ = capacity;
    } else if (begin_ > 0) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, used);
    }
    begin_ = 0;
    end_ = used;
  }

  std::size_t limit_;
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace minhu::http_beast
