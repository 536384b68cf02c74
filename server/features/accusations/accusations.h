// Reports of wrongdoing under a seal that neither the database nor the key file opens: encrypted to
// the handlers who were named, to the escrow of three custodians, and to the reporter's own code.
// Why and against whom: docs/accusations.md, docs/adr/0015.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "features/accounts/password.h"
#include "features/cases/installation.h"
#include "ports/storage.h"

namespace minhu::accusations {

std::span<const Migration> migrations();  // numbers 1136 to 1149

// How much the reporter says of who they are. Chosen by them; may go up later, never down by
// itself.
enum class Level : std::uint8_t {
  anonymous,     // 匿名: no name; may be followed up
  confidential,  // 保密: a name, opened by two handlers with a reason that the reporter reads
  named,         // 实名: a name; must be answered
};
std::string_view name(Level) noexcept;
std::optional<Level> level_named(std::string_view) noexcept;

enum class State : std::uint8_t {
  received,      // nobody has opened it
  opened,        // a handler has read it
  accepted,      // it is being looked into
  handed_over,   // another body deals with it, which is named to the reporter
  not_accepted,  // with a reason
  concluded,     // looked into; what came of it is told
};
std::string_view name(State) noexcept;
std::optional<State> state_named(std::string_view) noexcept;
// After these nothing more is owed; the words go 90 days later (retention.h).
constexpr bool is_closed(State state) {
  return state == State::handed_over || state == State::not_accepted || state == State::concluded;
}

// What the commands of this feature stand on. The hasher is one of their own: a flood here keeps no
// official from signing in.
struct Ground {
  const cases::Installation& installation;
  accounts::PasswordHasher& hasher;

  RegionId region() const { return installation.county.region; }
  Instant now() const { return installation.clock.now(); }
};

// Times in these tables are told to the hour: nobody learns from them who was online when.
constexpr Instant to_the_hour(Instant time) {
  constexpr std::int64_t hour = 3'600'000;
  return {time.unix_ms - time.unix_ms % hour};
}

}  // namespace minhu::accusations
