#include "features/classes/rebuild.h"

#include "features/classes/store.h"

namespace minhu::classes {

Rebuilt rebuild(Reading& reading, RegionId region) {
  Rebuilt result;
  std::int64_t accounted = 0;
  const auto ids = reading.all(
      "SELECT class_id FROM class_event WHERE region_id = ?1 AND seq = 0 ORDER BY class_id",
      {param(region)}, [](const Row& row) { return row.id<ClassId>(0); });
  for (const ClassId id : ids) {
    const auto events = load_events(reading, region, id);
    const ClassFile file = file_from(events);
    ++result.classes;
    result.events += static_cast<std::int64_t>(events.size());
    accounted += static_cast<std::int64_t>(file.members.size() + file.unrelated.size());
    if (load_row(reading, region, id) != row_of(file) ||
        members_of(reading, region, id) != file.members ||
        unrelated_of(reading, region, id) != file.unrelated) {
      result.different.push_back(id);
    }
  }
  const auto stored = reading.first(
      "SELECT (SELECT COUNT(*) FROM class_member WHERE region_id = ?1) + "
      "(SELECT COUNT(*) FROM class_unrelated WHERE region_id = ?1)",
      {param(region)}, [](const Row& row) { return row.integer(0); });
  result.stray_members = stored.value_or(0) - accounted;
  return result;
}

}  // namespace minhu::classes
