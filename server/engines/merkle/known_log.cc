#include "engines/merkle/known_log.h"

#include <algorithm>

namespace minhu::merkle {

namespace {

tl::unexpected<Fault> broken(std::string file) {
  return fail(FaultCode::conflict, "merkle.mirror_broken", "state",
              std::map<std::string, std::string>{{"file", std::move(file)}});
}

Outcome read_entries(const Mirror& mirror, const TreeHead& head, KnownLog& known) {
  for (std::uint64_t bundle = 0; bundle * tile_width < head.size; ++bundle) {
    const std::string path = kept_bundle_path(bundle);
    MINHU_TRY(const Bytes bytes, mirror.read(path));
    const auto entries = parse_growing_bundle(bytes);
    const unsigned width = width_in_tree(0, bundle, head.size);
    if (!entries || entries->size() < width) return broken(path);
    for (const Bytes& entry : std::span(*entries).first(width)) {
      known.range.append(leaf_hash(entry));
      known.watch.read(entry);
      const auto leaf = parse_leaf(entry);
      if (leaf && !known.first_leaf_seconds) known.first_leaf_seconds = leaf->seconds;
    }
  }
  if (known.range.head() != head) return broken("tile/entries");
  return {};
}

// `seen`: when the last checkpoint was, which may be days after the last leaf.
Outcome read_history(const Mirror& mirror, const TrustPolicy& policy,
                     std::optional<std::uint64_t> seen, KnownLog& known) {
  // The clocks of log and witnesses may stand on two sides of midnight.
  constexpr std::chrono::days margin{1};
  const Date end = day_of(std::max(known.watch.last_seconds(), seen.value_or(0))) + margin;
  for (Date day = day_of(*known.first_leaf_seconds) - margin; day <= end;
       day += std::chrono::days(1)) {
    const std::string path = history_path(day);
    const auto bytes = mirror.read(path);
    if (!bytes && bytes.error().code == FaultCode::not_found) continue;
    if (!bytes) return tl::unexpected<Fault>(bytes.error());
    const HistoryDay history = parse_history(to_text(*bytes));
    if (history.whole != bytes->size()) return broken(path);
    for (const std::string& note : history.notes) {
      const auto published = accept_published(policy, note);
      if (!published) return broken(path);
      known.published.push_back(*published);
    }
    known.days[day] = history.whole;
  }
  return {};
}

}  // namespace

Result<Published> accept_published(const TrustPolicy& policy, std::string_view note) {
  if (const auto accepted = accept_checkpoint(policy, note)) {
    return Published{accepted->checkpoint.head, accepted->time()};
  }
  TrustPolicy of_the_log = policy;
  of_the_log.quorum = "none";
  MINHU_TRY(const Accepted accepted, accept_checkpoint(of_the_log, note));
  return Published{accepted.checkpoint.head, std::nullopt};
}

Result<KnownLog> read_mirror(const Mirror& mirror, const TrustPolicy& policy, const Key& hash_key) {
  KnownLog known(hash_key);
  const auto note = mirror.read("checkpoint");
  if (!note && note.error().code == FaultCode::not_found) return known;
  if (!note) return tl::unexpected<Fault>(note.error());
  const auto checkpoint = parse_checkpoint(parse_note(to_text(*note)).value_or(Note{}).text);
  const auto shown = accept_published(policy, to_text(*note));
  if (!checkpoint || !shown) return broken("checkpoint");
  MINHU_CHECK_OK(read_entries(mirror, checkpoint->head, known));
  known.last = *checkpoint;
  known.awaited.push_back(*shown);
  if (known.first_leaf_seconds) {
    MINHU_CHECK_OK(read_history(mirror, policy, shown->seconds, known));
  }
  return known;
}

std::string kept_bundle_path(std::uint64_t bundle) {
  return path_of({TileKind::entries, 0, bundle, tile_width});
}

Result<std::vector<Bytes>> parse_growing_bundle(BytesView bytes) {
  std::vector<Bytes> entries;
  while (!bytes.empty()) {
    const std::size_t length =
        bytes.size() < 2 ? bytes.size() : std::size_t{bytes[0]} << 8U | bytes[1];
    if (bytes.size() < 2 + length || entries.size() == tile_width) {
      return fail(FaultCode::conflict, "merkle.bundle_broken", "tile",
                  std::map<std::string, std::string>{{"expected", std::to_string(tile_width)}});
    }
    const BytesView entry = bytes.subspan(2, length);
    entries.emplace_back(entry.begin(), entry.end());
    bytes = bytes.subspan(2 + length);
  }
  return entries;
}

}  // namespace minhu::merkle
