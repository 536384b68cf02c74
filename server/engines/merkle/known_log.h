// What a monitor knows of a log from its earlier looks, and the mirror that it is read from. The
// mirror has the log's own layout: "checkpoint" (the last good one, written last), "history/…", and
// "tile/entries/…", one growing file for each bundle. Everything else is computed from these, so
// that a damaged mirror is noticed.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "engines/merkle/compact_range.h"
#include "engines/merkle/history.h"
#include "engines/merkle/monitor.h"
#include "engines/merkle/tile.h"

namespace minhu::merkle {

// Fault not_found: there is no such file. Any other: nothing is known about it.
using ReadFile = std::function<Result<Bytes>(const std::string& path)>;
using WriteFile = std::function<Outcome(const std::string& path, BytesView bytes)>;

struct Mirror {
  ReadFile read;
  WriteFile write;
};

struct Published {
  TreeHead head;
  std::optional<std::uint64_t> seconds;  // when a quorum of the policy saw it, if one did
};
// What was published once may have been published under another policy, with fewer witnesses or
// others: it must be signed by the log, and has a time when it satisfies the policy of today.
// Faults as accept_checkpoint, without merkle.quorum_missing.
Result<Published> accept_published(const TrustPolicy& policy, std::string_view note);

struct KnownLog {
  explicit KnownLog(const Key& hash_key) : watch(hash_key) {}

  std::optional<Checkpoint> last;  // none before the first good look
  std::optional<std::uint64_t> first_leaf_seconds;
  CompactRange range;
  LeafWatch watch;
  std::vector<Published> published;  // as it stands in the history
  std::vector<Published> awaited;    // shown to us, and not seen in the history yet
  std::map<Date, std::size_t> days;  // of the history: how many bytes of each are known
};

// Believed as far as its own checkpoint vouches for it; nothing kept gives an empty one. Faults of
// `mirror`; merkle.mirror_broken, with the file.
Result<KnownLog> read_mirror(const Mirror& mirror, const TrustPolicy& policy, const Key& hash_key);

std::string kept_bundle_path(std::uint64_t bundle);
// From none to 256 entries. Fault merkle.bundle_broken.
Result<std::vector<Bytes>> parse_growing_bundle(BytesView bytes);

}  // namespace minhu::merkle
