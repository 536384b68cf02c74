#include "features/record/sample.h"

#include <algorithm>

#include "features/cases/store.h"
#include "features/record/chronicle_leaves.h"
#include "features/record/files.h"

namespace minhu::record {

namespace {

// The first checkpoint that was published on a later day than that.
Result<std::string> draw_after(const LogFiles& files, const merkle::TrustPolicy& policy,
                               std::uint64_t seconds, Instant now) {
  constexpr std::int64_t one_day = 86'400'000;
  const auto begin = static_cast<std::int64_t>(seconds) * 1000;
  for (std::int64_t at = begin + one_day; at < now.unix_ms + one_day; at += one_day) {
    const auto day = files.get(history_path({at}));
    if (!day) continue;  // nothing happened on that day
    for (const std::string& note : merkle::parse_history(to_text(*day)).notes) {
      if (merkle::accept_checkpoint(policy, note)) return note;
    }
  }
  return fail(FaultCode::not_found, "record.no_later_checkpoint");
}

class Opener {
 public:
  Opener(Reading& reading, RegionId region, const cases::Keyring& keyring, Chronicles chronicles)
      : reading_(reading), region_(region), keyring_(keyring), chronicles_(chronicles) {}

  // Nothing for a leaf that stands for nobody.
  Result<std::optional<merkle::SampledLeaf::Opened>> open(std::uint64_t index,
                                                          const Bytes& entry) const {
    const auto not_stored =
        fail(FaultCode::conflict, "record.leaf_not_stored", std::string(),
             std::map<std::string, std::string>{{"index", std::to_string(index)}});
    const auto batch = batch_holding(reading_, region_, static_cast<std::int64_t>(index));
    if (!batch) return not_stored;
    const auto rows = leaves_in(reading_, region_, *batch);
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const LeafRow& leaf) { return leaf.entry == entry; });
    // For nobody stands what no leaf stands for; where leaves are missing nobody knows.
    if (row == rows.end() && static_cast<std::int64_t>(rows.size()) != batch->leaves) {
      return not_stored;
    }
    if (row == rows.end()) return std::nullopt;
    const auto leaf = merkle::parse_leaf(entry);
    if (!leaf) return not_stored;
    const auto opening = opening_at(*row, leaf->seconds);
    if (!opening || leaf_of(*opening) != *leaf) return not_stored;
    return merkle::SampledLeaf::Opened{merkle::salt_of(opening->case_key, opening->payload.number),
                                       merkle::format_payload(opening->payload)};
  }

 private:
  // Nothing where the event is no longer stored.
  std::optional<merkle::Opening> opening_at(const LeafRow& row, std::uint64_t seconds) const {
    const auto before = leaf_of_event(reading_, region_, row.subject, row.seq - 1);
    const BytesView previous = before ? BytesView(before->entry) : BytesView();
    const auto is_it = [&](const auto& event) { return event.seq == row.seq; };
    if (row.of_a_case()) {
      const auto history = cases::load_events(reading_, region_, row.case_id());
      const auto event = std::find_if(history.begin(), history.end(), is_it);
      if (event == history.end()) return std::nullopt;
      return opening_of(reading_, region_, keyring_, *event, previous, seconds);
    }
    const Chronicle* chronicle = chronicle_named(chronicles_, row.about);
    if (chronicle == nullptr) return std::nullopt;
    const auto history = chronicle->events_of(reading_, region_, row.subject);
    const auto event = std::find_if(history.begin(), history.end(), is_it);
    if (event == history.end()) return std::nullopt;
    return opening_of(reading_, region_, keyring_, *chronicle, *event, previous, seconds);
  }

  Reading& reading_;
  RegionId region_;
  const cases::Keyring& keyring_;
  Chronicles chronicles_;
};

}  // namespace

Result<merkle::Sample> sample_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                                 Chronicles chronicles, const LogFiles& files,
                                 const merkle::TrustPolicy& policy, const std::string& audited,
                                 std::size_t count, Instant now) {
  MINHU_TRY(const merkle::Accepted accepted, merkle::accept_checkpoint(policy, audited));
  const merkle::TreeHead& tree = accepted.checkpoint.head;
  const auto witnessed = accepted.time();
  if (!witnessed) return fail(FaultCode::conflict, "merkle.sample_unwitnessed", "checkpoint");
  MINHU_TRY(std::string draw, draw_after(files, policy, *witnessed, now));
  MINHU_TRY(const merkle::Accepted later, merkle::accept_checkpoint(policy, draw));
  const merkle::Fetch fetch = fetch_from(files);
  merkle::TileReader tiles(later.checkpoint.head, fetch);
  if (tree.size > later.checkpoint.head.size) {
    return fail(FaultCode::conflict, "record.checkpoint_of_another_tree");
  }
  MINHU_TRY(const merkle::Hash root, merkle::root_at(tiles, tree.size));
  if (root != tree.root) return fail(FaultCode::conflict, "record.checkpoint_of_another_tree");

  const std::uint64_t newer = later.checkpoint.head.size;
  merkle::Sample sample{audited, std::move(draw), {}, count, {}};
  if (tree.size > 0 && tree.size < newer) {
    MINHU_TRY(sample.consistency, merkle::make_consistency_proof(tiles, tree.size, newer));
  }
  const Opener opener(reading, region, keyring, chronicles);
  for (const std::uint64_t index :
       merkle::draw_leaves(later.checkpoint.head.root, tree.size, count)) {
    merkle::SampledLeaf leaf;
    leaf.index = index;
    MINHU_TRY(leaf.entry, tiles.entry(index));
    MINHU_TRY(leaf.opened, opener.open(index, leaf.entry));
    MINHU_TRY(leaf.path, merkle::make_inclusion_proof(tiles, index, tree.size));
    sample.leaves.push_back(std::move(leaf));
  }
  return sample;
}

}  // namespace minhu::record
