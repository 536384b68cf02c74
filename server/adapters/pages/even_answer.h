// Answers that all look alike to whoever watches the line: their size is filled up and their time
// rounded up, and nothing on the way may pack them. The pages of reports of wrongdoing use it.
#pragma once

#include <chrono>

#include "ports/http.h"

namespace minhu::pages {

// Begins when a request is looked at, and makes its answer like every other of these pages.
class EvenAnswer {
 public:
  static constexpr std::size_t size_step = 12 * 1024;
  static constexpr std::chrono::milliseconds time_step{500};

  EvenAnswer() : started_(std::chrono::steady_clock::now()) {}
  http::Response make(http::Response response) const;

 private:
  std::chrono::steady_clock::time_point started_;
};

// Nothing of this site stays in the browser: neither what other pages of ours left nor this one.
http::Response with_nothing_left(http::Response response);

}  // namespace minhu::pages
