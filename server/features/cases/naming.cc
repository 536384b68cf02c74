#include "features/cases/naming.h"

namespace minhu::cases {

namespace {

// As store.cc writes them: one id after the other.
template <class SomeId>
std::vector<SomeId> ids_in(BytesView bytes) {
  std::vector<SomeId> ids;
  for (std::size_t at = 0; at + Uuid().size() <= bytes.size(); at += Uuid().size()) {
    ids.push_back(SomeId::from_bytes(bytes.subspan(at, Uuid().size())));
  }
  return ids;
}

}  // namespace

std::vector<Naming> all_naming(Reading& reading, RegionId region) {
  // By way of the list, which is short: LEFT JOIN leaves SQLite no other order. Each has its file.
  return reading.all(
      "SELECT n.case_id, f.complained_of, f.accused_people, f.recused FROM named_case AS n "
      "LEFT JOIN case_file AS f ON f.region_id = n.region_id AND f.case_id = n.case_id "
      "WHERE n.region_id = ?1 ORDER BY n.case_id",
      {param(region)}, [](const Row& row) {
        return Naming{row.id<CaseId>(0), ids_in<UnitId>(row.bytes(1)),
                      ids_in<accounts::AccountId>(row.bytes(2)),
                      ids_in<accounts::AccountId>(row.bytes(3))};
      });
}

}  // namespace minhu::cases
