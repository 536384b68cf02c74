// The life of a visit as two tables: what the office does with the visit, and what happens to one
// group of its queue. Pure data; steps.h, booking.h and queue.h act on them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "features/cases/edges.h"
#include "features/state_machine/edge.h"
#include "features/visits/kinds.h"

namespace minhu::visits {

using States = cases::SetOf<State>;
using GroupStates = cases::SetOf<GroupState>;

// What a step brings with it, beside where it was posted.
enum class FieldForm : std::uint8_t {
  text,  // an office's words
  choice,
  place,  // code of a place
  time,   // 2026-11-23 09:00
  count,  // a whole number from 0
  photo,  // of a posting of this visit: its SHA-256
};
std::string_view name(FieldForm) noexcept;
using state_machine::Presence;
using Field = state_machine::FieldOf<FieldForm, 200>;

// Whether a step belongs to the announced forms, to the unannounced field visit, or to both.
enum class For : std::uint8_t { all, announced, unannounced };

struct Edge {
  EventKind kind;
  States from;
  std::optional<State> to;      // nothing: the state stays
  std::string_view permission;  // of accounts/permissions.h
  std::span<const Field> fields;
  bool with_postings;  // it has to say where it was made known
  For whom;
  std::string_view basis;
};
std::span<const Edge> edges();
// The edge of that kind open from that state for that form, or nullptr.
const Edge* open_edge(EventKind kind, State state, Form form);

struct GroupEdge {
  EventKind kind;
  States visit;      // states of the visit in which it may happen
  GroupStates from;  // empty: it makes the group
  GroupState to;
  std::string_view permission;
};
std::span<const GroupEdge> group_edges();
const GroupEdge* group_edge(EventKind kind);

// Where a visit can be made known. A notice that reaches only those who look at a screen has
// reached half of a village.
struct Channel {
  std::string_view code;
  bool offline;
};
std::span<const Channel> channels();
inline constexpr std::size_t fewest_channels = 3;

// What a planned visit is made of and may be revised in, each an optional field.
std::span<const Field> plan_fields();

// Announced, and not over yet.
inline constexpr States coming_states{State::published, State::open, State::in_session};
// It took place.
inline constexpr States held_states{State::instructed, State::assigned, State::followed_up,
                                    State::reported, State::closed};

}  // namespace minhu::visits
