// Checkpoints (C2SP tlog-checkpoint v1.0.0): what a log signs. The text of a signed note:
//
//     <origin, the name of the log>
//     <size of the tree>
//     <base64 of its root>
//
// Lines after these are allowed and mean nothing to us.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/merkle/hash.h"
#include "kernel/result.h"

namespace minhu::merkle {

struct Checkpoint {
  std::string origin;
  TreeHead head;
  std::vector<std::string> extensions;
  bool operator==(const Checkpoint&) const = default;
};

std::string format_checkpoint(const Checkpoint& checkpoint);
// Fault merkle.checkpoint_broken.
Result<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace minhu::merkle
