// The checkpoints that were published, as rows: how the servers that share a database tell each
// other what each of them writes into its own files (following.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/storage.h"

namespace minhu::record {

struct PublishedNote {
  std::uint64_t size = 0;
  Instant at;
  std::string note;
};

// A server that was away for longer takes the days before from another's files.
inline constexpr std::int64_t days_of_published_notes = 30;

// So many are written into files in one step.
inline constexpr std::int64_t most_published_at_once = 100;

// Of several notes of one size the first stays. Forgets a few of those that are too old.
void insert_published(Transaction& transaction, RegionId region, const PublishedNote& note);
// Larger than `size`, the smallest first.
std::vector<PublishedNote> published_after(Reading& reading, RegionId region, std::uint64_t size,
                                           std::int64_t most);

}  // namespace minhu::record
