// The inner half of the audit: the events of one subject, whatever it is, beside their leaves.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "features/record/rows.h"

namespace minhu::record {

enum class Difference : std::uint8_t { no_leaf, event_gone, event_changed };

// Numbers of steps begin at 0, and nothing that lives in steps has so many: one outside was put in
// behind the program, and no memory is given to all the numbers before it.
inline constexpr std::int64_t most_steps = 100'000;

constexpr bool can_be_a_step(std::int64_t seq) {
  return seq >= 0 && seq < most_steps;
}

template <class Event>
struct StoredSteps {
  std::vector<std::optional<Event>> by_seq;  // nothing where a row is missing or broken
  std::vector<std::int64_t> impossible;      // numbers that no step can have
};

template <class Event>
StoredSteps<Event> stored_steps(std::vector<Event> all) {
  StoredSteps<Event> steps;
  for (Event& event : all) {
    if (!can_be_a_step(event.seq)) {
      steps.impossible.push_back(event.seq);
      continue;
    }
    const auto at = static_cast<std::size_t>(event.seq);
    if (at >= steps.by_seq.size()) steps.by_seq.resize(at + 1);
    steps.by_seq[at] = std::move(event);
  }
  return steps;
}

struct StepsBesideLeaves {
  template <class Event>
  explicit StepsBesideLeaves(const StoredSteps<Event>& stored) : impossible(stored.impossible) {
    for (const auto& event : stored.by_seq) has_event.push_back(event.has_value());
  }

  // has_event[seq]: an event of that number is stored and can be read.
  std::vector<bool> has_event;
  // Events of numbers that no step can have.
  std::vector<std::int64_t> impossible;
  // Whether that event gives that leaf; `previous`: the entry of the leaf before.
  std::function<bool(std::size_t seq, const LeafRow& leaf, BytesView previous)> fits;
  std::function<void(Difference, std::int64_t seq, const LeafRow* leaf)> on_difference;
};
// Gives how many events there are.
std::int64_t compare(const StepsBesideLeaves& steps, const std::vector<LeafRow>& leaves);

// Of the entry in the tree; "-" for none.
std::string index_of(Reading& reading, RegionId region, const LeafRow* leaf);

}  // namespace minhu::record
