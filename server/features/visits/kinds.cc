#include "features/visits/kinds.h"

#include "kernel/enum_names.h"

namespace minhu::visits {

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  return names_of(Enum{}).named(text);
}

MINHU_ENUM_NAMES_BOTH_WAYS(Form, field, "reception", "appointment", "going_down", "field")
MINHU_ENUM_NAMES_BOTH_WAYS(Rank, province_head, "town_deputy", "town_head", "department_deputy",
                           "department_head", "county_deputy", "county_head", "city_deputy",
                           "city_head", "province_deputy", "province_head")
MINHU_ENUM_NAMES_BOTH_WAYS(State, cancelled, "planned", "published", "open", "in_session",
                           "instructed", "assigned", "followed_up", "reported", "closed",
                           "cancelled")
MINHU_ENUM_NAMES_BOTH_WAYS(EventKind, photo_replaced, "planned", "revised", "published", "posted",
                           "rescheduled", "cancelled", "opened", "instructed", "assigned",
                           "followed_up", "reported", "closed", "booked", "listed", "moved_up",
                           "withdrawn", "walked_in", "called", "set_aside", "came_back", "speaking",
                           "recorded", "done", "left", "contact_opened", "contacts_destroyed",
                           "photo_replaced")
MINHU_ENUM_NAMES_BOTH_WAYS(GroupState, withdrawn, "listed", "waiting", "called", "aside",
                           "speaking", "done", "gone", "withdrawn")
MINHU_ENUM_NAMES_BOTH_WAYS(Way, walk_in, "page", "phone", "counter", "walk_in")
MINHU_ENUM_NAMES_BOTH_WAYS(Need, home_visit, "step_free", "sign_language", "interpreter",
                           "large_print", "companion", "home_visit")

}  // namespace minhu::visits
