// The life of a promise as one table: which step is open in which state, who may take it, where it
// leads, what it must bring. Pure data; steps.h acts on it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "features/cases/edges.h"
#include "features/promises/kinds.h"
#include "features/state_machine/edge.h"

namespace minhu::promises {

using States = cases::SetOf<State>;

enum class FieldForm : std::uint8_t {
  text,    // an office's public words: stand in the event
  sealed,  // what somebody said: goes into the content store
  choice,  // one of `choices`
  date,    // 2026-11-23
  place,   // the code of a place
};
std::string_view name(FieldForm) noexcept;
using state_machine::Presence;
using Field = state_machine::FieldOf<FieldForm>;

struct Edge {
  EventKind kind;
  States from;
  std::optional<State> to;      // nothing: the state stays
  std::string_view permission;  // of accounts/permissions.h
  std::span<const Field> fields;
  bool evidence = false;  // files may be sent along
  std::string_view basis;
};

std::span<const Edge> edges();

// The edge of that kind open from that state, or nullptr.
const Edge* open_edge(EventKind kind, State state);

// Steps that are not taken with a form of the desk: at the making, by the speaker, by a relay.
bool is_taken_elsewhere(EventKind kind) noexcept;

}  // namespace minhu::promises
