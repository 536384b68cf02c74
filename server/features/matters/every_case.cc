#include "features/matters/every_case.h"

#include <algorithm>

#include "features/cases/store.h"
#include "features/cases/together.h"

namespace minhu::matters {

void each_group(Database& database, RegionId region,
                const std::function<bool(Reading&, std::span<const cases::CaseFile>)>& each,
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
      if (more) last = ids.back();
      for (std::size_t from = 0; more && from < ids.size(); from += cases::cases_at_once) {
        const std::size_t size = std::min(cases::cases_at_once, ids.size() - from);
        const auto files = cases::load_files(reading, region, std::span(ids).subspan(from, size));
        more = each(reading, files);
      }
    });
    between();
  }
}

void each_case(Database& database, RegionId region,
               const std::function<bool(Reading&, const cases::CaseFile&)>& each,
               const std::function<void()>& between) {
  each_group(
      database, region,
      [&](Reading& reading, std::span<const cases::CaseFile> files) {
        return std::all_of(files.begin(), files.end(),
                           [&](const cases::CaseFile& file) { return each(reading, file); });
      },
      between);
}

}  // namespace minhu::matters
