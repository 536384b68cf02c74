#include "engines/merkle/monitor.h"

namespace minhu::merkle {

namespace {

std::map<std::string, std::string> leaf_time(const Leaf& leaf) {
  return {{"time", std::to_string(leaf.seconds)}};
}

}  // namespace

Outcome check_progress(const Checkpoint& before, const Proof& proof, const Checkpoint& next) {
  if (before.origin != next.origin) {
    return fail(FaultCode::conflict, "merkle.unknown_log", "note");
  }
  if (before.head.size == next.head.size && before.head.root != next.head.root) {
    return fail(FaultCode::conflict, "merkle.split_view", "note",
                std::map<std::string, std::string>{{"size", std::to_string(next.head.size)}});
  }
  return check_consistency(before.head, proof, next.head);
}

Outcome check_freshness(const Accepted& accepted, std::uint64_t now_seconds,
                        std::uint64_t longest_age) {
  const auto seen = accepted.time();
  if (seen && (*seen >= now_seconds || now_seconds - *seen <= longest_age)) return {};
  return fail(
      FaultCode::conflict, "merkle.checkpoint_stale", "note",
      std::map<std::string, std::string>{{"size", std::to_string(accepted.checkpoint.head.size)}});
}

Outcome check_leaf_time(const Leaf& leaf, std::optional<std::uint64_t> before_seconds,
                        std::uint64_t after_seconds) {
  const bool too_late =
      leaf.seconds > clock_tolerance && leaf.seconds - clock_tolerance > after_seconds;
  const bool too_early = before_seconds && *before_seconds > clock_tolerance &&
                         leaf.seconds < *before_seconds - clock_tolerance;
  if (too_late || too_early) {
    return fail(FaultCode::conflict, "merkle.leaf_time_impossible", "entry", leaf_time(leaf));
  }
  return {};
}

std::vector<Breach> LeafWatch::read(BytesView entry) {
  const std::uint64_t index = next_++;
  const auto leaf = parse_leaf(entry);
  if (!leaf) return {{LeafBreach::not_a_leaf, index, 0}};
  std::vector<Breach> breaches;
  if (leaf->seconds < last_seconds_) breaches.push_back({LeafBreach::time_going_back, index, 0});
  last_seconds_ = std::max(last_seconds_, leaf->seconds);
  const auto [first, is_new] = first_of_.emplace(leaf->tag, index);
  if (!is_new) breaches.push_back({LeafBreach::tag_twice, index, first->second});
  return breaches;
}

}  // namespace minhu::merkle
