#include "features/promises/kinds.h"

#include <array>

#include "kernel/assert.h"

namespace minhu::promises {

namespace {

template <class Enum>
struct Names;

#define MINHU_NAMES(Enum, ...)                                                  \
  template <>                                                                   \
  struct Names<Enum> {                                                          \
    static constexpr auto all = std::to_array<std::string_view>({__VA_ARGS__}); \
  };

MINHU_NAMES(State, "made", "report_asked", "reported", "verified", "not_kept", "given_up")
MINHU_NAMES(EventKind, "made", "report_asked", "progress_told", "reported_done", "verified",
            "found_not_kept", "due_changed", "given_up", "verdict_given", "taken_over", "published",
            "withheld")
MINHU_NAMES(Verdict, "kept", "partly", "not_kept")
MINHU_NAMES(Way, "page", "call")
MINHU_NAMES(Proof, "visit", "call")
MINHU_NAMES(RelayState, "frozen", "half_signed", "complete")
MINHU_NAMES(RelayEventKind, "frozen", "accepted", "changed", "signed_by")
MINHU_NAMES(ItemKind, "promise", "case", "class")
MINHU_NAMES(Side, "outgoing", "incoming")
#undef MINHU_NAMES

template <class Enum>
constexpr bool complete(Enum last) {
  return Names<Enum>::all.size() == static_cast<std::size_t>(last) + 1;
}
static_assert(complete(State::given_up) && complete(EventKind::withheld) &&
              complete(Verdict::not_kept) && complete(Way::call) && complete(Proof::call) &&
              complete(RelayState::complete) && complete(RelayEventKind::signed_by) &&
              complete(ItemKind::matter_class) && complete(Side::incoming));

template <class Enum>
std::string_view name_of(Enum value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  MINHU_ASSERT(index < Names<Enum>::all.size());
  return Names<Enum>::all[index];
}

}  // namespace

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  for (std::size_t i = 0; i < Names<Enum>::all.size(); ++i) {
    if (Names<Enum>::all[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

#define MINHU_NAMED(Enum)                      \
  std::string_view name(Enum value) noexcept { \
    return name_of(value);                     \
  }                                            \
  template std::optional<Enum> named<Enum>(std::string_view) noexcept;
MINHU_NAMED(State)
MINHU_NAMED(EventKind)
MINHU_NAMED(Verdict)
MINHU_NAMED(Way)
MINHU_NAMED(Proof)
MINHU_NAMED(RelayState)
MINHU_NAMED(RelayEventKind)
MINHU_NAMED(ItemKind)
MINHU_NAMED(Side)
#undef MINHU_NAMED

}  // namespace minhu::promises
