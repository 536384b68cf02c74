#include "features/visits/kinds.h"

#include <array>

#include "kernel/assert.h"

namespace minhu::visits {

namespace {

template <class Enum>
struct Names;

#define MINHU_NAMES(Enum, ...)                                                  \
  template <>                                                                   \
  struct Names<Enum> {                                                          \
    static constexpr auto all = std::to_array<std::string_view>({__VA_ARGS__}); \
  };

MINHU_NAMES(Form, "reception", "appointment", "going_down", "field")
MINHU_NAMES(Rank, "town_deputy", "town_head", "department_deputy", "department_head",
            "county_deputy", "county_head", "city_deputy", "city_head", "province_deputy",
            "province_head")
MINHU_NAMES(State, "planned", "published", "open", "in_session", "instructed", "assigned",
            "followed_up", "reported", "closed", "cancelled")
MINHU_NAMES(EventKind, "planned", "revised", "published", "posted", "rescheduled", "cancelled",
            "opened", "instructed", "assigned", "followed_up", "reported", "closed", "booked",
            "listed", "moved_up", "withdrawn", "walked_in", "called", "set_aside", "came_back",
            "speaking", "recorded", "done", "left", "contact_opened", "contacts_destroyed")
MINHU_NAMES(GroupState, "listed", "waiting", "called", "aside", "speaking", "done", "gone",
            "withdrawn")
MINHU_NAMES(Way, "page", "phone", "counter", "walk_in")
MINHU_NAMES(Need, "step_free", "sign_language", "interpreter", "large_print", "companion",
            "home_visit")
#undef MINHU_NAMES

template <class Enum>
constexpr bool complete(Enum last) {
  return Names<Enum>::all.size() == static_cast<std::size_t>(last) + 1;
}
static_assert(complete(Form::field) && complete(Rank::province_head) &&
              complete(State::cancelled) && complete(EventKind::contacts_destroyed) &&
              complete(GroupState::withdrawn) && complete(Way::walk_in) &&
              complete(Need::home_visit));

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
MINHU_NAMED(Form)
MINHU_NAMED(Rank)
MINHU_NAMED(State)
MINHU_NAMED(EventKind)
MINHU_NAMED(GroupState)
MINHU_NAMED(Way)
MINHU_NAMED(Need)
#undef MINHU_NAMED

}  // namespace minhu::visits
