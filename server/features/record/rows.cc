#include "features/record/rows.h"

#include <algorithm>

#include "features/cases/together.h"

namespace minhu::record {

namespace {

Bytes bytes_of(const Row& row, int column) {
  const BytesView bytes = row.bytes(column);
  return {bytes.begin(), bytes.end()};
}

#define MINHU_LEAF_COLUMNS "about, case_id, seq, position, entry"

Uuid subject_in(const Row& row, int column) {
  return row.id<cases::CaseId>(column).uuid();
}

LeafRow leaf_of(const Row& row) {
  return {std::string(row.text(0)), subject_in(row, 1), row.integer(2), row.integer(3),
          bytes_of(row, 4)};
}

// A batch whose bytes are no whole number of leaves gives them without the last, broken one: its
// length is then not what it says, which the audit tells.
std::vector<Bytes> entries_of(BytesView bytes) {
  std::vector<Bytes> entries;
  for (; bytes.size() >= merkle::leaf_size; bytes = bytes.subspan(merkle::leaf_size)) {
    entries.emplace_back(bytes.begin(), bytes.begin() + merkle::leaf_size);
  }
  return entries;
}

Batch batch_of(const Row& row) {
  return {row.integer(0), row.integer(1), row.integer(2), row.instant(3), entries_of(row.bytes(4))};
}

}  // namespace

void insert_leaf(Transaction& transaction, RegionId region, const LeafRow& leaf) {
  transaction.execute(
      "INSERT INTO record_leaf(region_id, about, case_id, seq, position, entry) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(region), std::string_view(leaf.about), BytesView(leaf.subject), leaf.seq,
       leaf.position, BytesView(leaf.entry)});
}

std::optional<LeafRow> last_leaf(Reading& reading, RegionId region) {
  return reading.first("SELECT " MINHU_LEAF_COLUMNS
                       " FROM record_leaf WHERE region_id = ?1 "
                       "ORDER BY position DESC LIMIT 1",
                       {param(region)}, leaf_of);
}

std::optional<LeafRow> leaf_of_event(Reading& reading, RegionId region, const Uuid& subject,
                                     std::int64_t seq) {
  return reading.first("SELECT " MINHU_LEAF_COLUMNS
                       " FROM record_leaf "
                       "WHERE region_id = ?1 AND case_id = ?2 AND seq = ?3",
                       {param(region), BytesView(subject), seq}, leaf_of);
}

std::optional<LeafRow> last_leaf_of(Reading& reading, RegionId region, const Uuid& subject) {
  return reading.first("SELECT " MINHU_LEAF_COLUMNS
                       " FROM record_leaf "
                       "WHERE region_id = ?1 AND case_id = ?2 ORDER BY seq DESC LIMIT 1",
                       {param(region), BytesView(subject)}, leaf_of);
}

std::vector<LeafRow> leaves_of(Reading& reading, RegionId region, const Uuid& subject) {
  return reading.all("SELECT " MINHU_LEAF_COLUMNS
                     " FROM record_leaf "
                     "WHERE region_id = ?1 AND case_id = ?2 ORDER BY seq",
                     {param(region), BytesView(subject)}, leaf_of);
}

std::map<cases::CaseId, std::vector<LeafRow>> leaves_of(Reading& reading, RegionId region,
                                                        std::span<const cases::CaseId> ids) {
  std::map<cases::CaseId, std::vector<LeafRow>> leaves;
  cases::for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query("SELECT " MINHU_LEAF_COLUMNS
                  " FROM record_leaf WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
                  these, [&](const Row& row) {
                    LeafRow leaf = leaf_of(row);
                    leaves[leaf.case_id()].push_back(std::move(leaf));
                  });
  });
  for (auto& [id, each] : leaves) {
    std::sort(each.begin(), each.end(),
              [](const LeafRow& a, const LeafRow& b) { return a.seq < b.seq; });
  }
  return leaves;
}

std::vector<Uuid> cases_with_leaves(Reading& reading, RegionId region, const Uuid& after,
                                    std::int64_t most) {
  return reading.all(
      "SELECT DISTINCT case_id FROM record_leaf "
      "WHERE region_id = ?1 AND case_id > ?2 AND about = 'case' ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(after), most}, [](const Row& row) { return subject_in(row, 0); });
}

// The second condition is what the index of these few leaves is made under.
std::vector<Uuid> subjects_with_leaves(Reading& reading, RegionId region, std::string_view about,
                                       const Uuid& after, std::int64_t most) {
  return reading.all(
      "SELECT DISTINCT case_id FROM record_leaf "
      "WHERE region_id = ?1 AND about = ?2 AND about <> 'case' AND case_id > ?3 "
      "ORDER BY case_id LIMIT ?4",
      {param(region), about, BytesView(after), most},
      [](const Row& row) { return subject_in(row, 0); });
}

std::vector<LeafRow> leaves_from(Reading& reading, RegionId region, std::int64_t position,
                                 std::int64_t most) {
  return reading.all("SELECT " MINHU_LEAF_COLUMNS
                     " FROM record_leaf "
                     "WHERE region_id = ?1 AND position >= ?2 ORDER BY position LIMIT ?3",
                     {param(region), position, most}, leaf_of);
}

Outcome insert_batch(Transaction& transaction, RegionId region, const Batch& batch) {
  Bytes entries;
  entries.reserve(batch.entries.size() * merkle::leaf_size);
  for (const Bytes& entry : batch.entries) {
    entries.insert(entries.end(), entry.begin(), entry.end());
  }
  MINHU_CHECK_OK(transaction.try_execute(
      "INSERT INTO record_batch(region_id, first_index, first_position, leaves, made_at, entries) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(region), batch.first_index, batch.first_position, batch.leaves, param(batch.made_at),
       BytesView(entries)}));
  return {};
}

