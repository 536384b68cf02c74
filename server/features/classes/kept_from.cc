#include "features/classes/kept_from.h"

#include "features/cases/closure.h"
#include "features/cases/store.h"

namespace minhu::classes {

std::vector<cases::CaseFile> members_kept_from(Reading& reading, const cases::Context& context,
                                               ClassId id) {
  const RegionId region = context.county.region;
  // Few name anybody; only these are looked at.
  const auto naming = reading.all(
      "SELECT m.case_id FROM class_member AS m JOIN case_file AS f "
      "ON f.region_id = m.region_id AND f.case_id = m.case_id "
      "WHERE m.region_id = ?1 AND m.class_id = ?2 AND (length(f.complained_of) > 0 "
      "OR length(f.accused_people) > 0 OR length(f.recused) > 0) ORDER BY m.case_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<cases::CaseId>(0); });
  std::vector<cases::CaseFile> kept;
  cases::Sight sight(reading, context);
  for (cases::CaseFile& file : cases::load_files(reading, region, naming)) {
    if (sight.kept_from(file)) kept.push_back(std::move(file));
  }
  return kept;
}

std::vector<cases::CaseId> without_kept_from(Reading& reading, const cases::Context& context,
                                             std::vector<cases::CaseId> ids) {
  cases::Sight sight(reading, context);
  std::erase_if(ids, [&](const cases::CaseId& id) {
    const auto file = cases::load_file(reading, context.county.region, id);
    return file && sight.kept_from(*file);
  });
  return ids;
}

}  // namespace minhu::classes
