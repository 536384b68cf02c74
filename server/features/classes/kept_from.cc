#include "features/classes/kept_from.h"

#include "features/cases/closure.h"
#include "features/cases/names_in_sql.h"
#include "features/cases/store.h"
#include "features/classes/may_name.h"

namespace minhu::classes {

std::vector<cases::CaseFile> naming_members(Reading& reading, RegionId region, ClassId id) {
  return cases::load_files(
      reading, region,
      reading.all("SELECT m.case_id FROM class_member AS m JOIN case_file AS f "
                  "ON f.region_id = m.region_id AND f.case_id = m.case_id "
                  "WHERE m.region_id = ?1 AND m.class_id = ?2 AND " MINHU_NAMES_SOMEBODY
                  " ORDER BY m.since, m.case_id",
                  {param(region), param(id)},
                  [](const Row& row) { return row.id<cases::CaseId>(0); }));
}

std::vector<cases::CaseFile> members_kept_from(Reading& reading, const cases::Context& context,
                                               ClassId id) {
  const RegionId region = context.county.region;
  const auto naming = members_that_name(reading, region, {&id, 1}, context.now);
  std::vector<cases::CaseFile> kept = cases::load_files(reading, region, naming.at(id));
  cases::Sight sight(reading, context);
  std::erase_if(kept, [&](const cases::CaseFile& file) { return !sight.kept_from(file); });
  return kept;
}

std::map<ClassId, std::int64_t> count_kept_from(Reading& reading, const cases::Context& context,
                                                std::span<const ClassId> ids) {
  const RegionId region = context.county.region;
  std::map<ClassId, std::int64_t> counts;
  std::map<cases::CaseId, ClassId> class_of;
  std::vector<cases::CaseId> members;
  for (const auto& [id, some] : members_that_name(reading, region, ids, context.now)) {
    for (const cases::CaseId member : some) {
      class_of.emplace(member, id);
      members.push_back(member);
    }
  }
  cases::Sight sight(reading, context);
  for (const cases::CaseFile& file : cases::load_files(reading, region, members)) {
    if (sight.kept_from(file)) ++counts[class_of.at(file.id)];
  }
  return counts;
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
