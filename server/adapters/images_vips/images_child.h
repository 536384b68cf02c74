// The process in which strangers' photos are decoded: the program itself, started again with a
// hidden verb.
#pragma once

#include <string_view>

#include "adapters/images_vips/confinement.h"

namespace minhu::images_vips {

inline constexpr std::string_view images_child_verb = "images-child";

// What the child says by its exit status; whatever else happens (a signal, another status) means
// that the photo was too much for it.
enum class ChildStatus : int {
  done = 0,
  broken = 10,
  too_many_pixels = 11,
  kind_not_taken = 12,
  out_of_memory = 13,
  cannot_start = 14,  // ours: the machine refuses the confinement, or libvips does not start
  no_time = 15,       // said by the parent: killed by the clock on the wall
};

// For main, before anything else of the program has started:
//   if (argc > 1 && argv[1] == images_vips::images_child_verb)
//     return images_vips::run_images_child(argc, argv);
// Reads the photo from descriptor 0, writes the JPEG to descriptor 1, and never returns to a caller
// that would go on: the result is the exit status. Arguments: the limits of arguments_of().
int run_images_child(int argc, char** argv);

}  // namespace minhu::images_vips
