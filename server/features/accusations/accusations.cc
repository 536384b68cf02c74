#include "features/accusations/accusations.h"

#include <array>

#include "kernel/assert.h"

namespace minhu::accusations {

namespace {

constexpr std::array<std::string_view, 3> levels{"anonymous", "confidential", "named"};
constexpr std::array<std::string_view, 6> states{"received",    "opened",       "accepted",
                                                 "handed_over", "not_accepted", "concluded"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Level level) noexcept {
  return levels[static_cast<std::size_t>(level)];
}
std::optional<Level> level_named(std::string_view text) noexcept {
  return find<Level>(levels, text);
}
std::string_view name(State state) noexcept {
  return states[static_cast<std::size_t>(state)];
}
std::optional<State> state_named(std::string_view text) noexcept {
  return find<State>(states, text);
}

}  // namespace minhu::accusations
