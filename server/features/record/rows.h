// The rows of the record: SQL and nothing else.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/merkle/leaf.h"
#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::record {

inline constexpr std::string_view about_cases = "case";

struct LeafRow {
  std::string about;  // about_cases, or the name of the chronicle whose event it is
  Uuid subject{};     // the case, the visit …
  std::int64_t seq = 0;
  std::int64_t position = 0;
  Bytes entry;  // merkle::encode_leaf

  bool of_a_case() const { return about == about_cases; }
  cases::CaseId case_id() const { return cases::CaseId(subject); }  // of one that is of a case
};

void insert_leaf(Transaction& transaction, RegionId region, const LeafRow& leaf);
// The one with the largest position.
std::optional<LeafRow> last_leaf(Reading& reading, RegionId region);
std::optional<LeafRow> leaf_of_event(Reading& reading, RegionId region, const Uuid& subject,
                                     std::int64_t seq);
// The subject's leaf with the largest seq.
std::optional<LeafRow> last_leaf_of(Reading& reading, RegionId region, const Uuid& subject);
// In order of seq.
std::vector<LeafRow> leaves_of(Reading& reading, RegionId region, const Uuid& subject);
// The same of many cases; one that has none is not among them.
std::map<cases::CaseId, std::vector<LeafRow>> leaves_of(Reading& reading, RegionId region,
                                                        std::span<const cases::CaseId> ids);
// The first so many cases after that one of which there are leaves, in order; the same for the
// subjects of a chronicle.
std::vector<Uuid> cases_with_leaves(Reading& reading, RegionId region, const Uuid& after,
                                    std::int64_t most);
std::vector<Uuid> subjects_with_leaves(Reading& reading, RegionId region, std::string_view about,
                                       const Uuid& after, std::int64_t most);
// From that position on, in order, at most `most`.
std::vector<LeafRow> leaves_from(Reading& reading, RegionId region, std::int64_t position,
                                 std::int64_t most);

struct Batch {
  std::int64_t first_index = 0;
  std::int64_t first_position = 0;
  std::int64_t leaves = 0;  // of events; the others are cover leaves
  Instant made_at;
  std::vector<Bytes> entries;
};

// Fault conflict storage.already_there: somebody else has made the batch that begins there.
Outcome insert_batch(Transaction& transaction, RegionId region, const Batch& batch);
std::optional<Batch> batch_at(Reading& reading, RegionId region, std::int64_t first_index);
// The batch that holds the entry of that index.
std::optional<Batch> batch_holding(Reading& reading, RegionId region, std::int64_t index);
// The batch that took the leaf of that position in, if one has.
std::optional<Batch> batch_with(Reading& reading, RegionId region, std::int64_t position);

// The leaves of events that it took in, in order, as far as they are stored: never more than one
// beyond its entries, whatever it says of itself.
std::vector<LeafRow> leaves_in(Reading& reading, RegionId region, const Batch& batch);

struct Head {
  std::string origin;
  merkle::TreeHead tree = merkle::empty_tree_head();
  std::int64_t next_position = 0;  // of the first leaf that the tree does not hold
  std::uint64_t last_seconds = 0;  // of its last leaf
  std::string note;                // signed by the log alone; empty before the first batch
  bool operator==(const Head&) const = default;
};

std::optional<Head> find_head(Reading& reading, RegionId region);
// The empty tree of that origin, where no head is yet.
void begin_head(Transaction& transaction, RegionId region, const std::string& origin);
// Fault conflict record.another_sequencer when `before` no longer stands.
Outcome replace_head(Transaction& transaction, RegionId region, const merkle::TreeHead& before,
                     const Head& after);

}  // namespace minhu::record
