#include "features/visits/event.h"

namespace minhu::visits {

bool is_about_a_group(EventKind kind) noexcept {
  return kind >= EventKind::booked && kind <= EventKind::left;
}

}  // namespace minhu::visits
