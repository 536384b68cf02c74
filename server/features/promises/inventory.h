// What a post owes: its open promises, the open cases that it has taken on (包案), the classes of
// matters that it sponsors. Inner header.
#pragma once

#include <optional>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/posts.h"
#include "features/promises/relay.h"
#include "ports/storage.h"

namespace minhu::promises {

// As it is now; or as it was when everything recorded before (`inclusive`: at or before) that
// moment had happened, worked out from the events and nothing else.
struct AsOf {
  std::optional<Instant> moment;
  bool inclusive = false;
  bool has(Instant recorded_at) const {
    return !moment || recorded_at < *moment || (inclusive && recorded_at == *moment);
  }
};
// `title`: as the post was called then, under which classes name their sponsor.
std::vector<RelayItem> inventory_of(Reading& reading, RegionId region, PostId post,
                                    std::string_view title, const AsOf& as_of);

}  // namespace minhu::promises
