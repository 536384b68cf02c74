#include "features/accusations/accusations.h"

#include "kernel/enum_names.h"

namespace minhu::accusations {

MINHU_ENUM_NAMES(Level, named, "anonymous", "confidential", "named")
std::optional<Level> level_named(std::string_view text) noexcept {
  return Level_names.named(text);
}

MINHU_ENUM_NAMES(State, concluded, "received", "opened", "accepted", "handed_over", "not_accepted",
                 "concluded")
std::optional<State> state_named(std::string_view text) noexcept {
  return State_names.named(text);
}

}  // namespace minhu::accusations
