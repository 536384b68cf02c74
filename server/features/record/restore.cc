#include "features/record/restore.h"

#include "features/record/rows.h"

namespace minhu::record {

namespace {

bool is_part_of(const merkle::TileId& id, std::uint64_t size) {
  return id.width == merkle::width_in_tree(id.level, id.index, size);
}

bool all_of(const LogFiles& files, merkle::TileKind kind, unsigned level, std::uint64_t size) {
  for (std::uint64_t index = 0;; ++index) {
    const unsigned width = merkle::width_in_tree(level, index, size);
    if (width == 0) return true;
    if (!files.has(merkle::path_of({kind, level, index, width}))) return false;
  }
}

}  // namespace

Outcome for_each_file(Reading& reading, RegionId region, const merkle::TreeHead& tree,
                      const std::function<Outcome(const merkle::LogFile&)>& each) {
  merkle::TreeBuilder builder;
  while (builder.head().size < tree.size) {
    const auto batch = batch_at(reading, region, static_cast<std::int64_t>(builder.head().size));
    if (!batch || batch->entries.empty()) break;
    MINHU_TRY(const auto files, builder.append(batch->entries));
    for (const merkle::LogFile& file : files) {
      // Partial ones of sizes in between are not of this tree.
      if (is_part_of(file.id, tree.size)) MINHU_CHECK_OK(each(file));
    }
  }
  if (builder.head() != tree) return fail(FaultCode::conflict, "record.batches_do_not_fit");
  return {};
}

bool all_are_there(const LogFiles& files, std::uint64_t size) {
  for (unsigned level = 0; level < merkle::tile_levels; ++level) {
    if (!all_of(files, merkle::TileKind::hashes, level, size)) return false;
  }
  return all_of(files, merkle::TileKind::entries, 0, size);
}

Result<std::int64_t> restore_files(Database& database, RegionId region,
                                   const merkle::TreeHead& tree, LogFiles& files) {
  return database.read([&](Reading& reading) -> Result<std::int64_t> {
    std::int64_t written = 0;
    MINHU_CHECK_OK(
        for_each_file(reading, region, tree, [&](const merkle::LogFile& file) -> Outcome {
          const std::string path = merkle::path_of(file.id);
          const auto there = files.get(path);
          if (there && *there == file.bytes) return {};
          ++written;
          return files.put(path, file.bytes);
        }));
    return written;
  });
}

}  // namespace minhu::record
