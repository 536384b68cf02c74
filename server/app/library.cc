#include "app/library.h"

#include "builtin_policies.h"
#include "features/desk/texts.h"

namespace minhu::app {

Outcome put_first_texts(Foundation& foundation, RegionId region) {
  std::vector<desk::NewText> texts;
  for (const EmbeddedFile& file : embedded::policies()) {
    if (!file.name.starts_with("texts/")) continue;
    MINHU_TRY(const auto read, desk::read_texts(file.text));
    texts.insert(texts.end(), read.begin(), read.end());
  }
  const Instant now = foundation.clock.now();
  return foundation.database->write_job([&](Transaction& transaction) -> Outcome {
    desk::seed_texts(transaction, region, now, foundation.entropy, texts);
    return {};
  });
}

}  // namespace minhu::app
