#include "features/matters/every_case.h"

#include "features/cases/store.h"

namespace minhu::matters {

void each_case(Database& database, RegionId region,
               const std::function<bool(Reading&, const cases::CaseFile&)>& each,
               const std::function<void()>& between) {
  cases::CaseId last;
  for (bool more = true; more;) {
    database.read_job([&](Reading& reading) {
      const Uuid& start = last.uuid();
      const auto ids = reading.all(
          "SELECT case_id FROM case_file WHERE region_id = ?1 AND case_id > ?2 ORDER BY case_id "
          "LIMIT 200",
          {param(region), BytesView(start)},
          [](const Row& row) { return row.id<cases::CaseId>(0); });
      more = !ids.empty();
      for (const cases::CaseId id : ids) {
        last = id;
        const auto file = cases::load_file(reading, region, id);
        if (file && !each(reading, *file)) {
          more = false;
          return;
        }
      }
    });
    between();
  }
}

}  // namespace minhu::matters
