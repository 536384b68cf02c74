// The machine of a case as one table: which step is open in which state on which track, who may
// take it, where it leads, what it must bring, and the rule it rests on. Pure data; `take_step`
// (steps.h) is the only reader that acts on it.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "features/cases/kinds.h"

namespace minhu::cases {

// A set of values of a small enum.
template <class Enum>
class SetOf {
 public:
  constexpr SetOf() = default;
  constexpr SetOf(std::initializer_list<Enum> values) {
    for (const Enum value : values) bits_ |= bit(value);
  }
  constexpr bool has(Enum value) const { return (bits_ & bit(value)) != 0; }
  constexpr SetOf operator|(SetOf other) const {
    SetOf both;
    both.bits_ = bits_ | other.bits_;
    return both;
  }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  static constexpr std::uint64_t bit(Enum value) {
    return std::uint64_t{1} << static_cast<unsigned>(value);
  }
  std::uint64_t bits_ = 0;
};
using States = SetOf<State>;
using Tracks = SetOf<Track>;

// What a step brings with it.
enum class Form : std::uint8_t {
  words,   // text of a person: goes into the content store, the event keeps a commitment
  choice,  // one of `choices`
  unit,    // the id of an active unit
  other_case,
  place,     // the code of a place
  category,  // "scheme:code"
  date,      // 2026-11-23
  count,     // a whole number from 1
  flag,      // "yes" or absent
  official,  // an account: its id, or the name that its holder signs in with
};
enum class Need : std::uint8_t { required, optional };

struct Field {
  std::string_view name;
  Form form;
  Need need = Need::required;
  std::string_view choices = {};  // "a b c", for Form::choice; for Form::words the content role
};

struct Edge {
  EventKind kind;
  States from;
  std::optional<State> to;  // nothing: the state stays
  Tracks tracks;
  std::string_view permission;  // of accounts/permissions.h
  std::span<const Field> fields;
  std::string_view rule;   // T1…T27 of the state machine's description, or "-"
  std::string_view basis;  // the article it rests on, or "ours" where it is our promise
};

std::span<const Edge> edges();

// The edge of that kind open from that state on that track, or nullptr.
const Edge* open_edge(EventKind kind, State state, Track track);

// States in which somebody of ours owes the speaker something.
inline constexpr States waiting_for_us{
    State::registered, State::triaged,          State::dispatched,       State::objected,
    State::signed_in,  State::accepted,         State::in_hearing,       State::in_mediation,
    State::parked,     State::review_requested, State::recheck_requested};
// A unit has it and has not answered.
inline constexpr States with_the_unit{State::dispatched, State::signed_in,    State::accepted,
                                      State::in_hearing, State::in_mediation, State::parked};
// The written answer has been served and the speaker may still speak.
inline constexpr States answered_states{State::answered, State::called_back,
                                        State::answered_on_spot};
// Before the first answer: others may be merged into such a case, for its answer will be theirs.
inline constexpr States before_answer{State::registered, State::triaged,      State::dispatched,
                                      State::objected,   State::signed_in,    State::accepted,
                                      State::in_hearing, State::in_mediation, State::parked};
inline constexpr States ended_states{
    State::closed,       State::concluded,        State::to_emergency, State::to_legal_road,
    State::not_accepted, State::closed_to_repeat, State::withdrawn,    State::voided};

}  // namespace minhu::cases
