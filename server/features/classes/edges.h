// The life of a class as one table: which step is open in which state, who may take it, where it
// leads, what it must bring, and what it rests on. Pure data; steps.h and linking.h act on it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "features/cases/edges.h"
#include "features/classes/kinds.h"
#include "features/state_machine/edge.h"

namespace minhu::classes {

using States = cases::SetOf<State>;

// What a step brings with it.
enum class Form : std::uint8_t {
  text,    // an office's words
  choice,  // one of `choices`
  unit,    // the id of an active unit
  units,   // … of several, with blanks between
  category,
  places,  // codes with blanks between
  date,    // 2026-11-23
  month,   // 2026-11
  count,   // a whole number from 0
  link,    // https://… of a document
  one_case,
};
std::string_view name(Form) noexcept;
using state_machine::Presence;
using Field = state_machine::FieldOf<Form>;

// Who owes the next step of a state, for lists.
enum class Owes : std::uint8_t { nobody, dispatcher, leader, lead_unit, supervisor, system };
std::string_view name(Owes) noexcept;
Owes owed_by(State state) noexcept;

struct Edge {
  EventKind kind;
  States from;
  std::optional<State> to;      // nothing: the state stays
  std::string_view permission;  // of accounts/permissions.h
  std::span<const Field> fields;
  std::string_view basis;
};

std::span<const Edge> edges();

// The edge of that kind open from that state, or nullptr.
const Edge* open_edge(EventKind kind, State state);

// Verified and what comes after it, as long as it does not come back.
inline constexpr States solved_states{State::verified, State::institutionalised, State::closed,
                                      State::watching};
// Chosen by a leader and not solved.
inline constexpr States under_way_states{State::selected, State::cause_found, State::plan_published,
                                         State::treating, State::measured,    State::relapsed};

}  // namespace minhu::classes
