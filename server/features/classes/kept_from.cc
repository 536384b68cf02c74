#include "features/classes/kept_from.h"

#include "features/cases/closure.h"
#include "features/cases/store.h"

namespace minhu::classes {

std::vector<cases::CaseFile> naming_members(Reading& reading, RegionId region, ClassId id) {
  return cases::load_files(
      reading, region,
      reading.all("SELECT m.case_id FROM class_member AS m JOIN case_file AS f "
                  "ON f.region_id = m.region_id AND f.case_id = m.case_id "
                  "WHERE m.region_id = ?1 AND m.class_id = ?2 AND (length(f.complained_of) > 0 "
                  "OR length(f.accused_people) > 0 OR length(f.recused) > 0) "
                  "ORDER BY m.since, m.case_id",
                  {param(region), param(id)},
                  [](const Row& row) { return row.id<cases::CaseId>(0); }));
}

std::vector<cases::CaseFile> members_kept_from(Reading& reading, const cases::Context& context,
                                               ClassId id) {
  // Few name anybody; only these are looked at.
  std::vector<cases::CaseFile> kept = naming_members(reading, context.county.region, id);
  cases::Sight sight(reading, context);
  std::erase_if(kept, [&](const cases::CaseFile& file) { return !sight.kept_from(file); });
  return kept;
}

std::vector<cases::CaseId> without_kept_from(Reading& reading, const cases::Context& context,
                                             std::vector<cases::CaseId> ids) {
  cases::Sight sight(reading, context);
  for (const cases::CaseFile& file : cases::load_files(reading, context.county.region, ids)) {
    if (sight.kept_from(file)) std::erase(ids, file.id);
  }
  return ids;
}

}  // namespace minhu::classes
