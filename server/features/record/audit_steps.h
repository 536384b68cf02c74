// The inner half of the audit: the events of one subject, whatever it is, beside their leaves.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "features/record/rows.h"

namespace minhu::record {

enum class Difference : std::uint8_t { no_leaf, event_gone, event_changed };

struct StepsBesideLeaves {
  // has_event[seq]: an event of that number is stored and can be read.
  std::vector<bool> has_event;
  // Whether that event gives that leaf; `previous`: the entry of the leaf before.
  std::function<bool(std::size_t seq, const LeafRow& leaf, BytesView previous)> fits;
  std::function<void(Difference, std::int64_t seq, const LeafRow* leaf)> on_difference;
};
// Gives how many events there are.
std::int64_t compare(const StepsBesideLeaves& steps, const std::vector<LeafRow>& leaves);

// Of the entry in the tree; "-" for none.
std::string index_of(Reading& reading, RegionId region, const LeafRow* leaf);

}  // namespace minhu::record
