// `minhu messages`: how many people still wait to be told, and trying again after what kept them
// waiting (a gateway, a password) has been mended.
#include <fmt/core.h>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/messages/messenger.h"

namespace minhu::app {

int mend_messages(const FoundationOptions& foundation_options, bool try_again) {
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return refuse(profile.error());

  std::int64_t again = 0;
  if (try_again) {
    const Outcome kept = foundation.database->write_job([&](Transaction& t) -> Outcome {
      again = messages::try_given_up_again(t, profile->region, foundation.clock.now());
      return {};
    });
    if (!kept) return refuse(kept.error());
  }
  const messages::Standing now = foundation.database->read(
      [&](Reading& reading) { return messages::standing(reading, profile->region); });
  return finish(fmt::format("messages waiting {}, given up {}, to be tried again {}", now.waiting,
                            now.given_up, again));
}

}  // namespace minhu::app
