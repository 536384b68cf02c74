// Images on libvips, each photo in a short-lived process of its own (images_child.h): whatever a
// decoder does with hostile bytes, it does it there, shut in (confinement.h) and without our keys.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>

#include "adapters/images_vips/confinement.h"
#include "ports/images.h"

namespace minhu::images_vips {

struct Options {
  std::string program = "/proc/self/exe";  // its main hands images_child_verb to run_images_child
  Limits limits;
  std::chrono::milliseconds longest_run{10'000};  // by the clock on the wall: the machine is busy
  std::size_t most_children = 2;
  std::size_t most_waiting = 8;  // beyond them: Fault unavailable attachments.busy at once
  std::chrono::milliseconds longest_wait{15'000};
};

class VipsImages final : public Images {
 public:
  explicit VipsImages(Options options = {}) : options_(std::move(options)) {}

  Result<Bytes> presentable(BytesView photo) override;

 private:
  class Turn;

  Options options_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
};

}  // namespace minhu::images_vips
