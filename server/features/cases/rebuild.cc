#include "features/cases/rebuild.h"

#include <algorithm>

#include "features/cases/queue_rows.h"
#include "features/cases/store.h"
#include "features/cases/watch.h"

namespace minhu::cases {

namespace {

struct Derived {
  CaseFile file;
  std::int64_t events = 0;
};

Derived derive(Reading& reading, RegionId region, CaseId id) {
  Derived derived;
  for (const Event& event : load_events(reading, region, id)) {
    apply(derived.file, event);
    ++derived.events;
  }
  return derived;
}

bool rows_are_those_of(Reading& reading, RegionId region, CaseId id, const CaseFile& derived) {
  const auto stored = load_file(reading, region, id);
  return stored && *stored == derived && places_stand(reading, region, derived) &&
         watch_rows_stand(reading, region, derived);
}

std::vector<CaseId> next_cases(Database& database, RegionId region, CaseId after) {
  const Uuid& start = after.uuid();
  return database.read([&](Reading& reading) {
    return reading.all(
        "SELECT DISTINCT case_id FROM case_event WHERE region_id = ?1 AND case_id > ?2 AND seq = 0 "
        "ORDER BY case_id LIMIT 500",
        {param(region), BytesView(start)}, [](const Row& row) { return row.id<CaseId>(0); });
  });
}

void repair(Database& database, RegionId region, CaseId id) {
  const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
    const Derived derived = derive(transaction, region, id);
    transaction.execute("DELETE FROM case_file WHERE region_id = ?1 AND case_id = ?2",
                        {param(region), param(id)});
    transaction.execute("DELETE FROM case_clock WHERE region_id = ?1 AND case_id = ?2",
                        {param(region), param(id)});
    remove_queue_rows(transaction, region, id);
    transaction.execute("DELETE FROM watch_entry WHERE region_id = ?1 AND case_id = ?2",
                        {param(region), param(id)});
    transaction.execute("DELETE FROM merged_case WHERE region_id = ?1 AND case_id = ?2",
                        {param(region), param(id)});
    save_file(transaction, region, std::nullopt, derived.file);
    return {};
  });
  if (!done) throw StorageFailure("a case could not be repaired: the disk is full");
}

}  // namespace

bool stands(Reading& reading, RegionId region, CaseId id) {
  return rows_are_those_of(reading, region, id, derive(reading, region, id).file);
}

std::set<CaseId> those_that_stand(Reading& reading, RegionId region,
                                  const std::map<CaseId, std::vector<Event>>& histories) {
  std::map<CaseId, CaseFile> derived;
  std::vector<CaseId> ids;
  for (const auto& [id, events] : histories) {
    try {
      CaseFile file;
      for (const Event& event : events) apply(file, event);
      derived.emplace(id, std::move(file));
      ids.push_back(id);
    } catch (const StorageFailure&) {  // one of them cannot follow the one before
    }
  }
  std::vector<CaseFile> files = load_files(reading, region, ids);
  std::erase_if(files, [&](const CaseFile& stored) { return stored != derived.at(stored.id); });
  std::set<CaseId> standing;
  for (const CaseFile& file : files) standing.insert(file.id);
  for (const CaseId id : missing_in_queues(reading, region, files)) standing.erase(id);
  for (const CaseId id : missing_in_watches(reading, region, files)) standing.erase(id);
  return standing;
}

Rebuilt rebuild(Database& database, RegionId region, OnDifference on_difference,
                std::int64_t sample) {
  Rebuilt result;
  std::int64_t queue_entries = 0;
  std::int64_t watch_entries = 0;
  std::int64_t position = 0;
  CaseId last;
  for (auto ids = next_cases(database, region, last); !ids.empty();
       ids = next_cases(database, region, last)) {
    for (const CaseId id : ids) {
      last = id;
      if (position++ % sample != 0) continue;
      const bool same = database.read([&](Reading& reading) {
        const Derived derived = derive(reading, region, id);
        ++result.cases;
        result.events += derived.events;
        queue_entries += queue_rows_due(derived.file);
        watch_entries += static_cast<std::int64_t>(watched(derived.file).size());
        return rows_are_those_of(reading, region, id, derived.file) &&
               marks_stand(reading, region, derived.file);
      });
      if (same) continue;
      result.different.push_back(id);
      if (on_difference == OnDifference::repair) repair(database, region, id);
    }
  }
  if (sample == 1) {
    const std::int64_t stored =
        database.read([&](Reading& reading) { return queue_rows_stored(reading, region); });
    const std::int64_t watching =
        database.read([&](Reading& reading) { return watch_rows(reading, region); });
    result.stray_queue_entries = std::max<std::int64_t>(0, stored - queue_entries) +
                                 std::max<std::int64_t>(0, watching - watch_entries);
    if (result.stray_queue_entries > 0 && on_difference == OnDifference::repair) {
      (void)remove_stray_places(database, region);
      while (mend_marks(database, region) > 0) {
      }
    }
  }
  return result;
}

}  // namespace minhu::cases
