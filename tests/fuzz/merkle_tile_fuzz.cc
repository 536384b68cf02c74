// Tiles, bundles, leaves and the paths of files. The first byte chooses the width; a log whose
// files are all this input is never believed.
#include "engines/merkle/leaf.h"
#include "engines/merkle/tile_reader.h"
#include "kernel/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  using namespace minhu::merkle;
  if (const auto id = parse_tile_path({reinterpret_cast<const char*>(data), size})) {
    MINHU_ASSERT(path_of(*id) == std::string_view(reinterpret_cast<const char*>(data), size));
    MINHU_ASSERT(id->width >= 1 && id->width <= tile_width && id->level < 64);
  }
  if (size == 0) return 0;
  const unsigned width = data[0] + 1U;
  const Bytes bytes(data + 1, data + size);
  if (const auto hashes = parse_tile(bytes, width)) MINHU_ASSERT(encode_tile(*hashes) == bytes);
  if (const auto entries = parse_bundle(bytes, width)) {
    MINHU_ASSERT(entries->size() == width && encode_bundle(*entries).value() == bytes);
  }
  if (const auto leaf = parse_leaf(bytes)) {
    const LeafBytes back = encode_leaf(*leaf);
    MINHU_ASSERT(Bytes(back.begin(), back.end()) == bytes);
  }
  const Fetch fetch = [&](const TileId&) -> Result<Bytes> { return bytes; };
  for (const std::uint64_t leaves : {std::uint64_t{width}, std::uint64_t{width} * 256 + 1}) {
    TileReader reader({leaves, Hash{}}, fetch);
    MINHU_ASSERT(!reader.entry(0));
  }
  return 0;
}
