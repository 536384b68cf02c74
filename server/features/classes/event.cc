#include "features/classes/event.h"

namespace minhu::classes {

bool is_about_a_case(EventKind kind) noexcept {
  return kind >= EventKind::case_linked;
}

}  // namespace minhu::classes
