#include "features/classes/may_name.h"

#include <algorithm>

#include "features/cases/names_in_sql.h"
#include "features/classes/marking.h"
#include "features/classes/store.h"

namespace minhu::classes {

namespace {

using cases::CaseId;

constexpr std::int64_t a_day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t at_most = 1000;
constexpr std::size_t members_a_write = 100;

std::vector<CaseId> wrongly_marked(Reading& reading, RegionId region) {
  return reading.all(
      // From the first time on: so that SQLite sees which index this is for.
      "SELECT f.case_id FROM case_file AS f WHERE f.region_id = ?1 AND f.changed_at >= 0 "
      "AND " MINHU_NAMES_SOMEBODY
      " AND (SELECT m.names_nobody FROM class_member AS m WHERE m.region_id = ?1 "
      "AND m.case_id = f.case_id) = 1 LIMIT ?2",
      {param(region), at_most}, [](const Row& row) { return row.id<CaseId>(0); });
}

std::vector<CaseId> doubted_for_nothing(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT m.case_id FROM class_member AS m WHERE m.region_id = ?1 AND m.names_nobody IS NULL "
      "AND (SELECT 1 FROM case_file AS f WHERE f.region_id = ?1 AND f.case_id = m.case_id "
      "AND " MINHU_NAMES_NOBODY ") = 1 LIMIT ?2",
      {param(region), at_most}, [](const Row& row) { return row.id<CaseId>(0); });
}

// As the case is in this transaction.
std::int64_t mark_anew(Transaction& transaction, RegionId region, std::span<const CaseId> ids) {
  std::int64_t marked = 0;
  for (const CaseId id : ids) {
    marked += transaction.execute(
        "UPDATE class_member SET names_nobody = (SELECT 1 FROM case_file AS f "
        "WHERE f.region_id = ?1 AND f.case_id = ?2 AND " MINHU_NAMES_NOBODY
        ") WHERE region_id = ?1 AND case_id = ?2",
        {param(region), param(id)});
  }
  return marked;
}

}  // namespace

std::map<ClassId, std::vector<CaseId>> members_that_name(Reading& reading, RegionId region,
                                                         std::span<const ClassId> ids,
                                                         Instant now) {
  std::map<ClassId, std::vector<CaseId>> found;
  if (ids.empty()) return found;
  for (const ClassId id : ids) found[id];
  for_classes_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT m.class_id, m.case_id FROM class_member AS m WHERE m.region_id = ?1 "
        "AND m.names_nobody IS NULL AND m.class_id IN " MINHU_CLASSES_AT_ONCE
        " AND (SELECT 1 FROM case_file AS f WHERE f.region_id = ?1 AND f.case_id = m.case_id "
        "AND " MINHU_NAMES_SOMEBODY ") = 1",
        these, [&](const Row& row) { found[row.id<ClassId>(0)].push_back(row.id<CaseId>(1)); });
  });
  // The question within the row leaves a planner no choice: the few cases first.
  reading.query(
      "SELECT f.case_id, (SELECT m.class_id FROM class_member AS m WHERE m.region_id = ?1 "
      "AND m.case_id = f.case_id) FROM case_file AS f WHERE f.region_id = ?1 "
      "AND f.changed_at >= ?2 AND " MINHU_NAMES_SOMEBODY,
      {param(region), now.unix_ms - a_day_ms}, [&](const Row& row) {
        const auto of = found.find(row.id<ClassId>(1));
        if (of != found.end()) of->second.push_back(row.id<CaseId>(0));
      });
  for (auto& [id, members] : found) {
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
  }
  return found;
}

void doubt_if_it_names(Transaction& transaction, RegionId region, CaseId id) {
  transaction.execute(
      "UPDATE class_member SET names_nobody = NULL WHERE region_id = ?1 AND case_id = ?2 "
      "AND names_nobody = 1 AND (SELECT 1 FROM case_file AS f WHERE f.region_id = ?1 "
      "AND f.case_id = ?2 AND " MINHU_NAMES_SOMEBODY ") = 1",
      {param(region), param(id)});
}

std::int64_t mark_members(Database& database, RegionId region) {
  std::int64_t marked = 0;
  for (;;) {
    // Looked for where nobody waits: the thread that writes is given those that are found.
    auto ids = database.read([&](Reading& reading) { return wrongly_marked(reading, region); });
    const auto more =
        database.read([&](Reading& reading) { return doubted_for_nothing(reading, region); });
    ids.insert(ids.end(), more.begin(), more.end());
    for (std::size_t from = 0; from < ids.size(); from += members_a_write) {
      const auto some = std::span(ids).subspan(from, std::min(members_a_write, ids.size() - from));
      std::int64_t changed = 0;
      const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
        changed = mark_anew(transaction, region, some);
        return {};
      });
      if (!done) return marked;  // the disk is full: the next run tries again
      marked += changed;
    }
    if (static_cast<std::int64_t>(ids.size()) < at_most) return marked;
  }
}

}  // namespace minhu::classes
