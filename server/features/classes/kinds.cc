#include "features/classes/kinds.h"

#include <array>

#include "kernel/assert.h"

namespace minhu::classes {

namespace {

template <class Enum>
struct Names;

#define MINHU_NAMES(Enum, ...)                                                  \
  template <>                                                                   \
  struct Names<Enum> {                                                          \
    static constexpr auto all = std::to_array<std::string_view>({__VA_ARGS__}); \
  };

MINHU_NAMES(State, "detected", "proposed", "screened", "rejected", "selected", "cause_found",
            "plan_published", "treating", "measured", "verified", "institutionalised", "closed",
            "watching", "relapsed")
MINHU_NAMES(EventKind, "detected", "proposed", "redefined", "screened", "rejected", "selected",
            "returned", "cause_found", "measure_planned", "plan_published", "treatment_begun",
            "measure_done", "measured", "not_verified", "verified", "institutionalised", "closed",
            "watched", "relapsed", "summary_written", "summary_approved", "summary_withdrawn",
            "case_linked", "case_unlinked", "case_rejected", "case_left", "speaker_asked")
MINHU_NAMES(CauseKind, "rule_missing", "rule_wrong", "duty_unclear", "money", "capacity",
            "enforcement", "information", "history")
#undef MINHU_NAMES

static_assert(Names<State>::all.size() == static_cast<std::size_t>(State::relapsed) + 1);
static_assert(Names<EventKind>::all.size() ==
              static_cast<std::size_t>(EventKind::speaker_asked) + 1);
static_assert(Names<CauseKind>::all.size() == static_cast<std::size_t>(CauseKind::history) + 1);

template <class Enum>
std::string_view name_of(Enum value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  MINHU_ASSERT(index < Names<Enum>::all.size());
  return Names<Enum>::all[index];
}

}  // namespace

std::string_view name(State value) noexcept {
  return name_of(value);
}
std::string_view name(EventKind value) noexcept {
  return name_of(value);
}
std::string_view name(CauseKind value) noexcept {
  return name_of(value);
}

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  for (std::size_t i = 0; i < Names<Enum>::all.size(); ++i) {
    if (Names<Enum>::all[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}
template std::optional<State> named<State>(std::string_view) noexcept;
template std::optional<EventKind> named<EventKind>(std::string_view) noexcept;
template std::optional<CauseKind> named<CauseKind>(std::string_view) noexcept;

}  // namespace minhu::classes
