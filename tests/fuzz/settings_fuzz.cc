// What an operator writes: rule packs, calendars, ways to tell people. Read, or refused with a
// fault; never anything else.
#include "adapters/outbound/settings.h"
#include "engines/deadlines/deadlines.h"
#include "kernel/assert.h"

namespace {

class NoClock final : public minhu::Clock {
 public:
  minhu::Instant now() const override { return {}; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto pack = deadlines::read_pack(text); !pack) MINHU_ASSERT(!pack.error().key.empty());
  if (const auto calendar = deadlines::read_calendar(text); !calendar) {
    MINHU_ASSERT(!calendar.error().key.empty());
  }
  // The files that it names are read: of the devices of this machine, none.
  if (text.find("/dev") != std::string_view::npos || text.find("/proc") != std::string_view::npos) {
    return 0;
  }
  const NoClock clock;
  const auto outbound = outbound::from_settings(text, clock);
  MINHU_ASSERT(outbound ? *outbound != nullptr : !outbound.error().key.empty());
  return 0;
}
