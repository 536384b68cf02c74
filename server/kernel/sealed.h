// Sealed<T>: a value about a person (a name, a phone number, words, a query code) that cannot be
// printed, logged or turned into JSON by accident: there is no formatter, no stream operator and no
// conversion. Whoever reads it says why, and `grep 'reveal_because'` lists every place that does.
#pragma once

#include <string_view>
#include <utility>

namespace minhu {

template <class T>
class Sealed {
 public:
  Sealed() = default;
  explicit Sealed(T value) : value_(std::move(value)) {}

  // `purpose` is a literal for the reader of the code; the log of who opened an identity is
  // cases::reveal.
  const T& reveal_because([[maybe_unused]] std::string_view purpose) const noexcept {
    return value_;
  }
  bool empty() const noexcept { return value_.empty(); }

 private:
  T value_{};
};

}  // namespace minhu
