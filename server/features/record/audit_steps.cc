#include "features/record/audit_steps.h"

#include <algorithm>

namespace minhu::record {

std::int64_t compare(const StepsBesideLeaves& steps, const std::vector<LeafRow>& rows) {
  std::vector<const LeafRow*> leaves(steps.has_event.size(), nullptr);
  std::int64_t known = 0;
  for (const std::int64_t seq : steps.impossible) {
    ++known;
    steps.on_difference(Difference::no_leaf, seq, nullptr);
  }
  for (const LeafRow& row : rows) {
    if (!can_be_a_step(row.seq)) {
      steps.on_difference(Difference::event_gone, row.seq, &row);
      continue;
    }
    const auto at = static_cast<std::size_t>(row.seq);
    if (at >= leaves.size()) leaves.resize(at + 1, nullptr);
    leaves[at] = &row;
  }
  for (std::size_t at = 0; at < leaves.size(); ++at) {
    const auto seq = static_cast<std::int64_t>(at);
    const bool has_event = at < steps.has_event.size() && steps.has_event[at];
    if (has_event) ++known;
    if (leaves[at] == nullptr || !has_event) {
      // Where neither is there, something was taken away with its leaf.
      const bool no_leaf = has_event && leaves[at] == nullptr;
      steps.on_difference(no_leaf ? Difference::no_leaf : Difference::event_gone, seq, leaves[at]);
      continue;
    }
    const bool has_previous = at > 0 && leaves[at - 1] != nullptr;
    const BytesView previous = has_previous ? BytesView(leaves[at - 1]->entry) : BytesView();
    if (!steps.fits(at, *leaves[at], previous)) {
      steps.on_difference(Difference::event_changed, seq, leaves[at]);
    }
  }
  return known;
}

std::string index_of(Reading& reading, RegionId region, const LeafRow* leaf) {
  const auto batch = leaf == nullptr ? std::nullopt : batch_with(reading, region, leaf->position);
  if (!batch) return "-";
  const auto found = std::find(batch->entries.begin(), batch->entries.end(), leaf->entry);
  if (found == batch->entries.end()) return "-";
  return std::to_string(batch->first_index + (found - batch->entries.begin()));
}

}  // namespace minhu::record
