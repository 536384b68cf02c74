#include "features/record/files.h"

#include "kernel/civil_time.h"

namespace minhu::record {

merkle::Fetch fetch_from(const LogFiles& files) {
  return [&files](const merkle::TileId& id) { return files.get(merkle::path_of(id)); };
}

std::string history_path(Instant at) {
  return merkle::history_path(to_date(at, FixedZone{std::chrono::minutes(0)}));
}

void remove_replaced(LogFiles& files, std::uint64_t before, std::uint64_t after) {
  for (unsigned level = 0; level < merkle::tile_levels; ++level) {
    const unsigned shift = (level + 1) * merkle::tile_height;
    const std::uint64_t end = shift < 64 ? after >> shift : 0;
    for (std::uint64_t index = shift < 64 ? before >> shift : 0; index < end; ++index) {
      files.remove(merkle::path_of({merkle::TileKind::hashes, level, index}) + ".p");
      if (level == 0) files.remove(merkle::path_of({merkle::TileKind::entries, 0, index}) + ".p");
    }
  }
}

}  // namespace minhu::record
