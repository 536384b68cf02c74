#include "app/removed_on_signal.h"

#include <cstdio>
#include <cstdlib>

#include "app/sentences.h"
#include "app/terminal.h"

namespace minhu::app {

RemovedOnSignal::RemovedOnSignal(std::filesystem::path folder)
    : folder_(std::move(folder)), waiting_([this] {
        signal_.wait();
        if (is_over_) return;
        remove();
        std::fprintf(stderr, "minhu: %s\n", terminal_language().say("backup.ended").c_str());
        std::_Exit(not_done);
      }) {}

RemovedOnSignal::~RemovedOnSignal() {
  is_over_ = true;
  signal_.ask();
  waiting_.join();
}

// More than once: whoever works in it goes on making files for as long as the program lives.
void RemovedOnSignal::remove() const {
  constexpr int most_times = 100;
  std::error_code error;
  for (int i = 0; i < most_times && std::filesystem::exists(folder_, error); ++i) {
    std::filesystem::remove_all(folder_, error);
  }
}

}  // namespace minhu::app
