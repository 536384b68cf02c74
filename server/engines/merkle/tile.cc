#include "engines/merkle/tile.h"

#include <fmt/format.h>

#include <algorithm>

#include "engines/merkle/lines.h"
#include "kernel/assert.h"

namespace minhu::merkle {

namespace {

// 1234067 → x001/x234/067.
std::string grouped(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  while (index >= 1000) {
    index /= 1000;
    path = fmt::format("x{:03}/{}", index % 1000, path);
  }
  return path;
}

}  // namespace

std::string path_of(const TileId& tile) {
  const std::string level =
      tile.kind == TileKind::entries ? std::string("entries") : std::to_string(tile.level);
  const std::string partial = tile.width < tile_width ? fmt::format(".p/{}", tile.width) : "";
  return fmt::format("tile/{}/{}{}", level, grouped(tile.index), partial);
}

Result<TileId> parse_tile_path(std::string_view path) {
  const auto broken = fail(FaultCode::not_found, "merkle.not_a_tile_path", "path");
  constexpr std::string_view folder = "tile/";
  constexpr std::size_t longest_path = 64;  // seven groups, a level and a width are shorter
  if (!path.starts_with(folder) || path.size() > longest_path) return broken;
  TileId tile;
  std::string_view rest = path.substr(folder.size());
  const std::size_t level_end = rest.find('/');
  if (level_end == std::string_view::npos) return broken;
  const std::string_view level = rest.substr(0, level_end);
  rest.remove_prefix(level_end + 1);
  if (level == "entries") {
    tile.kind = TileKind::entries;
  } else {
    const auto number = parse_decimal(level);
    if (!number || *number > 63) return broken;
    tile.level = static_cast<unsigned>(*number);
  }
  if (const std::size_t partial = rest.find(".p/"); partial != std::string_view::npos) {
    const auto width = parse_decimal(rest.substr(partial + 3));
    if (!width || *width == 0 || *width >= tile_width) return broken;
    tile.width = static_cast<unsigned>(*width);
    rest = rest.substr(0, partial);
  }
  for (const char c : rest) {
    if (c == 'x' || c == '/') continue;
    if (c < '0' || c > '9' || tile.index > largest_size / 10 - 1) return broken;
    tile.index = tile.index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  // Whatever was skipped above: there is one way to write a path, and this must be it.
  if (path_of(tile) != path) return broken;
  return tile;
}

unsigned width_in_tree(unsigned level, std::uint64_t index, std::uint64_t size) {
  if (level >= tile_levels) return 0;
  const std::uint64_t subtrees = size >> (level * tile_height);
  if (index > subtrees / tile_width) return 0;
  return static_cast<unsigned>(std::min<std::uint64_t>(subtrees - index * tile_width, tile_width));
}

PlaceInTile place_of(const Node& node, std::uint64_t size) {
  const unsigned level = node.level / tile_height;
  const unsigned count = 1U << (node.level % tile_height);
  const std::uint64_t first = node.index * count;
  const TileId tile{TileKind::hashes, level, first / tile_width,
                    width_in_tree(level, first / tile_width, size)};
  const auto within = static_cast<unsigned>(first % tile_width);
  MINHU_ASSERT(within + count <= tile.width);
  return {tile, within, count};
}

Bytes encode_tile(std::span<const Hash> hashes) {
  Bytes bytes;
  bytes.reserve(hashes.size() * sizeof(Hash));
  for (const Hash& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

Result<std::vector<Hash>> parse_tile(BytesView bytes, unsigned width) {
  if (bytes.size() != width * sizeof(Hash)) {
    return fail(
        FaultCode::invalid_input, "merkle.tile_length", "tile",
        std::map<std::string, std::string>{{"bytes", std::to_string(bytes.size())},
                                           {"expected", std::to_string(width * sizeof(Hash))}});
  }
  std::vector<Hash> hashes(width);
  for (std::size_t i = 0; i < width; ++i) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash),
                hashes[i].begin());
  }
  return hashes;
}

Result<Bytes> encode_bundle(std::span<const Bytes> entries) {
  Bytes bytes;
  for (const Bytes& entry : entries) {
    if (entry.size() > longest_entry) {
      return fail(FaultCode::too_large, "merkle.entry_too_long", "entry",
                  std::map<std::string, std::string>{{"limit", std::to_string(longest_entry)}});
    }
    bytes.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(entry.size() & 0xFFU));
    bytes.insert(bytes.end(), entry.begin(), entry.end());
  }
  return bytes;
}

Result<std::vector<Bytes>> parse_bundle(BytesView bytes, unsigned width) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.bundle_broken", "bundle",
                           std::map<std::string, std::string>{{"expected", std::to_string(width)}});
  std::vector<Bytes> entries;
  while (!bytes.empty()) {
    if (bytes.size() < 2 || entries.size() == width) return broken;
    const std::size_t length = static_cast<std::size_t>(bytes[0] << 8U) | bytes[1];
    bytes = bytes.subspan(2);
    if (bytes.size() < length) return broken;
    const BytesView entry = bytes.first(length);
    entries.emplace_back(entry.begin(), entry.end());
    bytes = bytes.subspan(length);
  }
  if (entries.size() != width) return broken;
  return entries;
}

}  // namespace minhu::merkle
