// The transition table of a life: what its edges are made of, and in which order a step is refused.
// Each feature adds to an edge what only its own life needs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kernel/result.h"

namespace minhu::state_machine {

enum class Presence : std::uint8_t { required, optional };

// What a step brings with it. `Form` is the feature's own list of forms.
template <class Form, std::size_t longest_by_default = 2000>
struct FieldOf {
  std::string_view name;
  Form form;
  Presence presence = Presence::required;
  std::string_view choices = {};             // "a b c", where the form is a choice
  std::size_t longest = longest_by_default;  // characters, for text
};

// The edge of that kind open from that state, or nullptr. `fits` sorts out what `from` cannot say.
template <class Edge, class Kind, class State, class Fits>
const Edge* open_edge(std::span<const Edge> edges, Kind kind, State state, Fits&& fits) {
  for (const Edge& edge : edges) {
    if (edge.kind == kind && edge.from.has(state) && fits(edge)) return &edge;
  }
  return nullptr;
}
template <class Edge, class Kind, class State>
const Edge* open_edge(std::span<const Edge> edges, Kind kind, State state) {
  return open_edge(edges, kind, state, [](const Edge&) { return true; });
}

// Some edge of that kind whose permission the actor has, whatever the state of the subject.
template <class Edge, class Kind, class Allowed>
bool may_ever_take(std::span<const Edge> edges, Kind kind, Allowed&& allowed) {
  for (const Edge& edge : edges) {
    if (edge.kind == kind && allowed(edge)) return true;
  }
  return false;
}

struct Refusals {
  const char* changed_meanwhile;
  const char* not_open;
};
// What the writer had read is still what there is, and the step is open: conflict, in this order,
// because a step that is not open any more is best explained by what happened meanwhile. It is
// asked after may_ever_take: who may never take a step learns nothing of the state.
Outcome may_be_taken_now(std::optional<std::int64_t> expected_seq, std::int64_t seq, bool open,
                         const Refusals& refusals);

}  // namespace minhu::state_machine
