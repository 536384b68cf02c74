#include "features/demo/bulk.h"
namespace minhu::demo {
Result<Bulk> load_bulk(Database&, const cases::County&, const cases::Keyring&, Entropy&,
                       const BulkOptions&, const std::function<void(const Bulk&)>&) {
  return fail(FaultCode::unavailable, "demo.not_yet");
}
}  // namespace minhu::demo
