#include "features/state_machine/edge.h"

namespace minhu::state_machine {

Outcome may_be_taken_now(std::optional<std::int64_t> expected_seq, std::int64_t seq, bool open,
                         const Refusals& refusals) {
  if (expected_seq && *expected_seq < seq) {
    return fail(FaultCode::conflict, refusals.changed_meanwhile);
  }
  if (!open) return fail(FaultCode::conflict, refusals.not_open);
  return {};
}

}  // namespace minhu::state_machine
