#include "features/record/files.h"

#include "kernel/civil_time.h"

namespace minhu::record {

namespace {

// Of the whole tile, what the partial one held.
Result<Bytes> cut(const merkle::TileId& id, const Bytes& whole) {
  if (id.kind == merkle::TileKind::hashes) {
    const std::size_t size = id.width * sizeof(merkle::Hash);
    if (whole.size() < size) return fail(FaultCode::conflict, "merkle.tile_length", "tile");
    return Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
  }
  MINHU_TRY(std::vector<Bytes> entries, merkle::parse_bundle(whole, merkle::tile_width));
  entries.resize(id.width);
  return merkle::encode_bundle(entries);
}

}  // namespace

merkle::Fetch fetch_from(const LogFiles& files) {
  return [&files](const merkle::TileId& id) -> Result<Bytes> {
    auto found = files.get(merkle::path_of(id));
    if (found || found.error().code != FaultCode::not_found || id.width == merkle::tile_width) {
      return found;
    }
    merkle::TileId whole = id;
    whole.width = merkle::tile_width;
    MINHU_TRY(const Bytes bytes, files.get(merkle::path_of(whole)));
    return cut(id, bytes);
  };
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