std::optional<Batch> batch_at(Reading& reading, RegionId region, std::int64_t first_index) {
  return reading.first(
      "SELECT first_index, first_position, leaves, made_at, entries FROM record_batch "
      "WHERE region_id = ?1 AND first_index = ?2",
      {param(region), first_index}, batch_of);
}

std::optional<Batch> batch_holding(Reading& reading, RegionId region, std::int64_t index) {
  auto batch = reading.first(
      "SELECT first_index, first_position, leaves, made_at, entries FROM record_batch "
      "WHERE region_id = ?1 AND first_index <= ?2 ORDER BY first_index DESC LIMIT 1",
      {param(region), index}, batch_of);
  if (!batch || index >= batch->first_index + static_cast<std::int64_t>(batch->entries.size())) {
    return std::nullopt;
  }
  return batch;
}

std::optional<Batch> batch_with(Reading& reading, RegionId region, std::int64_t position) {
  auto batch = reading.first(
      "SELECT first_index, first_position, leaves, made_at, entries FROM record_batch "
      "WHERE region_id = ?1 AND first_position <= ?2 ORDER BY first_position DESC LIMIT 1",
      {param(region), position}, batch_of);
  if (!batch || position >= batch->first_position + batch->leaves) return std::nullopt;
  return batch;
}

std::vector<LeafRow> leaves_in(Reading& reading, RegionId region, const Batch& batch) {
  const auto most = static_cast<std::int64_t>(batch.entries.size()) + 1;
  const auto count = std::clamp<std::int64_t>(batch.leaves, 0, most);
  auto rows = leaves_from(reading, region, batch.first_position, count);
  // Where some are gone, those of the next batch do not stand in their place.
  std::erase_if(rows, [&](const LeafRow& row) {
    return static_cast<std::uint64_t>(row.position) -
               static_cast<std::uint64_t>(batch.first_position) >=
           static_cast<std::uint64_t>(count);
  });
  return rows;
}

std::optional<Head> find_head(Reading& reading, RegionId region) {
  return reading.first(
      "SELECT origin, size, root, next_position, last_seconds, note FROM record_head "
      "WHERE region_id = ?1",
      {param(region)}, [](const Row& row) {
        Head head;
        head.origin = row.text(0);
        head.tree.size = static_cast<std::uint64_t>(row.integer(1));
        const BytesView root = row.bytes(2);
        if (root.size() != head.tree.root.size()) {
          throw StorageFailure("the root of the record is no hash");
        }
        std::copy(root.begin(), root.end(), head.tree.root.begin());
        head.next_position = row.integer(3);
        head.last_seconds = static_cast<std::uint64_t>(row.integer(4));
        head.note = row.text(5);
        return head;
      });
}

void begin_head(Transaction& transaction, RegionId region, const std::string& origin) {
  const merkle::TreeHead empty = merkle::empty_tree_head();
  transaction.execute(
      "INSERT INTO record_head(region_id, origin, size, root, next_position, last_seconds, note) "
      "VALUES (?1, ?2, 0, ?3, 0, 0, '') ON CONFLICT (region_id) DO NOTHING",
      {param(region), std::string_view(origin), BytesView(empty.root)});
}

Outcome replace_head(Transaction& transaction, RegionId region, const merkle::TreeHead& before,
                     const Head& after) {
  const std::int64_t changed = transaction.execute(
      "UPDATE record_head SET size = ?4, root = ?5, next_position = ?6, last_seconds = ?7, "
      "note = ?8 WHERE region_id = ?1 AND size = ?2 AND root = ?3",
      {param(region), static_cast<std::int64_t>(before.size), BytesView(before.root),
       static_cast<std::int64_t>(after.tree.size), BytesView(after.tree.root), after.next_position,
       static_cast<std::int64_t>(after.last_seconds), std::string_view(after.note)});
  if (changed != 1) return fail(FaultCode::conflict, "record.another_sequencer");
  return {};
}

}  // namespace minhu::record
