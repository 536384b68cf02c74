#include "engines/merkle/outside_monitor.h"

#include "engines/merkle/outside_look.h"

namespace minhu::merkle {

Result<Look> OutsideMonitor::look(const LookOptions& options) {
  // What a look that ends badly took in is forgotten: the next one begins at the mirror.
  std::optional<KnownLog> known = std::exchange(known_, std::nullopt);
  if (!known) {
    MINHU_TRY(known, read_mirror(mirror_, policy_, hash_key_));
  }
  OutsideLook one(policy_, log_, mirror_, *known, options);
  MINHU_TRY(Look look, one.run(next_again_));
  if (look.findings.empty()) known_ = std::move(known);
  return look;
}

}  // namespace minhu::merkle
