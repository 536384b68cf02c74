#include "features/promises/kinds.h"

#include "kernel/enum_names.h"

namespace minhu::promises {

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  return names_of(Enum{}).named(text);
}

MINHU_ENUM_NAMES_BOTH_WAYS(State, given_up, "made", "report_asked", "reported", "verified",
                           "not_kept", "given_up")
MINHU_ENUM_NAMES_BOTH_WAYS(EventKind, withheld, "made", "report_asked", "progress_told",
                           "reported_done", "verified", "found_not_kept", "due_changed", "given_up",
                           "verdict_given", "taken_over", "published", "withheld")
MINHU_ENUM_NAMES_BOTH_WAYS(Verdict, not_kept, "kept", "partly", "not_kept")
MINHU_ENUM_NAMES_BOTH_WAYS(Way, call, "page", "call")
MINHU_ENUM_NAMES_BOTH_WAYS(Proof, call, "visit", "call")
MINHU_ENUM_NAMES_BOTH_WAYS(RelayState, called_off, "frozen", "half_signed", "complete",
                           "called_off")
MINHU_ENUM_NAMES_BOTH_WAYS(RelayEventKind, called_off, "frozen", "accepted", "changed", "signed_by",
                           "signed_in_absence", "called_off")
MINHU_ENUM_NAMES_BOTH_WAYS(ItemKind, matter_class, "promise", "case", "class")
MINHU_ENUM_NAMES_BOTH_WAYS(Side, incoming, "outgoing", "incoming")

}  // namespace minhu::promises
